package web

import (
	"encoding/csv"
	"net/http"
	"strconv"
	"strings"

	"etabli.example/fault"
	"etabli.example/locale"
	"etabli.example/trade/register"
	"etabli.example/trade/staff"
	"etabli.example/web/component"
	"etabli.example/workshop"
)

func (s *Server) registerRoutes() {
	s.handle("GET /register", s.needs(s.register))
	s.handle("GET /register.csv", s.needs(s.registerCSV))
	s.handle("POST /register", s.needs(s.writeRegister))
}

// registerPage is a year's register of waste, and the incidents of the workshop.
type registerPage struct {
	officeForm
	View workshop.RegisterView
	Rows []wasteRow
	Sums []string
	All  bool // every incident is shown, not only those of whoever asks
}

// wasteRow is a line of the register.
type wasteRow struct {
	register.Waste
	Amount, By string
}

func (s *Server) registerPage(r *http.Request) (*registerPage, error) {
	form, err := s.officeForm(r, "register.title")
	if err != nil {
		return nil, err
	}
	p := &registerPage{officeForm: form, All: form.Who.May(staff.ManageRules)}
	if p.View, err = s.shop.Register(r.Context(), p.Who, yearAsked(r)); err != nil {
		return nil, err
	}
	t := s.printer(r)
	p.Seq = p.View.Seq
	for _, w := range p.View.Waste {
		p.Rows = append(p.Rows, wasteRow{w, amountOf(t, w.Quantity, w.Unit), shortName(p.View.People[w.By])})
	}
	for _, x := range p.View.Totals() {
		p.Sums = append(p.Sums, t.T("register.total", t.T("register.kind."+x.Kind), amountOf(t, x.Quantity, x.Unit), x.Slips))
	}
	return p, nil
}

// yearAsked is the year of the address or the form; 0 where it names none.
func yearAsked(r *http.Request) int {
	year, err := strconv.Atoi(r.FormValue("year"))
	if err != nil || year < 2000 || year > 9999 {
		return 0
	}
	return year
}

// amountOf writes a quantity with its unit.
func amountOf(t *locale.Printer, v float64, unit string) string {
	return t.Unit(t.Float(v), "register.unit."+unit)
}

// Kinds are what can be handed over.
func (p *registerPage) Kinds() []string { return register.WasteKinds() }

// Units are what waste is counted in.
func (p *registerPage) Units() []string { return register.WasteUnits() }

// Name says who wrote.
func (p *registerPage) Name(id string) string { return shortName(p.View.People[id]) }

// Said is what was added to an incident; erased words say so.
func (p *registerPage) Said(f register.FollowUp) string {
	if text := p.View.Words[f.Words.ID]; text != "" {
		return text
	}
	return p.P.T("entry.erased_words")
}

// ID is the incident's in its form's name.
func (p *registerPage) ID(seq int64) string { return strconv.FormatInt(seq, 10) }

// Of reports whether a refused form was about the line.
func (p *registerPage) Of(form string, seq int64) bool {
	return p.Form == form && p.Typed["of"] == p.ID(seq)
}

func (s *Server) register(w http.ResponseWriter, r *http.Request) error {
	p, err := s.registerPage(r)
	if err != nil {
		return err
	}
	return s.page(w, r, "register/register", p)
}

