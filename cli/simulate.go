package cli

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"strings"

	"etabli.example/locale"
	"etabli.example/timing/synth"
	"etabli.example/timing/wave"
)

const simulateUsage = "[--kind mechanical|quartz] [--motor S] [--inhibition S] [--crystal S] [--pulse MS] [--pickup voltage|edges|current|microphone] [--hum LEVEL] [--hum-hz 50|60] [--end-of-life STEPS] [--clock-ppm P] [--beat N] [--rate S] [--amplitude DEG] [--beat-error MS] [--lift DEG] [--snr DB] [--seconds N] [--seed N] [--sample-rate HZ] [--lang fr|en] --out FILE.wav"

// runSimulate implements etabli simulate: it writes the sound of a watch whose
// every figure is known. It returns 2 for a bad call or a file that cannot be
// written.
func runSimulate(_ context.Context, env *Env, args []string) int {
	var w synth.Watch
	var o synth.Options
	fs := flag.NewFlagSet("simulate", flag.ContinueOnError)
	fs.SetOutput(io.Discard)
	kind := fs.String("kind", "mechanical", "mechanical or quartz")
	var q synth.Stepper
	stepperFlags(fs, &q)
	fs.Float64Var(&o.HumHz, "hum-hz", 50, "frequency of the mains")
	fs.Float64Var(&o.HumLevel, "hum", 0, "amplitude of mains hum; full scale is 1")
	fs.Float64Var(&o.ClockPPM, "clock-ppm", 0, "how much faster than it says the card samples")
	fs.Float64Var(&w.BPH, "beat", 28800, "beats an hour")
	fs.Float64Var(&w.RateSD, "rate", 0, "rate in seconds a day")
	fs.Float64Var(&w.AmplitudeDeg, "amplitude", 270, "amplitude in degrees")
	fs.Float64Var(&w.BeatErrorMS, "beat-error", 0, "beat error in ms")
	fs.Float64Var(&w.LiftDeg, "lift", 52, "lift angle in degrees")
	fs.Float64Var(&o.SNR, "snr", 30, "signal-to-noise ratio in dB")
	fs.Float64Var(&o.Seconds, "seconds", 30, "length in seconds")
	fs.Uint64Var(&o.Seed, "seed", 1, "seed; the same gives the same file")
	fs.IntVar(&o.Rate, "sample-rate", 48000, "samples a second")
	out := fs.String("out", "", "the WAV (or FLAC) `FILE` to write")
	p := speak()
	lang := fs.String("lang", string(p.Lang()), "fr or en")
	err := fs.Parse(args)
	if l, ok := locale.Known(*lang); ok {
		p = locale.For(l)
	} else {
		err = errors.Join(err, errors.New("--lang "+*lang))
	}
	if err == nil && *kind != "mechanical" && *kind != "quartz" {
		err = errors.New("--kind " + *kind)
	}
	if err == nil && *kind == "quartz" {
		q.RateSD = w.RateSD
		err = checkStepper(q)
	}
	if err == nil {
		err = checkSimulation(w, o, *out, fs.NArg())
	}
	if err != nil {
		return misused(env, p, "timing.usage.simulate", simulateUsage, err)
	}
	var clip wave.Clip
	if *kind == "quartz" {
		clip, _ = synth.MakeQuartz(q, o)
	} else {
		clip, _ = synth.Make(w, o)
	}
	if err := writeClip(*out, clip); err != nil {
		fmt.Fprintln(env.Stderr, p.T("timing.unwritable", *out))
		return 2
	}
	return 0
}

func checkSimulation(w synth.Watch, o synth.Options, out string, rest int) error {
	switch {
	case rest > 0:
		return errors.New("too many arguments")
	case out == "":
		return errors.New("--out FILE.wav is wanted")
	case !(w.BPH >= 3000 && w.BPH <= 360000):
		return errors.New("--beat: 3000 to 360000")
	case !(math.Abs(w.RateSD) <= 5000):
		return errors.New("--rate: -5000 to 5000")
	case !(w.LiftDeg >= 5 && w.LiftDeg <= 120):
		return errors.New("--lift: 5 to 120")
	case !(w.AmplitudeDeg >= w.LiftDeg && w.AmplitudeDeg <= 400):
		return errors.New("--amplitude: from the lift angle to 400")
	case !(math.Abs(w.BeatErrorMS) < 3600e3/w.BPH*0.7):
		return errors.New("--beat-error: longer than the beat allows")
	case !(o.Seconds > 0 && o.Seconds <= 7200):
		return errors.New("--seconds: above 0, to 7200")
	case o.Rate < wave.MinRate || o.Rate > wave.MaxRate:
		return errors.New("--sample-rate: 8000 to 192000")
	case !(o.HumHz >= 10 && o.HumHz <= 1000) || !(o.HumLevel >= 0 && o.HumLevel <= 1):
		return errors.New("--hum: 0 to 1; --hum-hz: 10 to 1000")
	case !(math.Abs(o.ClockPPM) <= 10000):
		return errors.New("--clock-ppm: -10000 to 10000")
	case math.IsNaN(o.SNR) || o.SNR < -60:
		return errors.New("--snr: -60 or more")
	}
	return nil
}

// writeClip writes c as the name's ending says; anything but .flac is WAV.
func writeClip(name string, c wave.Clip) (err error) {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	defer func() {
		if e := f.Close(); err == nil {
			err = e
		}
	}()
	if strings.EqualFold(filepath.Ext(name), ".flac") {
		return wave.EncodeFLAC(f, c)
	}
	return wave.EncodeWAV(f, c, 16)
}
