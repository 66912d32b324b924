package storetest

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"etabli.example/journal"
	"etabli.example/store"
	"etabli.example/trade/customer"
	"etabli.example/trade/order"
)

func verify(t testing.TB, s *store.Store, o store.VerifyOptions) store.Report {
	t.Helper()
	r, err := s.Verify(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// flaws fails unless verify finds exactly these kinds.
func flaws(t testing.TB, s *store.Store, what string, o store.VerifyOptions, want ...store.FlawKind) {
	t.Helper()
	var got []store.FlawKind
	r := verify(t, s, o)
	for _, f := range r.Flaws {
		got = append(got, f.Kind)
	}
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("%s: %v, want %v", what, r.Flaws, want)
	}
}

func fill(t testing.TB, s *store.Store, n int) {
	t.Helper()
	if err := Fill(t.Context(), s.House(house), n, 3); err != nil {
		t.Fatal(err)
	}
}

func anOrder(t testing.TB, s *store.Store) (row order.Row) {
	t.Helper()
	view(t, s, func(ctx context.Context, tx *store.Tx) error {
		rows, err := tx.Orders(ctx, order.Query{Open: true, Limit: 1})
		if err == nil {
			row = rows[0]
		}
		return err
	})
	return row
}

func verifySound(t *testing.T, s *store.Store) {
	flaws(t, s, "an empty book", store.VerifyOptions{})
	fill(t, s, 230) // more than two batches
	if err := Fill(t.Context(), s.House("other"), 3, 4); err != nil {
		t.Fatal(err)
	}
	var done, total int
	r := verify(t, s, store.VerifyOptions{Progress: func(d, n int) { done, total = d, n }})
	want := store.Report{Houses: 2, Sheets: 233, Entries: 230*3 + 3*4, Customers: 233, Sayings: 233}
	same(t, "report", want, r, nil)
	if done != 233 || total != 233 || !r.OK() {
		t.Errorf("progress %d of %d", done, total)
	}
	one := verify(t, s, store.VerifyOptions{Sheet: anOrder(t, s).Sheet})
	if one.Sheets != 1 || one.Entries != 3 {
		t.Errorf("one sheet: %+v", one)
	}
	since := verify(t, s, store.VerifyOptions{Since: at(200)})
	if since.Sheets != 33 || since.Customers != 0 { // the last entry of order i is at i+3
		t.Errorf("since: %+v", since)
	}
}

func verifyLists(t *testing.T, s *store.Store) {
	fill(t, s, 3)
	sound := anOrder(t, s)
	for what, c := range map[string]struct {
		spoil func(*order.Row)
		terms []string
		want  []store.FlawKind
	}{
		"a stage":      {func(r *order.Row) { r.Stage = order.Ready }, sound.Terms(), []store.FlawKind{store.FlawRow}},
		"an instant":   {func(r *order.Row) { r.Last = r.Last.Add(time.Microsecond) }, sound.Terms(), []store.FlawKind{store.FlawRow}},
		"a promise":    {func(r *order.Row) { r.Promised = "" }, sound.Terms(), []store.FlawKind{store.FlawRow}},
		"a word more":  {func(*order.Row) {}, append(sound.Terms(), "x"), []store.FlawKind{store.FlawTerms}},
		"a word fewer": {func(*order.Row) {}, sound.Terms()[1:], []store.FlawKind{store.FlawTerms}},
		"an orphan":    {func(r *order.Row) { r.Sheet, r.Number = "lost", "" }, []string{"y"}, []store.FlawKind{store.FlawOrphan}},
	} {
		undo := errors.New("undo")
		row := sound
		c.spoil(&row)
		do(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.PutOrder(ctx, row, c.terms) })
		flaws(t, s, what, store.VerifyOptions{}, c.want...)
		if err := s.Rebuild(t.Context(), nil); err != nil {
			t.Fatal(undo, err)
		}
		flaws(t, s, what+", rebuilt", store.VerifyOptions{})
	}
}

