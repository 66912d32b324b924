package web

import (
	"errors"
	"net/http"
	"net/url"
	"strings"

	"etabli.example/fault"
	"etabli.example/ident"
	"etabli.example/trade/order"
	"etabli.example/trade/staff"
	"etabli.example/web/component"
	"etabli.example/workshop"
)

func (s *Server) receptionRoutes() {
	s.handle("GET /reception", s.needs(s.reception))
	s.handle("POST /reception", s.needs(s.receive))
	s.handle("GET /reception/customers", s.needs(s.receptionCustomers))
	s.handle("GET /reception/understood", s.needs(s.receptionUnderstood))
	s.handle("GET /reception/calibre", s.needs(s.receptionCalibre))
	s.handle("GET /reception/movement", s.needs(s.receptionMovement))
	s.handle("GET /reception/mark", s.needs(s.receptionMark))
	s.handle("GET /reception/drawing", s.needs(s.receptionDrawing))
}

// receptionDraft names the draft of the reception: one a person.
const receptionDraft = "reception"

// receiver is the actor where they may receive a watch.
func (s *Server) receiver(r *http.Request) (staff.Actor, error) {
	who, err := s.actor(r)
	if err != nil {
		return who, err
	}
	return who, who.Must(staff.Receive)
}

// reception is GET /reception: customer, watch, announced, q. One page from the
// first letter of the name to the printed receipt.
func (s *Server) reception(w http.ResponseWriter, r *http.Request) error {
	who, err := s.receiver(r)
	if err != nil {
		return err
	}
	q := r.URL.Query()
	in := intake{values: url.Values{}, sheet: ident.New()}
	if n := q.Get("announced"); n != "" {
		if err := s.announced(r, who, n, &in, q); err != nil {
			return err
		}
	}
	words := strings.TrimSpace(q.Get("q"))
	if words != "" {
		found, err := s.shop.FindCustomers(r.Context(), who, words)
		if err != nil {
			return err
		}
		if len(found) == 1 {
			return s.seeOther(w, r, "/reception?customer="+found[0].ID)
		}
		in.found = customerLines(found)
		in.nobody = len(found) == 0
	}
	if err := s.resume(r, who, &in, q); err != nil {
		return err
	}
	if err := s.choose(r, who, &in, q.Get("customer"), q.Get("watch")); err != nil {
		return err
	}
	in.interviewed(q)
	return s.page(w, r, "reception/reception", s.receptionPage(r, &in, words))
}

// announced takes customer and watch of an order whose parcel has come.
func (s *Server) announced(r *http.Request, who staff.Actor, number string, in *intake, q url.Values) error {
	row, err := s.shop.OpenOne(r.Context(), number)
	if err != nil {
		return err
	}
	if row.Stage != order.Announced {
		return fault.New(fault.Conflict, "stage.no_move", fault.Word("entry.received"), fault.Word("stage."+string(row.Stage)))
	}
	in.sheet = row.Sheet
	q.Set("customer", row.Customer)
	q.Set("watch", row.WatchID)
	return nil
}

// resume takes up the draft, unless it is of another customer.
func (s *Server) resume(r *http.Request, who staff.Actor, in *intake, q url.Values) error {
	kept, saved, err := s.draft(r, receptionDraft)
	if err != nil || kept == nil {
		return err
	}
	whose, chosen := kept.Get("customer.id"), q.Get("customer")
	if chosen != "" && whose != "" && whose != chosen {
		return nil
	}
	if sheet := kept.Get("sheet"); ident.ValidID(sheet) && q.Get("announced") == "" {
		begun, err := s.shop.Begun(r.Context(), sheet)
		if err != nil {
			return err
		}
		if begun { // it was sent, and the answer never came back
			return s.shop.DropDraft(r.Context(), who.ID, receptionDraft)
		}
		in.sheet = sheet
	}
	in.values, in.saved = kept, saved
	if chosen != "" && whose == "" {
		dropPrefix(in.values, "customer.")
	}
	if q.Has("watch") {
		dropPrefix(in.values, "watch.")
	}
	return nil
}