// registerCSV is the year's waste for whoever checks it: GET /register.csv?year=.
func (s *Server) registerCSV(w http.ResponseWriter, r *http.Request) error {
	p, err := s.registerPage(r)
	if err != nil {
		return err
	}
	t := s.printer(r)
	var b strings.Builder
	b.WriteString("\ufeff") // spreadsheets take it for UTF-8 by this
	out := csv.NewWriter(&b)
	out.Comma = ';'
	var head []string
	for _, c := range []string{"number", "date", "what", "quantity", "unit", "collector", "slip", "note", "by", "struck"} {
		head = append(head, t.T("register.column."+c))
	}
	_ = out.Write(head) // a builder does not fail
	for _, x := range p.Rows {
		cells := []string{p.ID(x.Seq), x.Date, t.T("register.kind." + x.Kind), t.Float(x.Quantity), t.T("register.unit." + x.Unit), x.Collector, x.Slip, x.Note, x.By, x.StruckWhy}
		for i := range cells {
			cells[i] = plainCell(cells[i])
		}
		_ = out.Write(cells)
	}
	out.Flush()
	w.Header().Set("Content-Type", "text/csv; charset=utf-8")
	w.Header().Set("Content-Disposition", `attachment; filename="register-`+strconv.Itoa(p.View.Year)+`.csv"`)
	_, err = w.Write([]byte(b.String()))
	return err
}

// plainCell keeps a spreadsheet from taking what somebody typed for a formula.
func plainCell(s string) string {
	if s != "" && strings.ContainsRune("=+-@\t\r", rune(s[0])) {
		return "'" + s
	}
	return s
}

// writeRegister answers the page's forms by their button: waste, strike, follow;
// and incident, which pages of the bench send.
func (s *Server) writeRegister(w http.ResponseWriter, r *http.Request) error {
	p, err := s.registerPage(r)
	if err != nil {
		return err
	}
	a, err := s.act(r, "")
	if err != nil {
		return err
	}
	if p.Form == "" && p.Typed["what"] != "" { // the tap itself names what happened
		p.Form = "incident"
	}
	to := "/register?year=" + strconv.Itoa(p.View.Year)
	of, _ := strconv.ParseInt(p.Typed["of"], 10, 64) // what is no number names no line
	switch p.Form {
	case "waste":
		err = s.handOverWaste(r, p, a)
	case "strike":
		_, err = s.shop.StrikeWaste(r.Context(), a, p.View.Year, register.Strike{Of: of, Why: p.Typed["why"]})
	case "follow", "close":
		_, err = s.shop.FollowIncident(r.Context(), a, p.View.Year, of, p.Typed["words"], p.Form == "close")
	case "incident":
		a.Seen = -1
		what, near := strings.CutPrefix(p.Typed["what"], "near.")
		x := register.Incident{What: what, Near: near}
		to = "/bench"
		if n := p.Typed["order"]; n != "" {
			row, err := s.shop.OpenOne(r.Context(), n)
			if err != nil {
				return err
			}
			x.Order, to = row.Number, orderHref(row.Number, "work")
		}
		_, err = s.shop.ReportIncident(r.Context(), a, x)
	default:
		return fault.New(fault.Invalid, "web.fault.form")
	}
	if err != nil {
		return s.refused(w, r, err, "register/register", p)
	}
	return s.done(w, r, to, "register.did."+p.Form)
}

func (s *Server) handOverWaste(r *http.Request, p *registerPage, a workshop.Act) error {
	var bad fault.Problems
	x := register.Waste{Kind: p.Typed["kind"], Unit: p.Typed["unit"], Date: p.Typed["date"], Collector: p.Typed["collector"], Slip: p.Typed["slip"], Note: p.Typed["note"]}
	x.Quantity = figure(&bad, "quantity", p.Typed["quantity"])
	return joined(bad, func() error { _, err := s.shop.HandOverWaste(r.Context(), a, x); return err })
}

// incidentTaps are the buttons by which a page of the bench reports an incident:
// one tap opens them, the next reports. Template "incident-taps".
type incidentTaps struct {
	Order string // number; "" where no watch is at hand
	Act   component.Act
}

// Kinds are what can be tapped.
func (incidentTaps) Kinds() []string { return register.IncidentKinds() }

// Incident reports one that happened over this order.
func (p *orderHead) Incident() incidentTaps { return incidentTaps{p.View.Number, newAct(-1)} }

// Incident reports one that happened at the bench.
func (p *benchPage) Incident() incidentTaps { return incidentTaps{"", newAct(-1)} }
