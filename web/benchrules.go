package web

import (
	"net/http"
	"strconv"

	"etabli.example/fault"
	"etabli.example/horology"
	"etabli.example/locale"
	"etabli.example/trade/order"
	"etabli.example/web/component"
)

// benchRulesPage is how the house wants its watches tested.
type benchRulesPage struct {
	officeForm
	Rules order.BenchRules
	Sizes component.Field
	Asked component.Field
	Runs  component.Field
	Days  []component.Field
}

func (s *Server) benchRulesPage(r *http.Request) (*benchRulesPage, error) {
	form, err := s.officeForm(r, "protocol.rules.title")
	if err != nil {
		return nil, err
	}
	p := &benchRulesPage{officeForm: form}
	if p.Rules, err = s.shop.BenchRules(r.Context()); err != nil {
		return nil, err
	}
	if r.Method == http.MethodPost {
		p.Form = "rules"
	}
	p.fields(s.printer(r))
	return p, nil
}

// fields builds the form with what was typed, or the rules as they are.
func (p *benchRulesPage) fields(t *locale.Printer) {
	size := p.Value("rules", "positions", strconv.Itoa(p.Rules.Positions))
	p.Sizes = component.Field{Name: "positions", Label: t.T("protocol.rules.positions"), Type: "select", Error: p.Err("rules", "positions")}
	for _, n := range order.PositionSets() {
		v := strconv.Itoa(n)
		p.Sizes.Choices = append(p.Sizes.Choices, component.Choice{Value: v, Label: v, Chosen: v == size})
	}
	runs := p.Value("rules", "endurance", strconv.Itoa(p.Rules.Endurance))
	p.Runs = component.Field{Name: "endurance", Label: t.T("protocol.rules.endurance"), Type: "select", Error: p.Err("rules", "endurance")}
	for _, n := range order.EnduranceHours() {
		v := strconv.Itoa(n)
		p.Runs.Choices = append(p.Runs.Choices, component.Choice{Value: v, Label: t.T("protocol.rules.endurance_of", n), Chosen: v == runs})
	}
	p.Asked = component.Field{Name: "asked", Label: t.T("protocol.rules.asked"), Unit: t.T("unit.rate"), InputMode: "decimal", Help: t.T("protocol.rules.asked_help"),
		Value: p.Value("rules", "asked", t.Float(p.Rules.Asked)), Error: p.Err("rules", "asked")}
	p.Days = nil
	for i, open := range p.Rules.Open {
		name := "open" + strconv.Itoa(i)
		p.Days = append(p.Days, component.Field{Name: name, Label: t.T("protocol.rules.day." + strconv.Itoa(i)), Value: p.Value("rules", name, open), Placeholder: "09:00-19:00", Error: p.Err("rules", name)})
	}
}

// Chosen reports whether a switch is on: as it was sent, or as it stands.
func (p *benchRulesPage) Chosen(name string, now bool) bool {
	if p.Form == "rules" {
		return p.Typed[name] != ""
	}
	return now
}

func (s *Server) benchRules(w http.ResponseWriter, r *http.Request) error {
	p, err := s.benchRulesPage(r)
	if err != nil {
		return err
	}
	return s.page(w, r, "protocol/rules", p)
}

// saveBenchRules is POST /bench/rules: positions, asked, legacy, day, reserve,
// wet, open0 to open6.
func (s *Server) saveBenchRules(w http.ResponseWriter, r *http.Request) error {
	p, err := s.benchRulesPage(r)
	if err != nil {
		return err
	}
	var bad fault.Problems
	x := order.BenchRules{Positions: whole(&bad, "positions", entered(r, "positions"), 6), Legacy: entered(r, "legacy") != "", Day: entered(r, "day") != "",
		Reserve: entered(r, "reserve") != "", Wet: entered(r, "wet") != "",
		Untimed: entered(r, "untimed") != "", Second: entered(r, "second") != "", Endurance: whole(&bad, "endurance", entered(r, "endurance"), 0)}
	if text := entered(r, "asked"); text != "" {
		v, err := locale.ParseNumber(text)
		if err != nil {
			bad.Add("asked", "protocol.rules.number")
		}
		x.Asked = v
	}
	for i := range x.Open {
		x.Open[i] = entered(r, "open"+strconv.Itoa(i))
	}
	if err := joined(bad, func() error { return s.shop.SaveBenchRules(r.Context(), p.Who, x) }); err != nil {
		p.Errors = s.printer(r).Fields(err)
		p.fields(s.printer(r))
		return s.refused(w, r, err, "protocol/rules", p)
	}
	return s.done(w, r, "/bench/rules", "protocol.rules.saved")
}

// written writes positions as the house does: by their symbol, or by the older
// one that instruments still print.
func written(rules order.BenchRules, positions []string) []string {
	if !rules.Legacy {
		return positions
	}
	out := make([]string, len(positions))
	for i, p := range positions {
		out[i] = legacyName(p)
	}
	return out
}

// legacyName is the older symbol of a position, or its own where it has none.
func legacyName(position string) string {
	for _, info := range horology.Positions() {
		if string(info.Position) == position && len(info.Legacy) > 0 {
			return info.Legacy[0]
		}
	}
	return position
}
