package web

import (
	"net/http"
	"slices"
	"strings"

	"etabli.example/locale"
	"etabli.example/trade/order"
	"etabli.example/web/component"
)

func (s *Server) checksRoutes() {
	s.handle("GET /orders/{number}/checks", s.needs(s.checks))
	s.handle("POST /orders/{number}/checks", s.needs(s.keepChecks))
	s.handle("POST /orders/{number}/checks/water", s.needs(s.keepWater))
	s.handle("POST /orders/{number}/checks/electric", s.needs(s.keepElectric))
}

// checkResults are what a function test can give, in the order of their keys.
var checkResults = []string{"ok", "fault", "not_applicable", "not_tested"}

// checksPage is the tests that are not timing: functions, water, wired readings.
type checksPage struct {
	orderHead
	Phase    string
	Phases   []component.Choice // Value is an address
	Items    []checkRow
	Water    waterForm
	Electric *electricForm // of electronic watches
	Measure  string        // address of the timing page in this phase; "" for electronic watches
}

// checkRow is one function test.
type checkRow struct {
	Item, Name string
	Results    []component.Choice
	Note       string
	Value      string // power reserve, hours
	Error      string
	Known      *component.Verdict // what the sheet says
	KnownNote  string
}

// HasValue reports whether the test has a figure of its own.
func (c checkRow) HasValue() bool { return c.Item == "power_reserve" }

// checksPage reads the sheet; what was typed in the form "functions" is kept.
func (s *Server) checksPage(r *http.Request) (*checksPage, error) {
	head, err := s.orderHead(r, true)
	if err != nil {
		return nil, err
	}
	t := s.printer(r)
	p := &checksPage{orderHead: head, Phase: oneOf(r.FormValue("phase"), order.Phases(), phaseNow(head.View.Stage))}
	p.Title = t.T("check.title", head.View.Number)
	for _, ph := range order.Phases() {
		p.Phases = append(p.Phases, component.Choice{Value: p.At("/checks?phase=" + ph), Label: t.T("phase." + ph), Chosen: ph == p.Phase})
	}
	for _, item := range order.CheckItems(string(head.View.Watch.Kind)) {
		p.Items = append(p.Items, checkRowOf(t, head.View.State, p.Phase, item, r.PostFormValue))
	}
	p.Water = s.waterForm(r, head.View.State, p.Phase)
	if head.View.Watch.Kind.Mechanical() {
		p.Measure = p.At("/measure?phase=" + p.Phase)
	} else {
		p.Electric = s.electricForm(r, head.View.State, p.Phase)
	}
	return p, nil
}

func checkRowOf(t *locale.Printer, st order.State, phase, item string, typed func(string) string) checkRow {
	row := checkRow{Item: item, Name: t.T("check.item." + item), Note: typed("note." + item), Value: typed("value." + item)}
	known := order.CheckItem{}
	for _, c := range st.Checks {
		for _, it := range c.Items {
			if c.Phase == phase && it.Item == item {
				known = it
			}
		}
	}
	if known.Result != "" {
		row.Known = &component.Verdict{Judgement: map[string]component.Judgement{"ok": component.Inside, "fault": component.Outside}[known.Result], Text: t.T("check.result." + known.Result)}
		row.KnownNote = known.Note
		if known.Value != nil {
			row.KnownNote = strings.TrimSpace(t.Hours(*known.Value) + " " + known.Note)
		}
	}
	chosen := typed("result." + item)
	for _, res := range checkResults {
		row.Results = append(row.Results, component.Choice{Value: res, Label: t.T("check.result." + res), Chosen: res == chosen})
	}
	return row
}

// checks is GET /orders/{number}/checks: phase.
func (s *Server) checks(w http.ResponseWriter, r *http.Request) error {
	p, err := s.checksPage(r)
	if err != nil {
		return err
	}
	return s.page(w, r, "checks/checks", p)
}

// keepChecks is POST /orders/{number}/checks: phase, result.<item>,
// note.<item>, value.<item>; do=rest takes what was not touched as well.
func (s *Server) keepChecks(w http.ResponseWriter, r *http.Request) error {
	p, err := s.checksPage(r)
	if err != nil {
		return err
	}
	a, err := s.act(r, p.View.State.Sheet)
	if err != nil {
		return err
	}
	c, wrong := s.checkedOf(r, p)
	if len(wrong) > 0 {
		return s.refuseChecks(w, r, p, wrong, s.printer(r).T("fault.invalid"))
	}
	if _, err := s.shop.KeepChecks(r.Context(), a, c); err != nil {
		p.beside(s.printer(r).Fields(err))
		return s.again(w, r, err, "checks/checks", p)
	}
	return s.done(w, r, p.At("/checks?phase="+p.Phase), "check.kept", len(c.Items))
}

// checkedOf reads the form. The button "the rest is fine" takes every test that
// neither the form nor the sheet says anything of as passed.
func (s *Server) checkedOf(r *http.Request, p *checksPage) (order.Check, map[string]string) {
	c, wrong := order.Check{Phase: p.Phase}, map[string]string{}
	for _, row := range p.Items {
		it := order.CheckItem{Item: row.Item, Result: entered(r, "result."+row.Item), Note: entered(r, "note."+row.Item)}
		if row.HasValue() {
			if it.Value = s.optional(r, "value."+row.Item, wrong); it.Value != nil {
				it.Unit = "h"
				if it.Result == "" {
					it.Result = "ok"
				}
			}
		}
		if it.Result == "" && r.PostFormValue("do") == "rest" && row.Known == nil {
			it.Result = "ok"
			if row.HasValue() { // a reserve is hours: it is not fine by looking
				it.Result = ""
			}
		}
		if it.Result != "" {
			c.Items = append(c.Items, it)
		}
	}
	for field, text := range wrong {
		wrong[strings.TrimPrefix(field, "value.")] = text
	}
	return c, wrong
}

// beside puts sentences beside their rows.
func (p *checksPage) beside(fields map[string]string) {
	for i := range p.Items {
		p.Items[i].Error = fields[p.Items[i].Item]
	}
}

func (s *Server) refuseChecks(w http.ResponseWriter, r *http.Request, p *checksPage, wrong map[string]string, notice string) error {
	p.beside(wrong)
	p.Errors, p.Notice = wrong, notice
	return s.refuse(w, r, "checks/checks", p)
}

// latest returns the last element that is of the phase.
func latest[T any](list []T, ofPhase func(T) bool) (T, bool) {
	for _, x := range slices.Backward(list) {
		if ofPhase(x) {
			return x, true
		}
	}
	var none T
	return none, false
}
