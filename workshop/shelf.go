package workshop

import (
	"bytes"
	"context"
	"io"
	"slices"
	"strings"
	"time"

	"etabli.example/fault"
	"etabli.example/photo"
	"etabli.example/trade/order"
	"etabli.example/trade/shelf"
	"etabli.example/trade/staff"
)

// DocumentView is a document of the shelf with the names of who put it there and
// who withdrew it, and the title of what replaced it.
type DocumentView struct {
	shelf.Document
	ByName, EndedByName, ReplacedTitle string
}

// Shelf is every document of the house, the last put there first; of one maker where
// that is asked for, and then of one calibre and of all.
func (w *Workshop) Shelf(ctx context.Context, who staff.Actor, maker, calibre string) ([]DocumentView, error) {
	return w.documents(ctx, who, func(ctx context.Context, tx Tx) ([]shelf.Document, error) {
		if shelf.Key(maker) == "" {
			return tx.Documents(ctx, shelf.Most)
		}
		of, err := tx.DocumentsOf(ctx, maker, shelf.Most)
		return slices.DeleteFunc(of, func(d shelf.Document) bool { return calibre != "" && !d.About(maker, "", calibre) }), err
	})
}

// ShelfOf are the documents for a watch of a brand with the calibre of a maker,
// those to work by first; brand and calibre may be "".
func (w *Workshop) ShelfOf(ctx context.Context, who staff.Actor, brand, maker, calibre string) ([]DocumentView, error) {
	return w.documents(ctx, who, func(ctx context.Context, tx Tx) (out []shelf.Document, err error) {
		names := []string{maker, brand}
		if shelf.Key(maker) == shelf.Key(brand) {
			names = names[:1]
		}
		for _, name := range names {
			if shelf.Key(name) == "" {
				continue
			}
			of, err := tx.DocumentsOf(ctx, name, shelf.Most)
			if err != nil {
				return nil, err
			}
			for _, d := range of {
				if d.About(brand, maker, calibre) {
					out = append(out, d)
				}
			}
		}
		// What is of this very calibre comes before what is of all.
		slices.SortStableFunc(out, func(a, b shelf.Document) int { return shelfRank(a) - shelfRank(b) })
		return out, nil
	})
}

func shelfRank(d shelf.Document) int {
	switch {
	case !d.Holds():
		return 2
	case d.Calibre == "":
		return 1
	}
	return 0
}

// ShelfOfWatch is ShelfOf for an order's watch.
func (w *Workshop) ShelfOfWatch(ctx context.Context, who staff.Actor, x order.WatchFacts) ([]DocumentView, error) {
	return w.ShelfOf(ctx, who, x.Brand, x.CalibreMaker, x.Calibre)
}

func (w *Workshop) documents(ctx context.Context, who staff.Actor, find func(context.Context, Tx) ([]shelf.Document, error)) (out []DocumentView, err error) {
	if err := who.Must(staff.See); err != nil {
		return nil, err
	}
	err = w.Book.View(ctx, func(ctx context.Context, tx Tx) error {
		found, err := find(ctx, tx)
		out = nil
		if err != nil || len(found) == 0 {
			return err
		}
		people, err := names(ctx, tx)
		for _, d := range found {
			v := DocumentView{Document: d, ByName: people[d.By], EndedByName: people[d.EndedBy]}
			if i := slices.IndexFunc(found, func(x shelf.Document) bool { return x.ID == d.Replaced }); i >= 0 && d.Replaced != "" {
				v.ReplacedTitle = found[i].Title
			}
			out = append(out, v)
		}
		return err
	})
	return out, err
}

// AddDocument puts a document on the shelf: the file of r, or the link d.URL where
// r is nil. Whether the file is a PDF or a picture is read off its bytes. Where
// replaces is the id of another, that one is replaced. Needs ManageRules. d.ID
// makes a repeated request write nothing twice.
func (w *Workshop) AddDocument(ctx context.Context, who staff.Actor, d shelf.Document, r io.Reader, replaces string) error {
	if err := who.Must(staff.ManageRules); err != nil {
		return err
	}
	d.Kind, d.Hash, d.Size = shelf.Link, "", 0
	var keep []byte
	if r != nil {
		var err error
		if keep, err = shelfFile(&d, r); err != nil {
			return err
		}
		d.Hash = "to be kept"
	}
	if err := d.Check(); err != nil {
		return err // before anything is kept
	}
	if keep != nil {
		var err error
		if d.Hash, err = w.keep(ctx, keep, d.Media()); err != nil {
			return err
		}
	}
	return w.Book.Do(ctx, func(ctx context.Context, tx Tx) error { return w.shelve(ctx, tx, who, d, replaces) })
}

