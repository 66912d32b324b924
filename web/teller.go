package web

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"etabli.example/horology"
	"etabli.example/journal"
	"etabli.example/locale"
	"etabli.example/trade/order"
	"etabli.example/trade/staff"
	"etabli.example/web/component"
	"etabli.example/workshop"
)

// teller tells a sheet as people read it, newest first.
type teller struct {
	t   *locale.Printer
	v   workshop.SheetView
	now time.Time
}

// tabKinds are the kinds of entry each tab shows; the tab "" shows all.
var tabKinds = map[string][]journal.Kind{
	"measures": {order.KindReading, order.KindChecks, order.KindWater, order.KindElectric, order.KindTreated, order.KindAdjusted, order.KindHands, order.KindControlPassed, order.KindControlRefused},
	"photos":   {order.KindPhoto},
	"parts":    {order.KindPart, order.KindPartsAwaited, order.KindPartsArrived, order.KindFinding},
	"notes":    {order.KindNote, order.KindMessage, order.KindComplaintOpened, order.KindReceived},
}

// run is consecutive entries told as one: the readings of a session, the photos
// of a moment, the steps somebody did in a row.
type run []journal.Entry

func (r run) last() journal.Entry { return r[len(r)-1] }

// together reports whether next belongs to the run.
func (tl *teller) together(r run, next journal.Entry) bool {
	last := r.last()
	if next.Kind != last.Kind || next.By != last.By || next.Bench != last.Bench || tl.corrected(next) || tl.corrected(last) ||
		tl.dayOf(next) != tl.dayOf(last) {
		return false
	}
	switch next.Kind {
	case order.KindReading:
		a, b := decoded[order.Reading](last), decoded[order.Reading](next)
		return a.Phase == b.Phase && a.Winding == b.Winding
	case order.KindPhoto:
		return decoded[order.Photo](last).Moment == decoded[order.Photo](next).Moment
	case order.KindStep:
		return len(r) < 40
	}
	return false
}

// decoded reads an entry's data; what does not parse was refused by the fold.
func decoded[T any](e journal.Entry) (v T) {
	_ = e.Decode(&v)
	return v
}

func (tl *teller) corrected(e journal.Entry) bool { return tl.v.Corrected[e.Seq] != 0 }

func (tl *teller) dayOf(e journal.Entry) string { return tl.t.DateLong(e.Happened) }

// timeline tells the entries of a tab.
func (tl *teller) timeline(tab string) component.Timeline {
	var runs []run
	for _, e := range tl.v.Entries {
		if kinds, filtered := tabKinds[tab]; filtered && !slices.Contains(kinds, e.Kind) {
			continue
		}
		if n := len(runs); n > 0 && runs[n-1].last().Seq == e.Seq-1 && tl.together(runs[n-1], e) {
			runs[n-1] = append(runs[n-1], e)
		} else {
			runs = append(runs, run{e})
		}
	}
	slices.Reverse(runs)
	var out component.Timeline
	today := tl.t.DateLong(tl.now)
	for _, r := range runs {
		day := tl.dayOf(r.last())
		if n := len(out.Days); n == 0 || out.Days[n-1].Name != day && out.Days[n-1].Name != tl.t.T("order.today", day) {
			if day == today {
				day = tl.t.T("order.today", day)
			}
			out.Days = append(out.Days, component.Day{Name: day})
		}
		d := &out.Days[len(out.Days)-1]
		d.Entries = append(d.Entries, tl.entry(r))
	}
	return out
}

func (tl *teller) entry(r run) component.TimelineEntry {
	e := r.last()
	x := component.TimelineEntry{Time: tl.t.Time(e.Happened), Instant: e.Happened.UTC().Format(time.RFC3339), Icon: entryIcon(e.Kind),
		Title: tl.title(r), Who: tl.who(e), Number: tl.number(r), Href: orderHref(tl.v.Number) + "?entry_no=" + strconv.FormatInt(e.Seq, 10) + "#entry", Corrected: tl.corrected(e)}
	tell := tellings[e.Kind]
	switch e.Kind {
	case order.KindReading:
		tl.readings(r, &x)
	case order.KindPhoto:
		tl.photos(r, &x)
	case order.KindStep:
		x.Text = tl.steps(r)
	default:
		if tell != nil {
			tell(tl, e, &x)
		}
	}
	return x
}

