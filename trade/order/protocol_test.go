package order_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"etabli.example/horology"
	"etabli.example/journal"
	"etabli.example/trade/order"
	"etabli.example/trade/watch"
)

// stands lists "code/phase state why" of a protocol, for the lines named; all of
// them where none is.
func (b *book) stands(f order.BenchFacts, codes ...string) []string {
	b.t.Helper()
	var out []string
	for _, l := range b.s.Protocol(f) {
		named := len(codes) == 0
		for _, c := range codes {
			named = named || c == l.Code+"/"+l.Phase
		}
		if named {
			out = append(out, l.Code+"/"+l.Phase+" "+string(l.State)+" "+l.Why+" "+l.First)
		}
	}
	return out
}

func (b *book) facts(after time.Duration) order.BenchFacts {
	b.now = b.now.Add(after)
	return order.BenchFacts{Now: b.now, Rules: order.UsualRules(), Rest: horology.Rest{Min: 20 * time.Minute, Max: 30 * time.Minute}, Reserve: 38}
}

func (b *book) read(phase, winding string, verdict string, positions ...string) {
	b.t.Helper()
	for _, p := range positions {
		b.do(manager, order.KeepReading(order.Reading{Phase: phase, Position: p, Winding: winding, How: "typed", Rate: f64(3), BeatError: f64(.2),
			Verdicts: []order.Judged{{Quantity: "rate", Verdict: verdict}, {Quantity: "beat_error", Verdict: "in"}}}))
	}
}

func (b *book) check(phase, item, result string) {
	b.t.Helper()
	b.do(manager, order.KeepChecks(order.Check{Phase: phase, Items: []order.CheckItem{{Item: item, Result: result, Note: "."}}}))
}

func (b *book) expect(what string, got []string, want ...string) {
	b.t.Helper()
	if d := cmp.Diff(want, got); d != "" {
		b.t.Errorf("%s (-want +got):\n%s", what, d)
	}
}

func TestProtocolAsReceivedComesFirst(t *testing.T) {
	b := newBook(t).to(order.InDiagnosis)
	b.s.Readings = nil // whatever the walk there measured
	b.expect("nothing done", b.stands(b.facts(0), "received/before", "magnetism/before", "wind/before", "full/before", "uncase/before", "wind/after"),
		"received/before next  ", "magnetism/before blocked first received", "wind/before blocked first received",
		"full/before blocked first wind", "uncase/before blocked first received", "wind/after blocked work_first ")
	b.read("before", "unknown", "in", "CH", "6H")
	b.expect("as received", b.stands(b.facts(0), "received/before", "magnetism/before", "demagnetise/before", "magnetism_again/before", "wind/before"),
		"received/before done  ", "magnetism/before next  ", "demagnetise/before blocked first magnetism",
		"magnetism_again/before blocked first demagnetise", "wind/before blocked first demagnetise")
	b.check("before", "magnetism", "ok")
	b.expect("not magnetic", b.stands(b.facts(0), "demagnetise/before", "magnetism_again/before", "functions/before", "wind/before"),
		"demagnetise/before void not_magnetic ", "magnetism_again/before void not_magnetic ", "functions/before next  ", "wind/before open  ")
}

func TestProtocolMagnetic(t *testing.T) {
	b := newBook(t).to(order.InDiagnosis)
	b.check("before", "magnetism", "fault")
	b.expect("magnetic", b.stands(b.facts(0), "demagnetise/before", "magnetism_again/before"),
		"demagnetise/before open  ", "magnetism_again/before blocked first demagnetise")
	b.do(manager, order.Treat(order.Treatment{Phase: "before", Act: "demagnetised"}))
	b.s.Readings = nil
	b.expect("cured, unread as received", b.stands(b.facts(0), "received/before", "demagnetise/before", "magnetism_again/before"),
		"received/before void no_longer_as_received ", "demagnetise/before done  ", "magnetism_again/before next  ")
	b.check("before", "magnetism", "ok")
	b.expect("after the cure", b.stands(b.facts(0), "magnetism_again/before"), "magnetism_again/before done  ")
}

