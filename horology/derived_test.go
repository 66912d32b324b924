package horology

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// at builds a reading from a rate and an amplitude; NaN leaves one out.
func at(rate, amplitude float64) Values {
	v := Values{}
	if !math.IsNaN(rate) {
		v.Rate = &rate
	}
	if !math.IsNaN(amplitude) {
		v.Amplitude = &amplitude
	}
	return v
}

func near(t *testing.T, name string, got *float64, want, within float64) {
	t.Helper()
	switch {
	case math.IsNaN(want) && got != nil:
		t.Errorf("%s = %v, want none", name, *got)
	case !math.IsNaN(want) && (got == nil || math.Abs(*got-want) > within):
		if got == nil {
			t.Errorf("%s = none, want %v", name, want)
			return
		}
		t.Errorf("%s = %v, want %v", name, *got, want)
	}
}

var none = math.NaN()

func TestDerive(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name                     string
		at                       map[Position]Values
		x, d, dvh, di, dvm, phi  float64
		why                      map[string]Reason
		xAmplitude, dvhAmplitude float64
	}{
		{
			// X   = (4 + 6 + 2 − 2 − 6 + 0)/6 = 4/6 = 0.6667
			// D   = 6 − (−6) = 12
			// DVH = (2 − 2 − 6 + 0)/4 − (4 + 6)/2 = −1.5 − 5 = −6.5
			// Di  = 6H − CH = −2 − 4 = −6
			// a = (2 − (−6))/2 = 4; b = (−2 − 0)/2 = −1; R = √17 = 4.1231
			// Ā = 270°, so g(270°)/g(Ā) = 1 and DVm = 2√17 = 8.2462
			// fastest at atan2(−1, 4) = −14.036°; Ā > 219.5°, so the heavy spot is down in
			// the slowest: Φ = −14.036° + 180° = 165.964°
			// mean amplitude = (290 + 286 + 4·270)/6 = 1656/6 = 276; DVH = 270 − 288 = −18
			name: "six positions at 270°",
			at: map[Position]Values{CH: at(4, 290), CB: at(6, 286), H3: at(2, 270), H6: at(-2, 270),
				H9: at(-6, 270), H12: at(0, 270)},
			x: 4.0 / 6, d: 12, dvh: -6.5, di: -6, dvm: 8.246211, phi: 165.963757, why: map[string]Reason{},
			xAmplitude: 276, dvhAmplitude: -18,
		},
		{
			// a = (8 − 0)/2 = 4; b = (3 − (−3))/2 = 3; R = 5
			// Ā = 180° = π: J1(π) = 0.2846153, g = 0.0905959; J1(4.712389) = −0.2816579,
			// g(270°) = −0.0597697; DVm = 2·5·0.0597697/0.0905959 = 6.597393
			// Ā < 219.5°: the heavy spot is down in the fastest: Φ = atan2(3, 4) = 36.8699°
			// X = (8 + 3 + 0 − 3)/4 = 2; D = 8 − (−3) = 11; nothing flat, so no DVH and no Di
			name: "four verticals at 180°",
			at:   map[Position]Values{H3: at(8, 180), H6: at(3, 180), H9: at(0, 180), H12: at(-3, 180)},
			x:    2, d: 11, dvh: none, di: none, dvm: 6.597393, phi: 36.869898,
			why:        map[string]Reason{"DVH": NeedsBothPlanes, "Di": Needs6HAndCH},
			xAmplitude: 180, dvhAmplitude: none,
		},
		{
			// The same rates at 300°: g(300°) = −0.0658133; DVm = 10·0.0597697/0.0658133 = 9.081707;
			// above 219.5°, so Φ = 36.8699° + 180° = 216.8699°
			name: "the same rates at 300° turn the heavy spot round",
			at:   map[Position]Values{H3: at(8, 300), H6: at(3, 310), H9: at(0, 290), H12: at(-3, 300)},
			x:    2, d: 11, dvh: none, di: none, dvm: 9.081707, phi: 216.869898,
			why:        map[string]Reason{"DVH": NeedsBothPlanes, "Di": Needs6HAndCH},
			xAmplitude: 300, dvhAmplitude: none,
		},
		{
			// Ā = (200 + 210 + 240 + 230)/4 = 220°: unbalance hardly moves the rate there
			name: "at 220° unbalance cannot be told",
			at:   map[Position]Values{H3: at(8, 200), H6: at(3, 210), H9: at(0, 240), H12: at(-3, 230), CH: at(1, 250)},
			x:    9.0 / 5, d: 11, dvh: 2 - 1, di: 2, dvm: none, phi: none,
			why:        map[string]Reason{"DVm": BlindAmplitude, "Phi": BlindAmplitude},
			xAmplitude: 226, dvhAmplitude: 220 - 250,
		},
		{
			// X = (5 + 1)/2 = 3; D = 4; DVH = 1 − 5 = −4; Di = 1 − 5 = −4
			name: "two positions", at: map[Position]Values{CH: at(5, 280), H6: at(1, 260)},
			x: 3, d: 4, dvh: -4, di: -4, dvm: none, phi: none,
			why:        map[string]Reason{"DVm": NeedsFourVerticals, "Phi": NeedsFourVerticals},
			xAmplitude: 270, dvhAmplitude: -20,
		},
		{
			name: "one position is no mean", at: map[Position]Values{CH: at(5, 280)},
			x: none, d: none, dvh: none, di: none, dvm: none, phi: none,
			why: map[string]Reason{"X": NeedsTwoPositions, "D": NeedsTwoPositions, "DVH": NeedsBothPlanes,
				"Di": Needs6HAndCH, "DVm": NeedsFourVerticals, "Phi": NeedsFourVerticals},
			xAmplitude: none, dvhAmplitude: none,
		},
		{
			// No heavy spot: a = b = 0, so DVm = 0 and no direction
			name: "a perfectly poised balance",
			at:   map[Position]Values{H3: at(2, 270), H6: at(2, 270), H9: at(2, 270), H12: at(2, 270)},
			x:    2, d: 0, dvh: none, di: none, dvm: 0, phi: none,
			why:        map[string]Reason{"DVH": NeedsBothPlanes, "Di": Needs6HAndCH, "Phi": NoUnbalance},
			xAmplitude: 270, dvhAmplitude: none,
		},
		{
			name: "a vertical without amplitude",
			at:   map[Position]Values{H3: at(8, 270), H6: at(3, none), H9: at(0, 270), H12: at(-3, 270)},
			x:    2, d: 11, dvh: none, di: none, dvm: none, phi: none,
			why: map[string]Reason{"DVH": NeedsBothPlanes, "Di": Needs6HAndCH,
				"DVm": NeedsAmplitudes, "Phi": NeedsAmplitudes},
			xAmplitude: 270, dvhAmplitude: none,
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := Derive(c.at)
			near(t, "X", got.X, c.x, 1e-6)
			near(t, "D", got.D, c.d, 1e-6)
			near(t, "DVH", got.DVH, c.dvh, 1e-6)
			near(t, "Di", got.Di, c.di, 1e-6)
			near(t, "DVm", got.DVm, c.dvm, 1e-5)
			near(t, "Phi", got.Phi, c.phi, 1e-5)
			near(t, "mean amplitude", got.XAmplitude, c.xAmplitude, 1e-9)
			near(t, "DVH of amplitude", got.DVHAmplitude, c.dvhAmplitude, 1e-9)
			if d := cmp.Diff(c.why, got.Why); d != "" {
				t.Error(d)
			}
		})
	}
}

