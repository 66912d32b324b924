package cli

import (
	"cmp"
	"flag"
	"slices"

	"etabli.example/timing/synth"
)

// stepperFlags are those of etabli simulate --kind quartz.
func stepperFlags(fs *flag.FlagSet, q *synth.Stepper) {
	fs.Float64Var(&q.MotorS, "motor", 1, "cli.flag.motor")
	fs.Float64Var(&q.InhibitionS, "inhibition", 60, "cli.flag.inhibition")
	fs.Float64Var(&q.CrystalSD, "crystal", 3, "cli.flag.crystal")
	fs.Float64Var(&q.PhaseS, "phase", 20, "cli.flag.phase")
	fs.Float64Var(&q.PulseMS, "pulse", 5, "cli.flag.pulse")
	fs.Float64Var(&q.ChopHz, "chop", 0, "cli.flag.chop")
	fs.Float64Var(&q.JitterUS, "jitter", 0, "cli.flag.jitter")
	fs.IntVar(&q.EndOfLife, "end-of-life", 0, "cli.flag.end_of_life")
	fs.Func("pickup", "cli.flag.pickup", func(s string) error {
		q.Pickup = synth.Pickup(s)
		if !slices.Contains([]synth.Pickup{synth.CoilVoltage, synth.CoilEdges, synth.CoilCurrent, synth.Microphone}, q.Pickup) {
			return unsuitable("--pickup", s)
		}
		return nil
	})
}

func checkStepper(q synth.Stepper) error {
	if q.InhibitionS != 0 {
		if err := within("--inhibition", q.InhibitionS, 1, 3600); err != nil {
			return err
		}
	}
	return cmp.Or(
		within("--motor", q.MotorS, 1.0/64, 600),
		within("--crystal", q.CrystalSD, -100, 100),
		within("--phase", q.PhaseS, 0, 3600),
		within("--pulse", q.PulseMS, 0.5, 40),
		within("--chop", q.ChopHz, 0, 8000),
		within("--jitter", q.JitterUS, 0, 10000),
		within("--end-of-life", float64(q.EndOfLife), 0, 8),
	)
}
