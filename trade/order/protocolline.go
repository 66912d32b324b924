package order

import (
	"math"
	"time"

	"etabli.example/horology"
)

// mechanicalBefore is what a mechanical watch goes through before anything is
// done to it: as received first, then magnetism, then full wind.
func (b *bench) mechanicalBefore() {
	received := []string{string(horology.CH), string(horology.H6)}
	l := b.timing("received", Before, "unknown", received, 0)
	if l.State == LineOpen && (b.treated("wound", Before, 0) > 0 || b.treated("demagnetised", Before, 0) > 0) {
		l.void("no_longer_as_received")
	}
	b.magnetism(Before, "received")
	b.functions(Before, "received")
	b.winding(Before, "received", "demagnetise")
	b.timing("full", Before, "0h", PositionsOf(b.s.Watch.Kind, b.f.Rules.Positions), b.treated("wound", Before, 0), "wind", "rest")
	b.engaged()
	b.uncasing("received")
}

// mechanicalAfter is the bench after the work: beat before rate, uncased; then
// cased, and read again.
func (b *bench) mechanicalAfter() {
	since := b.s.workSince()
	b.magnetism(After)
	b.winding(After, "demagnetise")
	b.regulation(since)
	b.casing("rate")
	b.timing("cased", After, "0h", PositionsOf(b.s.Watch.Kind, b.f.Rules.Positions), b.casedSince(), "rest", "case")
	b.engaged()
}

// later is what takes its time after casing: 24 h, and the power reserve.
func (b *bench) later() {
	day := b.timing("day", After, "24h", PositionsOf(b.s.Watch.Kind, b.f.Rules.Positions), b.s.workSince(), "wind", "cased")
	wound, ok := b.s.Wound(After)
	b.due(day, wound, ok, 24*time.Hour)
	if !b.f.Rules.Day {
		day.void("not_asked")
	}
	_, _, noted := b.checked(After, "power_reserve", 0)
	_, ran := b.s.Reserve(After)
	reserve := b.add(Line{Code: "reserve", Phase: After, Instrument: "eyes", Page: "/protocol#reserve"}, noted || ran, "wind", "case")
	if hours := b.f.Reserve; hours > 0 {
		b.due(reserve, wound, ok, time.Duration(hours*float64(time.Hour)))
	}
	if !b.f.Rules.Reserve {
		reserve.void("not_asked")
	}
}

// due says when a line that waits for hours since winding falls due: when the
// workshop is open then, else when it opens next.
func (b *bench) due(l *Line, wound time.Time, ok bool, after time.Duration) {
	if !ok || l.State == LineDone || l.State == LineVoid {
		return
	}
	l.Asked = wound.Add(after).In(b.f.Now.Location())
	l.Due = b.f.Rules.NextOpen(l.Asked)
	if b.f.Now.Before(l.Asked) {
		l.wait("not_yet", l.Due)
	}
}

// magnetism is the test, the cure where it is one, and the test again.
func (b *bench) magnetism(phase string, first ...string) {
	it, at, tested := b.checked(phase, "magnetism", 0)
	cured := b.treated("demagnetised", phase, 0)
	b.add(Line{Code: "magnetism", Phase: phase, Instrument: "compass", Page: "/checks?phase=" + phase + "#functions"}, tested || cured > 0, first...)
	cure := b.add(Line{Code: "demagnetise", Phase: phase, Instrument: "demagnetiser", Page: "/protocol#demagnetised-" + phase}, cured > 0, "magnetism")
	again := b.add(Line{Code: "magnetism_again", Phase: phase, Instrument: "compass", Page: "/checks?phase=" + phase + "#functions"},
		cured > 0 && tested && at > cured, "demagnetise")
	switch {
	case cured > 0:
	case tested && it.Result == "ok":
		cure.void("not_magnetic")
		again.void("not_magnetic")
	case tested && it.Result != "fault":
		cure.void("not_tested")
		again.void("not_tested")
	}
}

// winding is full wind and the maker's delay.
func (b *bench) winding(phase string, first ...string) {
	since := int64(0)
	if phase != Before {
		since = b.s.workSince()
	}
	wound := b.treated("wound", phase, since)
	b.add(Line{Code: "wind", Phase: phase, Instrument: "eyes", Page: "/protocol#wound-" + phase}, wound > 0, first...)
	at, _ := b.s.Wound(phase)
	until := at.Add(b.f.Rest.Min)
	rest := b.add(Line{Code: "rest", Phase: phase, Page: ""}, wound > 0 && !b.f.Now.Before(until), "wind")
	rest.wait("resting", until)
}

// casedSince is the entry after which a reading is one of the cased watch; none
// is before it was cased.
func (b *bench) casedSince() int64 {
	if b.s.casedSeq <= b.s.workSince() {
		return math.MaxInt64
	}
	return b.s.casedSeq
}

// engaged warns on the last timing line while a calendar may be in mesh.
func (b *bench) engaged() {
	l := b.lines[len(b.lines)-1]
	if l.State == LineOpen && horology.CalendarEngaged(b.s.Watch.Functions, b.f.Now.Hour()) {
		l.Why = "calendar"
	}
}

