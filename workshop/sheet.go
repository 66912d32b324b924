package workshop

import (
	"context"
	"regexp"
	"strings"
	"time"

	"etabli.example/fault"
	"etabli.example/ident"
	"etabli.example/journal"
	"etabli.example/trade/customer"
	"etabli.example/trade/order"
	"etabli.example/trade/staff"
)

// SheetView is an order as one person may see it.
type SheetView struct {
	order.State
	Entries  []journal.Entry
	People   map[string]string  // person id → name
	Words    map[string]string  // saying id → text, masked where the person may not see identities; "" erased
	Customer *customer.Customer // nil where the person may not see identities
	Options  []order.Option     // moves out of this stage, for this person
	Broken   error              // nil where the chain is whole
}

// Sheet opens an order's sheet.
func (w *Workshop) Sheet(ctx context.Context, who staff.Actor, sheet string) (v SheetView, err error) {
	if err := who.Must(staff.See); err != nil {
		return v, err
	}
	err = w.Book.View(ctx, func(ctx context.Context, tx Tx) error {
		if v.State, v.Entries, err = state(ctx, tx, sheet); err != nil {
			return err
		}
		if v.People, err = names(ctx, tx); err != nil {
			return err
		}
		c, err := tx.Customer(ctx, v.State.Customer)
		if err != nil && !fault.Is(err, fault.NotFound) {
			return err
		}
		if err == nil && who.May(staff.SeeCustomer) {
			v.Customer = &c
		}
		v.Words, err = words(ctx, tx, v.Entries, c, who.May(staff.SeeCustomer))
		return err
	})
	if err != nil {
		return v, err
	}
	v.Options = v.State.Options(order.Facts{Now: w.Now(), Who: who})
	v.Broken = journal.Check(v.House, v.State.Sheet, v.Entries)
	return v, nil
}

func names(ctx context.Context, tx Tx) (map[string]string, error) {
	people, err := tx.People(ctx)
	if err != nil {
		return nil, err
	}
	out := map[string]string{}
	for _, p := range people {
		out[p.ID] = p.Name
	}
	return out, nil
}

// words collects the sayings that entries point at.
func words(ctx context.Context, tx Tx, entries []journal.Entry, c customer.Customer, identity bool) (map[string]string, error) {
	out := map[string]string{}
	for _, e := range entries {
		for _, ref := range sayings(e) {
			said, err := tx.Said(ctx, ref.ID)
			if fault.Is(err, fault.NotFound) {
				out[ref.ID] = ""
				continue
			}
			if err != nil {
				return nil, err
			}
			out[ref.ID] = said.Text
			if !identity {
				out[ref.ID] = Mask(said.Text, c)
			}
		}
	}
	return out, nil
}

// sayings returns what an entry holds of people's words.
func sayings(e journal.Entry) []journal.Saying {
	var d struct {
		Request journal.Saying `json:"request"`
		Words   journal.Saying `json:"words"`
	}
	if e.Kind != order.KindReceived && e.Kind != order.KindAnnounced && e.Kind != order.KindNote && e.Kind != order.KindComplaintOpened {
		return nil
	}
	if e.Decode(&d) != nil {
		return nil
	}
	var out []journal.Saying
	for _, s := range []journal.Saying{d.Request, d.Words} {
		if s.ID != "" {
			out = append(out, s)
		}
	}
	return out
}

var (
	phoneLike = regexp.MustCompile(`(?:\+|00)?\d[\d .\-\x{00A0}\x{202F}]{7,}\d`)
	mailLike  = regexp.MustCompile(`[\p{L}\d._%+\-]+@[\p{L}\d.\-]+\.\p{L}{2,}`)
)

const masked = "▒▒▒"

// Mask hides what would tell the bench who the customer is: the names, phones
// and addresses we know of them, and anything that looks like a phone or e-mail.
func Mask(text string, c customer.Customer) string {
	text = mailLike.ReplaceAllString(text, masked)
	text = phoneLike.ReplaceAllString(text, masked)
	for _, known := range []string{c.FullName(), c.Name, c.Given, c.Address, c.City} {
		for _, part := range append([]string{known}, strings.Fields(known)...) {
			if len([]rune(part)) >= 3 {
				text = replaceFold(text, part, masked)
			}
		}
	}
	return text
}

// replaceFold replaces whole words equal to old whatever their case.
func replaceFold(text, old, with string) string {
	re, err := regexp.Compile(`(?i)(^|[^\p{L}\d])` + regexp.QuoteMeta(old) + `($|[^\p{L}\d])`)
	if err != nil {
		return text
	}
	return re.ReplaceAllString(text, "${1}"+with+"${2}")
}

