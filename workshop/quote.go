package workshop

import (
	"context"
	"encoding/json"
	"strconv"
	"strings"
	"time"

	"etabli.example/fault"
	"etabli.example/horology"
	"etabli.example/ident"
	"etabli.example/journal"
	"etabli.example/money"
	"etabli.example/trade/customer"
	"etabli.example/trade/order"
	"etabli.example/trade/price"
	"etabli.example/trade/staff"
	"etabli.example/trade/watch"
)

// Durations set by the house; by law where a comment says so.
const (
	quoteValidDays = 30
	linkDays       = 90
	standardVAT    = money.VATRate(2000) // CGI art. 278: 20 % on repairs; no reduced rate for watches
)

// SuggestLines prices the diagnosed operations from the house's list. An
// operation without a price of the house stands at 0 for somebody to price: the
// catalogue's indicative range is shown beside it, never used.
func (w *Workshop) SuggestLines(ctx context.Context, s order.State) ([]order.QuoteLine, error) {
	if s.Diagnosis == nil {
		return nil, nil
	}
	var list price.List
	err := w.Book.View(ctx, func(ctx context.Context, tx Tx) (err error) { list, err = tx.Prices(ctx); return err })
	if err != nil {
		return nil, err
	}
	var out []order.QuoteLine
	what := priceFor(s.Watch)
	add := func(kind, code, fr, en string) {
		p, ok := list.At(code, what, w.Today())
		if !ok {
			p.VAT = standardVAT
		}
		out = append(out, order.QuoteLine{ID: strconv.Itoa(len(out) + 1), Kind: kind, Operation: code, LabelFR: capital(fr), LabelEN: capital(en),
			Quantity: 1, UnitGross: p.Gross, VAT: p.VAT, List: p.Gross})
	}
	for _, code := range s.Diagnosis.Operations {
		if op, ok := horology.OperationByCode(code); ok {
			add(order.Obligatory, op.Code, op.FR, op.EN)
		}
	}
	for _, p := range s.Diagnosis.Parts {
		if part, ok := horology.PartByCode(p.Code); ok {
			add(order.Obligatory, part.Code, part.FR, part.EN)
		}
	}
	return out, nil
}

// capital writes a label of the catalogue as a quote shows it.
func capital(s string) string {
	for i, r := range s {
		return strings.ToUpper(string(r)) + s[i+len(string(r)):]
	}
	return s
}

// Price writes a new version of the quote. Its number is taken without gaps.
func (w *Workshop) Price(ctx context.Context, a Act, q order.Quote) (order.State, error) {
	if q.Until.IsZero() {
		q.Until = w.QuoteUntil()
	}
	number := func(ctx context.Context, tx Tx, s order.State) error {
		if last := s.LastQuote(); last != nil {
			q.Number = last.Number
			return nil
		}
		year := w.Now().In(w.Zone).Year()
		site, err := w.siteCode(ctx, tx, a.Who)
		if err != nil {
			return err
		}
		n, err := tx.NextNumber(ctx, site, year, "quote")
		q.Number = site + "-D-" + strconv.Itoa(year%100) + "-" + padded(n)
		return err
	}
	var under order.Terms
	listed := func(ctx context.Context, tx Tx, s order.State) (err error) {
		list, err := tx.Prices(ctx)
		if err != nil {
			return err
		}
		for i := range q.Lines { // what is let off is told from the list, whatever was typed
			p, _ := list.At(q.Lines[i].Operation, priceFor(s.Watch), w.Today())
			q.Lines[i].List = p.Gross
		}
		under, err = terms(ctx, tx)
		return err
	}
	return w.decide(ctx, a, func(s order.State, f order.Facts) ([]journal.Draft, error) { return order.PriceUnder(under, q)(s, f) }, number, listed)
}

// QuoteUntil is until when a quote made now is valid unless somebody says otherwise.
func (w *Workshop) QuoteUntil() time.Time { return w.Now().AddDate(0, 0, quoteValidDays) }

func padded(n int) string {
	s := strconv.Itoa(n)
	for len(s) < 5 {
		s = "0" + s
	}
	return s
}

// SendQuote sends the last version: the customer's page opens with a new link,
// and a message that names it follows the entry. The link is returned for the
// counter, which may show it as a QR code; it is empty where the same act had
// sent the quote already, since its secret is not kept.
func (w *Workshop) SendQuote(ctx context.Context, a Act, channel string) (order.State, string, error) {
	token := ident.Token()
	if a.Entry == "" {
		a.Entry = ident.New()
	}
	link := ""
	prepareLink := func(ctx context.Context, tx Tx, s order.State) error {
		if err := s.CanMove(order.KindQuoteSent, order.Facts{Now: w.Now(), Who: a.Who}); err != nil {
			return err
		}
		if err := tx.PutLink(ctx, customer.Link{Hash: ident.HashToken(token), Sheet: a.Sheet, Until: w.Now().AddDate(0, 0, linkDays)}); err != nil {
			return err
		}
		link = w.Base + "/c/" + token
		return w.follow(ctx, tx, a, s.Seq+1, afterQuote, map[string]string{"token": token})
	}
	s, err := w.decide(ctx, a, order.SendQuote(order.Sending{Channel: channel}), prepareLink)
	return s, link, err
}

