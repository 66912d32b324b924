package web

import (
	"math"
	"net/http"
	"slices"

	"etabli.example/locale"
	"etabli.example/web/component"
)

// galleryPage shows every component with invented content, in both themes side
// by side. It is what the accessibility test and the eye look at.
type galleryPage struct {
	Page
	Themes []string
	G      gallerySamples
}

// gallerySamples are the components on show.
type gallerySamples struct {
	Buttons    []component.Button
	Verdicts   []component.Verdict
	Tiles      []component.Tile
	Fields     []component.Field
	Choices    component.Choices
	Stages     component.StageBar
	Five       component.StageBar
	Tracks     []component.Track
	Cards      []component.WatchCard
	Tallies    []component.Tally
	Toast      component.Toast
	Empty      component.Empty
	Timeline   component.Timeline
	Causes     []component.Cause
	Next       component.NextTest
	Findings   []component.Finding
	Condition  component.Condition
	Wheel      component.Wheel
	Table      component.PositionTable
	Trace      component.Trace
	Icons      []string
	Swatches   []string
	TableLines [][3]string
}

// galleryIcons is every symbol of icons.svg but the mark.
var galleryIcons = []string{
	"caseback", "crown", "trace", "drop", "coil", "gasket", "balance", "barrel", "tweezers", "loupe", "driver", "oil",
	"magnet", "cell", "hands", "strap", "envelope", "quote", "parcel", "hand", "camera", "voice", "bench", "link",
	"seek", "alert", "clock", "check", "print", "undo", "full", "next", "lock", "mic", "question", "phone",
	"light", "dark", "close", "plus", "file", "edit",
}

// gallery is GET /gallery.
func (s *Server) gallery(w http.ResponseWriter, r *http.Request) error {
	p := &galleryPage{Page: Page{Title: "gallery.title", Person: &Person{Name: "Jeanne Morel", Initials: "JM"}}, Themes: []string{"light", "dark"}}
	p.G = samples(locale.For(Language(r)))
	p.Nav = slices.Clone(navigation) // whether they have handlers or not
	p.Nav[0].Current = true
	return s.page(w, r, "gallery/gallery", p)
}

// samples builds the gallery in the language of p.
func samples(p *locale.Printer) gallerySamples {
	t := func(name string) string { return p.T("gallery." + name) }
	return gallerySamples{
		Buttons: []component.Button{
			{Text: t("keep"), Weight: "p", Key: p.T("live.key.space"), Plain: true},
			{Text: p.T("live.redo"), Icon: "undo", Plain: true},
			{Text: p.T("word.cancel"), Weight: "q", Plain: true},
			{Text: t("ready"), Refused: t("ready_refused")},
			{Text: t("trash"), Weight: "danger", Plain: true},
		},
		Verdicts:   []component.Verdict{{Judgement: component.Inside}, {Judgement: component.Outside}, {}},
		Tiles:      galleryTiles(p),
		Fields:     galleryFields(p),
		Choices:    component.Choices{Name: "with", Legend: t("with"), Multiple: true, Choices: []component.Choice{{Value: "strap", Label: t("strap"), Chosen: true}, {Value: "box", Label: t("box")}, {Value: "papers", Label: t("papers"), Chosen: true}}},
		Stages:     component.StageBar{Label: t("stages"), Stages: words(p, "gallery.stage.", 7), Current: 4},
		Five:       component.StageBar{Label: t("stages"), Stages: words(p, "gallery.five.", 5), Current: 2},
		Tracks:     []component.Track{{Name: t("stage.2"), Watches: 5, Places: 8, Note: t("age")}, {Name: t("stage.5"), Watches: 9, Places: 8, Full: t("over")}},
		Cards:      galleryCards(p),
		Tallies:    []component.Tally{{Count: "2", Title: t("late"), Detail: "004171-G, 004187-W", Judgement: component.Outside}, {Count: "2", Title: t("risk"), Detail: t("risk_detail"), Judgement: component.Inconclusive}},
		Toast:      component.Toast{Text: t("toast"), Undo: "/gallery", Word: p.T("live.redo")},
		Empty:      component.Empty{Icon: "envelope", Title: t("empty"), Text: t("empty_text"), Action: &component.Button{Text: t("empty_action"), Href: "/gallery"}},
		Timeline:   galleryTimeline(p),
		Causes:     galleryCauses(p),
		Next:       component.NextTest{Title: t("test"), Meaning: t("test_meaning"), Minutes: "4 min", Closed: t("closed"), Start: &component.Button{Text: t("test_start"), Icon: "trace", Href: "/gallery/live", Bench: true}, Others: []component.OtherTest{{Title: t("other"), Detail: t("other_detail"), Minutes: "38 h"}}},
		Findings:   []component.Finding{{Icon: "voice", Text: t("finding"), Source: t("finding_source")}, {Icon: "magnet", Text: t("finding2"), Source: t("finding2_source")}},
		Condition:  galleryCondition(p),
		Wheel:      component.Wheel{Label: t("wheel"), Places: galleryPlaces(p, "3H")},
		Table:      component.PositionTable{Caption: t("wheel"), Places: galleryPlaces(p, "3H")},
		Trace:      galleryTrace(p),
		Icons:      galleryIcons,
		Swatches:   []string{"ground", "surface", "sunken", "line", "edge", "ink3", "ink", "blued", "blued-soft", "baize", "ruby", "brass", "tic", "tac"},
		TableLines: [][3]string{{t("line1"), "1", p.Money(29000)}, {t("line2"), "1", p.Money(4500)}, {t("line3"), "2", p.Money(123450)}},
	}
}

