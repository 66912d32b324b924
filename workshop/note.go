package workshop

import (
	"bytes"
	"context"
	"io"
	"strings"

	"etabli.example/fault"
	"etabli.example/ident"
	"etabli.example/journal"
	"etabli.example/photo"
	"etabli.example/trade/order"
)

// Note writes a note; its words lie outside the sheet.
func (w *Workshop) Note(ctx context.Context, a Act, text string, internal bool) (order.State, error) {
	return w.note(ctx, a, text, internal)
}

func (w *Workshop) note(ctx context.Context, a Act, text string, internal bool, before ...prepare) (order.State, error) {
	text = strings.TrimSpace(text)
	var bad fault.Problems
	bad.Text("text", text, fault.Page)
	if text == "" {
		bad.Add("text", "note.empty")
	}
	if err := bad.Err(); err != nil {
		return order.State{}, err
	}
	if a.Entry == "" {
		a.Entry = ident.New()
	}
	said := journal.Said{ID: a.Entry + "-n", Text: text, Salt: ident.Token()}
	keep := func(ctx context.Context, tx Tx, s order.State) error {
		said.Person = s.Customer
		return tx.PutSaid(ctx, said)
	}
	return w.decide(ctx, a, order.WriteNote(order.NoteRef{Words: said.Saying(), Internal: internal}), append([]prepare{keep}, before...)...)
}

// Correct strikes an entry of the sheet; it stays legible. A part that was taken out
// of a lot of the house goes back into it in the same unit of work.
func (w *Workshop) Correct(ctx context.Context, a Act, c order.Correction) (order.State, error) {
	if a.Entry == "" {
		a.Entry = ident.New()
	}
	var of journal.Entry
	err := w.Book.View(ctx, func(ctx context.Context, tx Tx) error {
		entries, err := tx.Sheet(ctx, a.Sheet)
		if err == nil && c.Of >= 1 && c.Of <= int64(len(entries)) {
			of = entries[c.Of-1]
		}
		return err
	})
	if err != nil {
		return order.State{}, err
	}
	if of.Kind != order.KindPart {
		return w.decide(ctx, a, order.Correct(c, of.Kind))
	}
	return w.decide(ctx, a, order.Correct(c, of.Kind), w.putBack(a, of))
}

// Erase removes a person's words for ever: text and salt go, the hash stays on
// the sheet beside an entry that says who erased them and why.
func (w *Workshop) Erase(ctx context.Context, a Act, saying, why string) (order.State, error) {
	return w.decide(ctx, a, order.Erase(order.Erasure{Saying: saying, Why: why}), func(ctx context.Context, tx Tx, _ order.State) error {
		return tx.EraseSaid(ctx, saying)
	})
}

// AddPhoto normalises a picture, keeps it and puts it on the sheet.
func (w *Workshop) AddPhoto(ctx context.Context, a Act, r io.Reader, moment, caption string) (order.State, error) {
	s, _, err := w.addPhoto(ctx, a, r, order.Photo{Moment: moment, Caption: caption})
	return s, err
}

// AddPartPhoto is AddPhoto of a diagnosed part.
func (w *Workshop) AddPartPhoto(ctx context.Context, a Act, r io.Reader, part, caption string) (order.State, error) {
	s, _, err := w.addPhoto(ctx, a, r, order.Photo{Moment: "finding", Caption: caption, Part: part})
	return s, err
}

// KeepPhoto is AddPhoto, and returns the hash the picture is kept under.
func (w *Workshop) KeepPhoto(ctx context.Context, a Act, r io.Reader, moment, caption string) (string, error) {
	_, hash, err := w.addPhoto(ctx, a, r, order.Photo{Moment: moment, Caption: caption})
	return hash, err
}

func (w *Workshop) addPhoto(ctx context.Context, a Act, r io.Reader, p order.Photo) (s order.State, hash string, err error) {
	img, err := photo.Normalise(r)
	if err != nil {
		return s, "", err
	}
	if hash, err = w.keep(ctx, img.JPEG, "image/jpeg"); err != nil {
		return s, "", err
	}
	thumb, err := w.keep(ctx, img.Thumb, "image/jpeg")
	if err != nil {
		return s, "", err
	}
	p.Hash, p.Thumb, p.Width, p.Height = hash, thumb, img.W, img.H
	s, err = w.decide(ctx, a, order.AddPhoto(p))
	return s, hash, err
}

// keep makes bytes durable and notes their media type.
func (w *Workshop) keep(ctx context.Context, b []byte, media string) (string, error) {
	hash, size, err := w.Blobs.Put(ctx, bytes.NewReader(b), int64(len(b)))
	if err != nil {
		return "", err
	}
	return hash, w.Book.Do(ctx, func(ctx context.Context, tx Tx) error { return tx.PutBlob(ctx, hash, media, size) })
}

// Blob opens kept bytes with their media type.
func (w *Workshop) Blob(ctx context.Context, hash string) (r io.ReadCloser, media string, err error) {
	err = w.Book.View(ctx, func(ctx context.Context, tx Tx) error { media, _, err = tx.Blob(ctx, hash); return err })
	if err != nil {
		return nil, "", err
	}
	r, err = w.Blobs.Open(ctx, hash)
	return r, media, err
}
