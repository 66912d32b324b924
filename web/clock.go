package web

import (
	"errors"
	"net/http"

	"etabli.example/fault"
	"etabli.example/locale"
	"etabli.example/trade/equipment"
	"etabli.example/workshop"
)

func (s *Server) clockRoutes() {
	s.handle("GET /tools/{tool}/clock", s.needs(s.clock))
	s.handle("POST /tools/{tool}/clock", s.needs(s.calibrate))
	s.handle("POST /tools/{tool}/clock/use", s.needs(s.useCard))
}

// card is the sound card this browser listens through, as it was calibrated.
func (s *Server) card(r *http.Request) (workshop.CardClock, error) {
	c, err := r.Cookie(workshop.CardCookie)
	if err != nil {
		return workshop.CardClock{}, nil // no such cookie: no card was named
	}
	return s.shop.CardClock(r.Context(), c.Value)
}

// cardOf is the card that a file was recorded through: this browser's where the
// form says so, otherwise none that is known.
func (s *Server) cardOf(r *http.Request) (workshop.CardClock, error) {
	if r.PostFormValue("by_card") == "" {
		return workshop.CardClock{}, nil
	}
	return s.card(r)
}

// clockText says how far the clock of the sound is known.
func clockText(t *locale.Printer, c workshop.CardClock) string {
	half := t.PlusMinus(c.HalfSD(), decimalsOf(c.HalfSD())) + "\u00a0" + t.T("unit.rate")
	if !c.Known() {
		return t.T("clock.unknown", half)
	}
	return t.T("clock.known", c.Name, t.Day(c.Date), half)
}

// clockHref is where it is calibrated.
func clockHref(c workshop.CardClock) string {
	if c.Sheet == "" {
		return "/tools"
	}
	return "/tools/" + c.Sheet + "/clock"
}

func decimalsOf(v float64) int {
	switch {
	case v >= 1:
		return 1
	case v >= .1:
		return 2
	}
	return 3
}

// calibrationText says what a calibration found.
func calibrationText(t *locale.Printer, c equipment.Calibration) string {
	u := 1.96 * c.UPPM
	return t.T("clock.found", t.Signed(c.PPM, 2)+"\u00a0"+t.PlusMinus(u, 2)+"\u00a0ppm", t.PlusMinus(u*.0864, decimalsOf(u*.0864))+"\u00a0"+t.T("unit.rate"))
}

// clockPage calibrates the clock of one sound card.
type clockPage struct {
	toolPage
	Found string // of the last calibration; "" where there is none
	On    string // its date
	Of    string // the reference
	Here  bool   // this browser listens through the card
}

func (s *Server) clockPage(r *http.Request) (*clockPage, error) {
	tool, err := s.toolPage(r)
	if err != nil {
		return nil, err
	}
	p := &clockPage{toolPage: *tool}
	p.Title = s.printer(r).T("clock.title", p.View.Name)
	if c := p.View.Clock; c != nil {
		p.Found, p.On, p.Of = calibrationText(s.printer(r), *c), c.Date, c.Reference
	}
	card, err := s.card(r)
	p.Here = err == nil && card.Sheet == p.View.Sheet
	return p, err
}

func (s *Server) clock(w http.ResponseWriter, r *http.Request) error {
	p, err := s.clockPage(r)
	if err != nil {
		return err
	}
	return s.page(w, r, "tools/clock", p)
}

// calibrate is POST /tools/{tool}/clock: sound, reference, reference_s,
// reference_u.
func (s *Server) calibrate(w http.ResponseWriter, r *http.Request) error {
	f, ferr := s.soundOf(r)
	if ferr == nil {
		defer f.Close()
	}
	p, err := s.clockPage(r)
	if err != nil {
		return err
	}
	p.Form = "calibrate"
	a, err := s.act(r, p.View.Sheet)
	if err != nil {
		return err
	}
	var bad fault.Problems
	c := equipment.Calibration{Reference: entered(r, "reference"), ReferenceS: figure(&bad, "reference_s", entered(r, "reference_s")), ReferenceU: figure(&bad, "reference_u", entered(r, "reference_u"))}
	if ferr != nil {
		for _, problem := range problemsOf(ferr) {
			bad.Add("sound", problem.Key, problem.Args...)
		}
	}
	err = joined(bad, func() error { _, err := s.shop.CalibrateCard(r.Context(), a, f, c); return err })
	if err != nil {
		return s.refused(w, r, err, "tools/clock", p)
	}
	s.setCookie(w, workshop.CardCookie, p.View.Sheet, yearSeconds)
	return s.done(w, r, "/tools/"+p.View.Sheet+"/clock", "clock.kept")
}

// problemsOf are the fields a fault is about.
func problemsOf(err error) fault.Problems {
	var e *fault.Error
	if errors.As(err, &e) {
		return e.Fields
	}
	return nil
}

// useCard is POST /tools/{tool}/clock/use: this browser listens through the card.
func (s *Server) useCard(w http.ResponseWriter, r *http.Request) error {
	p, err := s.clockPage(r)
	if err != nil {
		return err
	}
	age := yearSeconds
	if p.Here {
		age = -1
	}
	s.setCookie(w, workshop.CardCookie, p.View.Sheet, age)
	return s.seeOther(w, r, "/tools/"+p.View.Sheet+"/clock")
}
