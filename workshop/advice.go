package workshop

import (
	"context"
	"strings"
	"time"

	"etabli.example/fault"
	"etabli.example/horology"
	"etabli.example/journal"
	"etabli.example/money"
	"etabli.example/trade/order"
	"etabli.example/trade/price"
)

// jobYears is how far back past jobs count for a pre-quote: prices move.
const jobYears = 2

// Solutions are the ways there are for a watch as it stands: from the candidates of
// the pre-diagnosis, or from the diagnosis once there is one.
func (w *Workshop) Solutions(ctx context.Context, s order.State) (out []order.Solution, err error) {
	err = w.Book.View(ctx, func(ctx context.Context, tx Tx) error { out, err = w.solutions(ctx, tx, s); return err })
	return out, err
}

func (w *Workshop) solutions(ctx context.Context, tx Tx, s order.State) ([]order.Solution, error) {
	list, err := tx.Prices(ctx)
	if err != nil {
		return nil, err
	}
	t, err := terms(ctx, tx)
	if err != nil {
		return nil, err
	}
	x := order.Wanted{Watch: s.Watch, Wishes: s.Wishes, Operations: s.Actions, Guarantees: t.Guarantees}
	if s.Diagnosis != nil {
		x.Diagnosed, x.Operations = true, s.Diagnosis.Operations
		for _, p := range s.Diagnosis.Parts {
			x.Parts = append(x.Parts, p.Code)
		}
	}
	if x.Past, err = w.pastJobs(ctx, tx); err != nil {
		return nil, err
	}
	return order.Solutions(x, w.pricing(list, s.Watch)), nil
}

// pricing is what the house asks for an operation or a part on this watch today.
func (w *Workshop) pricing(list price.List, x order.WatchFacts) func(code string) order.Priced {
	what, today := priceFor(x), w.Today()
	return func(code string) order.Priced {
		p := order.Priced{VAT: standardVAT}
		if op, ok := horology.OperationByCode(code); ok {
			p.Labels = order.Text{FR: capital(op.FR), EN: capital(op.EN)}
			if op.PriceMinCents != nil && op.PriceMaxCents != nil {
				p.Min, p.Max = money.Cents(*op.PriceMinCents), money.Cents(*op.PriceMaxCents)
			}
		} else if part, ok := horology.PartByCode(code); ok {
			p.Labels = order.Text{FR: capital(part.FR), EN: capital(part.EN)}
		}
		if own, ok := list.At(code, what, today); ok {
			p.Own, p.Min, p.Max, p.VAT = true, own.Gross, own.Gross, own.VAT
		}
		return p
	}
}

// PriceFor is what of a watch its prices depend on: its kind, its calibre's family
// and the class of its case.
func (w *Workshop) PriceFor(x order.WatchFacts) price.For { return priceFor(x) }

// priceFor is what of a watch its prices depend on.
func priceFor(x order.WatchFacts) price.For {
	f := price.For{Kind: string(x.Kind), Case: price.CaseOf(x.Material, x.WaterBar), Family: strings.TrimSpace(x.Calibre)}
	if c := calibreOf(x, time.Time{}); c != nil && c.Family != "" {
		f.Family = c.Family
	}
	return f
}

// pastJobs reads the accepted quotes of the last years off their sheets, each once
// as long as nothing was written on it.
func (w *Workshop) pastJobs(ctx context.Context, tx Tx) ([]order.Job, error) {
	sheets, err := tx.SheetsWith(ctx, order.KindQuoteAccepted, w.Now().AddDate(-jobYears, 0, 0))
	if err != nil {
		return nil, err
	}
	var out []order.Job
	for _, sheet := range sheets {
		j, err := w.jobs.of(ctx, tx, sheet, func(entries []journal.Entry) (*order.Job, error) {
			s, err := order.Fold(entries)
			if err != nil {
				return nil, fault.Wrap("workshop.pastJobs", err)
			}
			if j, ok := order.JobOf(s); ok {
				return &j, nil
			}
			return nil, nil
		})
		if err != nil {
			return nil, err
		}
		if j != nil {
			out = append(out, *j)
		}
	}
	return out, nil
}

// Advise records the pre-quote as it stands, so that what the customer was told is
// on the sheet.
func (w *Workshop) Advise(ctx context.Context, a Act) (order.State, error) {
	var told order.Advice
	return w.decide(ctx, a, func(s order.State, f order.Facts) ([]journal.Draft, error) { return order.Advise(told)(s, f) },
		func(ctx context.Context, tx Tx, s order.State) (err error) {
			told.Solutions, err = w.solutions(ctx, tx, s)
			return err
		})
}

// RefuseAdvice records what was advised and not wanted.
func (w *Workshop) RefuseAdvice(ctx context.Context, a Act, r order.AdviceRefusal) (order.State, error) {
	if op, ok := horology.OperationByCode(r.Operation); ok {
		r.LabelFR, r.LabelEN = capital(op.FR), capital(op.EN)
	}
	return w.decide(ctx, a, order.RefuseAdvice(r))
}

// FirmQuote makes the quote of one solution in one act: its lines at the house's
// prices, the diagnosis as its summary, valid as usual, ready when the queue says.
// Conflict where a line has no price of the house: somebody has to set one.
func (w *Workshop) FirmQuote(ctx context.Context, a Act, kind string) (order.State, error) {
	var found order.Solution
	s, err := w.State(ctx, a.Who, a.Sheet)
	if err != nil {
		return s, err
	}
	all, err := w.Solutions(ctx, s)
	if err != nil {
		return s, err
	}
	for _, x := range all {
		if x.Kind == kind {
			found = x
		}
	}
	switch {
	case found.Kind == "" || found.Kind == order.NoRepair:
		return s, fault.New(fault.Invalid, "order.unknown_choice")
	case s.Diagnosis == nil:
		return s, fault.New(fault.Conflict, "quote.no_diagnosis")
	case !found.Firm():
		return s, fault.New(fault.Conflict, "advice.unpriced", strings.Join(found.Unpriced, ", "))
	}
	return w.Price(ctx, a, w.quoteOf(ctx, s, found))
}

// quoteOf is the quote of a solution, ready to be kept or looked at.
func (w *Workshop) quoteOf(ctx context.Context, s order.State, x order.Solution) order.Quote {
	q := order.Quote{Lines: x.Lines, Free: true, Until: w.QuoteUntil()}
	if s.Diagnosis != nil {
		q.Summary, q.SummaryEN = s.Diagnosis.Summary, s.Diagnosis.SummaryEN
	}
	if f, ok := w.Forecast(ctx, s.Sheet); ok && f.Late > w.Today() {
		q.Ready = f.Late
	}
	return q
}

// SolutionQuote is the quote of one solution to be completed by hand; false where
// there is no such solution.
func (w *Workshop) SolutionQuote(ctx context.Context, s order.State, kind string) (order.Quote, bool, error) {
	all, err := w.Solutions(ctx, s)
	for _, x := range all {
		if x.Kind == kind && len(x.Lines) > 0 {
			return w.quoteOf(ctx, s, x), true, nil
		}
	}
	return order.Quote{}, false, err
}
