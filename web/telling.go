package web

import (
	"math"
	"strings"
	"unicode"
	"unicode/utf8"

	"etabli.example/diagnosis"
	"etabli.example/horology"
	"etabli.example/journal"
	"etabli.example/locale"
	"etabli.example/trade/order"
	"etabli.example/web/component"
)

// telling fills what an entry of one kind says below its title.
type telling func(tl *teller, e journal.Entry, x *component.TimelineEntry)

// tellings is how each kind of entry is told. A kind without one says all it
// has to say by its title.
var tellings map[journal.Kind]telling

func init() { // an initialiser would be a cycle: tellers call entry, entry looks here
	tellings = map[journal.Kind]telling{
		order.KindAnnounced: tellReceived, order.KindReceived: tellReceived, order.KindCondition: tellCondition,
		order.KindPromise: says(func(tl *teller, p order.Promise) string { return sentences(tl.t.Day(p.Date), p.Why) }),
		order.KindAssigned: says(func(tl *teller, a order.Assignment) string {
			return tl.t.T("entry.to", tl.v.People[a.Person])
		}),
		order.KindHandedOut: says(tellRouting), order.KindCameBack: says(tellRouting), order.KindTransferred: says(tellRouting), order.KindArrived: says(tellRouting),
		order.KindPrediagnosed: says(tellPrediagnosis), order.KindExamined: says(tellExamination), order.KindUncased: says(tellUncasing),
		order.KindChecks: says(tellChecks), order.KindWater: tellWater, order.KindElectric: tellElectric,
		order.KindHands: says(func(tl *teller, x order.HandsRead) string {
			return tl.t.T("chronometer.told", x.Day, tl.t.Unit(tl.t.Signed(x.AheadS, 1), "unit.s"))
		}),
		order.KindTreated: says(func(tl *teller, x order.Treatment) string {
			return sentences(tl.t.T("treatment.said."+x.Act), x.Note)
		}),
		order.KindAdjusted: says(func(tl *teller, x order.Adjustment) string {
			way := ""
			if x.Way != "" {
				way = tl.t.T("regulation.way." + x.Way)
			}
			return sentences(tl.t.T("regulation.what."+x.What), way, x.Why)
		}),
		order.KindCauseRejected: says(func(tl *teller, r order.Rejection) string { return sentences(causeName(tl.t, r.Cause), r.Why) }),
		order.KindDiagnosed:     says(tellDiagnosis), order.KindQuoted: says(tellQuote),
		order.KindAdvised: says(tellAdvice),
		order.KindAdviceRefused: says(func(tl *teller, r order.AdviceRefusal) string {
			return sentences(r.Label().In(tl.t.Lang()), r.Why)
		}),
		order.KindQuoteApproved: says(tellApproval), order.KindQuoteReturned: says(tellApproval), order.KindQuoteRemarked: says(tellApproval),
		order.KindQuoteSent: says(func(tl *teller, x order.Sending) string {
			return tl.t.T("entry.quote_sent_by", x.Version, tl.t.T("entry.by."+x.Channel))
		}),
		order.KindQuoteRecalled: says(tellAnswer), order.KindQuoteAccepted: says(tellAnswer), order.KindQuoteDeclined: says(tellAnswer),
		order.KindQuoteWithdrawn: says(tellAnswer), order.KindCeilingUsed: says(tellAnswer),
		order.KindPlanned: says(func(tl *teller, p order.Plan) string {
			return tl.t.T("entry.plan", len(p.Steps), tl.t.T("order.level."+p.Level), p.Minutes)
		}),
		order.KindWorkstation: says(func(tl *teller, w order.Workstation) string {
			if w.Complete() {
				return tl.t.T("entry.workstation_complete")
			}
			return tl.t.T("entry.workstation_open")
		}),
		order.KindAlertRaised: says(func(tl *teller, x order.Alert) string {
			return sentences(tl.t.T("alert.about."+x.About), x.Note, tl.t.T("entry.to", tl.t.T("role."+string(x.To))))
		}),
		order.KindAlertEscalated: says(func(tl *teller, x order.AlertAnswer) string { return tl.t.T("entry.to", tl.t.T("role."+string(x.To))) }),
		order.KindAlertSettled: says(func(tl *teller, x order.AlertAnswer) string {
			return sentences(tl.t.T("alert.outcome."+x.Outcome), x.Note)
		}),
		order.KindSupplementAsked: says(func(tl *teller, x order.Supplement) string {
			return sentences(x.Lines[0].Label(tl.t.Lang())+", "+tl.t.Money(x.Total()), x.Reasons().In(tl.t.Lang()))
		}),
		order.KindSupplementAnswered: says(func(tl *teller, x order.SupplementAnswer) string {
			word := map[bool]string{true: "accepted", false: "declined"}[x.Accepted]
			return sentences(tl.t.T("supplement.answer."+word), x.Reason)
		}),
		order.KindSafety: says(func(tl *teller, x order.SafetyRead) string { return tl.t.T("safety.card." + x.Card) }),
		order.KindPolishAgreed: says(func(tl *teller, x order.PolishConsent) string {
			word, told := map[bool]string{true: "polish.agreed", false: "polish.declined"}[x.Agreed], ""
			if x.Hallmarks {
				told = tl.t.T("polish.hallmarks_told")
			}
			return sentences(tl.t.T(word), told)
		}),
		order.KindPieceMoved: says(func(tl *teller, x order.PieceMove) string {
			name := ""
			if code, part := order.PartOf(x.Piece); part {
				name = partName(tl.t, code)
			} else {
				name = tl.t.T("piece." + x.Piece)
			}
			if x.Bagged {
				return tl.t.T("piece.bagged", name, x.Place)
			}
			return tl.t.T("piece.moved", name, x.Place)
		}),
		order.KindReadingChosen: says(func(tl *teller, c order.ReadingChoice) string {
			return sentences(tl.t.T("entry.number", c.Of), c.Why)
		}),
		order.KindCountersigned: says(func(tl *teller, x order.Countersignature) string {
			return sentences(x.Competence+", "+tl.t.T("countersign."+x.Verdict)+", "+tl.t.T("entry.number", x.Of), x.Note)
		}),
		order.KindPartsAwaited: says(tellParts), order.KindPartsArrived: says(tellParts),
		order.KindFinding: says(tellFinding), order.KindPart: says(tellPart), order.KindCased: says(tellCasing),
		order.KindControlPassed: says(tellControl), order.KindControlRefused: says(tellControl),
		order.KindReturned: says(tellHandover), order.KindSent: says(tellHandover), order.KindReturnedUnrepaired: says(tellHandover), order.KindAbandoned: says(tellHandover),
		order.KindComplaintOpened: says(tellComplaint), order.KindComplaintRedo: says(tellComplaint), order.KindComplaintClosed: says(tellComplaint),
		order.KindNote: says(func(tl *teller, n order.NoteRef) string { return tl.words(n.Words) }),
		order.KindMessage: says(func(tl *teller, m order.MessageSent) string {
			return tl.t.T("entry.message_by", named(tl.t, "entry.template."+m.Template, m.Template), tl.t.T("entry.by."+m.Channel))
		}),
		order.KindDocument: says(func(tl *teller, d order.DocumentIssued) string {
			return named(tl.t, "entry.document."+d.Name, d.Name)
		}),
		order.KindCorrected: says(func(tl *teller, c order.Correction) string { return c.Why }),
		order.KindErased:    says(func(tl *teller, c order.Erasure) string { return c.Why }),
		order.KindDropped: says(func(tl *teller, d order.Dropped) string {
			return tl.t.T("entry.dropped_what", named(tl.t, "follow.kind."+d.What, d.What), d.Why)
		}),
	}
}

