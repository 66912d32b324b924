// Package customer knows the people watches belong to: who they are and how to
// reach them. Customers are rows of their own, never part of a sheet; the bench
// never sees this package's words.
package customer

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"net/mail"
	"slices"
	"strings"
	"time"

	"etabli.example/fault"
)

// Customer is a person or a firm that entrusts watches.
type Customer struct {
	House    string
	ID       string
	Name     string // family name first or as they say it; a firm's name for a firm
	Given    string
	Phone    string // as typed; Digits gives what is compared
	Email    string
	Address  string
	Postcode string
	City     string
	Lang     string // "fr" or "en": of messages and documents
	Channel  string // "sms", "email", "phone", "post": how they want to be told
	Business bool
	Created  time.Time
}

// Langs lists the languages a customer may be written to in.
func Langs() []string { return []string{"fr", "en"} }

// Channels lists the ways a customer may want to be told.
func Channels() []string { return []string{"sms", "email", "phone", "post"} }

// Version tells one state of the file from another: whoever saves names the one
// they saw.
func (c Customer) Version() string {
	text, _ := json.Marshal([]any{c.Name, c.Given, c.Phone, c.Email, c.Address, c.Postcode, c.City, c.Lang, c.Channel, c.Business}) // strings and a boolean
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:8])
}

// FullName is what is said aloud.
func (c Customer) FullName() string { return strings.TrimSpace(c.Given + " " + c.Name) }

// Digits returns the digits of the phone number, a leading +33 or 0033 as 0.
func (c Customer) Digits() string {
	var b strings.Builder
	for _, r := range c.Phone {
		if r >= '0' && r <= '9' {
			b.WriteRune(r)
		}
	}
	d := b.String()
	if rest, ok := strings.CutPrefix(d, "0033"); ok {
		return "0" + rest
	}
	if rest, ok := strings.CutPrefix(d, "33"); ok && len(rest) == 9 {
		return "0" + rest
	}
	return d
}

// MaskedPhone shows the first and last two digits only: "06 ·· ·· ·· 47".
func (c Customer) MaskedPhone() string {
	d := c.Digits()
	if len(d) < 6 {
		return ""
	}
	return d[:2] + " ·· ·· ·· " + d[len(d)-2:]
}

// Proof is what opens the customer's page beside its link: the last three
// digits of the phone, else the postcode, else the e-mail address, in lower case
// and without spaces. Check lets nobody be without all three.
func (c Customer) Proof() string {
	if d := c.Digits(); len(d) >= 6 {
		return d[len(d)-3:]
	}
	if p := strings.ToLower(strings.Join(strings.Fields(c.Postcode), "")); p != "" {
		return p
	}
	return strings.ToLower(strings.TrimSpace(c.Email))
}

// Check returns what is wrong with what was typed. Nobody needs an e-mail, but
// a customer must be reachable in one way.
func (c Customer) Check() error {
	var bad fault.Problems
	bad.Text("name", c.Name, 100)
	bad.Text("given", c.Given, 100)
	if n := len([]rune(strings.TrimSpace(c.Name))); n < 1 || n > 100 {
		bad.Add("name", "customer.name_length")
	}
	bad.Text("phone", c.Phone, 40)
	bad.Text("email", c.Email, 254)
	if c.Phone != "" {
		if d := c.Digits(); len(d) < 6 || len(d) > 15 {
			bad.Add("phone", "customer.phone_form")
		}
	}
	if c.Email != "" {
		if a, err := mail.ParseAddress(c.Email); err != nil || a.Address != c.Email {
			bad.Add("email", "customer.email_form")
		}
	}
	if c.Phone == "" && c.Email == "" && (c.Address == "" || c.Postcode == "") {
		bad.Add("phone", "customer.unreachable")
	}
	if c.Lang != "" && !slices.Contains(Langs(), c.Lang) {
		bad.Add("lang", "fault.choice")
	}
	if c.Channel != "" && !slices.Contains(Channels(), c.Channel) {
		bad.Add("channel", "fault.choice")
	}
	for field, v := range map[string]string{"address": c.Address, "city": c.City, "postcode": c.Postcode} {
		bad.Text(field, v, fault.Line)
	}
	return bad.Err()
}
