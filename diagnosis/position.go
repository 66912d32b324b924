package diagnosis

import (
	"math"
	"strings"
)

// traceHits reads the shapes of the traces; a bad shape anywhere counts before
// a clean one elsewhere.
func traceHits(rs []Reading) []hit {
	names := map[string]string{"noisy": "trace_noisy", "wavy": "trace_wavy", "split": "trace_split", "snowy": "trace_snowy", "knocking": "trace_knock", "periodic": "trace_periodic"}
	count := map[string]int{}
	clean := 0
	for _, r := range rs {
		t := strings.ToLower(strings.TrimSpace(r.Trace))
		if id, ok := names[t]; ok {
			count[id]++
		}
		if t == "clean" {
			clean++
		}
	}
	var out []hit
	for _, id := range []string{"trace_noisy", "trace_wavy", "trace_split", "trace_snowy", "trace_knock", "trace_periodic"} {
		if count[id] > 0 {
			out = append(out, hit{finding: id, strength: 1})
		}
	}
	if len(out) == 0 && clean > 0 {
		out = append(out, hit{finding: "trace_clean", strength: 1})
	}
	return out
}

// amplitudeHits judges the amplitude lying, and whether it is low everywhere.
func amplitudeHits(s stats) []hit {
	if len(s.amp) == 0 {
		return nil
	}
	a := flatAmplitude(s)
	out := []hit{{finding: amplitudeBand(a), strength: 1, value: math.Round(a), unit: "deg"}}
	_, _, high := everywhere(s.amp)
	if len(s.amp) >= 2 && high < 230 {
		out = append(out, hit{finding: "amp_low_everywhere", strength: 1, value: math.Round(high), unit: "deg"})
	}
	if high > 330 && a <= 330 {
		out = append(out, hit{finding: "amp_over", strength: 1, value: math.Round(high), unit: "deg"})
	}
	return out
}

// rateHits judges the mean rate against what the maker allows, else the common
// bench table.
func rateHits(s stats, limits rateRange) []hit {
	if len(s.rate) == 0 {
		return nil
	}
	r, low, high := everywhere(s.rate)
	id := ""
	switch {
	case r > 600:
		id = "rate_xfast_m"
	case r > 90:
		id = "rate_vfast_m"
	case r > limits.high:
		id = "rate_fast_m"
	case r < -90:
		id = "rate_vslow_m"
	case r < limits.low:
		id = "rate_slow_m"
	case high <= limits.high+10 && low >= limits.low-10 && high-low <= spreadAllowed && math.Abs(dvh(s.rate)) <= dvhLimit+3:
		id = "rate_ok"
	default:
		return nil
	}
	return []hit{{finding: id, strength: 1, value: math.Round(r), unit: "s/d"}}
}

// The limits of a position's spread, from the reference's signatures: poise
// beyond 18 s/d over the verticals with the flats within 8; 10 s/d or 15°
// between the flats; 45° from flat to hanging.
const (
	poiseSpread   = 18.0
	flatsAgree    = 8.0
	flatsRate     = 10.0
	flatsAmp      = 20.0
	hangingDrop   = 48.0
	spreadAllowed = 25.0
	dvhLimit      = 9.0
	alonePosition = 35.0
)

