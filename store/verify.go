package store

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"time"

	"etabli.example/fault"
	"etabli.example/journal"
	"etabli.example/trade/order"
)

// FlawKind is what a flaw is about.
type FlawKind string

// The kinds of flaw that Verify finds.
const (
	FlawChain  FlawKind = "chain"  // an entry is missing, out of place or rewritten
	FlawColumn FlawKind = "column" // a column does not say what the text says
	FlawHead   FlawKind = "head"   // a sheet's head is not its last entry
	FlawFold   FlawKind = "fold"   // a sheet cannot be read
	FlawRow    FlawKind = "row"    // a list does not say what the sheet says
	FlawTerms  FlawKind = "terms"  // the search words are not those of the sheet or the customer
	FlawBlob   FlawKind = "blob"   // a photo, sound or document is missing or changed
	FlawSaying FlawKind = "saying" // words are missing, changed, or not erased where the sheet says so
	FlawNumber FlawKind = "number" // a series of numbers lags behind the orders
	FlawFile   FlawKind = "file"   // the database's own pages are damaged
	FlawOrphan FlawKind = "orphan" // entries, rows or words of a sheet that has no head
)

// Flaw is one thing that does not hold.
type Flaw struct {
	Kind   FlawKind
	House  string
	Sheet  string // or the customer's id, for FlawTerms of a customer
	Seq    int64  // 0 where it is about no one entry
	Detail string // for operators
}

// String writes the flaw on one line.
func (f Flaw) String() string {
	if f.Sheet == "" && f.Kind == FlawFile {
		return fmt.Sprintf("%s: %s", f.Kind, f.Detail)
	}
	if f.Seq > 0 {
		return fmt.Sprintf("%s %s/%s#%d: %s", f.Kind, f.House, f.Sheet, f.Seq, f.Detail)
	}
	return fmt.Sprintf("%s %s/%s: %s", f.Kind, f.House, f.Sheet, f.Detail)
}

// Report says what was looked at and what does not hold.
type Report struct {
	Houses, Sheets, Entries, Customers, Sayings int
	Blobs                                       int // named by live entries and there
	BlobsRead                                   int // of these, read to the end and hashed
	Flaws                                       []Flaw
	More                                        int // flaws beyond the first mostFlaws
}

// OK reports whether everything looked at holds.
func (r Report) OK() bool { return len(r.Flaws) == 0 }

const mostFlaws = 1000

func (r *Report) add(f Flaw) {
	if len(r.Flaws) == mostFlaws {
		r.More++
		return
	}
	r.Flaws = append(r.Flaws, f)
}

// BlobReading says how many blobs are read to the end; all are looked for.
type BlobReading string

// How many blobs are read: none, one in sixteen drawn anew each time, all.
const (
	BlobsNone   BlobReading = "none"
	BlobsSample BlobReading = "sample"
	BlobsAll    BlobReading = "all"
)

// BlobSource is where blobs lie, as Verify needs it.
type BlobSource interface {
	// Has returns nil where content of that name is there.
	Has(ctx context.Context, hash string) error
	// Verify returns nil where it also has that hash.
	Verify(ctx context.Context, hash string) error
}

// Folded is what a sheet gives when it is read.
type Folded struct {
	Row    order.Row
	Terms  []string        // the fields it is found by, not yet folded
	Erased map[string]bool // ids of sayings and hashes of blobs that the sheet says are erased
}

// FoldOrder reads an order's sheet as the lists need it.
func FoldOrder(entries []journal.Entry) (Folded, error) {
	s, err := order.Fold(entries)
	if err != nil {
		return Folded{}, err
	}
	row := order.RowOf(s)
	return Folded{Row: row, Terms: row.Terms(), Erased: s.Erased}, nil
}

// VerifyOptions says what is looked at.
type VerifyOptions struct {
	Sheet    string    // this sheet only
	Since    time.Time // only sheets written on since
	Blobs    BlobReading
	Source   BlobSource // nil: blobs are not looked for
	Progress func(done, total int)
	// Fold reads an order's sheet; nil means FoldOrder.
	Fold func(entries []journal.Entry) (Folded, error)
}