// words returns n words keyed prefix1 … prefixn.
func words(p *locale.Printer, prefix string, n int) []string {
	out := make([]string, n)
	for i := range out {
		out[i] = p.T(prefix + string(rune('1'+i)))
	}
	return out
}

// rateRuler is the scale of a rate, ±15 s/d.
func rateRuler(p *locale.Printer, value, half float64, j component.Judgement) *component.Ruler {
	return &component.Ruler{Min: -15, Max: 15, Minor: 1, Major: 5, Lower: -7, Upper: 7, Value: value, HalfWidth: half, Judgement: j, Ends: true,
		Label:  p.T("live.ruler.between", p.Signed(-7, 0), p.Signed(7, 0)),
		Figure: func(x float64) string { return p.Signed(x, 0) }}
}

func galleryTiles(p *locale.Printer) []component.Tile {
	t := func(name string) string { return p.T("gallery." + name) }
	beat := &component.Ruler{Min: 0, Max: 1.2, Minor: .1, Major: .5, Lower: component.None(), Upper: .5, Value: .9, HalfWidth: .02, Judgement: component.Outside,
		Label: p.T("live.ruler.most", p.MS(.5)), Figure: func(x float64) string { return p.Number(x, 1) }}
	return []component.Tile{
		{Name: p.T("live.rate"), Figure: p.Signed(3.2, 1), Unit: p.T("unit.rate"), PlusMinus: p.PlusMinus(.4, 1), Verdict: component.Verdict{Judgement: component.Inside}, Ruler: rateRuler(p, 3.2, .4, component.Inside), Source: t("source")},
		{Name: p.T("live.beat_error"), Figure: p.Number(.9, 1), Unit: p.T("unit.ms"), PlusMinus: p.PlusMinus(.02, 2), Verdict: component.Verdict{Judgement: component.Outside}, Ruler: beat, Source: t("source2")},
		{Name: p.T("live.rate"), Figure: p.Signed(6.8, 1), Unit: p.T("unit.rate"), PlusMinus: p.PlusMinus(.6, 1), Ruler: rateRuler(p, 6.8, .6, component.Inconclusive), Source: t("straddles")},
		{Name: p.T("live.amplitude"), Reason: t("no_watch"), Remedy: t("closer"), Source: t("source2")},
	}
}

func galleryFields(p *locale.Printer) []component.Field {
	t := func(name string) string { return p.T("gallery." + name) }
	return []component.Field{
		{Name: "pressure", Label: t("pressure"), Value: "600", Unit: "bar", InputMode: "decimal", Error: t("pressure_error"), Repair: "6,00"},
		{Name: "amplitude", Label: t("amplitude_read"), Value: "287", Unit: "°", Help: t("amplitude_help"), InputMode: "numeric", AccessKey: "3"},
		{Name: "request", Label: t("request"), Type: "textarea", Value: t("request_text")},
		{Name: "winding", Label: p.T("live.winding_field"), Type: "select", Choices: []component.Choice{{Value: "0", Label: t("wound")}, {Value: "24", Label: "24 h", Chosen: true}}},
	}
}

func galleryCards(p *locale.Printer) []component.WatchCard {
	t := func(name string) string { return p.T("gallery." + name) }
	return []component.WatchCard{
		{Href: "/gallery", Number: "004217-K", Technician: "SB", Promise: "27/11", Brand: "Tissot", Model: "Le Locle, 2824-2", Flag: &component.Flag{Icon: "trace", Text: t("flag_again")}},
		{Href: "/gallery", Number: "004199-F", Promise: "11/12", Brand: "Longines", Model: "HydroConquest, L888", Flag: &component.Flag{Icon: "clock", Text: t("flag_risk"), Judgement: component.Inconclusive}},
		{Href: "/gallery", Number: "004187-W", Technician: "JM", Promise: "21/11", Brand: "Junghans", Model: "Max Bill, 2824-2", Late: true, Flag: &component.Flag{Icon: "alert", Text: t("flag_late"), Judgement: component.Outside}},
	}
}

