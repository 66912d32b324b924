package workshop

import (
	"context"
	"io"
	"time"

	"etabli.example/fault"
	"etabli.example/ident"
	"etabli.example/photo"
	"etabli.example/trade/order"
	"etabli.example/trade/staff"
)

// OpenCamera lends a telephone to the counter as its camera: the address its
// page opens at, without an account, until the instant returned. The sheet may
// be that of an order which is not opened yet.
func (w *Workshop) OpenCamera(ctx context.Context, who staff.Actor, sheet string) (link string, until time.Time, err error) {
	if err := who.Must(staff.Note); err != nil {
		return "", until, err
	}
	if !ident.ValidID(sheet) {
		return "", until, fault.New(fault.Invalid, "camera.no_sheet")
	}
	token := ident.Token()
	until = w.Now().UTC().Add(order.CameraLife).Truncate(time.Microsecond)
	err = w.Book.Do(ctx, func(ctx context.Context, tx Tx) error {
		return tx.PutCamera(ctx, order.Camera{Hash: ident.HashToken(token), Sheet: sheet, Person: who.ID, Until: until})
	})
	return w.Base + "/camera/" + token, until, err
}

// CameraView is what the telephone's page shows: nobody's name and no watch,
// since whoever looks over a shoulder reads it too.
type CameraView struct {
	Number string // of the order; "" while it is not opened
	Taken  int    // pictures there
	Until  time.Time
}

// camera finds the live leave of a token; one sentence answers a wrong and an old one.
func (w *Workshop) camera(ctx context.Context, tx Tx, token string) (order.Camera, error) {
	c, err := tx.Camera(ctx, ident.HashToken(token))
	if fault.Is(err, fault.NotFound) || err == nil && w.Now().After(c.Until) {
		return c, fault.New(fault.NotFound, "camera.unknown")
	}
	return c, err
}

// Camera opens the telephone's page.
func (w *Workshop) Camera(ctx context.Context, token string) (v CameraView, err error) {
	err = w.Book.View(ctx, func(ctx context.Context, tx Tx) error {
		c, err := w.camera(ctx, tx, token)
		if err != nil {
			return err
		}
		s, err := maybeState(ctx, tx, c.Sheet)
		if err != nil {
			return err
		}
		waiting, err := tx.Snapshots(ctx, c.Sheet)
		v = CameraView{Number: s.Number, Taken: len(waiting) + len(s.Photos), Until: c.Until}
		return err
	})
	return v, err
}

// maybeState reads a sheet that may not be there yet.
func maybeState(ctx context.Context, tx Tx, sheet string) (order.State, error) {
	entries, err := tx.Sheet(ctx, sheet)
	if err != nil && !fault.Is(err, fault.NotFound) {
		return order.State{}, err
	}
	return order.Fold(entries)
}

// Snap keeps a picture a telephone took: on the sheet, in the name of the person
// who asked for the camera, or waiting until the order is opened. The same entry
// id again keeps it once.
func (w *Workshop) Snap(ctx context.Context, token, entry string, r io.Reader) error {
	if err := w.Book.View(ctx, func(ctx context.Context, tx Tx) error { _, err := w.camera(ctx, tx, token); return err }); err != nil {
		return err // before anything is decoded
	}
	img, err := photo.Normalise(r)
	if err != nil {
		return err
	}
	p := order.Photo{Width: img.W, Height: img.H}
	if p.Hash, err = w.keep(ctx, img.JPEG, "image/jpeg"); err != nil {
		return err
	}
	if p.Thumb, err = w.keep(ctx, img.Thumb, "image/jpeg"); err != nil {
		return err
	}
	now := w.Now().UTC().Truncate(time.Microsecond)
	return w.Book.Do(ctx, func(ctx context.Context, tx Tx) error {
		c, err := w.camera(ctx, tx, token)
		if err != nil {
			return err
		}
		who, err := tx.Person(ctx, c.Person)
		if err != nil {
			return err
		}
		if !who.Active {
			return fault.New(fault.Denied, "fault.denied")
		}
		s, err := maybeState(ctx, tx, c.Sheet)
		if err != nil {
			return err
		}
		if s.Stage == order.None {
			return snap(ctx, tx, order.Snapshot{Sheet: c.Sheet, ID: entry, Hash: p.Hash, Thumb: p.Thumb, Width: p.Width, Height: p.Height, Taken: now})
		}
		p.Moment = momentOf(s.Stage)
		return w.photograph(ctx, tx, s, order.Facts{Now: now, Who: who.Actor(""), EntryID: entry}, p)
	})
}

