package web

import (
	"context"
	"net/http"
	"strconv"
	"strings"

	"etabli.example/fault"
	"etabli.example/locale"
	"etabli.example/trade/staff"
	"etabli.example/web/component"
	"etabli.example/workshop"
)

// setupForm draws the fields of a step that depend on the sites.
func (s *Server) setupForm(r *http.Request, p *setupPage) error {
	t := s.printer(r)
	if p.Step == "sites" {
		p.siteRows(t)
		return nil
	}
	for i := range p.Sites {
		x := &p.Sites[i]
		switch p.Step {
		case "days":
			p.days(t, x, i)
		case "benches":
			x.Fields = []component.Field{p.of(t, x.Code, i, "benches", "setup.benches_of", strings.Join(x.Benches, "\n"), "textarea")}
			x.Fields[0].Rows, x.Fields[0].Help = 5, t.T("setup.one_a_line")
		case "numbers":
			last, err := s.shop.LastNumber(r.Context(), x.Code)
			if err != nil {
				return err
			}
			x.Next = s.shop.FirstNumber(x.Code, last)
			x.Fields = []component.Field{p.of(t, x.Code, i, "last", "setup.last", strconv.Itoa(last), "")}
			x.Fields[0].InputMode, x.Fields[0].Help = "numeric", t.T("setup.last_help")
		case "printers":
			x.Fields = []component.Field{p.of(t, x.Code, i, "receipt", "setup.receipt_printer", x.ReceiptPrinter, ""), p.of(t, x.Code, i, "label", "setup.label_printer", x.LabelPrinter, "")}
			x.Fields[0].Help, x.Fields[1].Help = t.T("setup.receipt_help"), t.T("setup.label_help")
		}
	}
	return nil
}

// of is a field of a site's form, named for the site.
func (p *setupPage) of(t *locale.Printer, code string, at int, name, label, first, kind string) component.Field {
	full := name + "." + code
	f := component.Field{Name: full, Label: t.T(label, code), Type: kind, Value: p.Value(p.Step, full, first), AutoComplete: "off"}
	f.Error = p.Err(p.Step, name+"."+strconv.Itoa(at))
	if f.Error == "" {
		f.Error = p.Err(p.Step, full)
	}
	return f
}

// siteRows are the sites there are and room for two more.
func (p *setupPage) siteRows(t *locale.Printer) {
	known := p.Sites
	n := len(known) + 2
	if len(known) == 0 {
		n = 2
	}
	p.Sites = nil
	for i := range n {
		var x setupSite
		if i < len(known) {
			x = known[i]
		} else if i == 0 {
			x.Name, x.Address = p.Firm.Name, p.Firm.Address
		}
		at := strconv.Itoa(i)
		field := func(name, first, kind string) component.Field {
			return component.Field{Name: name + "." + at, Label: t.T("setup.site_" + name), Type: kind, Value: p.Value("sites", name+"."+at, first), Error: p.Err("sites", name+"."+at), AutoComplete: "off"}
		}
		x.Fields = []component.Field{field("code", x.Code, ""), field("name", x.Name, ""), field("address", strings.Join(x.Address, "\n"), "textarea")}
		x.Fields[0].Help, x.Fields[2].Rows = t.T("setup.site_code_help"), 2
		p.Sites = append(p.Sites, x)
	}
}

// weekdays are the days of a week, Monday first, as locale keys.
var weekdays = []string{"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"}

// usual is when a shop is open unless somebody says otherwise.
func usual(day int) workshop.Hours {
	if day == 0 || day == 6 {
		return workshop.Hours{}
	}
	return workshop.Hours{From: "10:00", To: "19:00"}
}

func (p *setupPage) days(t *locale.Printer, x *setupSite, at int) {
	fresh := x.Site.Days == ([7]workshop.Hours{})
	for d, word := range weekdays {
		h := x.Site.Days[d]
		if fresh {
			h = usual(d)
		}
		name := t.T("setup.day." + word)
		no := strconv.Itoa(d)
		day := setupDay{Name: name, From: p.of(t, x.Code, at, "from."+no, "setup.from", h.From, "time"), To: p.of(t, x.Code, at, "to."+no, "setup.to", h.To, "time"),
			Error: p.Err("days", "day."+strconv.Itoa(at)+"."+no)}
		day.From.Label, day.To.Label = t.T("setup.from", name), t.T("setup.to", name)
		x.Days = append(x.Days, day)
	}
	x.Fields = []component.Field{p.of(t, x.Code, at, "closed", "setup.closed", strings.Join(x.Closed, "\n"), "textarea")}
	x.Fields[0].Help = t.T("setup.closed_help")
}

