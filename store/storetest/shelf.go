package storetest

import (
	"context"
	"errors"
	"testing"

	"etabli.example/store"
	"etabli.example/trade/shelf"
)

// shelfDocuments: a document is found by its maker however that is written, and
// only what ends it is ever changed.
func shelfDocuments(t *testing.T, s *store.Store) {
	a := shelf.Document{House: house, ID: "d1", Maker: "ETA S.A.", Calibre: "2824-2", Title: "Communication technique", Kind: shelf.PDF, Hash: "h", Size: 12, Sealed: true,
		Version: "07.2005", Licence: "compte atelier", Lang: "fr", By: "p1", At: at(1)}
	b := shelf.Document{House: house, ID: "d2", Maker: "eta sa", Title: "Page", Kind: shelf.Link, URL: "https://example.org/", Licence: "publique", By: "p2", At: at(2)}
	c := shelf.Document{House: house, ID: "d3", Maker: "Ronda", Title: "Page", Kind: shelf.Link, URL: "https://example.org/r", Licence: "publique", By: "p2", At: at(3)}
	do(t, s, func(ctx context.Context, tx *store.Tx) error {
		return errors.Join(tx.PutDocument(ctx, a), tx.PutDocument(ctx, b), tx.PutDocument(ctx, c))
	})
	a.Replaced, a.Ended, a.EndedBy, a.EndWhy = "d2", at(4), "p2", "ancienne"
	do(t, s, func(ctx context.Context, tx *store.Tx) error {
		changed := a
		changed.Title, changed.Hash, changed.Licence = "Another", "other", "none"
		return tx.PutDocument(ctx, changed)
	})
	view(t, s, func(ctx context.Context, tx *store.Tx) error {
		got, err := tx.Document(ctx, "d1")
		same(t, "document", a, got, err)
		_, err = tx.Document(ctx, "d9")
		absent(t, "another document", err)
		of, err := tx.DocumentsOf(ctx, "Eta SA", 10)
		same(t, "of the maker", []shelf.Document{b, a}, of, err)
		all, err := tx.Documents(ctx, 2)
		same(t, "the shelf", []shelf.Document{c, b}, all, err)
		return nil
	})
}
