package cli

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"

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
	fs := newFlags("simulate")
	kind := fs.String("kind", "mechanical", "cli.flag.kind")
	var q synth.Stepper
	stepperFlags(fs, &q)
	fs.Float64Var(&o.HumHz, "hum-hz", 50, "cli.flag.hum_hz")
	fs.Float64Var(&o.HumLevel, "hum", 0, "cli.flag.hum")
	fs.Float64Var(&o.ClockPPM, "clock-ppm", 0, "cli.flag.clock")
	fs.Float64Var(&w.BPH, "beat", 28800, "cli.flag.beat")
	fs.Float64Var(&w.RateSD, "rate", 0, "cli.flag.rate")
	fs.Float64Var(&w.AmplitudeDeg, "amplitude", 270, "cli.flag.amplitude")
	fs.Float64Var(&w.BeatErrorMS, "beat-error", 0, "cli.flag.beat_error")
	fs.Float64Var(&w.LiftDeg, "lift", 52, "cli.flag.lift")
	fs.Float64Var(&o.SNR, "snr", 30, "cli.flag.snr")
	fs.Float64Var(&o.Seconds, "seconds", 30, "cli.flag.seconds")
	fs.Uint64Var(&o.Seed, "seed", 1, "cli.flag.seed")
	fs.IntVar(&o.Rate, "sample-rate", 48000, "cli.flag.sample_rate")
	out := fs.String("out", "", "cli.flag.sound_out")
	p := speak()
	lang := fs.String("lang", string(p.Lang()), "cli.flag.lang")
	err := parseFlags(fs, args, 0)
	if err == nil {
		p, err = language(*lang)
	}
	if err == nil && *kind != "mechanical" && *kind != "quartz" {
		err = unsuitable("--kind", *kind)
	}
	if err == nil && *kind == "quartz" {
		q.RateSD = w.RateSD
		err = checkStepper(q)
	}
	if err == nil {
		err = checkSimulation(w, o, *out)
	}
	if err != nil {
		return misused(env, p, p.T("timing.usage.simulate", simulateUsage), fs, err)
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

func checkSimulation(w synth.Watch, o synth.Options, out string) error {
	if out == "" {
		return missing("--out")
	}
	return cmp.Or(
		within("--beat", w.BPH, 3000, 360000),
		within("--rate", w.RateSD, -5000, 5000),
		within("--lift", w.LiftDeg, 5, 120),
		within("--amplitude", w.AmplitudeDeg, w.LiftDeg, 400),
		within("--beat-error", math.Abs(w.BeatErrorMS), 0, math.Floor(3600e3/w.BPH*0.7)),
		within("--seconds", o.Seconds, 0.001, 7200),
		within("--sample-rate", float64(o.Rate), wave.MinRate, wave.MaxRate),
		within("--hum-hz", o.HumHz, 10, 1000),
		within("--hum", o.HumLevel, 0, 1),
		within("--clock-ppm", o.ClockPPM, -10000, 10000),
		within("--snr", o.SNR, -60, math.Inf(1)),
	)
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
