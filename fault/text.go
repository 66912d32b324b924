package fault

import (
	"reflect"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// How long a text may be that somebody types, in characters.
const (
	Line = 200   // on one line: a name, a place, an address
	Page = 4_000 // told at length: a request, a note; what no field may exceed
)

// Text notes where what stands in field is longer than most characters, or is
// nothing a person can have meant to type: bytes that are no text, or a control
// character other than a tab or the end of a line; what has Line characters at most
// has one line. It is the one rule for every text of every form.
func (p *Problems) Text(field, text string, most int) {
	switch {
	case !readable(text), most <= Line && strings.ContainsAny(text, "\r\n"):
		p.Add(field, "fault.unreadable")
	case utf8.RuneCountInString(text) > most:
		p.Add(field, "fault.too_long", most)
	}
}

func readable(text string) bool {
	return utf8.ValidString(text) && !strings.ContainsFunc(text, func(r rune) bool {
		return unicode.IsControl(r) && r != '\t' && r != '\n' && r != '\r' || r == '\ufffe' || r == '\uffff'
	})
}

// Words holds every text of a struct to the rule, however deep it stands. A
// field is named as in JSON, one of a struct within by both names ("mediator",
// "name": mediator_name), one in a list by the list. It may have as many
// characters as its tag says, `max:"300"`, and at most Page.
func (p *Problems) Words(v any) { p.walk("", reflect.ValueOf(v), Page) }

func (p *Problems) walk(field string, v reflect.Value, most int) {
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		if !v.IsNil() {
			p.walk(field, v.Elem(), most)
		}
	case reflect.String:
		p.Text(field, v.String(), most)
	case reflect.Slice, reflect.Array:
		if v.Type().Elem().Kind() == reflect.Uint8 {
			return // bytes, as JSON already made
		}
		for i := range v.Len() {
			p.walk(field, v.Index(i), most)
		}
	case reflect.Map:
		for _, k := range v.MapKeys() {
			p.walk(field, k, Line)
			p.walk(field, v.MapIndex(k), most)
		}
	case reflect.Struct:
		p.walkFields(field, v)
	}
}

func (p *Problems) walkFields(within string, v reflect.Value) {
	for i := range v.NumField() {
		f := v.Type().Field(i)
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		switch {
		case !f.IsExported() || name == "-":
			continue
		case f.Anonymous && name == "":
			name = within
		case name == "":
			name = strings.ToLower(f.Name)
			fallthrough
		default:
			if within != "" && v.Field(i).Kind() != reflect.Slice {
				name = within + "_" + name
			}
		}
		most := Page
		if n, err := strconv.Atoi(f.Tag.Get("max")); err == nil {
			most = n
		}
		p.walk(name, v.Field(i), most)
	}
}
