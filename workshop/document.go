package workshop

import (
	"context"
	"time"

	"etabli.example/fault"
	"etabli.example/locale"
	"etabli.example/paper"
	"etabli.example/trade/customer"
	"etabli.example/trade/staff"
)

// file is what documents are made from.
type file struct {
	SheetView
	who   customer.Customer
	firm  paper.Firm
	lacks error // what the firm's identity lacks
}

// open reads an order for a document. Whoever may not see identities gets a
// file without one: the copies for bench and envelope only.
func (w *Workshop) file(ctx context.Context, who staff.Actor, sheet string) (f file, err error) {
	if f.SheetView, err = w.Sheet(ctx, who, sheet); err != nil {
		return f, err
	}
	if f.SheetView.Customer != nil {
		f.who = *f.SheetView.Customer
	}
	firm, err := w.Firm(ctx)
	f.lacks = firm.Printable()
	f.firm = paperFirm(firm)
	if err != nil {
		return f, err
	}
	return f, w.Book.View(ctx, func(ctx context.Context, tx Tx) error {
		seals, err := tx.Seals(ctx, 1)
		if len(seals) > 0 {
			f.firm.Seal, f.firm.SealedOn = seals[0].Short(), seals[0].At.In(w.Zone)
		}
		return err
	})
}

// paperFirm is the firm as documents bear it.
func paperFirm(firm Firm) paper.Firm {
	return paper.Firm{Name: firm.Name, Trade: firm.Trade, Address: firm.Address, Phone: firm.Phone, Email: firm.Email, Site: firm.Site,
		Legal: firm.Legal, SIREN: firm.SIREN, VAT: firm.VAT, Conditions: firm.Conditions,
		Mediator: paper.Mediator{Name: firm.Mediator.Name, Site: firm.Mediator.Site, Address: firm.Mediator.Address}}
}

func (f file) person() paper.Person {
	p := paper.Person{Name: f.who.FullName(), Phone: f.who.Phone, Email: f.who.Email, Channel: f.who.Channel}
	for _, line := range []string{f.who.Address, joinWords(f.who.Postcode, f.who.City)} {
		if line != "" {
			p.Address = append(p.Address, line)
		}
	}
	return p
}

func joinWords(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return a + " " + b
}

func (f file) piece() paper.Watch {
	x := f.State.Watch
	return paper.Watch{Brand: x.Brand, Model: x.Model, Reference: x.Reference, Serial: x.CaseNo, Calibre: x.CalibreTitle(), Kind: string(x.Kind),
		Material: x.Material, BPH: x.BPH, LiftDeg: x.LiftDeg, WaterBar: x.WaterBar, WeightGrams: f.Weight, Fineness: f.Fineness}
}

// day reads an ISO date of the house; the zero time where there is none.
func (w *Workshop) day(iso string) time.Time {
	t, err := time.ParseInLocation("2006-01-02", iso, w.Zone)
	if err != nil {
		return time.Time{}
	}
	return t
}

// orderURL is what the code on papers and labels opens.
func (w *Workshop) orderURL(number string) string { return w.Base + "/orders/" + number }

// Receipt is the deposit receipt, for the customer, the bench or the envelope.
func (w *Workshop) Receipt(ctx context.Context, who staff.Actor, sheet string, forWhom paper.Copy, lang locale.Lang) ([]byte, error) {
	if forWhom == paper.CustomerCopy {
		if err := who.Must(staff.SeeCustomer); err != nil {
			return nil, err
		}
	}
	f, err := w.file(ctx, who, sheet)
	if err != nil {
		return nil, err
	}
	if f.lacks != nil && (forWhom == paper.CustomerCopy || f.firm.Name == "") {
		return nil, f.lacks
	}
	said := f.Words[f.Request.ID]
	in := paper.DepositReceiptInput{Copy: forWhom, Firm: f.firm, Number: f.Number, At: f.Opened, Depositor: f.person(), Watch: f.piece(),
		Request: said, RequestMasked: Mask(said, f.who), Wishes: f.Wishes, Accessories: f.Accessories, Photos: len(f.Photos),
		DeclaredValue: f.DeclaredValue, Ceiling: f.Ceiling, Promised: w.day(f.Promised), TrackURL: w.orderURL(f.Number),
		ReceivedBy: f.People[f.Entries[0].By]}
	for _, m := range f.Marks {
		in.Marks = append(in.Marks, paper.ConditionMark{Zone: m.Zone, Defect: m.Defect, Grade: m.Grade, Note: m.Note})
	}
	return paper.DepositReceipt(in, lang)
}

// Label is the envelope's label; it names nobody.
func (w *Workshop) Label(ctx context.Context, who staff.Actor, sheet string, lang locale.Lang) ([]byte, error) {
	f, err := w.file(ctx, who, sheet)
	if err != nil {
		return nil, err
	}
	return paper.Label(paper.LabelInput{Number: f.Number, Watch: f.piece(), Accessories: f.Accessories, Wishes: f.Wishes, At: f.Opened,
		Promised: w.day(f.Promised), TrackURL: w.orderURL(f.Number)}, lang)
}

// QuotePaper is the last version of the quote as a document.
func (w *Workshop) QuotePaper(ctx context.Context, who staff.Actor, sheet string, lang locale.Lang) ([]byte, error) {
	f, err := w.file(ctx, who, sheet)
	if err != nil {
		return nil, err
	}
	q := f.LastQuote()
	if q == nil {
		return nil, fault.New(fault.NotFound, "quote.none")
	}
	if f.lacks != nil {
		return nil, f.lacks
	}
	in := paper.QuoteInput{Firm: f.firm, Number: q.Number, Version: q.Version, Order: f.Number, At: f.Entries[q.Seq-1].Happened, Customer: f.person(),
		Watch: f.piece(), Found: q.Found().In(lang), Until: q.Until, Ready: w.day(q.Ready), GuaranteeMonths: guaranteeMonths, Conclusion: "distance", Rounding: q.Rounding()}
	for _, l := range q.Lines {
		in.Lines = append(in.Lines, paper.QuoteLine{Kind: l.Kind, Label: l.Label(lang), Quantity: l.Quantity, UnitGross: l.UnitGross, VAT: l.VAT})
	}
	return paper.Quote(in, lang)
}
