package cli

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strconv"

	"etabli.example/fault"
	"etabli.example/horology"
	"etabli.example/locale"
	"etabli.example/timing"
	"etabli.example/timing/wave"
)

// measureOptions are the flags of etabli measure.
type measureOptions struct {
	lift, clockPPM, clockU float64
	beat                   float64     // 0: auto
	kind                   timing.Kind // None: found by itself
	escapement             timing.Escapement
	train                  []timing.Wheel
	json                   bool
	plot                   string
	file                   string
}

const measureUsage = "[--kind auto|mechanical|quartz] [--calibre \"MAKER NAME\"] [--escapement lever|pin_lever|coaxial|detent|cylinder] [--lift DEG] [--beat auto|N] [--clock-ppm P] [--clock-u-ppm U] [--json] [--plot FILE.svg] [--lang fr|en] FILE|-"

// parseMeasure reads the flags; the printer it returns is of the language
// asked for.
func parseMeasure(fs *flag.FlagSet, args []string, p *locale.Printer) (measureOptions, *locale.Printer, error) {
	var o measureOptions
	fs.Float64Var(&o.lift, "lift", 0, "cli.flag.lift")
	calibre := fs.String("calibre", "", "cli.flag.calibre")
	escapement := fs.String("escapement", "", "cli.flag.escapement")
	beat := fs.String("beat", "auto", "cli.flag.nominal_beat")
	kind := fs.String("kind", "auto", "cli.flag.kind_heard")
	fs.Float64Var(&o.clockPPM, "clock-ppm", 0, "cli.flag.clock")
	fs.Float64Var(&o.clockU, "clock-u-ppm", 0, "cli.flag.clock_u")
	fs.BoolVar(&o.json, "json", false, "cli.flag.json")
	fs.StringVar(&o.plot, "plot", "", "cli.flag.plot")
	lang := fs.String("lang", string(p.Lang()), "cli.flag.lang")
	if err := parseFlags(fs, args, 1); err != nil {
		return o, p, err
	}
	p, err := language(*lang)
	if err != nil {
		return o, p, err
	}
	if fs.NArg() != 1 {
		return o, p, missing(p.T("cli.word.file"))
	}
	o.file = fs.Arg(0)
	o.escapement = timing.Escapement(*escapement)
	if *calibre != "" {
		if err := o.ofCalibre(*calibre); err != nil {
			return o, p, err
		}
	}
	switch *kind {
	case "auto":
		o.kind = timing.None
	case string(timing.Mechanical), string(timing.Quartz):
		o.kind = timing.Kind(*kind)
	default:
		return o, p, unsuitable("--kind", *kind)
	}
	if *beat != "auto" {
		v, err := strconv.ParseFloat(*beat, 64)
		if err != nil || !(v > 0) {
			return o, p, unsuitable("--beat", *beat)
		}
		o.beat = v
	}
	return o, p, nil
}

// ofCalibre takes the lift angle, where none was given, and the wheels of the
// calibre that query finds first.
func (o *measureOptions) ofCalibre(query string) error {
	found := horology.FindCalibres(query, 1)
	if len(found) == 0 {
		return fault.New(fault.Invalid, "cli.no_calibre", query)
	}
	c := &found[0]
	if o.lift == 0 && c.LiftDeg != nil {
		o.lift = *c.LiftDeg
	}
	for _, w := range horology.Train(c) {
		if w.Name == "balance" || w.BeatsPerTurn == nil {
			continue
		}
		t := timing.Wheel{Name: w.Name, Beats: *w.BeatsPerTurn, Counted: w.Basis.Known()}
		if w.Teeth != nil {
			t.Teeth = int(*w.Teeth)
		}
		o.train = append(o.train, t)
	}
	return nil
}

// runMeasure implements etabli measure: a recording in, its reading out. It
// returns 0 where an answer is printed, "no trustworthy reading" among them,
// and 2 for a bad call or an unreadable file.
func runMeasure(_ context.Context, env *Env, args []string) int {
	fs := newFlags("measure")
	o, p, err := parseMeasure(fs, args, speak())
	if err != nil {
		return misused(env, p, p.T("timing.usage.measure", measureUsage), fs, err)
	}
	clip, err := readClip(env, o.file)
	if err != nil {
		fmt.Fprintln(env.Stderr, p.T("timing.unreadable", o.file, p.T(soundFault(err))))
		return 2
	}
	h, err := hearClip(clip, o)
	if err != nil {
		return misused(env, p, p.T("timing.usage.measure", measureUsage), fs, err)
	}
	if o.plot != "" {
		if err := os.WriteFile(o.plot, []byte(plotHeard(p, h)), 0o644); err != nil {
			fmt.Fprintln(env.Stderr, p.T("timing.unwritable", o.plot))
			return 2
		}
	}
	if o.json {
		if !h.Mechanical.Confident { // a beat that is only likely is no answer
			h.Mechanical.BPH, h.Mechanical.BPHListed = nil, nil
		}
		var r any = h.Mechanical
		if h.Kind == timing.Quartz {
			r = h.Quartz
		}
		e := json.NewEncoder(env.Stdout)
		e.SetIndent("", "  ")
		if err := e.Encode(r); err != nil {
			fmt.Fprintln(env.Stderr, err)
			return 2
		}
		return 0
	}
	if h.Kind == timing.Quartz {
		printQuartz(env.Stdout, p, h.Quartz)
	} else {
		printReading(env.Stdout, p, h.Mechanical)
	}
	return 0
}

