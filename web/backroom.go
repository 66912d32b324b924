package web

import (
	"net/http"
	"slices"
	"strings"
	"time"

	"etabli.example/fault"
	"etabli.example/journal"
	"etabli.example/locale"
	"etabli.example/trade/staff"
	"etabli.example/web/component"
)

// officeForm is what a page of the back room shows of a form that was refused,
// and what its forms carry.
type officeForm struct {
	Page
	Who    staff.Actor
	Form   string            // which form was sent
	Typed  map[string]string // what was typed into it
	Errors map[string]string // beside fields
	Notice string            // above the form
	Seq    int64             // of the sheet the page shows; 0 where it shows none
	today  string
}

// officeForm begins a page for whoever asks.
func (s *Server) officeForm(r *http.Request, title string) (officeForm, error) {
	who, err := s.actor(r)
	if err != nil {
		return officeForm{}, err
	}
	p := officeForm{Page: Page{Title: title}, Who: who, Typed: map[string]string{}, today: s.shop.Today()}
	if r.Method == http.MethodPost {
		if err := r.ParseForm(); err != nil {
			return p, fault.New(fault.Invalid, "web.fault.form")
		}
		p.Form = r.PostFormValue("do")
		for name := range r.PostForm {
			p.Typed[name] = entered(r, name)
		}
	}
	return p, nil
}

// Err is the sentence beside a field of a form.
func (p *officeForm) Err(form, field string) string {
	if p.Form != form {
		return ""
	}
	return p.Errors[field]
}

// Value is what was typed into a field of a form, or what it begins with.
func (p *officeForm) Value(form, field, first string) string {
	if v, typed := p.Typed[field]; typed && p.Form == form {
		return v
	}
	return first
}

// Fresh is what one form of the page carries.
func (p *officeForm) Fresh() component.Act { return newAct(p.Seq) }

// Today is the date at the workshop, ISO.
func (p *officeForm) Today() string { return p.today }

// Without says why the actor may not do what a right covers; "" where they may.
func (p *officeForm) Without(right string) string { return p.P.Error(p.Who.Must(staff.Right(right))) }

func (p *officeForm) form() *officeForm { return p }

// office is any page of the back room.
type office interface {
	paged
	form() *officeForm
}

// refused shows the page a form came from with what was typed, where err is a
// refusal the person can do something about. Other errors are returned.
func (s *Server) refused(w http.ResponseWriter, r *http.Request, err error, name string, p office) error {
	kind := fault.KindOf(err)
	switch kind {
	case fault.Invalid, fault.TooLarge, fault.Stale, fault.Conflict:
	default:
		return err
	}
	f := p.form()
	f.Errors, f.Notice = s.printer(r).Fields(err), s.printer(r).Error(err)
	return s.pageStatus(w, r, status[kind], name, p)
}

// whole reads a typed whole number; its fault goes beside the field. An empty
// field is the value first.
func whole(bad *fault.Problems, field, typed string, first int) int {
	if typed == "" {
		return first
	}
	v := figure(bad, field, typed)
	if v != float64(int(v)) {
		bad.Add(field, "stock.whole")
	}
	return int(v)
}

// joined puts the problems of reading a form and those of the act together, so
// that all of them are seen at once.
func joined(bad fault.Problems, act func() error) error {
	if len(bad) == 0 {
		return act()
	}
	return bad.Err()
}

// story tells a sheet that is no order's, newest entry first; tell fills in the
// title, the icon and the text of each.
func story(t *locale.Printer, entries []journal.Entry, people map[string]string, broken error, tell func(journal.Entry, *component.TimelineEntry)) component.Timeline {
	var out component.Timeline
	for _, e := range slices.Backward(entries) {
		day := t.DateLong(e.Happened)
		if n := len(out.Days); n == 0 || out.Days[n-1].Name != day {
			out.Days = append(out.Days, component.Day{Name: day})
		}
		x := component.TimelineEntry{Time: t.Time(e.Happened), Instant: e.Happened.UTC().Format(time.RFC3339), Icon: "next",
			Who: shortName(people[e.By]), Number: t.T("entry.number", e.Seq)}
		if e.By == staff.SystemID {
			x.Who = t.T("order.by_system")
		}
		if e.Bench != "" {
			x.Who += ", " + e.Bench
		}
		tell(e, &x)
		d := &out.Days[len(out.Days)-1]
		d.Entries = append(d.Entries, x)
	}
	out.Chain = t.T("order.chain_whole", len(entries))
	if broken != nil {
		out.Chain = t.T("order.chain_broken", len(entries), broken.Error())
	}
	return out
}

func lines(parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), " · ")
}

// Field is a field of one of the page's forms; label is a key. more sets the
// rest by pairs: type, list, mode, first (what it begins with), unit and help
// (keys).
func (p *officeForm) Field(form, name, label string, more ...string) component.Field {
	f := component.Field{Name: name, Scope: form, Label: p.P.T(label), Error: p.Err(form, name)}
	first := ""
	for i := 0; i+1 < len(more); i += 2 {
		value := more[i+1]
		switch more[i] {
		case "type":
			f.Type = value
		case "unit":
			f.Unit = p.P.T(value)
		case "list":
			f.List, f.AutoComplete = value, "off"
		case "mode":
			f.InputMode = value
		case "first":
			first = value
		case "help":
			f.Help = p.P.T(value)
		}
	}
	f.Value = p.Value(form, name, first)
	return f
}

// Pick is a choice of one of a form's values; words is the beginning of each
// one's key. The first is chosen where nothing was.
func (p *officeForm) Pick(form, name, label, words string, values []string) component.Choices {
	c := component.Choices{Name: name, Legend: p.P.T(label), Error: p.Err(form, name)}
	chosen := p.Value(form, name, values[0])
	for _, v := range values {
		c.Choices = append(c.Choices, component.Choice{Value: v, Label: p.P.T(words + "." + v), Chosen: v == chosen})
	}
	return c
}

// Opened reports whether a form was sent and refused, so that it stays open.
func (p *officeForm) Opened(form string) bool { return p.Form == form }

// List makes a list of words for Pick.
func (p *officeForm) List(values ...string) []string { return values }
