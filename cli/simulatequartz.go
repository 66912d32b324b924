package cli

import (
	"errors"
	"flag"
	"math"
	"slices"

	"etabli.example/timing/synth"
)

// stepperFlags are those of etabli simulate --kind quartz.
func stepperFlags(fs *flag.FlagSet, q *synth.Stepper) {
	fs.Float64Var(&q.MotorS, "motor", 1, "seconds between two steps of the motor")
	fs.Float64Var(&q.InhibitionS, "inhibition", 60, "inhibition period in seconds; 0 for none")
	fs.Float64Var(&q.CrystalSD, "crystal", 3, "how fast the crystal runs before correction, in seconds a day")
	fs.Float64Var(&q.PhaseS, "phase", 20, "second of the first correction")
	fs.Float64Var(&q.PulseMS, "pulse", 5, "width of the pulse in ms")
	fs.Float64Var(&q.ChopHz, "chop", 0, "frequency at which the pulse is chopped; 0 for not")
	fs.Float64Var(&q.JitterUS, "jitter", 0, "scatter of a step in µs")
	fs.IntVar(&q.EndOfLife, "end-of-life", 0, "steps made at once; 0 for a good cell")
	fs.Func("pickup", "voltage, edges, current or microphone", func(s string) error {
		q.Pickup = synth.Pickup(s)
		if !slices.Contains([]synth.Pickup{synth.CoilVoltage, synth.CoilEdges, synth.CoilCurrent, synth.Microphone}, q.Pickup) {
			return errors.New(s)
		}
		return nil
	})
}

func checkStepper(q synth.Stepper) error {
	switch {
	case !(q.MotorS >= 1.0/64 && q.MotorS <= 600):
		return errors.New("--motor: 1/64 to 600")
	case q.InhibitionS != 0 && !(q.InhibitionS >= 1 && q.InhibitionS <= 3600):
		return errors.New("--inhibition: 0, or 1 to 3600")
	case !(math.Abs(q.CrystalSD) <= 100), !(q.PhaseS >= 0 && q.PhaseS <= 3600):
		return errors.New("--crystal: -100 to 100; --phase: 0 to 3600")
	case !(q.PulseMS >= 0.5 && q.PulseMS <= 40), !(q.ChopHz >= 0 && q.ChopHz <= 8000), !(q.JitterUS >= 0 && q.JitterUS <= 10000):
		return errors.New("--pulse: 0.5 to 40; --chop: 0 to 8000; --jitter: 0 to 10000")
	case q.EndOfLife < 0 || q.EndOfLife > 8:
		return errors.New("--end-of-life: 0 to 8")
	}
	return nil
}