func TestTheBlindBandHasItsEdges(t *testing.T) {
	t.Parallel()
	for amplitude, told := range map[float64]bool{204.9: true, 205: false, 235: false, 235.1: true} {
		d := Derive(map[Position]Values{H3: at(8, amplitude), H6: at(3, amplitude), H9: at(0, amplitude), H12: at(-3, amplitude)})
		if (d.DVm != nil) != told || (d.Phi != nil) != told {
			t.Errorf("at %v°: DVm %v, Phi %v", amplitude, d.DVm, d.Phi)
		}
	}
}

// u95 = 4 on each rate: a and b each carry √(4²+4²)/2 = 2.83; R = 1 is under it.
func TestAnUnbalanceUnderItsNoiseHasNoDirection(t *testing.T) {
	t.Parallel()
	noisy := func(rate, u float64) Values {
		v := at(rate, 270)
		v.RateU95 = &u
		return v
	}
	for u, told := range map[float64]bool{4: false, 1.4: true, 1.42: false} { // R = 1 = √2/√2: the edge is u = √2
		d := Derive(map[Position]Values{H3: noisy(1, u), H6: noisy(0, u), H9: noisy(-1, u), H12: noisy(0, u)})
		if (d.Phi != nil) != told {
			t.Errorf("u95 %v: Phi %v, why %v", u, d.Phi, d.Why)
		}
		near(t, "DVm", d.DVm, 2, 1e-9)
	}
}

