package workshop

import (
	"context"
	"encoding/json"
	"maps"

	"etabli.example/fault"
	"etabli.example/money"
	"etabli.example/trade/order"
	"etabli.example/trade/staff"
)

const termsKey = "terms"

// usualGuarantees are how many months the house answers for each kind of work where
// it says nothing itself (users' reference §3.1: often one to two years for a service).
var usualGuarantees = map[string]int{order.Regulate: 6, order.Repair: 12, order.Service: guaranteeMonths, order.Exchange: guaranteeMonths}

// mostMonths is the longest guarantee that is believed, and mostHours the longest
// time to look at a quote.
const mostMonths, mostHours = 120, 24 * 30

// Terms are the house's rules of pricing.
func (w *Workshop) Terms(ctx context.Context) (t order.Terms, err error) {
	err = w.Book.View(ctx, func(ctx context.Context, tx Tx) error { t, err = terms(ctx, tx); return err })
	return t, err
}

func terms(ctx context.Context, tx Tx) (order.Terms, error) {
	t := order.Terms{Guarantees: maps.Clone(usualGuarantees)}
	text, err := tx.Setting(ctx, termsKey)
	if err != nil || text == "" {
		return t, err
	}
	return t, fault.Wrap("workshop.terms", json.Unmarshal([]byte(text), &t))
}

// SaveTerms changes them; quotes made before keep the rules they were made under.
func (w *Workshop) SaveTerms(ctx context.Context, who staff.Actor, t order.Terms) error {
	if who.ID != staff.SystemID {
		if err := who.Must(staff.ManagePrices); err != nil {
			return err
		}
	}
	var bad fault.Problems
	if t.ApproveAbove < 0 || t.ApproveAbove > money.Cents(100_000_00) {
		bad.Add("approve_above", "price.range")
	}
	if t.MostOff < 0 || t.MostOff > money.Cents(100_000_00) {
		bad.Add("most_off", "price.range")
	}
	if t.MostDiscount < 0 || t.MostDiscount > 10_000 {
		bad.Add("most_discount", "terms.share")
	}
	if t.Hours < 0 || t.Hours > mostHours {
		bad.Add("hours", "terms.hours", mostHours)
	}
	for kind, months := range t.Guarantees {
		if months < 0 || months > mostMonths {
			bad.Add("guarantee_"+kind, "terms.months", mostMonths)
		}
	}
	if err := bad.Err(); err != nil {
		return err
	}
	text, err := json.Marshal(t)
	if err != nil {
		return fault.Wrap("workshop.SaveTerms", err)
	}
	return w.Book.Do(ctx, func(ctx context.Context, tx Tx) error { return tx.PutSetting(ctx, termsKey, string(text)) })
}