func (s *Server) readFirm(r *http.Request, p *setupPage) func(context.Context) error {
	f := firmOf(r)
	return func(ctx context.Context) error { return s.shop.SaveIdentity(ctx, p.Who, f) }
}

// readSites takes the rows that say anything; what else was said of a site stays.
func (s *Server) readSites(r *http.Request, p *setupPage) func(context.Context) error {
	var sites []workshop.Site
	for i := range len(p.Sites) + 2 {
		at := "." + strconv.Itoa(i)
		code, name, address := strings.ToUpper(entered(r, "code"+at)), entered(r, "name"+at), linesOf(entered(r, "address"+at))
		if code == "" && (i > 0 || name == "") {
			continue
		}
		var x workshop.Site
		if i < len(p.Sites) {
			x = p.Sites[i].Site
		}
		x.Code, x.Name, x.Address = code, name, address
		sites = append(sites, x)
	}
	return func(ctx context.Context) error { return s.shop.SaveSites(ctx, p.Who, sites) }
}

// sitesWith changes every site the house has by what its form says.
func (s *Server) sitesWith(p *setupPage, change func(*workshop.Site)) func(context.Context) error {
	var sites []workshop.Site
	for _, x := range p.Sites {
		change(&x.Site)
		sites = append(sites, x.Site)
	}
	return func(ctx context.Context) error { return s.shop.SaveSites(ctx, p.Who, sites) }
}

func (s *Server) readDays(r *http.Request, p *setupPage) func(context.Context) error {
	return s.sitesWith(p, func(x *workshop.Site) {
		for d := range weekdays {
			at := "." + strconv.Itoa(d) + "." + x.Code
			x.Days[d] = workshop.Hours{From: entered(r, "from"+at), To: entered(r, "to"+at)}
		}
		x.Closed = linesOf(entered(r, "closed."+x.Code))
	})
}

func (s *Server) readBenches(r *http.Request, p *setupPage) func(context.Context) error {
	return s.sitesWith(p, func(x *workshop.Site) { x.Benches = linesOf(entered(r, "benches."+x.Code)) })
}

func (s *Server) readPrinters(r *http.Request, p *setupPage) func(context.Context) error {
	return s.sitesWith(p, func(x *workshop.Site) {
		x.ReceiptPrinter, x.LabelPrinter = clipped(entered(r, "receipt."+x.Code)), clipped(entered(r, "label."+x.Code))
	})
}

// clipped keeps a printer's name as short as it is shown.
func clipped(s string) string {
	if all := []rune(s); len(all) > 60 {
		return string(all[:60])
	}
	return s
}

func (s *Server) readNumbers(r *http.Request, p *setupPage) func(context.Context) error {
	return func(ctx context.Context) error {
		var bad fault.Problems
		for _, x := range p.Sites {
			last := whole(&bad, "last."+x.Code, entered(r, "last."+x.Code), 0)
			if e, refused := s.shop.BeginNumbers(ctx, p.Who, x.Code, last).(*fault.Error); refused && len(e.Fields) > 0 {
				bad.Add("last."+x.Code, e.Fields["last"].Key, e.Fields["last"].Args...)
			} else if refused {
				return e
			}
		}
		return bad.Err()
	}
}

// readPerson adds somebody, or goes on where nobody is named.
func (s *Server) readPerson(r *http.Request, p *setupPage) func(context.Context) error {
	p.New = staff.Person{Name: entered(r, "name"), Login: strings.ToLower(entered(r, "login")), Bench: entered(r, "bench"), Lang: string(Language(r)), Active: true}
	for _, role := range r.PostForm["role"] {
		p.New.Roles = append(p.New.Roles, staff.Role(role))
	}
	password := r.PostFormValue("password")
	if r.PostFormValue("do") != "add" && p.New.Name == "" && p.New.Login == "" && password == "" {
		return func(context.Context) error { return nil }
	}
	return func(ctx context.Context) error {
		if password == "" {
			return workshop.CheckPassword(password)
		}
		_, err := s.shop.SavePerson(ctx, p.Who, p.New, password)
		return err
	}
}
