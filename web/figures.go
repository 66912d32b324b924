package web

import (
	"net/http"
	"slices"
	"strconv"

	"etabli.example/locale"
	"etabli.example/trade/order"
	"etabli.example/web/component"
	"etabli.example/workshop"
)

func (s *Server) figureRoutes() {
	s.handle("GET /figures", s.needs(s.figures))
	s.handle("GET /figures/orders", s.needs(s.behindFigure))
}

// figuresPage is the workshop in numbers; each leads to the orders behind it.
type figuresPage struct {
	Page
	workshop.Figures
	Tallies    []component.Tally
	Bands      []string // of age, youngest first
	LoadBars   component.Bars
	TurnBars   component.Bars
	TurnRows   []turnRow
	Acceptance string
	Refusals   string
	AnswerBars component.Bars
	CheckBars  component.Bars
}

// turnRow is a band of turnaround.
type turnRow struct {
	Name  string
	Count int
	Share string
}

// turnBounds are the upper bounds, in days, of the bands of turnaround.
var turnBounds = []int{3, 7, 14, 21, 30, 60}

func (s *Server) figures(w http.ResponseWriter, r *http.Request) error {
	who, err := s.actor(r)
	if err != nil {
		return err
	}
	p := &figuresPage{Page: Page{Title: "figure.title"}}
	if p.Figures, err = s.shop.Figures(r.Context(), who); err != nil {
		return err
	}
	t := s.printer(r)
	p.Bands = bandNames(t, workshop.AgeBounds())
	p.tally(t)
	p.drawLoad(t)
	p.drawTurn(t)
	p.drawShares(t)
	return s.page(w, r, "figures/figures", p)
}

// bandNames are "up to 2 d", "3 to 7 d" … "over 30 d".
func bandNames(t *locale.Printer, bounds []int) []string {
	out := []string{t.T("figure.up_to", bounds[0])}
	for i := 1; i < len(bounds); i++ {
		out = append(out, t.T("figure.between", bounds[i-1]+1, bounds[i]))
	}
	return append(out, t.T("figure.over", bounds[len(bounds)-1]))
}

func (p *figuresPage) tally(t *locale.Printer) {
	tally := func(n int, key, href string, bad component.Judgement) {
		x := component.Tally{Count: t.Int(int64(n)), Title: t.T("figure." + key), Detail: t.T("figure." + key + "_say"), Href: href}
		if n > 0 {
			x.Judgement = bad
		}
		p.Tallies = append(p.Tallies, x)
	}
	tally(p.Open, "open", "/orders?stage=open", "")
	tally(p.Late, "late", "/figures/orders?of=late", component.Outside)
	tally(p.AtRisk, "at_risk", "/figures/orders?of=at_risk", component.Inconclusive)
	tally(p.Unsaid, "unsaid", "/orders?stage="+string(order.QuoteSent), "")
}

func (p *figuresPage) drawLoad(t *locale.Printer) {
	p.LoadBars = component.Bars{Label: t.T("figure.load"), Keys: p.Bands}
	for _, l := range p.Load {
		p.LoadBars.Rows = append(p.LoadBars.Rows, component.Bar{Name: t.T("stage." + string(l.Stage)), Values: l.Bands, Text: t.Int(int64(l.Count))})
	}
}

func (p *figuresPage) drawTurn(t *locale.Printer) {
	names := bandNames(t, turnBounds)
	counts := make([]int, len(names))
	for _, x := range p.Turn {
		i := slices.IndexFunc(turnBounds, func(b int) bool { return x.Days <= b })
		if i < 0 {
			i = len(turnBounds)
		}
		counts[i] += x.Count
	}
	p.TurnBars = component.Bars{Label: t.T("figure.turn")}
	for i, n := range counts {
		p.TurnBars.Rows = append(p.TurnBars.Rows, component.Bar{Name: names[i], Values: []int{n}, Text: t.Int(int64(n))})
		share := "–"
		if p.Closed > 0 {
			share = t.Percent(float64(n)/float64(p.Closed), 0)
		}
		p.TurnRows = append(p.TurnRows, turnRow{names[i], n, share})
	}
}

func (p *figuresPage) drawShares(t *locale.Printer) {
	p.Acceptance, p.Refusals = "–", "–"
	if v, ok := p.AcceptanceRate(); ok {
		p.Acceptance = t.Percent(v, 0)
	}
	if v, ok := p.RefusalRate(); ok {
		p.Refusals = t.Percent(v, 0)
	}
	bars := func(label string, of ...any) component.Bars {
		b := component.Bars{Label: t.T(label)}
		for i := 0; i < len(of); i += 2 {
			n := of[i+1].(int)
			b.Rows = append(b.Rows, component.Bar{Name: t.T("figure." + of[i].(string)), Values: []int{n}, Text: strconv.Itoa(n)})
		}
		return b
	}
	p.AnswerBars = bars("figure.answers", "accepted", p.Accepted, "declined", p.Declined, "expired", p.Expired)
	p.CheckBars = bars("figure.controls", "passed", p.Passed, "refused", p.Refused)
}

// behindPage is the orders that a figure counts.
type behindPage struct {
	Page
	Of    string
	Lines []component.OrderLine
	Most  bool // there may be more than are shown
}

func (s *Server) behindFigure(w http.ResponseWriter, r *http.Request) error {
	who, err := s.actor(r)
	if err != nil {
		return err
	}
	p := &behindPage{Page: Page{Title: "figure.behind"}, Of: r.FormValue("of")}
	rows, err := s.shop.Behind(r.Context(), who, p.Of)
	if err != nil {
		return err
	}
	people, err := s.shop.People(r.Context())
	if err != nil {
		return err
	}
	names := map[string]string{}
	for _, x := range people {
		names[x.ID] = x.Name
	}
	t := s.printer(r)
	p.Title = t.T("figure.behind", t.T("figure."+p.Of))
	p.Most = len(rows) >= 200
	p.Lines = orderLines(t, rows, names, s.shop.Now(), s.shop.Today())
	return s.page(w, r, "figures/behind", p)
}
