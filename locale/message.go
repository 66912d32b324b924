package locale

import (
	"encoding"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"time"

	"etabli.example/fault"
	"etabli.example/money"
)

// T returns the sentence of key with {0}, {1}… replaced by args. Where the
// sentence has plural forms the first integer among args chooses: in French 0
// and 1 are singular, in English 1 alone. Args are written in the printer's
// language: whole numbers with their thousands, floats with as many decimals
// as they have, money without ",00", instants as dates, a fault.Message as its
// sentence, anything else as text. An unknown key returns "⟦key⟧" and is
// counted (see Missing).
func (p *Printer) T(key string, args ...any) string {
	m, ok := p.words[key]
	if !ok {
		noteMissing(p.lang, key)
		return "⟦" + key + "⟧"
	}
	text := m.other
	if m.one != "" && p.singular(args) {
		text = m.one
	}
	return p.fill(text, args)
}

// Has reports whether key is known.
func (p *Printer) Has(key string) bool {
	_, ok := p.words[key]
	return ok
}

// Fault returns the sentence of m.
func (p *Printer) Fault(m fault.Message) string { return p.T(m.Key, m.Args...) }

// Error returns the sentence a person is shown for err: that of the first
// fault in its chain, else that of its kind. The cause is never shown. Nil
// gives the empty string.
func (p *Printer) Error(err error) string {
	if err == nil {
		return ""
	}
	var e *fault.Error
	if errors.As(err, &e) && e.Key != "" && p.Has(e.Key) {
		return p.T(e.Key, e.Args...)
	}
	if e != nil && e.Key != "" {
		noteMissing(p.lang, e.Key)
	}
	return p.T("fault." + fault.KindOf(err).String())
}

// Fields returns the sentence to show beside each form field that err names;
// nil where it names none.
func (p *Printer) Fields(err error) map[string]string {
	var e *fault.Error
	if !errors.As(err, &e) || len(e.Fields) == 0 {
		return nil
	}
	out := make(map[string]string, len(e.Fields))
	for field, m := range e.Fields {
		out[field] = p.Fault(m)
	}
	return out
}

// singular reports whether the first integer of args takes the singular.
func (p *Printer) singular(args []any) bool {
	for _, a := range args {
		switch a.(type) {
		case money.Cents, money.VATRate, fmt.Stringer: // integers that count nothing
			continue
		}
		v := reflect.ValueOf(a)
		switch {
		case v.CanInt():
			n := v.Int()
			return n == 1 || n == -1 || n == 0 && p.style.zeroSingular
		case v.CanUint():
			return v.Uint() == 1 || v.Uint() == 0 && p.style.zeroSingular
		}
	}
	return false
}

// fill replaces the placeholders of text. One without argument stays as it is,
// so that the defect is seen.
func (p *Printer) fill(text string, args []any) string {
	if len(args) == 0 || !strings.Contains(text, "{") {
		return text
	}
	var b strings.Builder
	for {
		open := strings.IndexByte(text, '{')
		if open < 0 || open+2 >= len(text) {
			break
		}
		i := int(text[open+1]) - '0'
		if text[open+2] == '}' && i >= 0 && i < len(args) && i < 10 {
			b.WriteString(text[:open] + p.value(args[i]))
			text = text[open+3:]
			continue
		}
		b.WriteString(text[:open+1])
		text = text[open+1:]
	}
	return b.String() + text
}

// value writes one argument.
func (p *Printer) value(a any) string {
	switch v := a.(type) {
	case nil:
		return ""
	case string:
		return v
	case fault.Message:
		return p.Fault(v)
	case money.Cents:
		return p.MoneyShort(v)
	case money.VATRate:
		return p.VAT(v)
	case time.Time:
		return p.Date(v)
	case time.Duration:
		return p.Duration(v)
	case error:
		return p.Error(v)
	case encoding.TextMarshaler, fmt.Stringer:
		return fmt.Sprint(v)
	}
	switch v := reflect.ValueOf(a); {
	case v.CanInt():
		return p.Int(v.Int())
	case v.CanUint():
		return p.Int(int64(v.Uint()))
	case v.CanFloat():
		return p.Float(v.Float())
	}
	return fmt.Sprint(a)
}