// shelfFile reads a file and says in d what it is; the bytes are those to be kept.
func shelfFile(d *shelf.Document, r io.Reader) ([]byte, error) {
	beside := func(err error) error {
		if f, ok := err.(*fault.Error); ok && (f.Kind == fault.Invalid || f.Kind == fault.TooLarge) {
			return &fault.Error{Kind: f.Kind, Key: "fault.invalid", Fields: fault.Problems{"file": {Key: f.Key, Args: f.Args}}}
		}
		return err
	}
	b, err := io.ReadAll(io.LimitReader(r, shelf.MostBytes+1))
	switch {
	case err != nil:
		return nil, fault.Wrap("workshop.AddDocument", err)
	case len(b) > shelf.MostBytes:
		return nil, beside(fault.New(fault.TooLarge, "shelf.too_large", shelf.MostBytes/1_000_000))
	case bytes.Contains(b[:min(len(b), 1024)], []byte("%PDF-")):
		d.Kind, d.Size = shelf.PDF, int64(len(b))
		d.Sealed, err = shelf.InspectPDF(b)
		return b, beside(err)
	}
	img, err := photo.Normalise(bytes.NewReader(b))
	if fault.Is(err, fault.Invalid) {
		return nil, beside(fault.New(fault.Invalid, "shelf.what_file"))
	}
	d.Kind, d.Size = shelf.Picture, int64(len(img.JPEG))
	return img.JPEG, beside(err)
}

func (w *Workshop) shelve(ctx context.Context, tx Tx, who staff.Actor, d shelf.Document, replaces string) error {
	if _, err := tx.Document(ctx, d.ID); err == nil {
		return nil // sent twice
	} else if !fault.Is(err, fault.NotFound) {
		return err
	}
	all, err := tx.Documents(ctx, shelf.Most)
	if err != nil {
		return err
	}
	if len(all) >= shelf.Most {
		return fault.New(fault.Conflict, "shelf.full", shelf.Most)
	}
	now := w.Now().UTC().Truncate(time.Microsecond)
	if replaces != "" {
		old, err := tx.Document(ctx, replaces)
		switch {
		case fault.Is(err, fault.NotFound) || err == nil && (!old.Holds() || shelf.Key(old.Maker) != shelf.Key(d.Maker)):
			return &fault.Error{Kind: fault.Invalid, Key: "fault.invalid", Fields: fault.Problems{"replaces": {Key: "shelf.cannot_replace"}}}
		case err != nil:
			return err
		}
		old.Replaced, old.Ended, old.EndedBy = d.ID, now, who.ID
		if err := tx.PutDocument(ctx, old); err != nil {
			return err
		}
	}
	d.By, d.At = who.ID, now
	return tx.PutDocument(ctx, d)
}

// WithdrawDocument takes a document off the shelf with a reason; it stays readable
// as withdrawn. Needs ManageRules.
func (w *Workshop) WithdrawDocument(ctx context.Context, who staff.Actor, id, why string) error {
	if err := who.Must(staff.ManageRules); err != nil {
		return err
	}
	var bad fault.Problems
	if strings.TrimSpace(why) == "" {
		bad.Add("why", "own.why_missing")
	}
	bad.Text("why", why, shelf.Words)
	if err := bad.Err(); err != nil {
		return err
	}
	return w.Book.Do(ctx, func(ctx context.Context, tx Tx) error {
		d, err := tx.Document(ctx, id)
		if err != nil || !d.Holds() {
			return err // pressed twice, or replaced meanwhile
		}
		d.Ended, d.EndedBy, d.EndWhy = w.Now().UTC().Truncate(time.Microsecond), who.ID, why
		return tx.PutDocument(ctx, d)
	})
}

// Document opens the bytes of a document; the caller closes them. A link has none:
// NotFound.
func (w *Workshop) Document(ctx context.Context, who staff.Actor, id string) (d shelf.Document, body io.ReadCloser, err error) {
	if err := who.Must(staff.See); err != nil {
		return d, nil, err
	}
	err = w.Book.View(ctx, func(ctx context.Context, tx Tx) error { d, err = tx.Document(ctx, id); return err })
	if fault.Is(err, fault.NotFound) || err == nil && d.Hash == "" {
		return d, nil, fault.New(fault.NotFound, "shelf.unknown")
	}
	if err != nil {
		return d, nil, err
	}
	body, err = w.Blobs.Open(ctx, d.Hash)
	return d, body, err
}