// says makes a telling of a function that reads the kind's data.
func says[T any](f func(*teller, T) string) telling {
	return func(tl *teller, e journal.Entry, x *component.TimelineEntry) { x.Text = f(tl, decoded[T](e)) }
}

// sentences joins what there is with full stops, each begun with a capital.
func sentences(parts ...string) string {
	var out []string
	for _, p := range parts {
		if p = strings.TrimSpace(p); p != "" {
			out = append(out, capital(strings.TrimSuffix(p, ".")))
		}
	}
	if len(out) == 0 {
		return ""
	}
	last := out[len(out)-1]
	if strings.HasSuffix(last, "?") || strings.HasSuffix(last, "!") || strings.HasSuffix(last, "…") || strings.HasSuffix(last, "»") {
		return strings.Join(out, ". ")
	}
	return strings.Join(out, ". ") + "."
}

// capital writes s with its first letter large.
func capital(s string) string {
	first, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(first)) + s[n:]
}

// named is the word of key, or otherwise where there is none: codes that come
// from catalogues or free text.
func named(t *locale.Printer, key, otherwise string) string {
	if t.Has(key) {
		return t.T(key)
	}
	return otherwise
}

// words are what a person said, or that they were erased.
func (tl *teller) words(s journal.Saying) string {
	if s.ID == "" {
		return ""
	}
	if text := tl.v.Words[s.ID]; text != "" {
		return text
	}
	return tl.t.T("entry.erased_words")
}