func TestProtocolRestsAfterWinding(t *testing.T) {
	b := newBook(t).to(order.InDiagnosis)
	b.s.Readings = nil
	b.do(manager, order.Treat(order.Treatment{Phase: "before", Act: "wound"}))
	wound, _ := b.s.Wound("before")
	for _, l := range b.s.Protocol(b.facts(5 * time.Minute)) {
		if l.Code == "rest" && l.Phase == "before" && (l.State != order.LineBlocked || l.Why != "resting" || !l.Due.Equal(wound.Add(20*time.Minute))) {
			t.Errorf("five minutes after winding at %v: %+v", wound, l)
		}
	}
	b.expect("rested", b.stands(b.facts(20*time.Minute), "rest/before", "full/before"), "rest/before done  ", "full/before open  ")
	f := b.facts(0)
	f.Now = time.Date(2026, 11, 24, 22, 0, 0, 0, time.UTC)
	b.expect("at 22 h", b.stands(f, "full/before"), "full/before open calendar ")
}

func TestProtocolRegulatesUncasedAndReadsAgainCased(t *testing.T) {
	b := newBook(t).to(order.InWork)
	all := order.PositionsOf(watch.Automatic, 6)
	b.check("after", "magnetism", "ok")
	b.do(manager, order.Treat(order.Treatment{Phase: "after", Act: "wound"}))
	f := b.facts(time.Hour)
	b.expect("beat before rate", b.stands(f, "beat/after", "rate/after", "case/after", "cased/after"),
		"beat/after next  ", "rate/after blocked first beat", "case/after blocked first rate", "cased/after blocked first case")
	b.read("after", "0h", "out", all...)
	b.expect("out of tolerance", b.stands(f, "beat/after", "rate/after", "case/after"),
		"beat/after done  ", "rate/after next not_in_tolerance ", "case/after blocked first rate")
	b.do(manager, order.Adjust(order.Adjustment{What: "rate", Way: "slower"}))
	b.expect("what was read before the adjustment says nothing", b.stands(f, "rate/after"), "rate/after next  ")
	b.read("after", "0h", "in", all...)
	b.expect("regulated", b.stands(f, "rate/after", "case/after", "cased/after"), "rate/after done  ", "case/after next  ", "cased/after blocked first case")
	b.do(manager, order.CaseUp(order.Casing{Dust: true, Hands: true, Closed: true, Gasket: "new"}))
	b.expect("cased", b.stands(f, "case/after", "cased/after", "dry_vacuum/after", "dry_pressure/after", "wet/after"),
		"case/after done  ", "cased/after next  ", "dry_vacuum/after open  ", "dry_pressure/after blocked first dry_vacuum", "wet/after void not_asked ")
	log := b.s.RegulationLog()
	if len(log) != 12 || len(log[5].Then) != 1 || log[5].Then[0].What != "rate" {
		t.Errorf("the log has %d readings, %+v after the sixth", len(log), log[5].Then)
	}
}

// "Cannot tell" is no pass, neither here nor at control.
func TestProtocolCannotTellIsNoPass(t *testing.T) {
	b := newBook(t).to(order.InWork)
	b.check("after", "magnetism", "ok")
	b.do(manager, order.Treat(order.Treatment{Phase: "after", Act: "wound"}))
	b.read("after", "0h", "unknown", order.PositionsOf(watch.Automatic, 6)...)
	b.expect("cannot tell", b.stands(b.facts(time.Hour), "rate/after"), "rate/after next not_in_tolerance ")
	if !b.s.Unproved() {
		t.Error("a reading that cannot tell counts as proof")
	}
}

func TestProtocolDayAndReserveFallDueWhenOpen(t *testing.T) {
	b := newBook(t).to(order.InWork)
	b.do(manager, order.CaseUp(order.Casing{Dust: true, Hands: true, Closed: true, Gasket: "new"}))
	b.now = time.Date(2026, 11, 28, 15, 0, 0, 0, time.UTC) // a Saturday
	b.do(manager, order.Treat(order.Treatment{Phase: "after", Act: "wound"}))
	b.read("after", "0h", "in", order.PositionsOf(watch.Automatic, 6)...)
	for _, l := range b.s.Protocol(b.facts(0)) {
		switch l.Code {
		case "day":
			if want := time.Date(2026, 12, 1, 9, 0, 0, 0, time.UTC); l.Why != "not_yet" || !l.Due.Equal(want) {
				t.Errorf("24 h after Saturday 15:01 with Sunday and Monday closed: due %v, %s; want %v", l.Due, l.Why, want)
			}
			if !l.Asked.Equal(time.Date(2026, 11, 29, 15, 1, 0, 0, time.UTC)) {
				t.Errorf("asked for at %v", l.Asked)
			}
		case "reserve":
			if l.State != order.LineBlocked || l.Due.Before(l.Asked) {
				t.Errorf("reserve %+v", l)
			}
		}
	}
	b.now = b.now.Add(41 * time.Hour)
	b.do(manager, order.Treat(order.Treatment{Phase: "after", Act: "stopped"}))
	if got, ok := b.s.Reserve("after"); !ok || got < 41*time.Hour || got > 42*time.Hour {
		t.Errorf("ran %v, %v", got, ok)
	}
	b.expect("run down", b.stands(b.facts(0), "reserve/after"), "reserve/after done  ")
}

