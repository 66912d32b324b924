package workshop

import (
	"context"

	"etabli.example/trade/order"
)

// AgreePolish records what the customer said of polishing to somebody of the house.
func (w *Workshop) AgreePolish(ctx context.Context, a Act, c order.PolishConsent) (order.State, error) {
	return w.decide(ctx, a, order.AgreePolish(c))
}

// AgreePolishByLink records what the customer says of it on their page.
func (w *Workshop) AgreePolishByLink(ctx context.Context, token, entry string, c order.PolishConsent) (order.State, error) {
	a, err := w.linkAct(ctx, token, entry)
	if err != nil {
		return order.State{}, err
	}
	c.Mode = "link"
	return w.decide(ctx, a, order.AgreePolish(c), w.alerting(a, "polish"))
}

// AnswerSupplementByLink records the customer's answer to a supplementary quote on
// their page.
func (w *Workshop) AnswerSupplementByLink(ctx context.Context, token, entry string, x order.SupplementAnswer) (order.State, error) {
	a, err := w.linkAct(ctx, token, entry)
	if err != nil {
		return order.State{}, err
	}
	x.Mode = "link"
	what := "supplement_declined"
	if x.Accepted {
		what = "supplement_accepted"
	}
	return w.decide(ctx, a, order.AnswerSupplement(x), w.alerting(a, what))
}