func tellReceived(tl *teller, e journal.Entry, x *component.TimelineEntry) {
	r := decoded[order.Reception](e)
	if r.Request.ID != "" {
		x.Text = tl.t.T("entry.said", strings.Trim(tl.words(r.Request), "«» \"\u00a0"))
	}
	x.Summary = tl.t.T("order.purpose."+r.Purpose) + ", " + tl.t.T("order.channel."+r.Channel)
}

func tellCondition(tl *teller, e journal.Entry, x *component.TimelineEntry) {
	c := decoded[order.Condition](e)
	var out []string
	for _, m := range c.Marks {
		out = append(out, markLine(tl.t, m))
	}
	if len(out) == 0 {
		out = []string{tl.t.T("entry.no_defect")}
	}
	x.Text = sentences(out...)
}

// markLine is one defect in words: "Glace : rayure, 2 sur 4, saphir".
func markLine(t *locale.Printer, m order.Mark) string {
	line := t.T("entry.mark", t.T("zone."+m.Zone), t.T("defect."+m.Defect), m.Grade)
	if m.Note != "" {
		line += ", " + m.Note
	}
	return line
}

func tellRouting(tl *teller, r order.Routing) string {
	to := ""
	if r.To != "" {
		to = tl.t.T("entry.to", r.To)
	}
	tracking := ""
	if r.Tracking != "" {
		tracking = tl.t.T("entry.tracking", r.Tracking)
	}
	return sentences(to, r.Why, tracking)
}

func tellPrediagnosis(tl *teller, p order.Prediagnosis) string {
	var out []string
	for _, s := range p.Symptoms {
		line := symptomLine(tl.t, s.ID, s.Value, s.Unit)
		if s.Absent {
			line = tl.t.T("diagnosis.absent", line)
		}
		out = append(out, line)
	}
	return sentences(strings.Join(out, ", "))
}

// symptomLine names a symptom with its figure: "retarde, −43 s/j".
func symptomLine(t *locale.Printer, id string, value float64, unit string) string {
	name := id
	if f, ok := diagnosis.Finding(id); ok {
		name = f.Name.In(string(t.Lang()))
	}
	if unit == "" {
		return name
	}
	return t.T("entry.symptom", name, figureLine(t, value, unit))
}

// figureLine writes a symptom's figure in the reader's units.
func figureLine(t *locale.Printer, value float64, unit string) string {
	switch unit {
	case "s/d":
		return t.Rate(value)
	case "deg":
		return t.Degrees(value)
	case "h":
		return t.Hours(value)
	}
	return t.Float(math.Round(value*10)/10) + "\u00a0" + unit
}

func causeName(t *locale.Printer, id string) string {
	if c, ok := diagnosis.CauseByID(id); ok {
		return c.Name.In(string(t.Lang()))
	}
	return id
}