// Open finds an order by what somebody typed or scanned: a full number, a short
// one, a bare sequence, or a sheet's id. Several orders may share a bare sequence.
func (w *Workshop) Open(ctx context.Context, who staff.Actor, typed string) (rows []order.Row, err error) {
	if err := who.Must(staff.See); err != nil {
		return nil, err
	}
	typed = strings.TrimSpace(typed)
	err = w.Book.View(ctx, func(ctx context.Context, tx Tx) error {
		if n, err := ident.ParseNumber(typed); err == nil {
			row, err := tx.OrderByNumber(ctx, n.String())
			if err == nil {
				rows = []order.Row{row}
			}
			return err
		}
		if seq, check, ok := ident.ParseShort(typed); ok {
			found, err := tx.OrdersBySequence(ctx, seq)
			for _, r := range found {
				if check == "" || strings.HasSuffix(r.Number, check) {
					rows = append(rows, r)
				}
			}
			return err
		}
		return nil
	})
	if err == nil && len(rows) == 0 {
		err = fault.New(fault.NotFound, "order.unknown_number", typed)
	}
	return rows, err
}

// OpenOne finds the one order of a full number.
func (w *Workshop) OpenOne(ctx context.Context, number string) (row order.Row, err error) {
	err = w.Book.View(ctx, func(ctx context.Context, tx Tx) error {
		n, perr := ident.ParseNumber(number)
		if perr != nil {
			return fault.New(fault.NotFound, "order.unknown_number", number)
		}
		row, err = tx.OrderByNumber(ctx, n.String())
		return err
	})
	if fault.Is(err, fault.NotFound) {
		err = fault.New(fault.NotFound, "order.unknown_number", number)
	}
	return row, err
}

// Find searches orders by words; customers' names are searched only by those
// who may see them, which the rows do not show anyway.
func (w *Workshop) Find(ctx context.Context, who staff.Actor, words string) (rows []order.Row, err error) {
	if err := who.Must(staff.See); err != nil {
		return nil, err
	}
	if rows, err := w.Open(ctx, who, words); err == nil {
		return rows, nil
	}
	err = w.Book.View(ctx, func(ctx context.Context, tx Tx) error { rows, err = tx.FindOrders(ctx, words, 20); return err })
	return rows, err
}

// Board is the workshop at a glance.
type Board struct {
	Rows    []order.Row
	Counts  map[order.Stage]int
	People  map[string]string
	Today   string
	Late    int             // of every open order, not of Rows
	Due     int             // promised for today
	Answers []order.Waiting // quotes sent: how many have waited how many days
	Places  Places
	Firm    error // why documents cannot name the firm
	Held    int   // quotes that wait for this person's approval
	Alerts  int   // open, of every order
}

// Board reads the open orders, at most limit a stage.
func (w *Workshop) Board(ctx context.Context, who staff.Actor, limit int) (b Board, err error) {
	if err := who.Must(staff.See); err != nil {
		return b, err
	}
	b.Today = w.Today()
	err = w.Book.View(ctx, func(ctx context.Context, tx Tx) error {
		if b.Rows, b.Counts, err = tx.Board(ctx, "", limit); err != nil {
			return err
		}
		alerted, err := tx.AlertedOrders(ctx)
		if err != nil {
			return err
		}
		b.Alerts = 0
		for _, r := range alerted {
			b.Alerts += r.Alerts
		}
		if who.May(staff.Approve) {
			held, err := tx.HeldOrders(ctx)
			if err != nil {
				return err
			}
			b.Held = len(held)
		}
		if b.Places, err = places(ctx, tx); err != nil {
			return err
		}
		f, err := firm(ctx, tx)
		if err != nil {
			return err
		}
		b.Firm = f.Printable()
		if b.People, err = names(ctx, tx); err != nil {
			return err
		}
		return b.count(ctx, tx, w.Now())
	})
	return b, err
}

// count fills in what is counted over every open order, those that the rows leave
// out too.
func (b *Board) count(ctx context.Context, tx Tx, now time.Time) error {
	due, err := tx.DueOrders(ctx, b.Today)
	if err != nil {
		return err
	}
	for _, d := range due {
		switch {
		case d.Stage == order.Ready:
		case d.Promised < b.Today:
			b.Late += d.Count
		default:
			b.Due += d.Count
		}
	}
	if b.Counts[order.QuoteSent] == 0 {
		return nil
	}
	waiting, err := tx.WaitingOrders(ctx, now)
	for _, x := range waiting {
		if x.Stage == order.QuoteSent {
			b.Answers = append(b.Answers, x)
		}
	}
	return err
}

// Orders reads a page of the list.
func (w *Workshop) Orders(ctx context.Context, who staff.Actor, q order.Query) (rows []order.Row, err error) {
	if err := who.Must(staff.See); err != nil {
		return nil, err
	}
	err = w.Book.View(ctx, func(ctx context.Context, tx Tx) error { rows, err = tx.Orders(ctx, q); return err })
	return rows, err
}