func verifySayings(t *testing.T, s *store.Store) {
	fill(t, s, 1)
	row := anOrder(t, s)
	var request journal.Saying
	view(t, s, func(ctx context.Context, tx *store.Tx) error {
		entries, err := tx.Sheet(ctx, row.Sheet)
		if err != nil {
			return err
		}
		st, err := order.Fold(entries)
		request = st.Request
		return err
	})
	do(t, s, func(ctx context.Context, tx *store.Tx) error {
		_, err := Add(ctx, tx, row.Sheet, order.KindNote, order.NoteRef{Words: journal.Said{ID: "y1", Text: "a", Salt: "s"}.Saying()}, at(9))
		return err
	})
	flaws(t, s, "words never kept", store.VerifyOptions{}, store.FlawSaying)
	do(t, s, func(ctx context.Context, tx *store.Tx) error {
		return tx.PutSaid(ctx, journal.Said{ID: "y1", Text: "b", Salt: "s"})
	})
	flaws(t, s, "words changed", store.VerifyOptions{}, store.FlawSaying)
	do(t, s, func(ctx context.Context, tx *store.Tx) error {
		return errors.Join(tx.PutSaid(ctx, journal.Said{ID: "y1", Text: "a", Salt: "s"}), tx.EraseSaid(ctx, request.ID))
	})
	flaws(t, s, "words erased, the sheet does not say so", store.VerifyOptions{}, store.FlawSaying)
	do(t, s, func(ctx context.Context, tx *store.Tx) error {
		_, err := Add(ctx, tx, row.Sheet, order.KindErased, order.Erasure{Saying: request.ID, Why: "asked"}, at(10))
		return err
	})
	flaws(t, s, "words erased", store.VerifyOptions{})
	do(t, s, func(ctx context.Context, tx *store.Tx) error {
		_, err := Add(ctx, tx, row.Sheet, order.KindErased, order.Erasure{Saying: "y1", Why: "asked"}, at(11))
		return err
	})
	flaws(t, s, "words that should be erased", store.VerifyOptions{}, store.FlawSaying)
}

// blobs is a source that has some blobs, one of them damaged.
type blobs struct{ read, looked int }

func (b *blobs) Has(_ context.Context, hash string) error {
	if b.looked++; hash == "missing" {
		return errors.New("not there")
	}
	return nil
}

func (b *blobs) Verify(ctx context.Context, hash string) error {
	if b.read++; hash == "damaged" {
		return errors.New("another hash")
	}
	return b.Has(ctx, hash)
}

func verifyBlobs(t *testing.T, s *store.Store) {
	fill(t, s, 1)
	row := anOrder(t, s)
	for i, hash := range []string{"sound", "missing", "damaged"} {
		do(t, s, func(ctx context.Context, tx *store.Tx) error {
			_, err := Add(ctx, tx, row.Sheet, order.KindPhoto, order.Photo{Hash: hash, Thumb: hash, Moment: "intake"}, at(i), hash)
			return errors.Join(err, tx.PutBlob(ctx, hash, "image/jpeg", 3))
		})
	}
	src := &blobs{}
	flaws(t, s, "no source", store.VerifyOptions{Blobs: store.BlobsAll})
	flaws(t, s, "looked for", store.VerifyOptions{Source: src}, store.FlawBlob)
	if src.read != 0 || src.looked != 3 {
		t.Errorf("read %d, looked for %d", src.read, src.looked)
	}
	flaws(t, s, "read", store.VerifyOptions{Source: src, Blobs: store.BlobsAll}, store.FlawBlob, store.FlawBlob)
	for _, hash := range []string{"missing", "damaged"} {
		do(t, s, func(ctx context.Context, tx *store.Tx) error {
			_, err := Add(ctx, tx, row.Sheet, order.KindErased, order.Erasure{Blob: hash, Why: "asked"}, at(9))
			return err
		})
	}
	flaws(t, s, "erased", store.VerifyOptions{Source: src, Blobs: store.BlobsAll})
	if r := verify(t, s, store.VerifyOptions{Source: src, Blobs: store.BlobsAll}); r.Blobs != 1 || r.BlobsRead != 1 {
		t.Errorf("%+v", r)
	}
	do(t, s, func(ctx context.Context, tx *store.Tx) error { // there, but nothing says what it is
		_, err := Add(ctx, tx, row.Sheet, order.KindPhoto, order.Photo{Hash: "unnoted", Thumb: "unnoted", Moment: "intake"}, at(9), "unnoted")
		return err
	})
	flaws(t, s, "not noted", store.VerifyOptions{Source: src, Blobs: store.BlobsAll}, store.FlawBlob)
}

func rebuild(t *testing.T, s *store.Store) {
	fill(t, s, 120)
	row := anOrder(t, s)
	bad := row
	bad.Stage, bad.Number = order.Ready, ""
	do(t, s, func(ctx context.Context, tx *store.Tx) error {
		c, err := tx.Customer(ctx, row.Customer)
		if err != nil {
			return err
		}
		lost := row
		lost.Sheet = "lost" // an orphan that even has another's number
		return errors.Join(tx.PutOrder(ctx, bad, nil), tx.PutOrder(ctx, lost, nil), tx.PutCustomer(ctx, customer.Customer{ID: c.ID, Name: c.Name, Created: c.Created}))
	})
	if verify(t, s, store.VerifyOptions{}).OK() {
		t.Fatal("nothing was spoiled")
	}
	if err := s.Rebuild(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	flaws(t, s, "rebuilt", store.VerifyOptions{})
	if got := anOrder(t, s); got != row {
		t.Errorf("got %+v, want %+v", got, row)
	}
	refused := errors.New("will not fold")
	err := s.Rebuild(t.Context(), func([]journal.Entry) (store.Folded, error) { return store.Folded{}, refused })
	if !errors.Is(err, refused) {
		t.Errorf("a sheet that does not fold: %v", err)
	}
	flaws(t, s, "a rebuild that failed", store.VerifyOptions{})
}
