package workshop

import (
	"context"
	"time"

	"etabli.example/locale"
	"etabli.example/paper"
	"etabli.example/trade/customer"
	"etabli.example/trade/staff"
)

// PersonalPaper is ExportCustomer as a document that a person can read.
func (w *Workshop) PersonalPaper(ctx context.Context, who staff.Actor, id string, lang locale.Lang) ([]byte, error) {
	all, err := w.ExportCustomer(ctx, who, id)
	if err != nil {
		return nil, err
	}
	firm, err := w.Firm(ctx)
	if err != nil {
		return nil, err
	}
	t := locale.For(lang)
	in := paper.PersonalDataInput{Firm: paperFirm(firm), At: w.Now().In(w.Zone), Name: all.Customer.FullName(), Facts: personalFacts(t, all.Customer)}
	for _, o := range all.Orders {
		p := paper.PersonalOrder{Number: o.Number, Watch: o.Watch, Stage: t.T("stage." + string(o.Stage))}
		for _, e := range o.Entries {
			at, err := time.Parse(time.RFC3339, e.At)
			if err != nil {
				return nil, err
			}
			p.Entries = append(p.Entries, paper.PersonalEntry{At: at.In(w.Zone), What: t.T("entry." + string(e.Kind)), Words: e.Words})
		}
		in.Orders = append(in.Orders, p)
	}
	return paper.PersonalData(in, lang)
}

// personalFacts is every field of a customer's file; one that is empty is left out.
func personalFacts(t *locale.Printer, c customer.Customer) [][2]string {
	out := [][2]string{{t.T("customer.given"), c.Given}, {t.T("customer.name"), c.Name}, {t.T("customer.phone"), c.Phone}, {t.T("customer.email"), c.Email},
		{t.T("customer.address"), joinWords(c.Address, joinWords(c.Postcode, c.City))}}
	if c.Lang != "" {
		out = append(out, [2]string{t.T("customer.lang"), t.T("customer.lang." + c.Lang)})
	}
	if c.Channel != "" {
		out = append(out, [2]string{t.T("customer.prefers"), t.T("customer.channel." + c.Channel)})
	}
	if c.Business {
		out = append(out, [2]string{t.T("customer.business"), "✓"})
	}
	return out
}