func dropPrefix(v url.Values, prefix string) {
	for name := range v {
		if strings.HasPrefix(name, prefix) {
			v.Del(name)
		}
	}
}

// choose fills in what is known of the customer and of the watch.
func (s *Server) choose(r *http.Request, who staff.Actor, in *intake, customerID, watchID string) error {
	if customerID == "" {
		customerID = in.values.Get("customer.id")
	}
	if customerID == "" {
		return nil
	}
	f, err := s.shop.CustomerFile(r.Context(), who, customerID)
	if err != nil {
		return err
	}
	in.file = &f
	if in.values.Get("customer.id") != customerID {
		in.putCustomer(f.Customer)
		if err := s.usual(r, who, in, f.Customer.ID); err != nil {
			return err
		}
	}
	if watchID == "" && in.values.Get("watch.id") == "" && in.values.Get("watch.brand") == "" && len(f.Watches) == 1 {
		watchID = f.Watches[0].ID
	}
	in.newWatch = watchID == "new"
	for _, x := range f.Watches {
		if x.ID == watchID {
			in.putWatch(x)
		}
	}
	return nil
}

// usual ticks what a known customer asked to keep for their next visits.
func (s *Server) usual(r *http.Request, who staff.Actor, in *intake, id string) error {
	if len(in.values["asked"]) > 0 {
		return nil
	}
	usual, err := s.shop.UsualAccommodation(r.Context(), who, id)
	if len(usual.Asked) > 0 {
		in.values["asked"] = usual.Asked
		in.values.Set("asked_consent", "1")
		in.values.Set("asked_keep", "1")
	}
	return err
}

// receive is POST /reception.
func (s *Server) receive(w http.ResponseWriter, r *http.Request) error {
	who, err := s.receiver(r)
	if err != nil {
		return err
	}
	if err := readForm(r); err != nil {
		return err
	}
	in := intake{values: r.PostForm, sheet: r.PostFormValue("sheet")}
	if !ident.ValidID(in.sheet) {
		in.sheet = ident.New()
	}
	if err := s.choose(r, who, &in, in.values.Get("customer.id"), ""); err != nil {
		return err
	}
	if name, value, ok := strings.Cut(r.PostFormValue("repair"), "="); ok {
		in.values.Set(name, value)
		return s.page(w, r, "reception/reception", s.receptionPage(r, &in, ""))
	}
	a, err := s.act(r, in.sheet)
	if f := new(fault.Error); errors.As(err, &f) && f.Key == sentAlready {
		// Sent once more it opens a second order, which the person is told.
		in.values.Del("entry")
		in.sheet = ident.New()
		return s.receptionRefused(w, r, &in, fault.New(fault.Conflict, "reception.opened_already"))
	}
	if err != nil {
		return err
	}
	a.Seen = -1
	what, bad := in.read()
	if err := s.shop.CheckIntake(a, what); err != nil || len(bad) > 0 {
		return s.receptionRefused(w, r, &in, merged(bad, err))
	}
	st, err := s.shop.Receive(r.Context(), a, what)
	if err != nil {
		return s.receptionRefused(w, r, &in, err)
	}
	return s.received(w, r, a, st, &in)
}

// received puts photos and symptoms on the order that now stands.
func (s *Server) received(w http.ResponseWriter, r *http.Request, a workshop.Act, st order.State, in *intake) error {
	a.Sheet = st.Sheet
	_, refused, err := s.keepPhotos(r, a, "intake", "")
	if err != nil {
		return err
	}
	q, err := s.questionnaire(r, a.Who, in)
	if err != nil {
		return err
	}
	if p := q.Answered(in.prediagnosis(), in.refused); len(p.Symptoms)+len(p.Answers) > 0 {
		d := a
		d.Entry = a.Entry + "-d"
		if _, err := s.shop.Prediagnose(r.Context(), d, p); err != nil {
			return err
		}
	}
	if err := s.shop.DropDraft(r.Context(), a.Who.ID, receptionDraft); err != nil && !fault.Is(err, fault.NotFound) {
		return err
	}
	if len(refused) == 0 {
		return s.seeOther(w, r, orderHref(st.Number, "opened"))
	}
	p := s.openedPage(r, a.Who, order.RowOf(st))
	p.Warnings = refused
	return s.page(w, r, "order/opened", p)
}

