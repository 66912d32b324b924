package component

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestRuler(t *testing.T) {
	r := Ruler{Min: -15, Max: 15, Minor: 1, Major: 5, Lower: -7, Upper: 7, Value: 0, HalfWidth: 3, Ends: true}
	if r.At() != "50.00%" || r.BarFrom() != "40.00%" || r.BarWidth() != "20.00%" || r.Pinned() {
		t.Errorf("hand %s, bar %s + %s, pinned %v", r.At(), r.BarFrom(), r.BarWidth(), r.Pinned())
	}
	if n := len(r.MajorTicks()); n != 7 {
		t.Errorf("%d large ticks, want −15 to 15 by 5", n)
	}
	if n := len(r.MinorTicks()); n != 24 {
		t.Errorf("%d small ticks, want 31 less the 7 large", n)
	}
	var marks []string
	for _, m := range r.Marks() {
		marks = append(marks, m.Label)
	}
	if diff := cmp.Diff([]string{"-15", "0", "15"}, marks); diff != "" {
		t.Error(diff)
	}

	t.Run("a value beyond the scale is pinned to its end", func(t *testing.T) {
		r.Value, r.HalfWidth = 40, 1
		if !r.Pinned() || r.At() != "100.00%" {
			t.Errorf("pinned %v at %s", r.Pinned(), r.At())
		}
	})
	t.Run("no value draws no hand and no NaN", func(t *testing.T) {
		r.Value = None()
		if r.Known() || strings.Contains(r.At()+r.BarFrom()+r.BarWidth(), "NaN") {
			t.Errorf("known %v at %s", r.Known(), r.At())
		}
	})
	t.Run("one limit makes a band from the end of the scale", func(t *testing.T) {
		b := Ruler{Min: 0, Max: 1, Lower: None(), Upper: .5, Value: None()}
		if !b.Bounded() || b.BandFrom() != "0.00%" || b.BandWidth() != "50.00%" || len(b.Limits()) != 1 {
			t.Errorf("band %s + %s, %d limits", b.BandFrom(), b.BandWidth(), len(b.Limits()))
		}
	})
	t.Run("an end that runs into a limit is left out", func(t *testing.T) {
		b := Ruler{Min: 0, Max: 1, Lower: None(), Upper: .97, Value: None(), Ends: true}
		for _, m := range b.Marks() {
			if m.Label == "1" {
				t.Error("the end is drawn over the limit")
			}
		}
	})
}

// Hold the watch like the picture: what is measured is on top, and the crown,
// at 3 of an upright watch, is where positions.csv has it.
func TestWheelTurn(t *testing.T) {
	for now, want := range map[string]struct {
		turn float64
		face bool
	}{"12H": {0, true}, "3H": {-90, true}, "6H": {-180, true}, "9H": {90, true}, "CH": {0, true}, "CB": {0, false}} {
		w := Wheel{Places: []Place{{Position: "12H"}, {Position: "3H"}, {Position: "6H"}, {Position: "9H"}, {Position: "CH"}, {Position: "CB"}}}
		for i := range w.Places {
			if w.Places[i].Position == now {
				w.Places[i].State = Now
			}
		}
		if w.Turn() != want.turn || w.Face() != want.face {
			t.Errorf("%s: turned %v, dial seen %v", now, w.Turn(), w.Face())
		}
		for _, s := range w.Spots() {
			if s.State == Now && hanging[now] != 0 && (s.X != 0 || s.Y >= 0) {
				t.Errorf("%s stands at %d, %d, not on top", now, s.X, s.Y)
			}
		}
	}
}

func TestTraceWraps(t *testing.T) {
	tr := Trace{Seconds: 60, Span: 2, Points: []TracePoint{{0, 0, false}, {30, 2.5, true}, {60, -2.5, false}}}
	want := []Dot{{"0.00%", "50.00%", false}, {"50.00%", "87.50%", true}, {"100.00%", "12.50%", false}}
	if diff := cmp.Diff(want, tr.Dots()); diff != "" {
		t.Error(diff)
	}
}

func TestStageBarAndTrack(t *testing.T) {
	b := StageBar{Stages: []string{"a", "b", "c"}, Current: 1}
	if diff := cmp.Diff([]Cell{{"a", "done", 1}, {"b", "now", 2}, {"c", "coming", 3}}, b.Cells()); diff != "" {
		t.Error(diff)
	}
	full := Track{Watches: 9, Places: 8}
	if !full.Over() || len(full.Cells()) != 9 {
		t.Errorf("over %v with %d cells", full.Over(), len(full.Cells()))
	}
	if n := len(Track{Watches: 300, Places: 8}.Cells()); n != 24 {
		t.Errorf("%d cells drawn", n)
	}
}

// Nothing stays green because nothing proved it red.
func TestUnknownJudgementIsInconclusive(t *testing.T) {
	for _, j := range []Judgement{"", "??", Inconclusive} {
		if j.Name() != "na" || j.Ink() != "var(--brass)" {
			t.Errorf("%q shows as %s", j, j.Name())
		}
	}
}

func TestFieldDescribes(t *testing.T) {
	f := Field{Name: "x", Help: "h", Error: "e"}
	if got := f.Describes(); got != "f-x-help f-x-error" {
		t.Error(got)
	}
	if got := (Field{Name: "x"}).Describes(); got != "" {
		t.Error(got)
	}
}
