package web

import (
	"net/http"

	"etabli.example/locale"
	"etabli.example/web/component"
)

// galleryLive is GET /gallery/live: the measuring page with invented figures
// and no server behind its socket.
func (s *Server) galleryLive(w http.ResponseWriter, r *http.Request) error {
	position := r.URL.Query().Get("position")
	if position == "" {
		position = "CH"
	}
	source := r.URL.Query().Get("source")
	if source == "" {
		source = "simulated"
	}
	p := locale.For(Language(r))
	m := liveSample(p, position, source)
	if r.URL.Query().Get("state") == "refused" {
		refuseSample(p, m)
	}
	return s.page(w, r, "measure/live", m)
}

func liveSample(p *locale.Printer, position, source string) *MeasurePage {
	t := func(name string) string { return p.T("gallery." + name) }
	ok := component.Verdict{Judgement: component.Inside}
	places := galleryPlaces(p, position)
	return &MeasurePage{
		Page:  Page{Title: "PAR-26-004217-K", Bench: true, Back: "/gallery"},
		Order: "PAR-26-004217-K", OrderHref: "/gallery", Watch: "Tissot Le Locle", Calibre: "ETA 2824-2",
		BPH: p.BPH(28800), Lift: p.LiftAngle(50), Winding: t("wound"),
		Live:   LiveStart{Socket: "/gallery/socket", Order: "PAR-26-004217-K", Position: position, Winding: "0", Lift: 50, Beat: 28800, Preset: "fresh"},
		Source: source, Sources: sourceChoices(p, source),
		Preset:       component.Field{Name: "preset", Label: p.T("live.preset"), Type: "select", Choices: []component.Choice{{Value: "fresh", Label: "ETA 2824-2, 285°"}}},
		LiftField:    component.Field{Name: "lift", Label: p.T("live.lift_field"), Value: "50", Unit: "°", InputMode: "decimal"},
		BeatField:    component.Field{Name: "beat", Label: p.T("live.beat_field"), Value: "28800", Unit: p.T("unit.bph"), InputMode: "numeric"},
		WindField:    component.Field{Name: "winding", Label: p.T("live.winding_field"), Type: "select", Choices: []component.Choice{{Value: "0", Label: t("wound")}, {Value: "24", Label: "24 h"}}},
		PositionName: p.T("gallery.position." + position), Progress: t("progress"), Clock: t("clock"),
		Rate: Dial{Key: "rate", Name: p.T("live.rate"), Unit: p.T("unit.rate"), Figure: p.Signed(3.2, 1), PlusMinus: p.PlusMinus(.4, 1), Verdict: &ok,
			Ruler: *rateRuler(p, 3.2, .4, component.Inside), Source: t("source_long")},
		Amplitude: Dial{Key: "amplitude", Name: p.T("live.amplitude"), Unit: "°", Figure: p.Degrees(287), PlusMinus: p.PlusMinus(1.2, 1), Verdict: &ok,
			Ruler: component.Ruler{Min: 200, Max: 340, Minor: 10, Major: 50, Lower: 250, Upper: 330, Value: 287, HalfWidth: 1.2, Judgement: component.Inside, Ends: true,
				Label: p.T("live.ruler.between", p.Degrees(250), p.Degrees(330)), Figure: func(x float64) string { return p.Number(x, 0) }}, Source: t("source_amplitude")},
		BeatError: Dial{Key: "beat_error", Name: p.T("live.beat_error"), Unit: p.T("unit.ms"), Figure: p.Number(.4, 1), PlusMinus: p.PlusMinus(.02, 2), Verdict: &ok,
			Ruler: component.Ruler{Min: 0, Max: 1.2, Minor: .1, Major: .5, Lower: component.None(), Upper: .5, Value: .4, HalfWidth: .02, Judgement: component.Inside, Ends: true,
				Label: p.T("live.ruler.most", p.MS(.5)), Figure: func(x float64) string { return p.Number(x, 1) }}, Source: t("source2")},
		Wheel: component.Wheel{Label: t("wheel"), Places: places}, Table: component.PositionTable{Caption: t("wheel"), Places: places},
		Next: t("next"), Do: t("next_do"), Keep: p.T("live.keep", position, "CB"),
		KeepAction: "/gallery", RedoAction: "/gallery", UploadAction: "/gallery", ManualAction: "/gallery",
		Manual: []component.Field{{Name: "rate", Label: p.T("live.rate"), Unit: p.T("unit.rate"), InputMode: "decimal"}, {Name: "amplitude", Label: p.T("live.amplitude"), Unit: "°", InputMode: "numeric"}, {Name: "beat_error", Label: p.T("live.beat_error"), Unit: p.T("unit.ms"), InputMode: "decimal"}},
		Upload: component.Field{Name: "sound"},
		Words:  Words(p.T),
	}
}

// refuseSample is the page while nothing is heard.
func refuseSample(p *locale.Printer, m *MeasurePage) {
	for _, d := range []*Dial{&m.Rate, &m.Amplitude, &m.BeatError} {
		d.Figure, d.PlusMinus, d.Verdict, d.Ruler.Value = "", "", nil, component.None()
	}
	m.Rate.Reason = p.T("live.say.no_watch")
}

// sourceChoices is where the sound may come from.
func sourceChoices(p *locale.Printer, chosen string) component.Choices {
	c := component.Choices{Name: "source", Legend: p.T("live.source")}
	for _, s := range []string{"microphone", "file", "simulated"} {
		c.Choices = append(c.Choices, component.Choice{Value: s, Label: p.T("live.source." + s), Chosen: s == chosen})
	}
	return c
}
