package web

import (
	"strconv"

	"etabli.example/locale"
	"etabli.example/trade/order"
	"etabli.example/trade/staff"
	"etabli.example/web/component"
	"etabli.example/workshop"
)

// orderEntry is one entry opened: what it rests on, and the form that strikes it.
type orderEntry struct {
	Title, Who, When string
	Hash             string // its first characters, as it is read aloud
	Sound            string // address of the recording
	Judged           []judgedLine
	Struck           string // who struck it and why
	Correct          *orderForm
	Seq              int64
	Close            string // address of the sheet without it
}

// judgedLine is a figure with the rule it was judged by.
type judgedLine struct {
	Name, Figure, Limit, Source string
	Verdict                     component.Verdict
}

// entryOf opens entry n, or returns nil where there is none.
func (s *Server) entryOf(t *locale.Printer, v workshop.SheetView, who staff.Actor, n int64, in typed) *orderEntry {
	if n < 1 || n > int64(len(v.Entries)) {
		return nil
	}
	e := v.Entries[n-1]
	tl := &teller{t: t, v: v, now: s.shop.Now()}
	x := &orderEntry{Title: tl.title(run{e}), Who: tl.who(e), When: t.DateTime(e.Happened), Hash: string(e.Hash)[:12], Seq: n, Close: orderHref(v.Number)}
	if e.Kind == order.KindReading {
		x.reading(t, decoded[order.Reading](e))
	}
	if by := v.Corrected[n]; by != 0 {
		x.Struck = t.T("order.struck_by", by, decoded[order.Correction](v.Entries[by-1]).Why)
		return x
	}
	if err := order.CanCorrect(e.Kind); err != nil {
		return x
	}
	x.Correct = &orderForm{Title: t.T("order.form.correct"), Action: orderHref(v.Number, "correct") + "?entry_no=" + strconv.FormatInt(n, 10), Open: in.form == "correct", Act: newAct(v.Seq),
		Fields: []component.Field{{Name: "why", Scope: "correct", Label: t.T("word.reason"), Value: in.value("correct", "why", ""), Error: in.err("correct", "why"), Help: t.T("order.correct_help")}},
		Submit: component.Button{Text: t.T("order.submit.correct")}, Refused: t.Error(who.Must(staff.Correct))}
	return x
}

func (x *orderEntry) reading(t *locale.Printer, r order.Reading) {
	if r.Sound != "" {
		x.Sound = "/blob/" + r.Sound
	}
	figures := map[string]string{}
	if r.Rate != nil {
		figures["rate"] = t.Rate(*r.Rate)
	}
	if r.Amplitude != nil {
		figures["amplitude"] = t.Degrees(*r.Amplitude)
	}
	if r.BeatError != nil {
		figures["beat_error"] = t.MS(*r.BeatError)
	}
	for _, j := range r.Verdicts {
		line := judgedLine{Name: t.T("order.quantity." + j.Quantity), Figure: figures[j.Quantity], Source: firstSource(t, j.Source),
			Verdict: component.Verdict{Judgement: worstJudged([]order.Judged{j})}.Tiny()}
		switch {
		case j.Min != nil && j.Max != nil:
			line.Limit = t.T("order.limit_between", t.Float(*j.Min), t.Float(*j.Max))
		case j.Max != nil:
			line.Limit = t.T("order.limit_most", t.Float(*j.Max))
		case j.Min != nil:
			line.Limit = t.T("order.limit_least", t.Float(*j.Min))
		default:
			line.Limit = t.T("order.limit_none")
		}
		x.Judged = append(x.Judged, line)
	}
}