func galleryTimeline(p *locale.Printer) component.Timeline {
	t := func(name string) string { return p.T("gallery." + name) }
	ok := component.Verdict{Judgement: component.Inside}
	var readings []component.Reading
	for i, pos := range []string{"12H", "3H", "6H", "9H", "CH", "CB"} {
		readings = append(readings, component.Reading{Position: pos, Rate: p.Signed([]float64{1.4, 4.8, -1.1, .6, 3.2, 4.1}[i], 1), Rest: p.Degrees(262+float64(i)) + ", " + p.MS(.4), Verdict: ok})
	}
	return component.Timeline{Chain: t("chain"), Days: []component.Day{{Name: t("day"), Entries: []component.TimelineEntry{
		{Time: "9 h 52", Icon: "trace", Title: t("entry1"), Who: "Samir B.", Number: "n° 17", Href: "/gallery", Readings: readings, Summary: t("summary"), Verdict: &ok},
		{Time: "9 h 05", Icon: "loupe", Title: t("entry2"), Who: "Samir B.", Number: "n° 14", Text: t("entry2_text"), Photos: []component.Photo{{Caption: t("photo1")}, {Caption: t("photo2")}}},
		{Time: "8 h 50", Icon: "undo", Title: t("entry3"), Who: "Samir B.", Number: "n° 13", Text: t("entry3_text")},
		{Time: "8 h 10", Icon: "balance", Title: t("entry4"), Who: "Samir B.", Number: "n° 11", Text: t("entry4_text"), Corrected: true},
	}}}}
}

func galleryCauses(p *locale.Printer) []component.Cause {
	t := func(name string) string { return p.T("gallery." + name) }
	return []component.Cause{
		{ID: "c1", Percent: 64, Prior: 31, Name: t("cause1"), Scope: t("level"), For: words(p, "gallery.for.", 3), Against: words(p, "gallery.against.", 2), Physics: t("physics"), Open: true,
			Accept: &component.Button{Text: t("accept"), Weight: "p", Icon: "check", Plain: true}, Discard: &component.Button{Text: t("discard"), Plain: true}},
		{ID: "c2", Percent: 15, Prior: 12, Name: t("cause2"), Scope: t("level"), Physics: t("physics")},
		{ID: "c3", Percent: 3, Prior: -1, Name: t("cause3"), Scope: t("level"), Physics: t("physics")},
	}
}

func galleryCondition(p *locale.Printer) component.Condition {
	t := func(name string) string { return p.T("gallery." + name) }
	return component.Condition{Label: t("condition"), Defects: []component.Defect{
		{Mark: 1, Place: t("defect1"), Text: t("defect1_text"), Grade: 2, X: 40, Y: -60},
		{Mark: 2, Place: t("defect2"), Text: t("defect2_text"), Grade: 3, X: -62, Y: 96},
		{Mark: 3, Place: t("defect3"), Text: t("defect3_text"), Grade: 1, Back: true, Current: true, X: 0, Y: 40},
	}}
}

// galleryPlaces is a protocol of six positions, now being at the one named.
func galleryPlaces(p *locale.Printer, now string) []component.Place {
	ok := component.Verdict{Judgement: component.Inside}
	var out []component.Place
	state := component.Read
	for i, pos := range []string{"12H", "3H", "6H", "9H", "CH", "CB"} {
		pl := component.Place{Position: pos, Name: p.T("gallery.position." + pos), State: state, Href: "?position=" + pos}
		if pos == now {
			pl.State, pl.Word, state = component.Now, p.T("live.now"), component.Coming
		}
		if pl.State == component.Read {
			pl.Rate, pl.Amplitude, pl.BeatError, pl.Verdict = p.Signed([]float64{1.4, 4.8, -1.1, .6, 3.2, 4.1}[i], 1), p.Degrees(262), p.Number(.4, 1), &ok
		}
		if pl.State == component.Coming {
			pl.Word = p.T("live.coming")
		}
		out = append(out, pl)
	}
	return out
}

func galleryTrace(p *locale.Printer) component.Trace {
	tr := component.Trace{Label: p.T("live.trace_label"), Title: p.T("live.trace"), Seconds: 60, Span: 2, Figure: func(x float64) string { return p.Signed(x, 0) }, Gaps: []component.Gap{{From: 33, To: 37}}}
	for i := range 120 {
		s := float64(i) / 2
		if s > 33 && s < 37 {
			continue
		}
		tr.Points = append(tr.Points, component.TracePoint{Second: s, Offset: -.9 + .036*s + .05*math.Sin(7*s), Tac: i%2 == 1})
		if i%2 == 1 {
			tr.Points[len(tr.Points)-1].Offset -= .4
		}
	}
	return tr
}