// receptionRefused shows the form again with everything that is wrong with it.
func (s *Server) receptionRefused(w http.ResponseWriter, r *http.Request, in *intake, err error) error {
	kind := fault.KindOf(err)
	if kind != fault.Invalid && kind != fault.Conflict && kind != fault.Stale {
		return err
	}
	in.errors, _ = s.fieldErrors(r, err)
	in.faults = faultsOf(err)
	in.notice = s.printer(r).Error(err)
	p := s.receptionPage(r, in, "")
	return s.pageStatus(w, r, status[kind], "reception/reception", p)
}

// merged puts what could not be read beside what the rules refuse.
func merged(bad fault.Problems, err error) error {
	for field, m := range faultsOf(err) {
		bad.Add(field, m.Key, m.Args...)
	}
	if e := bad.Err(); e != nil {
		return e
	}
	return err
}

// receptionCustomers is the result of the search while somebody types.
func (s *Server) receptionCustomers(w http.ResponseWriter, r *http.Request) error {
	who, err := s.receiver(r)
	if err != nil {
		return err
	}
	q := strings.TrimSpace(r.FormValue("q"))
	found, err := s.shop.FindCustomers(r.Context(), who, q)
	if err != nil {
		return err
	}
	p := &receptionPage{Found: choosing(customerLines(found)), Nobody: len(found) == 0 && q != ""}
	return s.fragment(w, r, "reception/reception", "customers", p)
}

// choosing turns the lines' addresses into choosing that customer.
func choosing(lines []component.CustomerLine) []component.CustomerLine {
	for i := range lines {
		lines[i].Href = "/reception?customer=" + lines[i].ID
	}
	return lines
}

// receptionUnderstood is the customer's words in the trade's, to be confirmed.
func (s *Server) receptionUnderstood(w http.ResponseWriter, r *http.Request) error {
	who, err := s.receiver(r)
	if err != nil {
		return err
	}
	in := intake{values: r.Form}
	if in.values == nil {
		_ = r.ParseForm() // an unreadable query understands nothing
		in.values = r.Form
	}
	p := &receptionPage{}
	if err := p.interview(s, r, who, &in); err != nil {
		return err
	}
	return s.fragment(w, r, "reception/reception", "understood", p)
}

// receptionCalibre is the list of calibres that may be meant.
func (s *Server) receptionCalibre(w http.ResponseWriter, r *http.Request) error {
	if _, err := s.receiver(r); err != nil {
		return err
	}
	p := &receptionPage{Calibres: calibreNames(r.FormValue("watch.calibre"))}
	return s.fragment(w, r, "reception/reception", "calibres", p)
}

// receptionMovement is what follows from the calibre: kind, beat, lift, functions.
func (s *Server) receptionMovement(w http.ResponseWriter, r *http.Request) error {
	if _, err := s.receiver(r); err != nil {
		return err
	}
	_ = r.ParseForm() // an unreadable query fills nothing in
	in := intake{values: r.Form}
	in.fillFromCalibre()
	p := &receptionPage{}
	p.movement(s.printer(r), &in)
	return s.fragment(w, r, "reception/reception", "movement", p)
}

// receptionMark is one more row of the condition.
func (s *Server) receptionMark(w http.ResponseWriter, r *http.Request) error {
	if _, err := s.receiver(r); err != nil {
		return err
	}
	p := &receptionPage{Row: markRowOf(s.printer(r), max(1, min(numberOf(r.FormValue("row")), mostMarks)), order.Mark{})}
	return s.fragment(w, r, "reception/reception", "mark", p)
}

// receptionDrawing is the watch with the marks as far as they are described.
func (s *Server) receptionDrawing(w http.ResponseWriter, r *http.Request) error {
	if _, err := s.receiver(r); err != nil {
		return err
	}
	_ = r.ParseForm() // an unreadable query draws a watch without a mark
	in := intake{values: r.Form}
	p := &receptionPage{Drawing: drawingOf(s.printer(r), in.marks())}
	return s.fragment(w, r, "reception/reception", "drawing", p)
}
