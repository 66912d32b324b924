package horology

import (
	"math"
	"testing"
)

func TestTrain(t *testing.T) {
	t.Parallel()
	c, _ := CalibreOf("ETA", "6498-1")
	known := 0
	for _, w := range Train(&c) {
		if w.Maker != "ETA" || w.Calibre != "6498-1" {
			t.Errorf("a wheel of %s %s", w.Maker, w.Calibre)
		}
		if w.Basis.Known() {
			known++
		}
	}
	if known == 0 {
		t.Error("the 6498-1 was counted by somebody")
	}
	unknown := Calibre{Maker: "Nobody", Name: "1", BPH: ptr(18000)}
	for _, w := range Train(&unknown) {
		if w.Maker != "generic" || w.Basis.Known() {
			t.Errorf("%s %s of basis %s for an unknown calibre", w.Calibre, w.Name, w.Basis)
		}
	}
	if len(Train(&unknown)) == 0 {
		t.Error("an 18,000 movement has a general train")
	}
	if Train(nil) != nil || Train(&Calibre{}) != nil {
		t.Error("nothing known, no train")
	}
}

// A wheel's period is its beats over the beat number: the table must agree with itself.
func TestPeriodsAgreeWithBeats(t *testing.T) {
	t.Parallel()
	for _, w := range Wheels() {
		if w.BPH == nil || w.PeriodS == nil || w.BeatsPerTurn == nil {
			continue
		}
		want := *w.BeatsPerTurn * 3600 / *w.BPH
		if math.Abs(want-*w.PeriodS) > 1e-4*want {
			t.Errorf("%s %s %s: %v s, %v beats make %v s", w.Maker, w.Calibre, w.Name, *w.PeriodS, *w.BeatsPerTurn, want)
		}
	}
}

func TestEveryBasisIsClassified(t *testing.T) {
	t.Parallel()
	hypotheses := []string{"definition", "default_by_bph", "layout", "inferred", "candidate_by_bph"}
	for _, w := range Wheels() {
		if !w.Basis.Known() && !contains(hypotheses, string(w.Basis)) {
			t.Errorf("%s: basis %q", w.Calibre, w.Basis)
		}
	}
}
