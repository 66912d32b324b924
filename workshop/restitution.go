package workshop

import (
	"context"

	"etabli.example/fault"
	"etabli.example/ident"
	"etabli.example/journal"
	"etabli.example/trade/customer"
	"etabli.example/trade/order"
)

// guaranteeMonths is how long the house guarantees its work; a parameter of the
// house, not of the law (users' reference §3.1: often one to two years).
const guaranteeMonths = 24

// PassControl passes the watch; the customer is told that it is ready.
func (w *Workshop) PassControl(ctx context.Context, a Act, c order.Control) (order.State, error) {
	if a.Entry == "" {
		a.Entry = ident.New()
	}
	token := ident.Token()
	rules, err := w.BenchRules(ctx)
	if err != nil {
		return order.State{}, err
	}
	return w.decide(ctx, a, order.PassControlBy(rules, c), func(ctx context.Context, tx Tx, s order.State) error {
		if err := tx.PutLink(ctx, customer.Link{Hash: ident.HashToken(token), Sheet: a.Sheet, Until: w.Now().AddDate(0, 0, linkDays)}); err != nil {
			return err
		}
		return w.follow(ctx, tx, a, s.Seq+1, afterWatch, map[string]string{"token": token})
	})
}

// RefuseControl sends the watch back to the bench.
func (w *Workshop) RefuseControl(ctx context.Context, a Act, c order.Control) (order.State, error) {
	return w.decide(ctx, a, order.RefuseControl(c))
}

// Guarantee is the ISO date until which work returned today is guaranteed.
func (w *Workshop) Guarantee() string {
	return w.Now().In(w.Zone).AddDate(0, guaranteeMonths, 0).Format("2006-01-02")
}

// HandBack gives the watch back over the counter, guaranteed from today.
func (w *Workshop) HandBack(ctx context.Context, a Act, h order.Handover) (order.State, error) {
	if h.Guarantee == "" {
		h.Guarantee = w.Guarantee()
	}
	if a.Entry == "" {
		a.Entry = ident.New()
	}
	return w.decide(ctx, a, order.HandBack(h), w.reporting(a))
}

// reporting has the service report kept as it is when the watch leaves.
func (w *Workshop) reporting(a Act) prepare {
	return func(ctx context.Context, tx Tx, s order.State) error {
		return w.follow(ctx, tx, a, s.Seq+1, afterReport, nil)
	}
}

// Ship sends the watch by insured parcel.
func (w *Workshop) Ship(ctx context.Context, a Act, h order.Handover) (order.State, error) {
	if h.Guarantee == "" {
		h.Guarantee = w.Guarantee()
	}
	if a.Entry == "" {
		a.Entry = ident.New()
	}
	return w.decide(ctx, a, order.Ship(h), w.reporting(a))
}

// HandBackUnrepaired gives an unrepaired watch back.
func (w *Workshop) HandBackUnrepaired(ctx context.Context, a Act, h order.Handover) (order.State, error) {
	return w.decide(ctx, a, order.HandBackUnrepaired(h))
}

// Abandon classes a watch as abandoned.
func (w *Workshop) Abandon(ctx context.Context, a Act, h order.Handover) (order.State, error) {
	return w.decide(ctx, a, order.Abandon(h))
}

// Route moves the watch out of the house or back.
func (w *Workshop) Route(ctx context.Context, a Act, k journal.Kind, r order.Routing) (order.State, error) {
	return w.decide(ctx, a, order.Route(k, r))
}

// OpenComplaint opens a complaint in the customer's words.
func (w *Workshop) OpenComplaint(ctx context.Context, a Act, about, words string) (order.State, error) {
	if a.Entry == "" {
		a.Entry = ident.New()
	}
	var bad fault.Problems
	if bad.Text("words", words, fault.Page); len(bad) > 0 {
		return order.State{}, bad.Err()
	}
	said := journal.Said{ID: a.Entry + "-q", Text: words, Salt: ident.Token()}
	return w.decide(ctx, a, order.OpenComplaint(order.ComplaintFacts{About: about, Words: said.Saying()}), func(ctx context.Context, tx Tx, s order.State) error {
		said.Person = s.Customer
		return tx.PutSaid(ctx, said)
	})
}

// CloseComplaint ends a complaint, or starts the work again free of charge.
func (w *Workshop) CloseComplaint(ctx context.Context, a Act, c order.ComplaintFacts) (order.State, error) {
	return w.decide(ctx, a, order.CloseComplaint(c))
}
