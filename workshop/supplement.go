package workshop

import (
	"context"
	"strconv"

	"etabli.example/horology"
	"etabli.example/ident"
	"etabli.example/journal"
	"etabli.example/money"
	"etabli.example/trade/customer"
	"etabli.example/trade/order"
)

// AskSupplement asks the customer for more than was agreed: one line, of an
// operation of the catalogue or in the person's own words. The operation's steps
// join the plan once the customer accepts.
func (w *Workshop) AskSupplement(ctx context.Context, a Act, x order.Supplement, operation, label string, amount money.Cents) (order.State, error) {
	l := order.QuoteLine{ID: "s1", Kind: order.Obligatory, LabelFR: label, Quantity: 1, UnitGross: amount, VAT: standardVAT}
	op, known := horology.OperationByCode(operation)
	if known {
		l.Operation = op.Code
		if label == "" {
			l.LabelFR, l.LabelEN = op.FR, op.EN
		}
	}
	x.Lines = []order.QuoteLine{l}
	if a.Entry == "" {
		a.Entry = ident.New()
	}
	return w.decideOn(ctx, a, func(s order.State) order.Decision {
		x.Steps = nil
		if known {
			var p order.Plan
			addSteps(&p, op)
			for i, st := range p.Steps {
				st.ID = "s" + strconv.Itoa(len(s.Supplements)+1) + "." + strconv.Itoa(i+1)
				x.Steps = append(x.Steps, st)
			}
		}
		return order.AskSupplement(x)
	}, w.asking(a))
}

// asking has the customer written to about the supplementary quote that follows,
// with a link to answer it by.
func (w *Workshop) asking(a Act) prepare {
	token := ident.Token()
	return func(ctx context.Context, tx Tx, s order.State) error {
		if err := tx.PutLink(ctx, customer.Link{Hash: ident.HashToken(token), Sheet: a.Sheet, Until: w.Now().AddDate(0, 0, linkDays)}); err != nil {
			return err
		}
		return w.follow(ctx, tx, a, s.Seq+1, afterMore, map[string]string{"token": token})
	}
}

// AnswerSupplement records the customer's answer.
func (w *Workshop) AnswerSupplement(ctx context.Context, a Act, x order.SupplementAnswer) (order.State, error) {
	return w.decide(ctx, a, order.AnswerSupplement(x))
}

// decideOn is decide with a decision that is made of the state it is taken on.
func (w *Workshop) decideOn(ctx context.Context, a Act, d func(order.State) order.Decision, before ...prepare) (order.State, error) {
	return w.decide(ctx, a, func(s order.State, f order.Facts) ([]journal.Draft, error) { return d(s)(s, f) }, before...)
}

// ReadSafety acknowledges a safety card.
func (w *Workshop) ReadSafety(ctx context.Context, a Act, card string) (order.State, error) {
	return w.decide(ctx, a, order.ReadSafety(card))
}

// MovePiece records where the movement, the case, the bracelet or a bagged part was
// taken.
func (w *Workshop) MovePiece(ctx context.Context, a Act, m order.PieceMove) (order.State, error) {
	return w.decide(ctx, a, order.MovePiece(m))
}
