package mail

import (
	"time"

	"etabli.example/locale"
	"etabli.example/money"
)

// Quote is what the customer is told when a quote awaits an answer.
type Quote struct {
	To, Name string    // address and name of the customer; the name may be empty
	Order    string    // number of the order, as people read it
	Link     string    // address of the customer's page; it is a key, and the message says so
	Until    time.Time // last day of the offer, zero where it has none
	Workshop Workshop
}

// QuoteReady writes the message that a quote can be read and answered. It holds
// no amount: the page does, and the page can be withdrawn.
func QuoteReady(q Quote, lang string) Message {
	p := locale.For(locale.Lang(lang))
	l := begin(p, "quote", q.Name, q.Order, q.Workshop)
	l.Before = []string{p.T("mail.quote.ready")}
	return q.asked(p, l)
}

// SupplementReady writes the message that the work showed more than was agreed, and
// that a supplementary quote awaits an answer. It holds no amount.
func SupplementReady(q Quote, lang string) Message {
	p := locale.For(locale.Lang(lang))
	l := begin(p, "supplement", q.Name, q.Order, q.Workshop)
	l.Before = []string{p.T("mail.supplement.ready")}
	return q.asked(p, l)
}

// asked ends a letter about a quote that is to be answered.
func (q Quote) asked(p *locale.Printer, l letter) Message {
	if !q.Until.IsZero() {
		l.Before = append(l.Before, p.T("mail.quote.until", p.DateLong(q.Until)))
	}
	l.Before = append(l.Before, p.T("mail.quote.nothing_before"))
	l.Action, l.URL = p.T("mail.quote.action"), q.Link
	l.After = []string{p.T("mail.link_is_key")}
	return l.message(q.To, q.Order)
}

// Watch is what the customer is told when the watch can be fetched.
type Watch struct {
	To, Name string
	Order    string
	Link     string      // address of the customer's page, may be empty
	Hours    string      // when the workshop is open, may be empty
	Due      money.Cents // left to pay, VAT included; zero where nothing is
	Workshop Workshop
}

// WatchReady writes the message that the watch can be fetched.
func WatchReady(w Watch, lang string) Message {
	p := locale.For(locale.Lang(lang))
	l := begin(p, "watch", w.Name, w.Order, w.Workshop)
	l.Before = []string{p.T("mail.watch.ready")}
	if hours := oneLine(w.Hours); hours != "" {
		l.Before = append(l.Before, p.T("mail.watch.hours", hours))
	}
	if w.Due > 0 {
		l.Before = append(l.Before, p.T("mail.watch.due", p.Money(w.Due)))
	}
	l.Before = append(l.Before, p.T("mail.watch.bring", w.Order))
	if w.Link != "" {
		l.Action, l.URL = p.T("mail.watch.action"), w.Link
		l.After = []string{p.T("mail.link_is_key")}
	}
	return l.message(w.To, w.Order)
}

// Deposit is what the customer is told when a watch was received.
type Deposit struct {
	To, Name string
	Order    string
	Received time.Time
	Link     string    // address of the customer's page, may be empty
	Answer   time.Time // day by which the workshop promised its diagnosis, zero where it did not
	Workshop Workshop
}

// Receipt writes the message that the watch was received.
func Receipt(d Deposit, lang string) Message {
	p := locale.For(locale.Lang(lang))
	l := begin(p, "receipt", d.Name, d.Order, d.Workshop)
	l.Before = []string{p.T("mail.receipt.received", p.DateLong(d.Received), d.Order)}
	if !d.Answer.IsZero() {
		l.Before = append(l.Before, p.T("mail.receipt.answer", p.DateLong(d.Answer)))
	}
	l.Before = append(l.Before, p.T("mail.receipt.keep"))
	if d.Link != "" {
		l.Action, l.URL = p.T("mail.receipt.action"), d.Link
		l.After = []string{p.T("mail.link_is_key")}
	}
	return l.message(d.To, d.Order)
}

// QuoteReminder writes the message that a quote still awaits an answer. It says
// until when, and that no answer starts nothing.
func QuoteReminder(q Quote, lang string) Message {
	p := locale.For(locale.Lang(lang))
	l := begin(p, "reminder", q.Name, q.Order, q.Workshop)
	l.Before = []string{p.T("mail.reminder.waits")}
	return q.asked(p, l)
}

// Withdrawal is what the customer is told when they took an acceptance back.
type Withdrawal struct {
	To, Name string
	Order    string
	Quote    string    // number of the quote
	Version  int       // of the quote
	At       time.Time // when it was received
	Workshop Workshop
}

// Withdrawn writes the receipt of a withdrawal on a durable medium, with its
// content, its date and its hour (C. conso. L221-21, D221-5).
func Withdrawn(w Withdrawal, lang string) Message {
	p := locale.For(locale.Lang(lang))
	l := begin(p, "withdrawn", w.Name, w.Order, w.Workshop)
	l.Before = []string{p.T("mail.withdrawn.received", p.DateLong(w.At), p.Time(w.At)), p.T("mail.withdrawn.of", w.Quote, w.Version, w.Order),
		p.T("mail.withdrawn.watch"), p.T("mail.withdrawn.keep")}
	return l.message(w.To, w.Order)
}
