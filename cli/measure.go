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

	"etabli.example/timing"
	"etabli.example/timing/wave"
)

// measureOptions are the flags of etabli measure.
type measureOptions struct {
	lift, clockPPM float64
	beat           float64 // 0: auto
	json           bool
	plot           string
	file           string
}

func parseMeasure(args []string, stderr io.Writer) (measureOptions, error) {
	var o measureOptions
	fs := flag.NewFlagSet("measure", flag.ContinueOnError)
	fs.SetOutput(stderr)
	fs.Float64Var(&o.lift, "lift", 0, "lift angle in degrees (52 is assumed)")
	beat := fs.String("beat", "auto", "nominal beats an hour, or auto")
	fs.Float64Var(&o.clockPPM, "clock-ppm", 0, "how much faster than it says the sound card samples")
	fs.BoolVar(&o.json, "json", false, "print one JSON object")
	fs.StringVar(&o.plot, "plot", "", "write the trace as SVG to this `FILE`")
	if err := fs.Parse(args); err != nil {
		return o, err
	}
	if fs.NArg() != 1 {
		fs.Usage()
		return o, errors.New("one FILE (or -) is wanted")
	}
	o.file = fs.Arg(0)
	if *beat != "auto" {
		v, err := strconv.ParseFloat(*beat, 64)
		if err != nil || v <= 0 {
			return o, fmt.Errorf("--beat %q: a number of beats an hour, or auto", *beat)
		}
		o.beat = v
	}
	return o, nil
}

// runMeasure implements etabli measure: a recording in, its reading out. It
// returns 0 where an answer is printed, "no trustworthy reading" among them,
// and 2 for a bad call or an unreadable file.
func runMeasure(_ context.Context, env *Env, args []string) int {
	o, err := parseMeasure(args, env.Stderr)
	if err != nil {
		if !errors.Is(err, flag.ErrHelp) {
			fmt.Fprintln(env.Stderr, "etabli measure:", err)
		}
		return 2
	}
	clip, err := readClip(env, o.file)
	if err != nil {
		fmt.Fprintln(env.Stderr, "etabli measure:", err)
		return 2
	}
	cfg := timing.Config{Rate: clip.Rate, LiftDeg: o.lift, BeatBPH: o.beat, ClockPPM: o.clockPPM}
	if _, err := timing.NewMeter(cfg); err != nil {
		fmt.Fprintln(env.Stderr, "etabli measure:", err)
		return 2
	}
	r := timing.Measure(clip, cfg)
	if o.json {
		e := json.NewEncoder(env.Stdout)
		e.SetIndent("", "  ")
		if err := e.Encode(r); err != nil {
			fmt.Fprintln(env.Stderr, "etabli measure:", err)
			return 2
		}
		return 0
	}
	printReading(env.Stdout, r)
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
	clip, err := wave.Decode(f)
	if err != nil {
		return clip, fmt.Errorf("%s: %w", name, err)
	}
	return clip, nil
}

func printReading(w io.Writer, r timing.Reading) {
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	e.Encode(r)
}