func causeNames(t *locale.Printer, ids []string) string {
	var out []string
	for _, id := range ids {
		out = append(out, causeName(t, id))
	}
	return strings.Join(out, ", ")
}

func tellExamination(tl *teller, x order.Examination) string {
	if len(x.Possible) == 0 {
		return ""
	}
	return tl.t.T("entry.to_look_for", causeNames(tl.t, x.Possible))
}

func tellUncasing(tl *teller, u order.Uncasing) string {
	seen := ""
	if u.Seen != "" {
		seen = tl.t.T("entry.seen", u.Seen)
	}
	number := ""
	if u.MovementNo != "" {
		number = tl.t.T("entry.movement_no", u.MovementNo)
	}
	onCase := ""
	if u.CaseNo != "" {
		onCase = tl.t.T("entry.case_no", u.CaseNo)
	}
	return sentences(tl.t.T("entry.case."+u.CaseType), tl.t.T("entry.gasket."+u.Gasket)+", "+tl.t.T("entry.crystal."+u.Crystal), seen, number, onCase)
}

func tellChecks(tl *teller, c order.Check) string {
	ok, bad := 0, []string{}
	for _, it := range c.Items {
		name := named(tl.t, "entry.item."+it.Item, it.Item)
		switch it.Result {
		case "ok":
			ok++
		case "fault", "not_tested":
			line := tl.t.T("entry.check."+it.Result, name)
			if it.Note != "" {
				line += " (" + it.Note + ")"
			}
			bad = append(bad, line)
		}
	}
	return sentences(strings.Join(bad, ", "), tl.t.T("entry.checks_good", ok))
}

func tellWater(tl *teller, e journal.Entry, x *component.TimelineEntry) {
	w := decoded[order.WaterTest](e)
	x.Text = sentences(tl.t.T("entry.method."+w.Method)+", "+tl.t.Bar(w.Bar), w.Note)
	v := component.Verdict{Judgement: component.Outside, Text: tl.t.T("entry.leaks")}
	if w.Passed {
		v = component.Verdict{Judgement: component.Inside, Text: tl.t.T("entry.tight")}
	}
	x.Verdict = &v
}

func tellElectric(tl *teller, e journal.Entry, x *component.TimelineEntry) {
	m := decoded[order.Electric](e)
	var out []string
	add := func(key string, v *float64, decimals int, unit string) {
		if v != nil {
			out = append(out, tl.t.T(key, tl.t.Number(*v, decimals)+"\u00a0"+unit))
		}
	}
	add("entry.battery", m.BatteryV, 2, "V")
	add("entry.consumption", m.ConsumptionUA, 2, "µA")
	add("entry.circuit", m.CircuitOnlyUA, 2, "µA")
	add("entry.coil", m.CoilKOhm, 2, "kΩ")
	add("entry.min_voltage", m.MinVoltageV, 2, "V")
	x.Text = sentences(strings.Join(out, ", "))
	x.Verdict = &component.Verdict{Judgement: worstJudged(m.Verdicts)}
}

func tellDiagnosis(tl *teller, d order.Diagnosis) string {
	var parts []string
	for _, p := range d.Parts {
		name := p.Code
		if part, ok := horology.PartByCode(p.Code); ok {
			name = part.FR
			if tl.t.Lang() == locale.EN {
				name = part.EN
			}
		}
		parts = append(parts, tl.t.T("entry.component", name, tl.t.T("entry.state."+p.State)))
	}
	return sentences(causeNames(tl.t, d.Causes), d.Found().In(tl.t.Lang()), strings.Join(parts, ", "), d.Why)
}

func tellAdvice(tl *teller, a order.Advice) string {
	var kinds []string
	for _, x := range a.Solutions {
		kinds = append(kinds, tl.t.T("advice.kind."+x.Kind))
	}
	return tl.t.T("entry.advice_count", len(a.Solutions), strings.Join(kinds, ", "))
}

func tellApproval(tl *teller, a order.Approval) string { return a.Words }