func (tl *teller) title(r run) string {
	e := r.last()
	title := tl.t.T("entry." + string(e.Kind))
	switch e.Kind {
	case order.KindReading:
		m := decoded[order.Reading](e)
		return tl.t.T("entry.reading_of", tl.t.T("entry.phase."+m.Phase), tl.t.T("entry.winding."+m.Winding))
	case order.KindChecks:
		return tl.t.T("entry.of", title, tl.t.T("entry.phase."+decoded[order.Check](e).Phase))
	case order.KindWater:
		return tl.t.T("entry.of", title, tl.t.T("entry.phase."+decoded[order.WaterTest](e).Phase))
	case order.KindPhoto:
		return tl.t.T("entry.photo_of", len(r), tl.t.T("order.moment."+decoded[order.Photo](e).Moment))
	case order.KindStep:
		return tl.t.T("entry.steps", len(r))
	case order.KindCorrected:
		return tl.t.T("entry.correction_of", decoded[order.Correction](e).Of)
	case order.KindNote:
		if decoded[order.NoteRef](e).Internal {
			return tl.t.T("entry.note_internal")
		}
		if e.By == staff.CustomerID {
			return tl.t.T("entry.note_from_customer")
		}
		return tl.t.T("entry.note_customer")
	}
	return title
}

// who is the person, first name and initial, and the bench.
func (tl *teller) who(e journal.Entry) string {
	name := ""
	switch e.By {
	case staff.CustomerID:
		return tl.t.T("order.by_customer")
	case staff.SystemID:
		return tl.t.T("order.by_system")
	default:
		name = shortName(tl.v.People[e.By])
	}
	if e.Bench != "" {
		return name + ", " + e.Bench
	}
	return name
}

// shortName is "Samir B." of "Samir Benali".
func shortName(name string) string {
	given, family, ok := strings.Cut(strings.TrimSpace(name), " ")
	if !ok || family == "" {
		return given
	}
	return given + " " + string([]rune(family)[:1]) + "."
}

func (tl *teller) number(r run) string {
	if len(r) > 1 {
		return tl.t.T("entry.numbers", r[0].Seq, r.last().Seq)
	}
	return tl.t.T("entry.number", r[0].Seq)
}

// readings fills the strip of a session.
func (tl *teller) readings(r run, x *component.TimelineEntry) {
	for _, e := range r {
		m := decoded[order.Reading](e)
		one := component.Reading{Position: m.Position, Rate: "–", Verdict: component.Verdict{Judgement: worstJudged(m.Verdicts)}}
		if m.Rate != nil {
			one.Rate = tl.t.Signed(*m.Rate, 1)
		}
		var rest []string
		if m.Amplitude != nil {
			rest = append(rest, tl.t.Degrees(*m.Amplitude))
		}
		if m.BeatError != nil {
			rest = append(rest, tl.t.MS(*m.BeatError))
		}
		one.Rest = strings.Join(rest, ", ")
		x.Readings = append(x.Readings, one)
	}
	last := decoded[order.Reading](r.last())
	x.Summary = tl.t.T("entry.how." + last.How)
	var all []order.Judged
	at := map[horology.Position]horology.Values{}
	for _, e := range r {
		m := decoded[order.Reading](e)
		all = append(all, m.Verdicts...)
		if p, ok := horology.ParsePosition(m.Position); ok {
			at[p] = horology.Values{Rate: m.Rate}
		}
	}
	if d := horology.Derive(at); d.X != nil && d.D != nil {
		x.Summary = tl.t.T("entry.spread", tl.t.Rate(*d.X), tl.t.Unit(tl.t.Number(*d.D, 1), "unit.rate"), tl.t.T("entry.how."+last.How))
	}
	x.Verdict = &component.Verdict{Judgement: worstJudged(all)}
	if last.Sound != "" {
		x.More = &component.Link{Href: x.Href, Text: tl.t.T("entry.sound")}
	}
}

// worstJudged is the worst of verdicts: out before unknown before in; none is unknown.
func worstJudged(list []order.Judged) component.Judgement {
	out := component.Inside
	for _, j := range list {
		switch j.Verdict {
		case "out":
			return component.Outside
		case "in":
		default:
			out = component.Inconclusive
		}
	}
	if len(list) == 0 {
		return component.Inconclusive
	}
	return out
}