// Verify proves in one snapshot that the chains hold, that columns say what the
// texts say, that every order's sheet folds to exactly the stored lists and
// words, that words and blobs named by live entries are there unchanged, and that
// what is erased is. The error is only of what kept it from looking.
//
// It does not prove that nobody who owns the database rewrote whole chains.
func (s *Store) Verify(ctx context.Context, o VerifyOptions) (Report, error) {
	if o.Fold == nil {
		o.Fold = FoldOrder
	}
	v := &verifier{o: o}
	if damage, err := s.damage(ctx); err != nil {
		return v.report, err
	} else if damage != "" { // nothing read from it could be trusted
		v.report.Flaws = append(v.report.Flaws, Flaw{Kind: FlawFile, Detail: damage})
		return v.report, nil
	}
	err := s.House("").View(ctx, func(ctx context.Context, tx *Tx) error {
		houses, err := tx.houses(ctx)
		if err != nil {
			return err
		}
		for _, house := range houses {
			n, err := one(ctx, tx, "store.Verify", value[int], sqlSheetCount, house)
			if err != nil {
				return err
			}
			v.total += n
		}
		for _, house := range houses {
			if err := v.house(ctx, &Tx{tx.u, house}); err != nil {
				return err
			}
		}
		return nil
	})
	return v.report, err
}

type verifier struct {
	o           VerifyOptions
	report      Report
	done, total int
}

func (v *verifier) house(ctx context.Context, tx *Tx) error {
	v.report.Houses++
	if v.o.Sheet != "" {
		return v.span(ctx, tx, span{v.o.Sheet, next(v.o.Sheet)})
	}
	err := tx.eachBatch(ctx, func(heads []sheetHead, s span) error {
		if v.o.Since.IsZero() {
			return v.span(ctx, tx, s)
		}
		for _, h := range heads {
			if h.recorded >= micros(v.o.Since) {
				if err := v.span(ctx, tx, span{h.sheet, next(h.sheet)}); err != nil {
					return err
				}
			}
		}
		return nil
	})
	if err != nil || !v.o.Since.IsZero() {
		return err
	}
	if err := v.backroomOrphans(ctx, tx); err != nil {
		return err
	}
	if err := v.numbers(ctx, tx); err != nil {
		return err
	}
	return v.customers(ctx, tx)
}

// span verifies the sheets of one run of the key.
func (v *verifier) span(ctx context.Context, tx *Tx, s span) error {
	b, err := tx.batch(ctx, s)
	if err != nil {
		return err
	}
	for _, sheet := range b.sheets() {
		if err := v.sheet(ctx, tx, b, sheet); err != nil {
			return err
		}
		v.done++
		if v.o.Progress != nil {
			v.o.Progress(v.done, max(v.total, v.done))
		}
	}
	return nil
}

func (v *verifier) sheet(ctx context.Context, tx *Tx, b batch, sheet string) error {
	flaw := func(kind FlawKind, seq int64, format string, args ...any) {
		v.report.add(Flaw{kind, tx.house, sheet, seq, fmt.Sprintf(format, args...)})
	}
	h, ok := b.heads[sheet]
	if !ok {
		flaw(FlawOrphan, 0, "%d entries, %d rows, %d words of a sheet without head", len(b.entries[sheet]), len(b.rows[sheet]), len(b.terms[sheet]))
		return nil
	}
	v.report.Sheets++
	entries := v.entries(b.entries[sheet], flaw)
	if err := journal.Check(tx.house, sheet, entries); err != nil {
		br, _ := err.(journal.Break)
		flaw(FlawChain, br.Seq, "%s", br.Why)
		return nil // what follows is read off a broken chain
	}
	last := journal.Entry{}
	if len(entries) > 0 {
		last = entries[len(entries)-1]
	}
	if h.seq != last.Seq || h.hash != string(last.Hash) || h.recorded != micros(last.Recorded) {
		flaw(FlawHead, last.Seq, "the head says entry %d, the last is %d", h.seq, last.Seq)
	}
	if h.kind != SheetOfOrder {
		return v.backroom(ctx, tx, h.kind, sheet, entries, flaw)
	}
	f, err := v.o.Fold(entries)
	if err != nil {
		flaw(FlawFold, 0, "%v", err)
		return nil
	}
	v.lists(b, sheet, f, flaw)
	if err := v.sayings(ctx, tx, entries, f.Erased, flaw); err != nil {
		return err
	}
	return v.blobs(ctx, tx, entries, f.Erased, flaw)
}

type addFlaw func(kind FlawKind, seq int64, format string, args ...any)