func tellQuote(tl *teller, q order.Quote) string {
	held := ""
	if q.Review != nil {
		held = tl.t.T("entry.quote_held")
	}
	return sentences(tl.t.T("entry.quote", q.Number, q.Version, tl.t.Money(q.Totals(nil).Gross)), held)
}

func tellAnswer(tl *teller, a order.Answering) string {
	total, mode := "", ""
	if a.Total > 0 {
		total = tl.t.T("entry.total", tl.t.Money(a.Total))
	}
	if a.Mode != "" {
		mode = tl.t.T("entry.mode." + a.Mode)
	}
	return sentences(total, mode, a.Reason)
}

func tellParts(tl *teller, w order.PartsWait) string {
	var names []string
	for _, code := range w.Parts {
		name := code
		if part, ok := horology.PartByCode(code); ok {
			name = part.FR
			if tl.t.Lang() == locale.EN {
				name = part.EN
			}
		}
		names = append(names, name)
	}
	expected := ""
	if w.Expected != "" {
		expected = tl.t.T("entry.expected", tl.t.Day(w.Expected))
	}
	return sentences(strings.Join(names, ", "), expected, w.Why)
}

func tellFinding(tl *teller, f order.Finding) string {
	name := f.Component
	if part, ok := horology.PartByCode(f.Component); ok {
		name = part.FR
		if tl.t.Lang() == locale.EN {
			name = part.EN
		}
	}
	grade, verdict := "", ""
	if f.Grade > 0 {
		grade = tl.t.T("work.grade_of", f.Grade)
	}
	if f.Verdict != "" {
		verdict = tl.t.T("work.verdict." + f.Verdict)
	}
	return sentences(tl.t.T("entry.component", name, tl.t.T("entry.state."+f.State)), grade, verdict, f.Note)
}

func tellPart(tl *teller, p order.PartUsed) string {
	lot := ""
	if p.Lot != "" {
		lot = tl.t.T("entry.lot", p.Lot)
	}
	return sentences(strings.TrimSpace(p.Label+" "+lot), tl.t.T("entry.origin."+p.Origin)+", "+tl.t.T("entry.old."+p.Old))
}

func tellCasing(tl *teller, c order.Casing) string {
	var out []string
	for _, x := range []struct {
		key string
		ok  bool
	}{{"entry.cased_hands", c.Hands}, {"entry.cased_dust", c.Dust}, {"entry.cased_closed", c.Closed}} {
		if x.ok {
			out = append(out, tl.t.T(x.key))
		}
	}
	torque := ""
	if c.TorqueNm != nil {
		torque = tl.t.T("entry.torque", tl.t.Float(*c.TorqueNm))
	}
	return sentences(strings.Join(out, ", "), tl.t.T("entry.new_gasket."+c.Gasket), torque)
}

func tellControl(tl *teller, c order.Control) string {
	seen := 0
	for _, ok := range c.Items {
		if ok {
			seen++
		}
	}
	return sentences(c.Cause, tl.t.T("entry.controlled", seen, len(order.ControlItems())), c.Out)
}

func tellHandover(tl *teller, h order.Handover) string {
	var out []string
	if h.Shown {
		out = append(out, tl.t.T("entry.shown"))
	}
	if h.PartsReturned {
		out = append(out, tl.t.T("entry.parts_returned"))
	}
	if h.Carrier != "" {
		out = append(out, strings.TrimSpace(h.Carrier+" "+h.Tracking))
	}
	if h.WaterNotGuaranteed {
		out = append(out, tl.t.T("entry.water_not_guaranteed"))
	}
	if h.Guarantee != "" {
		out = append(out, tl.t.T("entry.guarantee", tl.t.Day(h.Guarantee)))
	}
	return sentences(strings.Join(out, ", "), h.Why)
}

func tellComplaint(tl *teller, c order.ComplaintFacts) string {
	about, outcome := "", ""
	if c.About != "" {
		about = tl.t.T("order.complaint." + c.About)
	}
	if c.Outcome != "" {
		outcome = tl.t.T("order.outcome." + c.Outcome)
	}
	return sentences(about, tl.words(c.Words), outcome, c.Why)
}
