package web

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"etabli.example/fault"
	"etabli.example/horology"
	"etabli.example/locale"
	"etabli.example/money"
	"etabli.example/trade/order"
	"etabli.example/trade/price"
)

// mostLines bounds a quote's form.
const mostLines = 60

// lineForm is one line of the quote as it is being typed.
type lineForm struct {
	At                   int // counted from 1
	ID, Kind, Operation  string
	LabelFR, LabelEN     string
	Quantity, Price, VAT string
	Gross                string // of the line, where it can be told
	Indicative           string // the catalogue's range, never filled in
	Error                string
}

// quoteForm is the whole form: what was typed, and what it means where it can
// be read.
type quoteForm struct {
	Lines              []lineForm
	Until, Ready       string
	Summary, SummaryEN string
	Free               bool
	perLine            bool // the house's rule of VAT
	parsed             order.Quote
	bad                fault.Problems
}

// Kinds are what a line can be.
func (f *quoteForm) Kinds() []string {
	return []string{order.Obligatory, order.Recommended, order.Cosmetic}
}

// VATRates are the rates of French VAT in basis points (CGI 278, 279, 278-0 bis).
func (f *quoteForm) VATRates() []money.VATRate { return []money.VATRate{2000, 1000, 550, 0} }

// quoteFormOf shows a version, or the lines suggested where there is none.
func quoteFormOf(t *locale.Printer, q order.Quote) quoteForm {
	f := quoteForm{Ready: q.Ready, Summary: q.Summary, SummaryEN: q.SummaryEN, Free: q.Free}
	if !q.Until.IsZero() {
		f.Until = q.Until.In(t.Location()).Format("2006-01-02")
	}
	for i, l := range q.Lines {
		row := lineForm{At: i + 1, ID: l.ID, Kind: l.Kind, Operation: l.Operation, LabelFR: l.LabelFR, LabelEN: l.LabelEN,
			Quantity: strconv.Itoa(l.Quantity), VAT: strconv.Itoa(int(l.VAT))}
		if l.UnitGross != 0 || q.Number != "" {
			row.Price = typedMoney(t, l.UnitGross)
		}
		f.Lines = append(f.Lines, row)
	}
	f.complete(t)
	return f
}

// typedMoney writes an amount as people type it into a field that shows the unit.
func typedMoney(t *locale.Printer, c money.Cents) string { return t.Number(float64(c)/100, 2) }

// readQuoteForm reads what was posted, or kept as a draft. The rows' fields come as
// parallel lists.
func readQuoteForm(all url.Values) quoteForm {
	one := func(name string) string { return strings.TrimSpace(all.Get(name)) }
	f := quoteForm{Until: one("until"), Ready: one("ready"), Summary: one("summary"), SummaryEN: one("summary_en"), Free: one("free") != ""}
	at := func(name string, i int) string {
		if v := all[name]; i < len(v) {
			return strings.TrimSpace(v[i])
		}
		return ""
	}
	for i := range min(len(all["line_id"]), mostLines) {
		f.Lines = append(f.Lines, lineForm{At: i + 1, ID: at("line_id", i), Kind: at("line_kind", i), Operation: at("line_operation", i),
			LabelFR: at("line_fr", i), LabelEN: at("line_en", i), Quantity: at("line_qty", i), Price: at("line_price", i), VAT: at("line_vat", i)})
	}
	return f
}

// add appends an operation at the house's own price, or an empty line.
func (f *quoteForm) add(t *locale.Printer, list price.List, code string, what price.For, today string) {
	l := lineForm{ID: f.freeID(), Kind: order.Obligatory, Quantity: "1", VAT: "2000"}
	if op, ok := horology.OperationByCode(code); ok {
		l.Operation, l.LabelFR, l.LabelEN = op.Code, sentence(op.FR), sentence(op.EN)
		if p, ok := list.At(code, what, today); ok {
			l.Price, l.VAT = typedMoney(t, p.Gross), strconv.Itoa(int(p.VAT))
		}
	}
	f.Lines = append(f.Lines, l)
	f.number()
}

