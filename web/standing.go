package web

import (
	"net/http"
	"strconv"
	"strings"

	"etabli.example/diagnosis"
	"etabli.example/locale"
	"etabli.example/web/component"
	"etabli.example/workshop"
)

func (s *Server) standingRoutes() {
	s.handle("GET /figures/diagnosis", s.needs(s.standing))
}

// standingPage is how often the machine's proposals were what people established.
type standingPage struct {
	Page
	workshop.Standing
	First, Three string // shares over all
	Own          string // weight of the house's own diagnoses in the frequencies
	CauseRows    []standingRow
	MonthRows    []standingRow
	MonthBars    component.Bars
}

// standingRow is a line of a table: how many were established, and how many of
// them the machine had proposed first or among its first three.
type standingRow struct {
	Name                string
	Cases, First, Three int
	FirstShare, Share   string
}

func (s *Server) standing(w http.ResponseWriter, r *http.Request) error {
	who, err := s.actor(r)
	if err != nil {
		return err
	}
	p := &standingPage{Page: Page{Title: "standing.title"}}
	if p.Standing, err = s.shop.Standing(r.Context(), who); err != nil {
		return err
	}
	t := s.printer(r)
	all := standingRowOf(t, "", p.All)
	p.First, p.Three, p.Own = all.FirstShare, all.Share, t.Percent(p.OwnWeight(), 0)
	for _, c := range p.ByCause {
		p.CauseRows = append(p.CauseRows, standingRowOf(t, sentence(causeName(t, c.Cause)), c.Standing))
	}
	p.MonthBars = component.Bars{Label: t.T("standing.by_month"), Keys: []string{t.T("standing.first"), t.T("standing.among_three"), t.T("standing.neither")}}
	for _, m := range p.ByMonth {
		name := monthName(t, m.Month)
		p.MonthRows = append(p.MonthRows, standingRowOf(t, name, m.Standing))
		p.MonthBars.Rows = append(p.MonthBars.Rows, component.Bar{Name: name, Values: []int{m.First, m.FirstThree - m.First, m.Cases - m.FirstThree}, Text: t.Int(int64(m.Cases))})
	}
	return s.page(w, r, "figures/standing", p)
}

func standingRowOf(t *locale.Printer, name string, s diagnosis.Standing) standingRow {
	row := standingRow{Name: name, Cases: s.Cases, First: s.First, Three: s.FirstThree, FirstShare: "–", Share: "–"}
	if s.Cases > 0 {
		row.FirstShare = t.Percent(float64(s.First)/float64(s.Cases), 0)
		row.Share = t.Percent(float64(s.FirstThree)/float64(s.Cases), 0)
	}
	return row
}

// monthName writes "2026-11" as "novembre 2026".
func monthName(t *locale.Printer, month string) string {
	year, number, _ := strings.Cut(month, "-")
	n, err := strconv.Atoi(number)
	if err != nil {
		return month
	}
	return t.T("date.month."+strconv.Itoa(n)) + " " + year
}
