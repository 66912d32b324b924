package synth

import (
	"math"
	"math/rand/v2"
)

// beat is one alternance: when its three sounds begin, and what they are like.
type beat struct {
	index             int
	unlock            float64 // seconds, of the watch's true time
	impulse, drop     float64
	amplitude         float64 // degrees
	gain              float64
	stopped, knocking bool
}

// escapement steps through the beats of a watch.
type escapement struct {
	w      Watch
	rng    *rand.Rand
	period float64 // seconds of a beat
	next   int
	wander float64 // seconds of phase wandered so far
}

func newEscapement(w Watch, rng *rand.Rand) *escapement {
	return &escapement{w: w, rng: rng, period: 3600 / w.BPH / (1 + w.RateSD/86400)}
}

// step returns the next beat. The model is t_k = t0 + kP + (−1)^k e/2 + jitter
// for unlocking; the drop follows after the time the balance takes through
// the lift angle.
func (e *escapement) step() beat {
	k := e.next
	e.next++
	w, sign := e.w, 1.0
	if k%2 == 1 {
		sign = -1
	}
	t := 0.05 + float64(k)*e.period
	e.wander += w.WanderUS * 1e-6 * math.Sqrt(e.period) * e.rng.NormFloat64()
	b := beat{index: k, gain: 1}
	b.amplitude = w.AmplitudeDeg + sign*w.SpreadDeg/2 + w.SwingDeg*math.Sin(2*math.Pi*t/w.SwingS)
	b.unlock = t + sign*w.BeatErrorMS*0.5e-3 + e.wander +
		w.ToothUS*1e-6*math.Sin(2*math.Pi*float64(k)/w.ToothBeats) +
		w.JitterUS*1e-6*e.rng.NormFloat64()
	lift := LiftTime(w.BPH, max(b.amplitude, w.LiftDeg*0.6), w.LiftDeg)
	b.drop = b.unlock + lift + w.DropJitterUS*1e-6*e.rng.NormFloat64()
	// The impulse begins about a third of the lift after unlocking and is the
	// least regular of the three.
	b.impulse = b.unlock + lift*(0.32+0.04*e.rng.NormFloat64())
	if k%2 == 1 {
		b.gain = w.TockGain
	}
	b.gain *= math.Exp(0.5 * w.Rough * e.rng.NormFloat64())
	b.knocking = w.Rebanking > 0 && e.rng.Float64() < w.Rebanking
	b.stopped = w.StopS > 0 && b.unlock > w.StopS
	return b
}
