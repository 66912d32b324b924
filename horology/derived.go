package horology

import "math"

// Values is what one reading in one position gives. Nil is "not measured"; the U95 are the
// 95 % uncertainties (half width) of the figure beside them, nil where unknown.
type Values struct {
	Rate         *float64 `json:"rate_s_per_day,omitempty"` // s/d, + gains
	RateU95      *float64 `json:"rate_u95,omitempty"`
	Amplitude    *float64 `json:"amplitude_deg,omitempty"` // degrees
	AmplitudeU95 *float64 `json:"amplitude_u95,omitempty"`
	BeatError    *float64 `json:"beat_error_ms,omitempty"` // ms
	BeatErrorU95 *float64 `json:"beat_error_u95,omitempty"`
}

// Reason says, as a code, why a derived figure is missing.
type Reason string

// The reasons a derived figure cannot be given.
const (
	NeedsTwoPositions   Reason = "needs_two_positions"
	NeedsBothPlanes     Reason = "needs_both_planes"     // at least one vertical and one horizontal
	Needs6HAndCH        Reason = "needs_6h_and_ch"       //
	NeedsFourVerticals  Reason = "needs_four_verticals"  // rates in 3H, 6H, 9H and 12H
	NeedsAmplitudes     Reason = "needs_amplitudes"      // amplitudes in 3H, 6H, 9H and 12H
	BlindAmplitude      Reason = "blind_amplitude"       // 205–235°: unbalance hardly moves the rate
	NoUnbalance         Reason = "no_unbalance"          // no heavy spot to point at
	UnbalanceUnderNoise Reason = "unbalance_under_noise" // smaller than its own uncertainty
)

// Derived is what a set of positions says together. A nil figure was not computable or
// cannot be told; Why gives the reason under the field's name ("X", "D", "DVH", "Di",
// "DVm", "Phi").
type Derived struct {
	X   *float64 // s/d, mean rate of all positions
	D   *float64 // s/d, largest minus smallest rate
	DVH *float64 // s/d, mean of verticals minus mean of horizontals
	Di  *float64 // s/d, rate in 6H minus rate in CH
	DVm *float64 // s/d, largest vertical rate difference due to unbalance, brought to 270°
	Phi *float64 // degrees 0–360, turn of the stem from 3H (towards 6H) that puts the heavy spot down

	XAmplitude   *float64 // degrees, mean of all positions
	DAmplitude   *float64 // degrees, largest minus smallest
	DVHAmplitude *float64 // degrees, mean of verticals minus mean of horizontals
	XBeatError   *float64 // ms, mean of all positions

	Why map[string]Reason
}

// The reference amplitude of DVm and the bounds between which unbalance cannot be read
// off the rate; the effect vanishes at 219.5° where J1 is zero (timing reference §4.6).
const (
	ReferenceAmplitude = 270.0 // degrees
	blindLow           = 205.0
	blindHigh          = 235.0
	neutralAmplitude   = 219.5
)

// Derive computes the indicators over positions: X = mean; D = max − min; DVH = mean of
// verticals − mean of horizontals; Di = 6H − CH; with a = (r3H − r9H)/2,
// b = (r6H − r12H)/2, R = √(a²+b²), Ā the mean vertical amplitude and g(A) = J1(A)/A,
// DVm = 2R·|g(270°)/g(Ā)|. The heavy spot is down in the fitted slowest position when Ā
// is above 219.5° and in the fastest below it; Phi is that position's angle, 3H being 0°,
// 6H 90°, 9H 180°, 12H 270°. Between 205° and 235° DVm and Phi cannot be told. When the
// rates carry uncertainties and R is not larger than its own, Phi cannot be told either.
func Derive(at map[Position]Values) Derived {
	d := Derived{Why: map[string]Reason{}}
	rate := func(v Values) *float64 { return v.Rate }
	amplitude := func(v Values) *float64 { return v.Amplitude }
	d.X, d.D, d.DVH = spread(at, rate)
	d.XAmplitude, d.DAmplitude, d.DVHAmplitude = spread(at, amplitude)
	d.XBeatError, _, _ = spread(at, func(v Values) *float64 { return v.BeatError })
	if d.X == nil {
		d.Why["X"], d.Why["D"] = NeedsTwoPositions, NeedsTwoPositions
	}
	if d.DVH == nil {
		d.Why["DVH"] = NeedsBothPlanes
	}
	if six, flat := at[H6].Rate, at[CH].Rate; six != nil && flat != nil {
		d.Di = ptr(*six - *flat)
	} else {
		d.Why["Di"] = Needs6HAndCH
	}
	d.unbalance(at)
	return d
}