func TestProtocolOfAnElectronicWatch(t *testing.T) {
	b := newBook(t).to(order.InDiagnosis)
	b.s.Watch.Kind, b.s.Readings, b.s.Watch.WaterBar = watch.Quartz, nil, 0
	b.expect("quartz", b.stands(b.facts(0)),
		"received/before next  ", "wired/before open  ", "magnetism/before open  ", "demagnetise/before blocked first magnetism", "magnetism_again/before blocked first demagnetise",
		"functions/before open  ", "uncase/before open  ",
		"wired/after blocked work_first ", "magnetism/after blocked work_first ", "demagnetise/after blocked work_first ", "magnetism_again/after blocked work_first ",
		"case/after blocked work_first ", "cased/after blocked work_first ",
		"dry_vacuum/after void no_marking ", "dry_pressure/after void no_marking ", "wet/after void no_marking ", "condensation/after void no_marking ",
		"functions/after blocked work_first ")
}

func TestNextOpen(t *testing.T) {
	r := order.UsualRules() // Tuesday to Saturday, 9 to 19
	at := func(day, hour int) time.Time { return time.Date(2026, 11, day, hour, 0, 0, 0, time.UTC) }
	for _, c := range []struct{ at, want time.Time }{
		{at(24, 10), at(24, 10)}, // a Tuesday, open
		{at(24, 7), at(24, 9)},
		{at(24, 19), at(25, 9)},
		{at(28, 20), at(28, 20).AddDate(0, 0, 3).Add(-11 * time.Hour)}, // Saturday night: Tuesday at 9
	} {
		if got := r.NextOpen(c.at); !got.Equal(c.want) {
			t.Errorf("from %v: %v, want %v", c.at, got, c.want)
		}
	}
	if got := (order.BenchRules{}).NextOpen(at(24, 3)); !got.Equal(at(24, 3)) {
		t.Errorf("a workshop without hours opens at %v", got)
	}
}

func TestBenchRulesRefuse(t *testing.T) {
	for name, change := range map[string]func(*order.BenchRules){
		"four positions": func(r *order.BenchRules) { r.Positions = 4 },
		"asked −1":       func(r *order.BenchRules) { r.Asked = -1 },
		"hours upside down": func(r *order.BenchRules) {
			r.Open[2] = "19:00-09:00"
		},
		"hours in words": func(r *order.BenchRules) { r.Open[0] = "toute la journée" },
	} {
		r := order.UsualRules()
		change(&r)
		if r.Check() == nil {
			t.Errorf("%s is accepted", name)
		}
	}
	if err := order.UsualRules().Check(); err != nil {
		t.Error(err)
	}
}

// A reading struck lets the one it had replaced count again.
func TestStruckReadingGivesWayToTheOneBefore(t *testing.T) {
	b := newBook(t).to(order.InDiagnosis)
	b.s.Readings = nil
	b.read("before", "0h", "in", "CH", "CH")
	last := b.s.Readings[1].Seq
	b.do(manager, order.Correct(order.Correction{Of: last, Why: "la montre a glissé"}, journal.Kind("reading")))
	if !b.s.Readings[0].Counts || b.s.Readings[1].Counts {
		t.Errorf("counts: %v, %v; want the first alone", b.s.Readings[0].Counts, b.s.Readings[1].Counts)
	}
}

func TestAdjustmentNeedsAReading(t *testing.T) {
	b := newBook(t).to(order.InWork)
	if err := b.try(manager, order.Adjust(order.Adjustment{What: "beat"})); err == nil {
		t.Error("adjusted without a reading")
	}
	b.do(manager, order.KeepReading(order.Reading{Phase: "after", Position: "CH", Winding: "0h", How: "typed", Rate: f64(30), BeatError: f64(2),
		Verdicts: []order.Judged{{Quantity: "beat_error", Verdict: "out"}}}))
	if err := b.try(manager, order.Adjust(order.Adjustment{What: "rate", Way: "slower"})); err == nil {
		t.Error("the rate was adjusted before the beat, and nobody said why")
	}
	b.do(manager, order.Adjust(order.Adjustment{What: "beat"}))
}
