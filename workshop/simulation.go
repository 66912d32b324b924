package workshop

import (
	"etabli.example/timing/synth"
	"etabli.example/trade/order"
	"time"
)

// Simulated lists the simulated watches that can stand in for a real one at the
// microphone, in the order they are offered.
func Simulated() []string {
	return []string{"healthy", "out_of_beat", "low_amplitude", "magnetised", "fast", "knocking", "noisy", "stopping"}
}

// SimulatedWatch is the sound of one of them, of the beat and lift angle of the
// watch on the order; false where name is none.
func SimulatedWatch(name string, w order.WatchFacts, liftDeg float64) (synth.Watch, synth.Options, bool) {
	out := synth.Watch{BPH: 28800, RateSD: 3.2, AmplitudeDeg: 287, SpreadDeg: 3, BeatErrorMS: 0.2, LiftDeg: liftDeg, WanderUS: 4}
	if c := calibreOf(w, time.Time{}); c != nil && c.BPH != nil && *c.BPH > 0 {
		out.BPH = *c.BPH
	}
	how := synth.Options{Rate: 48000, SNR: 26, Seed: 1, Colour: -3}
	switch name {
	case "healthy":
	case "out_of_beat":
		out.BeatErrorMS, out.AmplitudeDeg = 1.9, 268
	case "low_amplitude":
		out.RateSD, out.AmplitudeDeg, out.SwingDeg, out.BeatErrorMS = -14, 198, 8, 0.6
	case "magnetised":
		out.RateSD, out.AmplitudeDeg, out.WanderUS = 420, 236, 30
	case "fast":
		out.RateSD, out.AmplitudeDeg = 24, 281
	case "knocking":
		out.RateSD, out.AmplitudeDeg, out.Rebanking = 95, 326, 0.35
	case "noisy":
		how.SNR, how.Knocks, how.HumHz, how.HumLevel = 3, 8, 50, 0.02
	case "stopping":
		out.AmplitudeDeg, out.StopS = 205, 40
	default:
		return out, how, false
	}
	return out, how, true
}