// spread returns mean, range and vertical-minus-horizontal of one figure over positions.
func spread(at map[Position]Values, pick func(Values) *float64) (mean, span, dvh *float64) {
	var sum, low, high, vertical, horizontal float64
	var n, nv, nh int
	for _, p := range positions() { // fixed order, so that the sums are reproducible
		v := pick(at[p.Position])
		if v == nil {
			continue
		}
		if n == 0 || *v < low {
			low = *v
		}
		if n == 0 || *v > high {
			high = *v
		}
		sum, n = sum+*v, n+1
		if p.Position.Horizontal() {
			horizontal, nh = horizontal+*v, nh+1
		} else {
			vertical, nv = vertical+*v, nv+1
		}
	}
	if n >= 2 {
		mean, span = ptr(sum/float64(n)), ptr(high-low)
	}
	if nv > 0 && nh > 0 {
		dvh = ptr(vertical/float64(nv) - horizontal/float64(nh))
	}
	return mean, span, dvh
}

// unbalance fills DVm and Phi.
func (d *Derived) unbalance(at map[Position]Values) {
	v, reason := fourVerticals(at)
	if reason == "" && v.amplitude >= blindLow && v.amplitude <= blindHigh {
		reason = BlindAmplitude
	}
	if reason != "" {
		d.Why["DVm"], d.Why["Phi"] = reason, reason
		return
	}
	a, b := (v.rate[0]-v.rate[2])/2, (v.rate[1]-v.rate[3])/2
	size := math.Hypot(a, b)
	d.DVm = ptr(2 * size * math.Abs(unbalanceGain(ReferenceAmplitude)/unbalanceGain(v.amplitude)))
	switch {
	case size == 0:
		d.Why["Phi"] = NoUnbalance
		return
	case size*size <= v.variance/8: // a and b each have variance (u²+u²)/4, the mean of the four over 2
		d.Why["Phi"] = UnbalanceUnderNoise
		return
	}
	phi := math.Atan2(b, a) // the fitted fastest position
	if v.amplitude > neutralAmplitude {
		phi += math.Pi
	}
	d.Phi = ptr(math.Mod(phi*180/math.Pi+720, 360))
}

// verticals is what the four main vertical positions give, in the order 3H, 6H, 9H, 12H.
type verticals struct {
	rate      [4]float64
	variance  float64 // sum of the squared 95 % uncertainties of the rates
	amplitude float64 // mean, degrees
}

// fourVerticals collects the four main verticals, or says what is missing.
func fourVerticals(at map[Position]Values) (verticals, Reason) {
	var out verticals
	reason := Reason("")
	for i, p := range [4]Position{H3, H6, H9, H12} {
		v := at[p]
		if v.Rate == nil {
			return out, NeedsFourVerticals
		}
		out.rate[i] = *v.Rate
		if v.RateU95 != nil {
			out.variance += *v.RateU95 * *v.RateU95
		}
		if v.Amplitude == nil {
			reason = NeedsAmplitudes // a missing rate, said first, may still follow
			continue
		}
		out.amplitude += *v.Amplitude / 4
	}
	return out, reason
}

// unbalanceGain is g(A) = J1(A)/A, how strongly unbalance moves the rate at an amplitude
// given in degrees.
func unbalanceGain(deg float64) float64 {
	a := deg * math.Pi / 180
	return math.J1(a) / a
}

func ptr(v float64) *float64 { return &v }

func difference(a, b *float64) *float64 {
	if a == nil || b == nil {
		return nil
	}
	return ptr(*a - *b)
}

func quadrature(a, b *float64) *float64 {
	if a == nil || b == nil {
		return nil
	}
	return ptr(math.Hypot(*a, *b))
}
