package diagnosis

import (
	"math"
	"strings"
)

// stats is what a set of readings of one winding state amounts to.
type stats struct {
	rate, amp, beat map[string]float64 // by position; unknown positions as "?1", "?2"…
}

var horizontals = []string{"CH", "CB"}
var verticals = []string{"3H", "6H", "9H", "12H"}

// figuresOf reads every figure of a case into findings: timing, quartz,
// reserve and lift angle.
func (m *Model) figuresOf(c Case, spec calibreSpec) []hit {
	var out []hit
	out = append(out, timingHits(c, spec)...)
	out = append(out, quartzHits(c, spec)...)
	if p := c.Findings.PowerReserveH; p != nil && c.kind() != Quartz {
		out = append(out, reserveMeasured(*p, spec)...)
	}
	return out
}

// reserveMeasured compares a measured reserve with the calibre's; without one,
// 36 h is the least a common calibre gives.
func reserveMeasured(h float64, spec calibreSpec) []hit {
	nominal := spec.reserveH
	if nominal == 0 {
		nominal = 40
	}
	switch {
	case h < 0:
		return nil
	case h >= 0.85*nominal || nominal == 40 && h >= 35:
		return []hit{{finding: "reserve_ok", strength: 1, value: h, unit: "h"}}
	case h < 0.75*nominal:
		out := []hit{{finding: "reserve_measured_short", strength: 1, value: h, unit: "h"}}
		if h < 1 {
			out = append(out, hit{finding: "reserve_minutes", strength: 1, value: h, unit: "h"})
		}
		return out
	}
	return nil
}

// liftTolerance is how far the set lift angle may be from the calibre's: one
// degree of lift is five to seven degrees of amplitude.
const liftTolerance = 1.5

// liftHits compares the lift angle set on the timegrapher with the calibre's
// and returns the factor that corrects the amplitudes.
func liftHits(c Case, spec calibreSpec) ([]hit, float64) {
	set := c.Findings.Checks.TimegrapherLiftAngleDeg
	truth := c.Watch.LiftAngleDeg
	if truth == 0 {
		truth = spec.liftDeg
	}
	if set == nil || *set < 10 || truth == 0 || math.Abs(*set-truth) <= liftTolerance {
		return nil, 1
	}
	out := []hit{{finding: "lift_wrong", strength: 1, value: *set, unit: "deg"}}
	return out, truth / *set
}

// timingHits reads the readings of a mechanical watch.
func timingHits(c Case, spec calibreSpec) []hit {
	if c.kind() == Quartz {
		return traceHits(c.Findings.Timing)
	}
	out, k := liftHits(c, spec)
	full, low := statsOf(c.Findings.Timing, k)
	s := full
	if len(s.rate)+len(s.amp) == 0 {
		s = low
	}
	raw, _ := statsOf(c.Findings.Timing, 1)
	if len(raw.amp) == 0 {
		_, raw = statsOf(c.Findings.Timing, 1)
	}
	if k != 1 && len(raw.amp) > 0 {
		before, after := flatAmplitude(raw), flatAmplitude(s)
		if suspectAmplitude(before) && !suspectAmplitude(after) {
			out = append(out, hit{finding: "lift_explains", strength: 1, value: after, unit: "deg"})
		}
	}
	out = append(out, traceHits(c.Findings.Timing)...)
	out = append(out, amplitudeHits(s)...)
	limits, _ := spec.allowed()
	out = append(out, rateHits(s, limits)...)
	out = append(out, positionHits(s)...)
	out = append(out, beatHits(s)...)
	out = append(out, windingHits(full, low)...)
	return append(out, overallHits(c, s, limits)...)
}

// suspectAmplitude reports whether a flat amplitude is outside 250–315°.
func suspectAmplitude(a float64) bool { return a < 235 || a > 318 }

// statsOf sorts readings by winding state, amplitudes times k.
func statsOf(rs []Reading, k float64) (full, low stats) {
	full, low = newStats(), newStats()
	for i, r := range rs {
		s := full
		if w := strings.ToLower(r.Winding); strings.HasPrefix(w, "24") || strings.HasPrefix(w, "low") {
			s = low
		}
		pos := positionOf(r.Position, i)
		put := func(m map[string]float64, v *float64, k float64) {
			if v != nil {
				m[pos] = *v * k
			}
		}
		put(s.rate, r.RateSPerDay, 1)
		put(s.amp, r.AmplitudeDeg, k)
		put(s.beat, r.BeatErrorMS, 1)
	}
	return full, low
}

func newStats() stats {
	return stats{map[string]float64{}, map[string]float64{}, map[string]float64{}}
}

// positionOf evens out how positions are written; the hour is the one that
// points up (ISO 3158 CH, CB, 3H…; DU and DD as older instruments print).
func positionOf(p string, i int) string {
	switch s := strings.ToUpper(strings.TrimSpace(p)); s {
	case "CH", "DU", "HH", "DIAL UP":
		return "CH"
	case "CB", "DD", "FH", "HB", "DIAL DOWN":
		return "CB"
	case "3H", "6H", "9H", "12H":
		return s
	case "PR", "CR", "3U":
		return "3H"
	case "PL", "CL", "9U":
		return "9H"
	case "PU", "CU", "12U":
		return "12H"
	case "PD", "CD", "6U":
		return "6H"
	}
	return "?" + string(rune('a'+i%26))
}

// mean returns the mean over the given positions that are there, and how many.
func mean(m map[string]float64, positions []string) (float64, int) {
	sum, n := 0.0, 0
	for _, p := range positions {
		if v, ok := m[p]; ok {
			sum += v
			n++
		}
	}
	if n == 0 {
		return 0, 0
	}
	return sum / float64(n), n
}

func everywhere(m map[string]float64) (mean, low, high float64) {
	low, high = math.Inf(1), math.Inf(-1)
	for _, v := range m {
		mean += v
		low, high = math.Min(low, v), math.Max(high, v)
	}
	return mean / math.Max(1, float64(len(m))), low, high
}

// flatAmplitude is the amplitude lying, or over whatever positions are there.
func flatAmplitude(s stats) float64 {
	if a, n := mean(s.amp, horizontals); n > 0 {
		return a
	}
	if a, n := mean(s.amp, verticals); n > 0 {
		return a + 25 // a sound movement loses about 25° from flat to hanging
	}
	a, _, _ := everywhere(s.amp)
	return a
}
