package customer_test

import (
	"errors"
	"testing"

	"etabli.example/fault"
	"etabli.example/trade/customer"
)

func TestDigitsAndProof(t *testing.T) {
	for phone, want := range map[string]string{
		"06 39 98 10 47": "0639981047", "+33 6 39 98 10 47": "0639981047", "0033 639981047": "0639981047",
		"+41 22 555 01 23": "41225550123", "": "",
	} {
		c := customer.Customer{Phone: phone, Postcode: "75003"}
		if got := c.Digits(); got != want {
			t.Errorf("%q: %q, want %q", phone, got, want)
		}
	}
	if p := (customer.Customer{Phone: "06 39 98 10 47"}).Proof(); p != "047" {
		t.Errorf("proof %q", p)
	}
	if p := (customer.Customer{Postcode: " 75003 "}).Proof(); p != "75003" {
		t.Errorf("proof without phone %q", p)
	}
	if m := (customer.Customer{Phone: "06 39 98 10 47"}).MaskedPhone(); m != "06 ·· ·· ·· 47" {
		t.Errorf("masked %q", m)
	}
}

func TestCheck(t *testing.T) {
	for name, c := range map[string]struct {
		c     customer.Customer
		field string
	}{
		"nobody":                    {customer.Customer{Phone: "0639981047"}, "name"},
		"unreachable":               {customer.Customer{Name: "Vasseur"}, "phone"},
		"a phone of three digits":   {customer.Customer{Name: "Vasseur", Phone: "123"}, "phone"},
		"an e-mail that is none":    {customer.Customer{Name: "Vasseur", Email: "claire at home"}, "email"},
		"an e-mail with a name":     {customer.Customer{Name: "Vasseur", Email: "Claire <c@x.example>"}, "email"},
		"a line break in the name":  {customer.Customer{Name: "Vas\nseur", Phone: "0639981047"}, "name"},
		"a language unknown here":   {customer.Customer{Name: "Vasseur", Phone: "0639981047", Lang: "xx"}, "lang"},
		"a way nobody is told":      {customer.Customer{Name: "Vasseur", Phone: "0639981047", Channel: "pigeon"}, "channel"},
		"what a form offers":        {customer.Customer{Name: "Vasseur", Phone: "0639981047", Lang: "en", Channel: "post"}, ""},
		"e-mail only is enough":     {customer.Customer{Name: "V", Email: "c@x.example"}, ""},
		"an address only is enough": {customer.Customer{Name: "V", Address: "3 rue X", Postcode: "34150"}, ""},
	} {
		var f *fault.Error
		err := c.c.Check()
		errors.As(err, &f)
		switch {
		case c.field == "" && err != nil:
			t.Errorf("%s: %v", name, err)
		case c.field != "" && (f == nil || f.Fields[c.field].Key == ""):
			t.Errorf("%s: got %v, want a problem at %s", name, err, c.field)
		}
	}
}
