package web

import (
	"cmp"
	"net/http"
	"slices"
	"strings"

	"etabli.example/fault"
	"etabli.example/locale"
	"etabli.example/trade/customer"
	"etabli.example/trade/staff"
	"etabli.example/trade/watch"
	"etabli.example/web/component"
	"etabli.example/workshop"
)

func (s *Server) customerRoutes() {
	s.handle("GET /customers/{id}", s.needs(s.customer))
	s.handle("POST /customers/{id}", s.needs(s.saveCustomer))
	s.handle("POST /customers/{id}/merge", s.needs(s.mergeCustomer))
}

type customerFile struct {
	Page
	MayErase                       bool   // hand out and erase what the house knows of them
	ID, Name, Phone, Prefers, City string // Phone masked
	Version, Notice                string
	Open                           bool // the form is open: something in it is wrong
	Fields                         []component.Field
	Business                       component.Field
	Refused                        string // why this person may not change anything
	Watches                        []watchLineOf
	Lines                          []component.OrderLine
	Receive                        component.Button
	Alike                          []component.CustomerLine // who may be the same person
	Merged                         []mergedLine
}

// mergedLine is somebody who was entered twice.
type mergedLine struct{ ID, Said string }

// watchLineOf is one of a customer's watches.
type watchLineOf struct {
	Title, Detail string
	Receive       component.Button
}

func (s *Server) customer(w http.ResponseWriter, r *http.Request) error {
	who, err := s.actor(r)
	if err != nil {
		return err
	}
	f, err := s.shop.CustomerFile(r.Context(), who, r.PathValue("id"))
	if err != nil {
		return err
	}
	p := s.customerFile(r, who, f, nil)
	if p.Lines, err = s.lines(r, f.Orders); err != nil {
		return err
	}
	return s.page(w, r, "customer/customer", p)
}

func (s *Server) customerFile(r *http.Request, who staff.Actor, f workshop.CustomerFile, errs map[string]string) *customerFile {
	t := s.printer(r)
	c := f.Customer
	p := &customerFile{Page: Page{Title: c.FullName()}, Version: c.Version(), ID: c.ID, Name: c.FullName(), Phone: c.MaskedPhone(), City: c.City,
		Open: len(errs) > 0, Fields: customerFields(t, c, "", errs), Refused: t.Error(who.Must(staff.Receive))}
	if slices.Contains(customer.Channels(), c.Channel) { // a refused form may hold anything
		p.Prefers = t.T("customer.channel." + c.Channel)
	}
	p.Business = component.Field{Name: "business", Label: t.T("customer.business"), Type: "checkbox", Checked: c.Business}
	p.Receive = component.Button{Text: t.T("counter.receive"), Href: "/reception?customer=" + c.ID, Weight: "p", AccessKey: "n", Key: t.T("counter.receive_key")}
	if p.Refused != "" {
		p.Receive = component.Button{Text: t.T("counter.receive"), Refused: p.Refused}
	}
	p.MayErase = who.May(staff.Erase)
	p.Alike = customerLines(f.Alike)
	for _, a := range f.Merged {
		p.Merged = append(p.Merged, mergedLine{a.ID, t.T("customer.merged_on", t.DateTime(a.At))})
	}
	for _, x := range f.Watches {
		line := watchLineOf{Title: x.Title(), Detail: watchDetail(t, x)}
		line.Receive = component.Button{Text: t.T("customer.receive_watch"), Href: "/reception?customer=" + c.ID + "&watch=" + x.ID, Refused: p.Refused}
		p.Watches = append(p.Watches, line)
	}
	return p
}

// compare says beside each field what another person wrote there meanwhile.
func (p *customerFile) compare(t *locale.Printer, now customer.Customer) {
	for i, theirs := range customerFields(t, now, "", nil) {
		if f := &p.Fields[i]; theirs.Value != f.Value {
			f.Help = t.T("customer.now", cmp.Or(theirs.Value, "–"))
			for _, c := range theirs.Choices {
				if c.Chosen {
					f.Help = t.T("customer.now", c.Label)
				}
			}
		}
	}
}

