package store

import (
	"context"

	"etabli.example/trade/shelf"
)

const documentColumns = `house, id, maker, calibre, title, kind, hash, size, url, sealed, version, licence, lang, replaced, person, at, ended, ended_by, end_why`

func scanDocument(r scanner) (d shelf.Document, err error) {
	var at, ended int64
	err = r.Scan(&d.House, &d.ID, &d.Maker, &d.Calibre, &d.Title, &d.Kind, &d.Hash, &d.Size, &d.URL, &d.Sealed, &d.Version, &d.Licence, &d.Lang,
		&d.Replaced, &d.By, &at, &ended, &d.EndedBy, &d.EndWhy)
	d.At, d.Ended = instant(at), instant(ended)
	return d, err
}

const (
	sqlDocumentPut = `insert into shelf_document (house, id, maker_key, maker, calibre, title, kind, hash, size, url, sealed, version, licence, lang, replaced, person, at, ended, ended_by, end_why)` +
		` values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20) on conflict (house, id) do update set` +
		` replaced = excluded.replaced, ended = excluded.ended, ended_by = excluded.ended_by, end_why = excluded.end_why`
	sqlDocument    = `select ` + documentColumns + ` from shelf_document where house = $1 and id = $2`
	sqlDocuments   = `select ` + documentColumns + ` from shelf_document where house = $1 order by id desc limit $2`
	sqlDocumentsOf = `select ` + documentColumns + ` from shelf_document where house = $1 and maker_key = $2 order by id desc limit $3`
)

// PutDocument puts a document on the shelf; of one that is there only what ends it
// is written.
func (t *Tx) PutDocument(ctx context.Context, d shelf.Document) error {
	_, err := t.exec(ctx, sqlDocumentPut, t.house, d.ID, shelf.Key(d.Maker), d.Maker, d.Calibre, d.Title, d.Kind, d.Hash, d.Size, d.URL, d.Sealed, d.Version, d.Licence,
		d.Lang, d.Replaced, d.By, micros(d.At), micros(d.Ended), d.EndedBy, d.EndWhy)
	return err
}

// Document returns one document of the shelf.
func (t *Tx) Document(ctx context.Context, id string) (shelf.Document, error) {
	return one(ctx, t, "store.Document", scanDocument, sqlDocument, t.house, id)
}

// Documents returns the whole shelf, what was put there last first.
func (t *Tx) Documents(ctx context.Context, limit int) ([]shelf.Document, error) {
	return list(ctx, t, scanDocument, sqlDocuments, t.house, limit)
}

// DocumentsOf returns the documents of one maker, the last put there first.
func (t *Tx) DocumentsOf(ctx context.Context, maker string, limit int) ([]shelf.Document, error) {
	return list(ctx, t, scanDocument, sqlDocumentsOf, t.house, shelf.Key(maker), limit)
}
