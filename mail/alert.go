package mail

import "etabli.example/locale"

// Alert is what the house is told when a customer did something on their page.
type Alert struct {
	To       string // the house's own address
	Order    string
	What     string // "accepted", "declined", "withdrawn", "asked"
	Link     string // address of the order, for whoever is signed in
	Workshop Workshop
}

// CustomerDid writes the message to the house. It names nobody: it may be read
// on a screen in the shop.
func CustomerDid(a Alert, lang string) Message {
	p := locale.For(locale.Lang(lang))
	l := begin(p, "alert", "", a.Order, a.Workshop)
	l.Before = []string{p.T("mail.alert." + a.What)}
	l.Action, l.URL = p.T("mail.alert.action"), a.Link
	return l.message(a.To, a.Order)
}