// positionHits compares positions: poise vector, flat to hanging, the two
// flats, one position alone, and D and DVH.
func positionHits(s stats) []hit {
	var out []hit
	add := func(id string, v float64, unit string) {
		out = append(out, hit{finding: id, strength: 1, value: math.Round(v), unit: unit})
	}
	h, nh := mean(s.rate, horizontals)
	v, nv := mean(s.rate, verticals)
	_, low, high := everywhere(s.rate)
	if len(s.rate) >= 3 && high-low > spreadAllowed {
		add("spread_big", high-low, "s/d")
	}
	alone, isAlone := lonely(s.rate, alonePosition)
	amplitude, residual, complete := poiseVector(s.rate)
	flatsOK := nh < 2 || math.Abs(s.rate["CH"]-s.rate["CB"]) < flatsAgree
	opposed := complete && 2*amplitude > poiseSpread && residual < 0.6*amplitude
	if opposed && flatsOK && !isAlone {
		add("poise_vector", 2*amplitude, "s/d")
	} else if !complete && nv >= 2 && flatsOK && verticalSpread(s.rate) > 1.3*poiseSpread && !isAlone {
		add("poise_vector", verticalSpread(s.rate), "s/d")
	}
	if isAlone {
		add("one_position_bad", alone, "s/d")
	} else if a, ok := lonely(s.amp, 45); ok {
		add("one_position_bad", a, "deg")
	}
	// A DVH of the pins' kind goes with a sound amplitude; where the amplitude
	// collapses hanging, the pivots or the hairspring explain both.
	ah, _ := mean(s.amp, horizontals)
	av, na := mean(s.amp, verticals)
	if nh > 0 && nv >= 2 && !opposed && (na == 0 || ah-av < hangingDrop) {
		switch d := v - h; {
		case d < -dvhLimit:
			add("vert_slower", d, "s/d")
		case d > dvhLimit:
			add("vert_faster", d, "s/d")
		}
	}
	return append(out, flatHits(s, nh)...)
}

// flatHits compares the two flats with one another and with the hanging
// positions.
func flatHits(s stats, nh int) []hit {
	var out []hit
	add := func(id string, v float64, unit string) {
		out = append(out, hit{finding: id, strength: 1, value: math.Round(v), unit: unit})
	}
	ach, ok1 := s.amp["CH"]
	acb, ok2 := s.amp["CB"]
	switch {
	case ok1 && ok2 && math.Abs(ach-acb) > flatsAmp:
		add("flat_differ", ach-acb, "deg")
	case nh == 2 && math.Abs(s.rate["CH"]-s.rate["CB"]) > flatsRate:
		add("flat_differ", s.rate["CH"]-s.rate["CB"], "s/d")
	}
	ah, na := mean(s.amp, horizontals)
	av, nv := mean(s.amp, verticals)
	if na > 0 && nv > 0 && ah-av > hangingDrop {
		add("drop_vertical", ah-av, "deg")
	}
	return out
}

// poiseVector fits r(θ) = m + a·cosθ + b·sinθ to the four verticals. It returns
// the vector's length, the part that no vector explains, and whether all four
// are there.
func poiseVector(rate map[string]float64) (length, residual float64, complete bool) {
	for _, p := range verticals {
		if _, ok := rate[p]; !ok {
			return 0, 0, false
		}
	}
	a := (rate["12H"] - rate["6H"]) / 2
	b := (rate["3H"] - rate["9H"]) / 2
	c := (rate["12H"] - rate["3H"] + rate["6H"] - rate["9H"]) / 4
	return math.Hypot(a, b), math.Abs(c), true
}

func verticalSpread(rate map[string]float64) float64 {
	sub := map[string]float64{}
	for _, p := range verticals {
		if v, ok := rate[p]; ok {
			sub[p] = v
		}
	}
	_, low, high := everywhere(sub)
	return high - low
}

// lonely finds a single position that stands apart from all the others, which
// agree among themselves.
func lonely(m map[string]float64, apart float64) (float64, bool) {
	if len(m) < 4 {
		return 0, false
	}
	for p, v := range m {
		others := map[string]float64{}
		for q, w := range m {
			if q != p {
				others[q] = w
			}
		}
		mu, low, high := everywhere(others)
		if math.Abs(v-mu) > apart && high-low < 0.5*math.Abs(v-mu) {
			return v, true
		}
	}
	return 0, false
}

// dvh is the mean of the verticals less the mean of the horizontals; 0 where
// either is missing.
func dvh(rate map[string]float64) float64 {
	h, nh := mean(rate, horizontals)
	v, nv := mean(rate, verticals)
	if nh == 0 || nv < 2 {
		return 0
	}
	return v - h
}