// entries reads the stored texts and compares the columns.
func (v *verifier) entries(stored []columns, flaw addFlaw) []journal.Entry {
	out := make([]journal.Entry, 0, len(stored))
	for _, c := range stored {
		v.report.Entries++
		e, err := journal.Read(c.text, journal.Hash(c.prev))
		if err == nil {
			want := columnsOf(e)
			want.hash = c.hash // the chain's to judge
			if want != c {
				flaw(FlawColumn, c.seq, "columns and text differ")
			}
		}
		e.Seq, e.Sheet, e.Text = c.seq, c.sheet, c.text
		e.Prev, e.Hash = journal.Hash(c.prev), journal.Hash(c.hash)
		out = append(out, e)
	}
	return out
}

func (v *verifier) lists(b batch, sheet string, f Folded, flaw addFlaw) {
	f.Row = kept(f.Row)
	switch rows := b.rows[sheet]; {
	case len(rows) == 0:
		flaw(FlawRow, 0, "no row")
	case rows[0] != f.Row:
		flaw(FlawRow, 0, "stored %+v, the sheet says %+v", rows[0], f.Row)
	}
	if want := termsOf(f.Terms...); !slices.Equal(want, b.terms[sheet]) {
		flaw(FlawTerms, 0, "stored %q, the sheet says %q", b.terms[sheet], want)
	}
}

// kept is a row as the columns can keep it.
func kept(r order.Row) order.Row {
	r.StageSince, r.Opened, r.Last, r.QuoteUntil =
		instant(micros(r.StageSince)), instant(micros(r.Opened)), instant(micros(r.Last)), instant(micros(r.QuoteUntil))
	return r
}

func (v *verifier) sayings(ctx context.Context, tx *Tx, entries []journal.Entry, erased map[string]bool, flaw addFlaw) error {
	for _, e := range entries {
		for _, ref := range sayingsIn(e.Data) {
			v.report.Sayings++
			s, err := one(ctx, tx, "store.Verify", scanSaid, sqlSaid, tx.house, ref.ID)
			there := err == nil && !s.erased
			switch {
			case err != nil && !fault.Is(err, fault.NotFound):
				return err
			case erased[ref.ID] && there:
				flaw(FlawSaying, e.Seq, "%s is still there, the sheet says erased", ref.ID)
			case !erased[ref.ID] && !there:
				flaw(FlawSaying, e.Seq, "%s is missing", ref.ID)
			case there && journal.SayingHash(s.Salt, s.Text) != ref.Hash:
				flaw(FlawSaying, e.Seq, "%s was changed", ref.ID)
			}
		}
	}
	return nil
}

func (v *verifier) blobs(ctx context.Context, tx *Tx, entries []journal.Entry, erased map[string]bool, flaw addFlaw) error {
	if v.o.Source == nil {
		return nil
	}
	for _, e := range entries {
		for _, hash := range e.Blobs {
			if erased[hash] {
				continue
			}
			if err := v.noted(ctx, tx, e.Seq, hash, flaw); err != nil {
				return err
			}
			read := v.o.Blobs == BlobsAll || v.o.Blobs == BlobsSample && rand.N(16) == 0
			look := v.o.Source.Has
			if read {
				look = v.o.Source.Verify
			}
			if err := look(ctx, hash); err != nil {
				if ctx.Err() != nil {
					return ctx.Err()
				}
				flaw(FlawBlob, e.Seq, "%s: %v", hash, err)
				continue
			}
			v.report.Blobs++
			if read {
				v.report.BlobsRead++
			}
		}
	}
	return nil
}

// customers verifies the words customers are found by.
func (v *verifier) customers(ctx context.Context, tx *Tx) error {
	seen := map[string]bool{}
	return tx.eachCustomerBatch(ctx, func(b customerBatch) error {
		v.report.Customers += len(b.customers)
		for _, c := range b.customers {
			if want := customerTerms(c); !slices.Equal(want, b.terms[c.ID]) {
				v.report.add(Flaw{FlawTerms, tx.house, c.ID, 0, "a customer's words are not those of their row"})
			}
			if missing, err := tx.unknownWord(ctx, vocabularyOf(c), seen); err != nil {
				return err
			} else if missing {
				v.report.add(Flaw{FlawTerms, tx.house, c.ID, 0, "a word of a customer is not in the vocabulary"})
			}
			delete(b.terms, c.ID)
		}
		for id := range b.terms {
			v.report.add(Flaw{FlawOrphan, tx.house, id, 0, "words of a customer who has no row"})
		}
		return nil
	})
}