// watchDetail is what tells a watch from another of the same name.
func watchDetail(t *locale.Printer, x watch.Watch) string {
	var parts []string
	for _, v := range []string{x.Reference, x.CalibreTitle()} {
		if v != "" {
			parts = append(parts, v)
		}
	}
	if x.CaseNo != "" {
		parts = append(parts, t.T("watch.case_no_is", x.CaseNo))
	}
	return strings.Join(parts, ", ")
}

// customerFields are the fields of a customer, each name after prefix.
func customerFields(t *locale.Printer, c customer.Customer, prefix string, errs map[string]string) []component.Field {
	field := func(name, label, value, complete, mode string) component.Field {
		return component.Field{Name: prefix + name, Label: t.T("customer." + label), Value: value, AutoComplete: complete, InputMode: mode, Error: errs[prefix+name]}
	}
	lang := field("lang", "lang", c.Lang, "", "")
	lang.Type, lang.Choices = "select", choicesOf(t, "customer.lang.", customer.Langs(), c.Lang)
	channel := field("channel", "prefers", c.Channel, "", "")
	channel.Type, channel.Choices = "select", choicesOf(t, "customer.channel.", customer.Channels(), c.Channel)
	return []component.Field{field("given", "given", c.Given, "off", ""), field("name", "name", c.Name, "off", ""),
		field("phone", "phone", c.Phone, "off", "tel"), field("email", "email", c.Email, "off", "email"),
		field("address", "address", c.Address, "off", ""), field("postcode", "postcode", c.Postcode, "off", ""), field("city", "city", c.City, "off", ""), lang, channel}
}

// customerFrom reads what was typed over c; fields the form does not have stay.
func customerFrom(r *http.Request, c customer.Customer, prefix string) customer.Customer {
	for name, to := range map[string]*string{"given": &c.Given, "name": &c.Name, "phone": &c.Phone, "email": &c.Email, "address": &c.Address,
		"postcode": &c.Postcode, "city": &c.City, "lang": &c.Lang, "channel": &c.Channel} {
		if v, sent := r.PostForm[prefix+name]; sent && len(v) > 0 {
			*to = strings.TrimSpace(v[0])
		}
	}
	return c
}

// mergeCustomer is POST /customers/{id}/merge: twice, and undo where it is taken back.
func (s *Server) mergeCustomer(w http.ResponseWriter, r *http.Request) error {
	who, err := s.actor(r)
	if err != nil {
		return err
	}
	id, twice := r.PathValue("id"), entered(r, "twice")
	if r.PostFormValue("undo") != "" {
		if err := s.shop.Unmerge(r.Context(), who, twice); err != nil {
			return err
		}
		return s.done(w, r, "/customers/"+id, "customer.unmerged")
	}
	if err := s.shop.Merge(r.Context(), who, id, twice); err != nil {
		return err
	}
	return s.done(w, r, "/customers/"+id, "customer.merged")
}

func (s *Server) saveCustomer(w http.ResponseWriter, r *http.Request) error {
	who, err := s.actor(r)
	if err != nil {
		return err
	}
	f, err := s.shop.CustomerFile(r.Context(), who, r.PathValue("id"))
	if err != nil {
		return err
	}
	if err := r.ParseForm(); err != nil {
		return fault.New(fault.Invalid, "web.fault.form")
	}
	now := f.Customer
	f.Customer = customerFrom(r, now, "")
	f.Customer.Business = r.PostFormValue("business") != ""
	_, err = s.shop.SaveCustomer(r.Context(), who, f.Customer, entered(r, "version"))
	if fault.Is(err, fault.Stale) {
		p := s.customerFile(r, who, f, nil)
		p.Version, p.Open, p.Notice = now.Version(), true, s.printer(r).Error(err)
		p.compare(s.printer(r), now)
		if p.Lines, err = s.lines(r, f.Orders); err != nil {
			return err
		}
		return s.pageStatus(w, r, status[fault.Stale], "customer/customer", p)
	}
	if errs, bad := s.fieldErrors(r, err); bad {
		p := s.customerFile(r, who, f, errs)
		p.Version = entered(r, "version")
		if p.Lines, err = s.lines(r, f.Orders); err != nil {
			return err
		}
		return s.refuse(w, r, "customer/customer", p)
	}
	if err != nil {
		return err
	}
	s.toast(w, component.Toast{Text: s.printer(r).T("customer.saved")})
	return s.seeOther(w, r, "/customers/"+f.Customer.ID)
}
