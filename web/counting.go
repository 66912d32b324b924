package web

import (
	"net/http"
	"slices"

	"etabli.example/fault"
	"etabli.example/locale"
	"etabli.example/trade/order"
	"etabli.example/trade/staff"
	"etabli.example/web/component"
	"etabli.example/workshop"
)

// countingText says whether a reading counts, where that is not plain: it was struck,
// or its position was read more than once.
func countingText(t *locale.Printer, v workshop.SheetView, x order.Reading) string {
	rivals := v.Rivals(x)
	switch {
	case v.Corrected[x.Seq] != 0:
		return t.T("measurement.struck", v.Corrected[x.Seq])
	case x.Chosen != nil:
		return t.T("measurement.chosen", v.People[x.Chosen.By], x.Chosen.Seq, x.Chosen.Why)
	case x.Counts && len(rivals) > 0:
		return t.T("measurement.counts_last", len(rivals)+1)
	}
	if i := slices.IndexFunc(rivals, func(r order.Reading) bool { return r.Counts }); !x.Counts && i >= 0 {
		return t.T("measurement.replaced", rivals[i].Seq)
	}
	return ""
}

// choice offers to make the reading count, where another of its position does.
func (p *readingPage) choice(t *locale.Printer, typed string) {
	if p.Reading.Counts || p.View.Corrected[p.Reading.Seq] != 0 || p.View.Stage.Closed() || p.Who.Must(staff.Measure) != nil {
		return
	}
	p.Choose = &component.Field{Name: "why", Label: t.T("word.reason"), Value: typed, Error: p.Errors["why"]}
}

// chooseReading is POST /orders/{number}/readings/{seq}/count: why.
func (s *Server) chooseReading(w http.ResponseWriter, r *http.Request) error {
	who, err := s.actor(r)
	if err != nil {
		return err
	}
	if err := who.Must(staff.Measure); err != nil {
		return err
	}
	p, err := s.readingPage(r)
	if err != nil {
		return err
	}
	a, err := s.act(r, p.View.Sheet)
	if err != nil {
		return err
	}
	why := entered(r, "why")
	_, err = s.shop.ChooseReading(r.Context(), a, order.ReadingChoice{Of: p.Reading.Seq, Why: why})
	if fault.Is(err, fault.Invalid) || fault.Is(err, fault.Conflict) || fault.Is(err, fault.Stale) {
		p.Errors, p.Notice = s.printer(r).Fields(err), s.printer(r).Error(err)
		p.choice(s.printer(r), why)
		return s.pageStatus(w, r, status[fault.KindOf(err)], "measure/reading", p)
	}
	if err != nil {
		return err
	}
	return s.done(w, r, r.URL.Path[:len(r.URL.Path)-len("/count")], "measurement.chose")
}