// J1 is zero at 219.5°, and g(270°) is −0.0598 as the timing reference prints.
func TestUnbalanceGain(t *testing.T) {
	t.Parallel()
	if g := unbalanceGain(270); math.Abs(g+0.0598) > 5e-5 {
		t.Errorf("g(270°) = %v", g)
	}
	if g := unbalanceGain(219.5); math.Abs(g) > 1e-3 {
		t.Errorf("g(219.5°) = %v", g)
	}
}

// A constant added to every rate moves X by it and leaves D, DVH, Di, DVm and Phi alone;
// turning the balance by a quarter in the watch turns Phi by 90°.
func TestDeriveInvariants(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		rate := rapid.Float64Range(-60, 60)
		amplitude := rapid.OneOf(rapid.Float64Range(120, 200), rapid.Float64Range(240, 330)).Draw(rt, "amplitude")
		shift := rate.Draw(rt, "shift")
		all := []Position{CH, CB, H3, H6, H9, H12}
		was, moved, turned := map[Position]Values{}, map[Position]Values{}, map[Position]Values{}
		next := map[Position]Position{CH: CH, CB: CB, H3: H6, H6: H9, H9: H12, H12: H3}
		for _, p := range all {
			r := rate.Draw(rt, string(p))
			was[p], moved[p], turned[next[p]] = at(r, amplitude), at(r+shift, amplitude), at(r, amplitude)
		}
		a, b, c := Derive(was), Derive(moved), Derive(turned)
		if math.Abs(*b.X-*a.X-shift) > 1e-9 {
			rt.Fatalf("X moved by %v, not %v", *b.X-*a.X, shift)
		}
		for name, pair := range map[string][2]*float64{"D": {a.D, b.D}, "DVH": {a.DVH, b.DVH}, "Di": {a.Di, b.Di}, "DVm": {a.DVm, b.DVm}} {
			if math.Abs(*pair[0]-*pair[1]) > 1e-9 {
				rt.Fatalf("%s changed from %v to %v", name, *pair[0], *pair[1])
			}
		}
		if *a.D < 0 || *a.DVm < 0 {
			rt.Fatalf("D %v, DVm %v", *a.D, *a.DVm)
		}
		if a.Phi != nil && c.Phi != nil && *a.DVm > 0.1 {
			if turn := math.Mod(*c.Phi-*a.Phi+360, 360); math.Abs(turn-90) > 1e-6 {
				rt.Fatalf("Phi turned by %v", turn)
			}
			if *a.Phi < 0 || *a.Phi >= 360 {
				rt.Fatalf("Phi %v", *a.Phi)
			}
		}
	})
}

func TestSession(t *testing.T) {
	t.Parallel()
	u := func(rate, amplitude, u95 float64) Values {
		v := at(rate, amplitude)
		v.RateU95, v.AmplitudeU95 = &u95, &u95
		return v
	}
	s := Session{Readings: []Reading{
		{Position: CH, Winding: Full, Values: u(99, 100, 3)},
		{Position: CH, Winding: Full, Values: u(4, 290, 3)},
		{Position: CH, Winding: Full, Values: u(-50, 200, 3), SetAside: true},
		{Position: H6, Winding: Full, Values: at(0, 270)},
		{Position: CH, Winding: H24, Values: u(-2, 260, 4)},
	}}
	if got := *s.Counting(Full)[CH].Rate; got != 4 {
		t.Errorf("the counting rate is %v, want the last one not set aside", got)
	}
	// X = (4 + 0)/2 = 2 at 0 h; at 24 h one position is no mean
	near(t, "X at 0 h", s.Derived(Full).X, 2, 1e-12)
	near(t, "X at 24 h", s.Derived(H24).X, none, 0)
	// isochronism = −2 − 4 = −6, ± √(3²+4²) = 5; the amplitude falls by 290 − 260 = 30
	rate, rateU := s.Isochronism(CH)
	near(t, "isochronism", rate, -6, 1e-12)
	near(t, "its uncertainty", rateU, 5, 1e-12)
	drop, _ := s.AmplitudeDrop(CH)
	near(t, "amplitude drop", drop, 30, 1e-12)
	rate, _ = s.Isochronism(H6)
	near(t, "isochronism without 24 h", rate, none, 0)
}
