package order

import (
	"strings"
	"time"

	"etabli.example/horology"
	"etabli.example/trade/watch"
)

// LineState is where a line of the protocol stands.
type LineState string

// The states of a line. Exactly one line is next, where any can be done at all.
const (
	LineDone    LineState = "done"
	LineNext    LineState = "next"
	LineOpen    LineState = "open"    // can be done, others come before it
	LineBlocked LineState = "blocked" // cannot be done now; Why says what it waits for
	LineVoid    LineState = "void"    // does not apply to this watch; Why says so
)

// Line is one test of the protocol of a watch on the bench.
type Line struct {
	Code       string
	Phase      string
	State      LineState
	Why        string // key below "protocol.why."; empty where there is nothing to say
	First      string // code of the line that must be done first; with Why "first"
	Positions  []string
	Read       int    // how many of Positions were read
	Winding    string // state of the mainspring it is made in
	Instrument string // "timegrapher", "water_tester", "battery_tester", "compass", "demagnetiser", "eyes"
	From       time.Time
	Due        time.Time // when it falls due: the countdown runs to it
	Asked      time.Time // when it would fall due if the workshop never closed
	Page       string    // address below the order's
}

// BenchFacts is what the protocol depends on beside the sheet.
type BenchFacts struct {
	Now     time.Time // in the bench's zone
	Rules   BenchRules
	Rest    horology.Rest
	Reserve float64 // hours the maker promises; 0 unknown
}

// PositionsOf are the positions of a session, verticals first as the low
// amplitudes are the ones that need the time; an electronic watch does not mind
// how it lies.
func PositionsOf(kind watch.Kind, size int) []string {
	if !kind.Mechanical() {
		return []string{string(horology.CH)}
	}
	set := horology.PositionSet(size)
	if set == nil {
		set = horology.PositionSet(6)
	}
	var out []string
	for _, p := range []horology.Position{horology.H12, horology.H1H30, horology.H3, horology.H4H30, horology.H6, horology.H7H30, horology.H9, horology.H10H30, horology.CH, horology.CB} {
		for _, q := range set {
			if p == q {
				out = append(out, string(p))
			}
		}
	}
	return out
}

// Protocol lists the tests of this watch in their order, with where each stands.
func (s State) Protocol(f BenchFacts) []Line {
	b := &bench{s: s, f: f}
	if s.Watch.Kind.Mechanical() {
		b.mechanicalBefore()
		b.mechanicalAfter()
	} else {
		b.electronicBefore()
		b.electronicAfter()
	}
	b.water()
	if s.Watch.Kind.Mechanical() {
		b.later()
	}
	b.functions(After)
	return b.settled()
}

// settled finds the next line among those that can be done.
func (b *bench) settled() []Line {
	found := false
	out := make([]Line, len(b.lines))
	for i, l := range b.lines {
		if l.State == LineOpen && !found {
			l.State, found = LineNext, true
		}
		out[i] = *l
	}
	return out
}

// bench builds a protocol line by line.
type bench struct {
	s     State
	f     BenchFacts
	lines []*Line
}

// add appends a line: done where it is, else open; the named lines must be done
// before it, void ones aside.
func (b *bench) add(l Line, done bool, first ...string) *Line {
	l.State = LineOpen
	if done {
		l.State = LineDone
	}
	for _, code := range first {
		if before := b.line(code, l.Phase); l.State == LineOpen && before != nil && before.State != LineDone && before.State != LineVoid {
			l.State, l.Why, l.First = LineBlocked, "first", code
		}
	}
	switch {
	case l.State != LineOpen && l.State != LineBlocked:
	case l.Phase == Before && b.s.workSince() > 0:
		l.State, l.Why = LineVoid, "too_late"
	case l.Phase == After && b.s.workSince() == 0:
		l.State, l.Why, l.First = LineBlocked, "work_first", ""
	}
	if l.Phase == After && (b.s.Stage == InControl || b.s.Stage == Ready) {
		l.Page = strings.Replace(l.Page, "phase="+After, "phase="+AtControl, 1)
	}
	b.lines = append(b.lines, &l)
	return &l
}

func (b *bench) line(code, phase string) *Line {
	for _, l := range b.lines {
		if l.Code == code && l.Phase == phase {
			return l
		}
	}
	return nil
}

// void takes a line out with the reason, unless it was done all the same.
func (l *Line) void(why string) {
	if l.State != LineDone {
		l.State, l.Why, l.First = LineVoid, why, ""
	}
}

// wait blocks a line that could be done otherwise.
func (l *Line) wait(why string, until time.Time) {
	if l.State == LineOpen {
		l.State, l.Why, l.Due = LineBlocked, why, until
	}
}

// checked returns the last result of a function test in a phase after an entry; a
// control goes on with the phase of the work.
func (b *bench) checked(phase, item string, after int64) (CheckItem, int64, bool) {
	for i := len(b.s.Checks) - 1; i >= 0; i-- {
		c := b.s.Checks[i]
		if (c.Phase == Before) != (phase == Before) || c.Seq <= after || phase != Before && c.Seq <= b.s.workSince() {
			continue
		}
		for _, it := range c.Items {
			if it.Item == item {
				return it, c.Seq, true
			}
		}
	}
	return CheckItem{}, 0, false
}

// read counts the positions read in a phase and winding state after an entry.
func (b *bench) read(positions []string, phase, winding string, after int64) int {
	n := 0
	for _, p := range positions {
		for _, r := range b.s.Readings {
			if r.Counts && r.Position == p && r.Winding == winding && r.Seq > after && (r.Phase == Before) == (phase == Before) {
				n++
				break
			}
		}
	}
	return n
}

// timing is a line that reads positions.
func (b *bench) timing(code, phase, winding string, positions []string, after int64, first ...string) *Line {
	n := b.read(positions, phase, winding, after)
	return b.add(Line{Code: code, Phase: phase, Winding: winding, Positions: positions, Read: n, Instrument: "timegrapher",
		Page: "/measure?phase=" + phase + "&winding=" + winding}, n == len(positions), first...)
}

// treated is the number of the last treatment of a kind after an entry, 0 if none.
func (b *bench) treated(act, phase string, after int64) int64 {
	for i := len(b.s.Treatments) - 1; i >= 0; i-- {
		t := b.s.Treatments[i]
		if t.Act == act && (t.Phase == Before) == (phase == Before) && t.Seq > after {
			return t.Seq
		}
	}
	return 0
}
