package web

import (
	"html/template"
	"time"

	"etabli.example/locale"
	"etabli.example/money"
)

// functions are what templates may call, in one language.
func functions(p *locale.Printer, a *assets) template.FuncMap {
	return template.FuncMap{
		// words and figures
		"t":        p.T,
		"money":    func(c money.Cents) string { return p.Money(c) },
		"rate":     func(secondsPerDay float64) string { return p.Rate(secondsPerDay) },
		"deg":      func(degrees float64) string { return p.Degrees(degrees) },
		"ms":       func(milliseconds float64) string { return p.MS(milliseconds) },
		"bph":      func(beats int) string { return p.BPH(beats) },
		"int":      func(n int) string { return p.Int(int64(n)) },
		"date":     func(t time.Time) string { return p.Date(t) },
		"datetime": func(t time.Time) string { return p.DateTime(t) },
		"day":      p.Day,
		"vat":      func(r money.VATRate) string { return p.VAT(r) },
		"clock":    func(t time.Time) string { return p.Time(t) },
		"instant":  func(t time.Time) string { return t.UTC().Format(time.RFC3339) },
		"nbsp":     func() string { return "\u00a0" },
		"word":     func(keyOrText string) string { return word(p, keyOrText) },

		// files and pictures
		"asset": a.url,
		"icon":  func(name string) template.HTML { return icon(a, name) },

		"qr": qrCode,

		// the drawing of the watch
		"lugs":    func() []string { return []string{"1 1", "1 -1", "-1 1", "-1 -1"} },
		"hours":   func() []int { return []int{30, 60, 120, 150, 180, 210, 240, 270, 300, 330} },
		"notches": func() []int { return []int{30, 90, 150, 210, 270, 330} },
	}
}

// icon draws a symbol of icons.svg. It is decoration: a word always stands
// beside it.
func icon(a *assets, name string) template.HTML {
	return template.HTML(`<svg class="ico" aria-hidden="true"><use href="` +
		template.HTMLEscapeString(a.url("icons.svg")+"#"+name) + `"/></svg>`)
}

// word translates a key; what is no key (the number of an order) stays itself.
func word(p *locale.Printer, keyOrText string) string {
	if looksLikeKey(keyOrText) {
		return p.T(keyOrText)
	}
	return keyOrText
}

// looksLikeKey reports whether s has the shape noun.thing: lower-case letters,
// digits and underscores, with a point inside.
func looksLikeKey(s string) bool {
	points := 0
	for i, r := range s {
		switch {
		case r == '.' && i > 0 && i < len(s)-1:
			points++
		case r >= 'a' && r <= 'z', r == '_', r >= '0' && r <= '9' && i > 0:
		default:
			return false
		}
	}
	return points > 0
}
