package web

import (
	"net/http"
	"strconv"
	"time"

	"etabli.example/fault"
	"etabli.example/trade/order"
	"etabli.example/trade/staff"
	"etabli.example/web/component"
	"etabli.example/workshop"
)

func (s *Server) alertRoutes() {
	s.handle("GET /alerts", s.needs(s.alerts))
	s.handle("POST /alerts", s.needs(s.answerAlert))
}

// alertsPage lists every alert nobody settled yet: leaving it closes none.
type alertsPage struct {
	Page
	Who     staff.Actor
	Rows    []alertRow
	Errors  map[string]string // of the row Refused
	Refused string
	Notice  string

	Incidents int // of the register, that nobody closed, for whoever keeps the rules
}

// alertRow is one open alert.
type alertRow struct {
	workshop.Raised
	ID       string // of the row in the page
	By, Read string // names
	Since    string
	Old      string // how long it has been open
	Mine     bool   // for this person to answer
	Unread   bool
	Act      component.Act
	Outcome  string
	Note     string
}

// Outcomes are how an alert can be settled.
func (p *alertsPage) Outcomes() []string { return order.AlertOutcomes() }

func (s *Server) alertsPage(r *http.Request) (*alertsPage, error) {
	who, err := s.actor(r)
	if err != nil {
		return nil, err
	}
	all, people, err := s.shop.Alerts(r.Context(), who)
	if err != nil {
		return nil, err
	}
	t, now := s.printer(r), s.shop.Now()
	p := &alertsPage{Page: Page{Title: "alert.title"}, Who: who}
	if who.May(staff.ManageRules) {
		if p.Incidents, err = s.shop.OpenIncidents(r.Context()); err != nil {
			return nil, err
		}
	}
	name := func(id string) string {
		if id == staff.SystemID {
			return t.T("tab.by_system")
		}
		return people[id]
	}
	for _, x := range all {
		p.Rows = append(p.Rows, alertRow{Raised: x, ID: x.Row.Number + "-" + strconv.FormatInt(x.Alert.Seq, 10), By: name(x.Alert.By), Read: name(x.Alert.AckBy),
			Since: t.DateTime(x.Alert.Since), Old: t.Duration(now.Sub(x.Alert.Since).Round(time.Minute)), Mine: x.Alert.For(who), Unread: x.Alert.Acknowledged.IsZero(), Act: newAct(-1)})
	}
	return p, nil
}

func (s *Server) alerts(w http.ResponseWriter, r *http.Request) error {
	p, err := s.alertsPage(r)
	if err != nil {
		return err
	}
	return s.page(w, r, "alert/alerts", p)
}

// answerAlert is POST /alerts: order, of, do (read, settle), outcome, note.
func (s *Server) answerAlert(w http.ResponseWriter, r *http.Request) error {
	row, err := s.shop.OpenOne(r.Context(), entered(r, "order"))
	if err != nil {
		return err
	}
	a, err := s.act(r, row.Sheet)
	if err != nil {
		return err
	}
	of, err := strconv.ParseInt(entered(r, "of"), 10, 64)
	if err != nil {
		return fault.New(fault.Invalid, "web.fault.form")
	}
	do := entered(r, "do")
	switch do {
	case "read":
		_, err = s.shop.AcknowledgeAlert(r.Context(), a, of)
	case "settle":
		_, err = s.shop.SettleAlert(r.Context(), a, order.AlertAnswer{Of: of, Outcome: entered(r, "outcome"), Note: entered(r, "note")})
	default:
		err = fault.New(fault.Invalid, "web.fault.form")
	}
	if fields, refused := s.fieldErrors(r, err); refused {
		p, perr := s.alertsPage(r)
		if perr != nil {
			return perr
		}
		p.Refused, p.Errors, p.Notice = row.Number+"-"+entered(r, "of"), fields, s.printer(r).Error(err)
		for i := range p.Rows {
			if p.Rows[i].ID == p.Refused {
				p.Rows[i].Outcome, p.Rows[i].Note = entered(r, "outcome"), entered(r, "note")
			}
		}
		return s.refuse(w, r, "alert/alerts", p)
	}
	if err != nil {
		return err
	}
	return s.done(w, r, "/alerts", "alert.did."+do)
}