// freeID returns the first number that no line has: ids stay with their lines.
func (f *quoteForm) freeID() string {
	used := map[string]bool{}
	for _, l := range f.Lines {
		used[l.ID] = true
	}
	for i := 1; ; i++ {
		if id := strconv.Itoa(i); !used[id] {
			return id
		}
	}
}

// remove takes the line at place n out.
func (f *quoteForm) remove(n int) {
	if n >= 1 && n <= len(f.Lines) {
		f.Lines = append(f.Lines[:n-1], f.Lines[n:]...)
		f.number()
	}
}

func (f *quoteForm) number() {
	for i := range f.Lines {
		f.Lines[i].At = i + 1
	}
}

// complete reads the figures, totals what can be read and notes what cannot.
// A field's problem stands beside its line.
func (f *quoteForm) complete(t *locale.Printer) {
	f.parsed, f.bad = order.Quote{PerLine: f.perLine, Ready: f.Ready, Summary: f.Summary, SummaryEN: f.SummaryEN, Free: f.Free}, nil
	for i := range f.Lines {
		l := &f.Lines[i]
		q := order.QuoteLine{ID: l.ID, Kind: l.Kind, Operation: l.Operation, LabelFR: l.LabelFR, LabelEN: l.LabelEN}
		if q.LabelEN == "" {
			q.LabelEN = q.LabelFR
		}
		field := "line_" + strconv.Itoa(l.At)
		q.UnitGross = f.money(field, l.Price)
		q.Quantity = f.whole(field, "quote.line_quantity", l.Quantity)
		q.VAT = money.VATRate(f.whole(field, "quote.line_vat", l.VAT))
		if _, wrong := f.bad[field]; !wrong {
			l.Gross = t.Money(q.Gross())
		}
		l.suggest(t)
		f.parsed.Lines = append(f.parsed.Lines, q)
	}
}

func (f *quoteForm) money(field, text string) money.Cents {
	c, err := money.Parse(text)
	if e, ok := err.(*fault.Error); ok {
		f.bad.Add(field, e.Key, e.Args...)
	}
	return c
}

func (f *quoteForm) whole(field, key, text string) int {
	n, err := strconv.Atoi(text)
	if err != nil {
		f.bad.Add(field, key)
	}
	return n
}

// suggest notes what the catalogue says an operation costs elsewhere.
func (l *lineForm) suggest(t *locale.Printer) {
	op, ok := horology.OperationByCode(l.Operation)
	if ok && op.PriceMinCents != nil && op.PriceMaxCents != nil {
		l.Indicative = t.T("quote.indicative", money.Cents(*op.PriceMinCents), money.Cents(*op.PriceMaxCents))
	}
}

// until reads the last day of validity, to its end.
func (f *quoteForm) until(zone *time.Location) {
	if f.Until == "" {
		return
	}
	day, err := time.ParseInLocation("2006-01-02", f.Until, zone)
	if err != nil {
		f.bad.Add("until", "quote.date_form")
		return
	}
	f.parsed.Until = day.AddDate(0, 0, 1).Add(-time.Second)
}

// totalsOf are the sums shown beside a quote, per rate of VAT.
type totalsOf struct {
	Rates []money.RateTotals
	money.Totals
}

// sums totals the obligatory lines and those chosen.
func sums(q order.Quote, chosen []string) totalsOf {
	var lines []money.Line
	for _, l := range q.Lines {
		if (l.Kind == order.Obligatory || slices.Contains(chosen, l.ID)) && l.VAT >= 0 {
			lines = append(lines, money.Line{Gross: l.Gross(), Rate: l.VAT})
		}
	}
	return totalsOf{money.Breakdown(lines, q.Rounding()), money.Sum(lines, q.Rounding())}
}

func optionIDs(q order.Quote) []string {
	var ids []string
	for _, l := range q.Lines {
		if l.Kind != order.Obligatory {
			ids = append(ids, l.ID)
		}
	}
	return ids
}

// sentence writes the catalogue's label with a capital.
func sentence(s string) string {
	for i, r := range s {
		return strings.ToUpper(string(r)) + s[i+len(string(r)):]
	}
	return s
}