// regulation reads beat, then rate, uncased, until both are in tolerance.
func (b *bench) regulation(since int64) {
	last, read := b.s.lastReading(since)
	cased := b.s.casedSeq > since
	page := "/regulation"
	beat := b.add(Line{Code: "beat", Phase: After, Instrument: "timegrapher", Winding: "0h", Page: page}, read && last.VerdictOf("beat_error") == "in" || cased, "rest")
	beat.Why = unsettled(*beat, last, read, "beat_error")
	positions := PositionsOf(b.s.Watch.Kind, b.f.Rules.Positions)
	in, seen := 0, 0
	for _, p := range positions {
		if r, ok := b.s.readAt(p, since); ok {
			seen++
			if r.VerdictOf("rate") == "in" {
				in++
			}
		}
	}
	rate := b.add(Line{Code: "rate", Phase: After, Instrument: "timegrapher", Winding: "0h", Positions: positions, Read: seen, Page: page}, in == len(positions) || cased, "rest", "beat")
	if rate.State == LineOpen && seen == len(positions) {
		rate.Why = "not_in_tolerance"
	}
}

// unsettled says why a regulation is not over.
func unsettled(l Line, last Reading, read bool, quantity string) string {
	switch {
	case l.State != LineOpen || !read:
		return l.Why
	case last.VerdictOf(quantity) == "out":
		return "out_of_tolerance"
	case last.VerdictOf(quantity) == "unknown":
		return "cannot_tell"
	}
	return l.Why
}

// readAt is the reading of a position at full wind that counts after an entry and
// after the last adjustment: what was read before it says nothing any more.
func (s State) readAt(position string, since int64) (Reading, bool) {
	for _, a := range s.Adjustments {
		since = max(since, a.Seq)
	}
	for _, r := range s.Readings {
		if r.Counts && r.Position == position && r.Phase != Before && r.Winding != "24h" && r.Seq > since {
			return r, true
		}
	}
	return Reading{}, false
}

func (b *bench) uncasing(first ...string) {
	b.add(Line{Code: "uncase", Phase: Before, Instrument: "eyes", Page: "/casing"}, b.s.Uncased != nil, first...)
}

func (b *bench) casing(first ...string) {
	b.add(Line{Code: "case", Phase: After, Instrument: "eyes", Page: "/casing"}, b.s.casedSeq > b.s.workSince(), first...)
}

// electronicBefore and electronicAfter are the wired readings, then the rate by
// the motor, of a watch that a quartz regulates.
func (b *bench) electronicBefore() {
	b.timing("received", Before, "unknown", []string{string(horology.CH)}, 0)
	b.wired(Before)
	b.magnetism(Before)
	b.functions(Before)
	b.uncasing()
}

func (b *bench) electronicAfter() {
	b.wired(After)
	b.magnetism(After)
	b.casing("wired")
	b.timing("cased", After, "unknown", []string{string(horology.CH)}, b.casedSince(), "case")
}

func (b *bench) wired(phase string) {
	done := false
	for _, x := range b.s.Electric {
		done = done || (x.Phase == Before) == (phase == Before) && (phase == Before || x.Seq > b.s.workSince())
	}
	b.add(Line{Code: "wired", Phase: phase, Instrument: "battery_tester", Page: "/checks?phase=" + phase + "#electric"}, done)
}

// functions is the checklist of a phase: every test of the kind has a result.
func (b *bench) functions(phase string, first ...string) {
	done := true
	for _, item := range CheckItems(string(b.s.Watch.Kind)) {
		if item == "magnetism" || item == "power_reserve" || item == "condensation" {
			continue // lines of their own
		}
		_, _, ok := b.checked(phase, item, 0)
		done = done && ok
	}
	b.add(Line{Code: "functions", Phase: phase, Instrument: "eyes", Page: "/checks?phase=" + phase + "#functions"}, done, first...)
}

// water is the tests of water resistance after the work, in the order they are
// allowed in.
func (b *bench) water() {
	for _, m := range []struct{ code, first string }{{"dry_vacuum", "case"}, {"dry_pressure", "dry_vacuum"}, {"wet", "dry_pressure"}, {"condensation", "wet"}} {
		done, passed := false, false
		for _, w := range b.s.Waters {
			if w.Method == m.code && w.Phase != Before && w.Seq > max(b.s.workSince(), b.s.casedSeq) {
				done, passed = true, w.Passed
			}
		}
		l := b.add(Line{Code: m.code, Phase: After, Instrument: "water_tester", Page: "/checks?phase=after#water"}, done && passed, m.first)
		switch {
		case done && !passed:
			l.State, l.Why = LineOpen, "leaks"
		case !(b.s.Watch.WaterBar > 0):
			l.void("no_marking")
		case b.s.crackedCrystal():
			l.void("cracked_crystal")
		case (m.code == "wet" || m.code == "condensation") && !b.f.Rules.Wet:
			l.void("not_asked")
		}
	}
}