// snap keeps a picture that waits; one camera is no way to fill the disk.
func snap(ctx context.Context, tx Tx, s order.Snapshot) error {
	waiting, err := tx.Snapshots(ctx, s.Sheet)
	if err != nil {
		return err
	}
	if len(waiting) >= order.MostSnapshots {
		return fault.New(fault.Conflict, "camera.full", order.MostSnapshots)
	}
	return tx.PutSnapshot(ctx, s)
}

// photograph puts a picture on a sheet, once.
func (w *Workshop) photograph(ctx context.Context, tx Tx, s order.State, f order.Facts, p order.Photo) error {
	entries, err := tx.Sheet(ctx, s.Sheet)
	if err != nil || wrote(entries, f.EntryID) {
		return err
	}
	drafts, err := order.AddPhoto(p)(s, f)
	if err != nil {
		return err
	}
	_, err = w.write(ctx, tx, s.Sheet, s, drafts, f.Now)
	return err
}

// momentOf is what a picture taken at a stage shows, unless somebody says otherwise.
func momentOf(at order.Stage) string {
	switch at {
	case order.None, order.Announced, order.Received:
		return "intake"
	case order.InControl, order.Ready:
		return "out"
	}
	return "finding"
}

// Pictures are the small pictures of a sheet, oldest first: those on it and
// those that wait for the order to be opened.
func (w *Workshop) Pictures(ctx context.Context, who staff.Actor, sheet string) (thumbs []string, err error) {
	if err := who.Must(staff.Note); err != nil {
		return nil, err
	}
	err = w.Book.View(ctx, func(ctx context.Context, tx Tx) error {
		thumbs = nil
		s, err := maybeState(ctx, tx, sheet)
		if err != nil {
			return err
		}
		for _, p := range s.Photos {
			thumbs = append(thumbs, p.Thumb)
		}
		waiting, err := tx.Snapshots(ctx, sheet)
		for _, p := range waiting {
			thumbs = append(thumbs, p.Thumb)
		}
		return err
	})
	return thumbs, err
}

// develop puts the pictures that waited for an order onto its sheet, now that it
// is opened.
func (w *Workshop) develop(ctx context.Context, tx Tx, s order.State, f order.Facts) (order.State, error) {
	waiting, err := tx.Snapshots(ctx, s.Sheet)
	if err != nil || len(waiting) == 0 {
		return s, err
	}
	for _, x := range waiting {
		f.EntryID = x.ID
		drafts, err := order.AddPhoto(x.Photo())(s, f)
		if err != nil {
			return s, err
		}
		if s, err = w.write(ctx, tx, s.Sheet, s, drafts, f.Now); err != nil {
			return s, err
		}
	}
	return s, tx.DeleteSnapshots(ctx, s.Sheet)
}

// Row is the line of the order a sheet is of.
func (w *Workshop) Row(ctx context.Context, sheet string) (row order.Row, err error) {
	err = w.Book.View(ctx, func(ctx context.Context, tx Tx) error { row, err = tx.Order(ctx, sheet); return err })
	return row, err
}

// Begun reports whether the order of a sheet is opened: a draft that named it was
// sent, and is no draft any more.
func (w *Workshop) Begun(ctx context.Context, sheet string) (yes bool, err error) {
	err = w.Book.View(ctx, func(ctx context.Context, tx Tx) error {
		row, err := tx.Order(ctx, sheet)
		yes = err == nil && row.Stage != order.Announced
		if fault.Is(err, fault.NotFound) {
			return nil
		}
		return err
	})
	return yes, err
}