func (tl *teller) photos(r run, x *component.TimelineEntry) {
	for i, e := range r {
		p := decoded[order.Photo](e)
		caption := p.Caption
		if caption == "" {
			caption = tl.t.T("entry.photo_no", i+1)
		}
		if tl.v.Erased[p.Hash] {
			x.Photos = append(x.Photos, component.Photo{Caption: tl.t.T("entry.erased_photo")})
			continue
		}
		x.Photos = append(x.Photos, component.Photo{Href: "/blob/" + p.Hash, Src: "/blob/" + p.Thumb, Caption: caption, Alt: caption})
	}
}

// steps names what was done, step by step.
func (tl *teller) steps(r run) string {
	var out []string
	for _, e := range r {
		a := decoded[order.StepAct](e)
		label := a.Step
		if tl.v.Plan != nil {
			for _, st := range tl.v.Plan.Steps {
				if st.ID == a.Step {
					label = st.Label(tl.t.Lang())
				}
			}
		}
		if a.Act == "done" {
			out = append(out, label)
			continue
		}
		said := tl.t.T("entry.step."+a.Act, label)
		if a.Reason != "" {
			said += " (" + a.Reason + ")"
		}
		out = append(out, said)
	}
	if len(out) > 6 {
		out = append(out[:5], tl.t.T("entry.more_steps", len(out)-5))
	}
	return strings.Join(out, " · ")
}

// entryIcon is the sign in an entry's node.
func entryIcon(k journal.Kind) string {
	if i, ok := entryIcons[k]; ok {
		return i
	}
	return "next"
}

var entryIcons = map[journal.Kind]string{
	order.KindAnnounced: "parcel", order.KindReceived: "envelope", order.KindCondition: "caseback", order.KindPhoto: "camera",
	order.KindPromise: "clock", order.KindAssigned: "hand", order.KindHandedOut: "parcel", order.KindCameBack: "parcel",
	order.KindTransferred: "parcel", order.KindArrived: "parcel", order.KindPrediagnosed: "question", order.KindExamined: "loupe",
	order.KindUncased: "driver", order.KindReading: "trace", order.KindReadingChosen: "trace", order.KindChecks: "check", order.KindWater: "drop", order.KindElectric: "cell",
	order.KindHands: "hands", order.KindTreated: "barrel", order.KindAdjusted: "balance",
	order.KindCauseRejected: "close", order.KindDiagnosed: "loupe", order.KindQuoted: "quote", order.KindAdvised: "quote", order.KindAdviceRefused: "hand", order.KindQuoteApproved: "check", order.KindQuoteReturned: "quote", order.KindQuoteRemarked: "quote", order.KindQuoteSent: "quote",
	order.KindQuoteRecalled: "undo", order.KindQuoteAccepted: "check", order.KindQuoteDeclined: "close", order.KindQuoteWithdrawn: "undo",
	order.KindQuoteExpired: "clock", order.KindCeilingUsed: "check", order.KindPlanned: "bench", order.KindWorkstation: "bench",
	order.KindPartsAwaited: "parcel", order.KindPartsArrived: "parcel", order.KindWorkStarted: "tweezers", order.KindStep: "tweezers",
	order.KindAlertRaised: "alert", order.KindAlertAcknowledged: "check", order.KindAlertEscalated: "alert", order.KindAlertSettled: "check",
	order.KindSupplementAsked: "quote", order.KindSupplementAnswered: "quote", order.KindSafety: "alert", order.KindPolishAgreed: "check", order.KindPieceMoved: "envelope",
	order.KindCountersigned: "check", order.KindPassport: "file",
	order.KindFinding: "loupe", order.KindPart: "barrel", order.KindCased: "caseback", order.KindWorkDone: "check",
	order.KindControlPassed: "check", order.KindControlRefused: "undo", order.KindReturned: "hand", order.KindSent: "parcel",
	order.KindReturnedUnrepaired: "hand", order.KindAbandoned: "lock", order.KindComplaintOpened: "voice", order.KindComplaintRedo: "undo",
	order.KindComplaintClosed: "check", order.KindNote: "edit", order.KindMessage: "phone", order.KindDocument: "print",
	order.KindCorrected: "undo", order.KindErased: "close", order.KindDropped: "close",
}