// follow writes a row of what follows the entry.
func (w *Workshop) follow(ctx context.Context, tx Tx, a Act, seq int64, kind string, data any) error {
	b, err := json.Marshal(data)
	if err != nil {
		return fault.Wrap("workshop.follow", err)
	}
	return tx.PutAfter(ctx, journal.After{ID: a.Entry + "-" + kind, Sheet: a.Sheet, Seq: seq, Kind: kind, Data: b, Due: w.Now().UTC()})
}

// Answer records the customer's answer given in the shop or by phone.
func (w *Workshop) Answer(ctx context.Context, a Act, yes bool, x order.Answering) (order.State, error) {
	if yes {
		return w.decide(ctx, a, order.AcceptQuote(x))
	}
	return w.decide(ctx, a, order.DeclineQuote(x))
}

// RecallQuote takes a sent quote back to the bench, with a reason.
func (w *Workshop) RecallQuote(ctx context.Context, a Act, why string) (order.State, error) {
	return w.decide(ctx, a, order.RecallQuote(order.Answering{Reason: why}))
}

// UseCeiling starts under the amount agreed at deposit.
func (w *Workshop) UseCeiling(ctx context.Context, a Act) (order.State, error) {
	return w.decide(ctx, a, order.UseCeiling())
}

// Withdraw takes an acceptance back at the counter.
func (w *Workshop) Withdraw(ctx context.Context, a Act, why string) (order.State, error) {
	return w.decide(ctx, a, order.WithdrawQuote(order.Answering{Reason: why, Mode: "counter"}))
}

// ExpireQuotes lets quotes run out that were not answered in time, and returns how many.
func (w *Workshop) ExpireQuotes(ctx context.Context) (n int, err error) {
	var due []order.Row
	after := ""
	for {
		var page []order.Row
		err := w.Book.View(ctx, func(ctx context.Context, tx Tx) (err error) {
			page, err = tx.Orders(ctx, order.Query{Stages: []order.Stage{order.QuoteSent}, After: after, Limit: 200})
			return err
		})
		if err != nil {
			return n, err
		}
		for _, r := range page {
			if !r.QuoteUntil.IsZero() && w.Now().After(r.QuoteUntil) {
				due = append(due, r)
			}
		}
		if len(page) < 200 {
			break
		}
		after = page[len(page)-1].Number
	}
	for _, r := range due {
		a := Act{Who: staff.System(), Sheet: r.Sheet, Seen: -1}
		if _, err := w.decide(ctx, a, order.ExpireQuote()); err != nil && !fault.Is(err, fault.Conflict) {
			return n, err
		}
		n++
	}
	return n, nil
}

// Range is what candidate actions cost, lowest to highest, for the pre-quote:
// the house's price where it has one, the catalogue's indicative range otherwise.
type Range struct {
	Operation horology.Operation
	Min, Max  money.Cents
	Own       bool // the house's own price
	Known     bool
}

// PriceRange looks the operations up.
func (w *Workshop) PriceRange(ctx context.Context, codes []string, kind watch.Kind) ([]Range, error) {
	what := price.For{Kind: string(kind)}
	list, err := w.Prices(ctx)
	if err != nil {
		return nil, err
	}
	var out []Range
	for _, code := range codes {
		op, ok := horology.OperationByCode(code)
		if !ok {
			continue
		}
		r := Range{Operation: op}
		if p, ok := list.At(code, what, w.Today()); ok {
			r.Min, r.Max, r.Own, r.Known = p.Gross, p.Gross, true, true
		} else if op.PriceMinCents != nil && op.PriceMaxCents != nil {
			r.Min, r.Max, r.Known = money.Cents(*op.PriceMinCents), money.Cents(*op.PriceMaxCents), true
		}
		out = append(out, r)
	}
	return out, nil
}

// EndOf is the last instant of the ISO date day, local.
func (w *Workshop) EndOf(day string) (time.Time, error) {
	t, err := time.ParseInLocation("2006-01-02", day, w.Zone)
	if err != nil {
		return t, &fault.Error{Kind: fault.Invalid, Key: "fault.invalid", Fields: fault.Problems{"until": {Key: "order.date_form"}}}
	}
	return t.AddDate(0, 0, 1).Add(-time.Second), nil
}
