package workshop

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"etabli.example/fault"
	"etabli.example/journal"
	"etabli.example/locale"
	"etabli.example/mail"
	"etabli.example/trade/customer"
	"etabli.example/trade/order"
	"etabli.example/trade/staff"
)

// What can follow an entry.
const (
	afterQuote  = "quote_ready"     // message to the customer: a quote awaits their answer
	afterRemind = "quote_reminder"  // message to the customer: the quote still does
	afterMore   = "supplement"      // message to the customer: a supplementary quote awaits their answer
	afterQuit   = "quote_withdrawn" // message to the customer: receipt of their withdrawal
	afterWatch  = "watch_ready"     // message to the customer: the watch can be fetched
	afterAlert  = "alert"           // message to the house: the customer answered, asked or withdrew
	afterRaised = "raised"          // message to the hierarchy: an alert was raised, or went further up
	afterReport = "report"          // the service report of a watch that left, kept as it was
)

// tell writes to the customer what the row says; who left no e-mail is not
// written to, and the sheet does not claim it.
func (w *Workshop) tell(ctx context.Context, a journal.After, send mail.Sender) error {
	var data struct {
		Token string `json:"token"`
	}
	if err := json.Unmarshal(a.Data, &data); err != nil {
		return fault.Wrap("workshop.tell", err)
	}
	s, c, err := w.orderAndCustomer(ctx, a.Sheet)
	if err != nil || c.Email == "" || a.Kind == afterRemind && s.Stage != order.QuoteSent {
		return err // a quote that was answered meanwhile needs no reminder
	}
	from, _, err := w.sender(ctx)
	if err != nil {
		return err
	}
	m := w.letter(a.Kind, s, c, from, w.Base+"/c/"+data.Token)
	if err := send.Send(ctx, m); err != nil {
		return err
	}
	act := Act{Who: staff.System(), Sheet: a.Sheet, Seen: -1, Entry: a.ID + "-m"}
	_, err = w.decide(ctx, act, order.Tell(order.MessageSent{Template: a.Kind, Channel: "email"}))
	return err
}

// letter writes the message of one kind.
func (w *Workshop) letter(kind string, s order.State, c customer.Customer, from mail.Workshop, link string) mail.Message {
	last := s.LastQuote()
	switch {
	case kind == afterQuit && last != nil:
		return mail.Withdrawn(mail.Withdrawal{To: c.Email, Name: c.FullName(), Order: s.Number, Quote: last.Number, Version: last.Version,
			At: last.Answered.In(w.Zone), Workshop: from}, c.Lang)
	case kind == afterWatch:
		return mail.WatchReady(mail.Watch{To: c.Email, Name: c.FullName(), Order: s.Number, Link: link, Workshop: from}, c.Lang)
	}
	q := mail.Quote{To: c.Email, Name: c.FullName(), Order: s.Number, Link: link, Workshop: from}
	if last != nil {
		q.Until = last.Until
	}
	if kind == afterMore {
		q.Until = time.Time{} // it has no end of its own
		return mail.SupplementReady(q, c.Lang)
	}
	if kind == afterRemind {
		return mail.QuoteReminder(q, c.Lang)
	}
	return mail.QuoteReady(q, c.Lang)
}

// alert tells the house what the customer did on their page; a house without an
// address finds it on the board. It names nobody.
func (w *Workshop) alert(ctx context.Context, a journal.After, send mail.Sender) error {
	var data struct {
		What string `json:"what"`
	}
	if err := json.Unmarshal(a.Data, &data); err != nil {
		return fault.Wrap("workshop.alert", err)
	}
	from, to, err := w.sender(ctx)
	if err != nil || to == "" {
		return err
	}
	s, _, err := w.orderAndCustomer(ctx, a.Sheet)
	if err != nil {
		return err
	}
	return send.Send(ctx, mail.CustomerDid(mail.Alert{To: to, Order: s.Number, What: data.What, Link: w.orderURL(s.Number), Workshop: from}, "fr"))
}

// keepReport keeps the service report as it was when the watch left, and says so
// on the sheet. Repeated, the entry that stands stays.
func (w *Workshop) keepReport(ctx context.Context, a journal.After) error {
	who := staff.Actor{ID: staff.SystemID, Roles: []staff.Role{staff.Counter}}
	f, err := w.file(ctx, who, a.Sheet)
	if err != nil {
		return err
	}
	lang, ok := locale.Known(f.who.Lang)
	if !ok {
		lang = locale.FR
	}
	pdf, err := w.report(ctx, f, lang)
	if err != nil {
		return err
	}
	hash, err := w.keep(ctx, pdf, "application/pdf")
	if err != nil {
		return err
	}
	act := Act{Who: staff.System(), Sheet: a.Sheet, Seen: -1, Entry: a.ID + "-d"}
	s, err := w.decide(ctx, act, order.Issue(order.DocumentIssued{Name: "report", Hash: hash, Lang: string(lang)}))
	if err != nil {
		return err
	}
	return w.issuePassport(ctx, a, s, f.firm.Name)
}

func (w *Workshop) orderAndCustomer(ctx context.Context, sheet string) (s order.State, c customer.Customer, err error) {
	err = w.Book.View(ctx, func(ctx context.Context, tx Tx) (err error) {
		if s, _, err = state(ctx, tx, sheet); err != nil {
			return err
		}
		c, err = tx.Customer(ctx, s.Customer)
		return err
	})
	return s, c, err
}

// sender is how the house signs, and the address it reads.
func (w *Workshop) sender(ctx context.Context) (mail.Workshop, string, error) {
	firm, err := w.Firm(ctx)
	return mail.Workshop{Name: firm.Name, Address: strings.Join(firm.Address, ", "), Phone: firm.Phone}, firm.Email, err
}

// tellRaised writes to everybody an alert is for, in their language; where none
// of them has an address the house's own is written to. It names no customer.
func (w *Workshop) tellRaised(ctx context.Context, a journal.After, send mail.Sender) error {
	var data struct {
		Of int64 `json:"of"`
	}
	if err := json.Unmarshal(a.Data, &data); err != nil {
		return fault.Wrap("workshop.tellRaised", err)
	}
	var s order.State
	var people []staff.Person
	err := w.Book.View(ctx, func(ctx context.Context, tx Tx) (err error) {
		if s, _, err = state(ctx, tx, a.Sheet); err != nil {
			return err
		}
		people, err = tx.People(ctx)
		return err
	})
	if err != nil {
		return err
	}
	from, house, err := w.sender(ctx)
	if err != nil {
		return err
	}
	for _, x := range s.OpenAlerts() {
		if x.Seq != data.Of {
			continue
		}
		in := mail.Raised{Order: s.Number, About: x.About, Note: x.Note, Since: x.Since.In(w.Zone), Link: w.Base + "/alerts", Workshop: from}
		for _, p := range people {
			if p.Active && p.Email != "" && slices.Contains(p.Roles, x.Told) {
				in.To = append(in.To, mail.Reader{Email: p.Email, Lang: p.Lang})
			}
		}
		if len(in.To) == 0 && house != "" {
			in.To = []mail.Reader{{Email: house, Lang: "fr"}}
		}
		for _, m := range mail.AlertRaised(in) {
			if err := send.Send(ctx, m); err != nil {
				return err
			}
		}
	}
	return nil
}