// beatHits judges the beat error.
func beatHits(s stats) []hit {
	if len(s.beat) == 0 {
		return nil
	}
	b, low, high := everywhere(s.beat)
	out := []hit{{finding: beatBand(b), strength: 1, value: math.Round(b*10) / 10, unit: "ms"}}
	if len(s.beat) >= 3 && high-low > 1 && high-low > 0.5*b {
		out = append(out, hit{finding: "beat_error_varies", strength: 1, value: math.Round((high-low)*10) / 10, unit: "ms"})
	}
	return out
}

// windingHits compares full winding with 24 h later: isochronism, the fall of
// amplitude, and a poise vector that turns over with the amplitude.
func windingHits(full, low stats) []hit {
	var out []hit
	dr, n := difference(full.rate, low.rate)
	if n > 0 && math.Abs(dr) > 15 {
		out = append(out, hit{finding: "iso_bad", strength: 1, value: math.Round(dr), unit: "s/d"})
	}
	if da, n := difference(full.amp, low.amp); n > 0 {
		switch {
		case da < -60:
			out = append(out, hit{finding: "amp_falls_24h", strength: 1, value: math.Round(da), unit: "deg"})
		case da > -45:
			out = append(out, hit{finding: "amp_holds_24h", strength: 1, value: math.Round(da), unit: "deg"})
		}
	}
	if l1, _, ok1 := poiseVector(full.rate); ok1 && l1 > poiseSpread/3 {
		if l2, _, ok2 := poiseVector(low.rate); ok2 && l2 > poiseSpread/3 {
			dot := (full.rate["12H"]-full.rate["6H"])*(low.rate["12H"]-low.rate["6H"]) + (full.rate["3H"]-full.rate["9H"])*(low.rate["3H"]-low.rate["9H"])
			if dot < -2*l1*l2 {
				out = append(out, hit{finding: "poise_reverses", strength: 1})
			}
		}
	}
	return out
}

// difference is the mean change from a to b over the positions both have.
func difference(a, b map[string]float64) (float64, int) {
	sum, n := 0.0, 0
	for p, v := range a {
		if w, ok := b[p]; ok {
			sum += w - v
			n++
		}
	}
	if n == 0 {
		ma, _, _ := everywhere(a)
		mb, _, _ := everywhere(b)
		if len(a) == 0 || len(b) == 0 {
			return 0, 0
		}
		return mb - ma, 1
	}
	return sum / float64(n), n
}

// overallHits says where everything is in tolerance, or everything but the
// mean rate.
func overallHits(c Case, s stats, limits rateRange) []hit {
	if len(s.rate) == 0 || len(s.amp) == 0 {
		return nil
	}
	for _, r := range c.Findings.Timing {
		switch strings.ToLower(r.Trace) {
		case "", "clean", "unknown":
		default:
			return nil
		}
	}
	r, low, high := everywhere(s.rate)
	flat := flatAmplitude(s)
	_, minAmp, maxAmp := everywhere(s.amp)
	_, _, maxBeat := everywhere(s.beat)
	sound := flat >= 240 && minAmp >= 205 && maxAmp <= 322 && (len(s.beat) == 0 || maxBeat <= 0.9)
	few := len(s.rate) < 3
	k := 1.0
	if few {
		k = 0.5
	}
	switch {
	case sound && low >= limits.low-5 && high <= limits.high+7 && r >= math.Min(-15, limits.low) && r <= limits.high && high-low <= spreadAllowed:
		return []hit{{finding: "all_in_tolerance", strength: k, value: math.Round(r), unit: "s/d"}}
	case sound && high-low <= 20 && math.Abs(r) <= 150 && len(s.rate) >= 2 && math.Abs(dvh(s.rate)) <= dvhLimit:
		return []hit{{finding: "only_rate_off", strength: k, value: math.Round(r), unit: "s/d"}}
	}
	return nil
}