func readClip(env *Env, name string) (wave.Clip, error) {
	if name == "-" {
		return wave.Decode(env.Stdin)
	}
	f, err := os.Open(name)
	if err != nil {
		return wave.Clip{}, err
	}
	defer f.Close()
	return wave.Decode(f)
}

// soundFault names the sentence for what is wrong with a sound file.
func soundFault(err error) string {
	for _, f := range []struct {
		is  error
		key string
	}{
		{wave.ErrNotAudio, "timing.file.not_audio"},
		{wave.ErrTruncated, "timing.file.truncated"},
		{wave.ErrMalformed, "timing.file.malformed"},
		{wave.ErrFormat, "timing.file.format"},
		{wave.ErrRate, "timing.file.rate"},
		{wave.ErrTooLarge, "timing.file.too_large"},
	} {
		if errors.Is(err, f.is) {
			return f.key
		}
	}
	return "timing.file.cannot_open"
}

// printReading writes what a person at the bench wants to read, one figure a
// line with its 95 % interval.
func printReading(w io.Writer, p *locale.Printer, r timing.Reading) {
	line := func(key, value string) { fmt.Fprintf(w, "%-22s %s\n", p.T(key), value) }
	if !r.Confident {
		fmt.Fprintln(w, p.T("timing.refused"))
		fmt.Fprintln(w, p.T("live.say."+string(r.Reason)))
	} else {
		beat := p.Unit(p.Float(*r.BPH), "unit.bph")
		if r.BPHListed == nil {
			beat = p.Unit(p.Number(*r.BPH, 1), "unit.bph")
		}
		line("timing.beat", beat)
		line("timing.rate", p.Unit(p.Signed(*r.RateSD, digits(r.RateU))+" "+p.PlusMinus(1.96**r.RateU, digits(r.RateU)), "unit.rate"))
		if r.ClockU == nil {
			line("timing.clock", p.T("timing.clock_unknown"))
		} else {
			line("timing.clock", p.Unit(p.PlusMinus(1.96**r.ClockU, 2), "unit.rate"))
		}
		if r.InstabilitySD != nil {
			line("timing.instability", p.Unit(p.Number(*r.InstabilitySD, 1), "unit.rate"))
		}
		if r.BeatErrorMS != nil {
			line("timing.beat_error", p.Unit(p.Number(*r.BeatErrorMS, 2)+" "+p.PlusMinus(1.96**r.BeatErrorU, 2), "unit.ms"))
		}
		if r.AmplitudeDeg != nil {
			line("timing.amplitude", p.T("timing.amplitude_of", p.Degrees(*r.AmplitudeDeg), p.PlusMinus(1.96**r.AmplitudeU, 1)+"°",
				p.Degrees(*r.TickDeg), p.Degrees(*r.TockDeg), p.LiftAngle(r.LiftDeg)))
		}
		for _, f := range r.Periodic {
			line("timing.periodic", p.T("timing.periodic_of", p.Number(f.PeriodS, 2), p.Number(f.DepthMS, 3), p.Number(f.FirstAtS, 1))+wheelOf(p, f))
		}
		line("timing.heard", p.T("timing.heard_of", p.Number(r.FromS, 1), p.Number(r.ToS, 1), p.Int(int64(r.Beats))))
	}
	for _, n := range r.Notices {
		fmt.Fprintln(w, "• "+p.T("live.say."+string(n)))
	}
}

// wheelOf says which wheel a periodic fault may be of, and which tooth.
func wheelOf(p *locale.Printer, f timing.Periodic) string {
	if f.Wheel == "" || !p.Has("timing.wheel."+f.Wheel) {
		return ""
	}
	say := "timing.wheel_is"
	if f.Hypothesis {
		say = "timing.wheel_may_be"
	}
	s := " " + p.T(say, p.T("timing.wheel."+f.Wheel))
	if f.Tooth > 0 {
		s += " " + p.T("timing.tooth", p.Int(int64(f.Tooth)), p.Int(int64(f.Teeth)))
	}
	return s
}

// digits is how many decimals of a figure its uncertainty leaves with a
// meaning.
func digits(u *float64) int {
	switch {
	case u == nil || *u >= 1:
		return 0
	case *u >= 0.1:
		return 1
	}
	return 2
}
