package timing

import "math"

// MeanBeat is the sound of the mean beat, tick and tock together, about the
// drop.
type MeanBeat struct {
	Level     []float64 // amplitude in units of the noise's
	StartMS   float64   // of Level[0], against the drop
	StepMS    float64
	UnlockMS  *float64 // A, nil where it is not heard
	ImpulseMS *float64 // B, likewise
	DropMS    *float64 // C, 0
}

// MeanBeat returns the mean beat of the last lesson; ok is false before the
// first.
func (m *Meter) MeanBeat() (b MeanBeat, ok bool) {
	if !m.known || len(m.mean.Level) == 0 {
		return MeanBeat{}, false
	}
	b = m.mean
	b.Level = append([]float64(nil), b.Level...)
	return b, true
}

// meanBeat makes the drawing of a's mean beat before its sound is forgotten.
func (a *analysis) meanBeat() MeanBeat {
	h := &a.hearing
	step := max(1, int(h.rate*0.0001))
	at := min(a.drop.at[0], a.drop.at[1])
	end := h.pre + h.post - max(a.drop.at[0], a.drop.at[1])
	b := MeanBeat{StepMS: 1000 * float64(step) / h.rate, StartMS: -1000 * float64(at) / h.rate, DropMS: figure(0)}
	on := [2]float64{a.drop.on[0] - float64(a.drop.at[0]), a.drop.on[1] - float64(a.drop.at[1])}
	b.StartMS -= 1000 * (on[0] + on[1]) / 2 / h.rate
	for o := -at; o+step <= end; o += step {
		s, k := 0.0, 0
		for par := range 2 {
			for j := range step {
				if i := a.drop.at[par] + o + j; i >= 0 && i < len(a.drop.mean[par]) {
					s += a.drop.mean[par][i]
					k++
				}
			}
		}
		b.Level = append(b.Level, math.Sqrt(s/float64(max(1, k))))
	}
	if a.hasA {
		lag := (a.lag[0] + a.lag[1]) / 2
		b.UnlockMS = figure(-1000 * lag)
		if a.impulse > 0 {
			b.ImpulseMS = figure(-1000 * float64(a.impulse) / h.rate)
		}
	}
	return b
}
