package timing

import (
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"sort"
	"strconv"
	"strings"
	"sync"
	"testing"

	"etabli.example/timing/synth"
)

// tier is how difficult the sweep's recordings are.
type tier int

const (
	easy tier = iota
	normal
	hard
	hostile
)

func (t tier) String() string { return [...]string{"easy", "normal", "hard", "hostile"}[t] }

// trial is one recording of the sweep and what came of it.
type trial struct {
	w     synth.Watch
	o     synth.Options
	truth synth.Truth
	r     Reading
	sign  float64 // of the truth's beat error, in the reading's sense of tick and tock
	bound float64 // s/d, Cramér–Rao for the jitter of unlocking
}

// draw invents a watch and a recording of the tier.
func draw(t tier, seed uint64) (synth.Watch, synth.Options) {
	g := rand.New(rand.NewPCG(seed, uint64(t)+77))
	u := func(a, b float64) float64 { return a + (b-a)*g.Float64() }
	pick := func(v ...float64) float64 { return v[g.IntN(len(v))] }
	w := synth.Watch{
		BPH:          pick(18000, 19800, 21600, 25200, 28800, 28800, 28800, 36000, 14400),
		RateSD:       u(-40, 40),
		AmplitudeDeg: u(200, 320), BeatErrorMS: u(0, 1.5), LiftDeg: pick(52, 52, 50, 49, 53, 51, 44),
		JitterUS: u(30, 80), DropJitterUS: u(40, 140), SpreadDeg: u(-5, 5),
		Unlock: u(0.2, 0.6), Impulse: u(0.2, 0.7), TockGain: u(0.6, 1.2), Rough: u(0.03, 0.25),
	}
	o := synth.Options{Seed: seed, Rate: int(pick(48000, 44100, 48000, 96000, 32000)), Seconds: u(20, 40),
		SNR: u(25, 40), HighHz: u(8000, 20000), LowHz: u(50, 400)}
	switch t {
	case normal:
		o.SNR, o.Seconds = u(14, 26), u(12, 30)
		o.Colour = pick(0, -3, 0)
		w.BeatErrorMS, w.AmplitudeDeg, w.RateSD = u(0, 5), u(160, 325), u(-150, 150)
		if g.Float64() < 0.3 {
			w.BPH = math.Round(u(7000, 43000))
		}
		if g.Float64() < 0.3 {
			o.HumHz, o.HumLevel = pick(50, 60), u(0.02, 0.3)
		}
		w.WanderUS = u(0, 20)
		w.SwingDeg = u(0, 6)
	case hard:
		o.SNR, o.Seconds = u(5, 15), u(10, 30)
		o.Rate = int(pick(48000, 44100, 22050, 16000, 32000))
		o.Colour = pick(0, -3, -6, 3)
		w.BeatErrorMS, w.AmplitudeDeg, w.RateSD = u(0, 12), u(140, 330), u(-300, 300)
		w.Unlock, w.TockGain, w.Rough = u(0.1, 0.5), u(0.4, 1.4), u(0.05, 0.4)
		if g.Float64() < 0.4 {
			w.BPH = math.Round(u(5000, 60000))
		}
		if g.Float64() < 0.4 {
			o.HumHz, o.HumLevel = pick(50, 60), u(0.1, 1)
		}
		if g.Float64() < 0.4 {
			o.Knocks = u(3, 30)
		}
		w.WanderUS, w.SwingDeg, w.ToothUS = u(0, 40), u(0, 0.04)*w.AmplitudeDeg, u(0, 60)
		o.LowHz, o.HighHz = u(50, 1000), u(6000, 20000)
	case hostile:
		o.SNR, o.Seconds = u(-4, 8), u(8, 30)
		o.Rate = int(pick(48000, 44100, 22050, 16000, 8000))
		o.Colour = pick(0, -3, -6)
		w.BeatErrorMS, w.AmplitudeDeg, w.RateSD = u(0, 20), u(120, 335), u(-400, 400)
		w.Unlock, w.TockGain, w.Rough = u(0.05, 0.4), u(0.3, 1.5), u(0.05, 0.5)
		w.BPH = math.Round(u(3600, 60000))
		if g.Float64() < 0.5 {
			o.Knocks = u(5, 60)
		}
		if g.Float64() < 0.5 {
			o.Speech = u(0.1, 0.8)
		}
		o.AGC = g.Float64() < 0.3
		if g.Float64() < 0.3 {
			o.Clip = u(0.1, 0.5)
		}
		w.WanderUS, w.SwingDeg, w.ToothUS = u(0, 60), u(0, 0.05)*w.AmplitudeDeg, u(0, 100)
		o.LowHz, o.HighHz = u(50, 1500), u(4000, 20000)
	}
	if seed%2 == 0 {
		// Every second watch's amplitude breathes by degrees rather than by a
		// share of itself: far more, where it is small.
		w.SwingDeg *= map[tier]float64{easy: 1, normal: 1, hard: 12 / (0.04 * w.AmplitudeDeg), hostile: 20 / (0.05 * w.AmplitudeDeg)}[t]
	}
	w.SwingS, w.ToothBeats = u(5, 40), 2*pick(12, 15, 15, 15, 20, 21)
	if g.Float64() < 0.5 {
		w.WanderUS, w.ToothUS = 0, 0
	}
	w.BeatErrorMS = min(w.BeatErrorMS, 0.3*3.6e6/w.BPH)
	if g.Float64() < 0.5 {
		w.BeatErrorMS = -w.BeatErrorMS
	}
	return w, o
}

// makeClip makes the sound of a trial.
var makeClip = synth.Make

func try(t tier, seed uint64) trial {
	w, o := draw(t, seed)
	c, truth := makeClip(w, o)
	x := trial{w: w, o: o, truth: truth}
	m, err := NewMeter(Config{Rate: c.Rate, LiftDeg: w.LiftDeg})
	if err != nil {
		panic(err)
	}
	m.Write(c.Channels[0])
	if !m.known {
		m.conclude()
	}
	x.r = m.Reading()
	x.sign = math.Copysign(1, w.BeatErrorMS)
	if tr := m.Trace(nil); len(tr) > 0 {
		i := sort.SearchFloat64s(truth.Unlock, tr[0].Seconds+1800/w.BPH)
		// Nearest unlocking at or before the first beat heard.
		for i > 0 && (i >= len(truth.Unlock) || truth.Unlock[i] > tr[0].Seconds+900/w.BPH) {
			i--
		}
		if (i%2 == 1) != tr[0].Tock {
			x.sign = -x.sign
		}
	}
	p := 3600 / w.BPH
	n := o.Seconds / p
	x.bound = SecondsPerDay * w.JitterUS * 1e-6 / p * math.Sqrt(12/(n*(n*n-1)))
	return x
}

// sweepCases is how many recordings of the two clean tiers every run listens to.
const sweepCases = 6

// TestSweep prints what the engine reaches on recordings of its own test bench,
// and fails where one of the two clean tiers has a confident and wrong reading
// or a clean watch is refused. ETABLI_SWEEP is the number of recordings a tier,
// for all four, ETABLI_SEED where to begin with the next ones; otherwise a few of
// the clean ones are tried.
func TestSweep(t *testing.T) {
	cases, _ := strconv.Atoi(os.Getenv("ETABLI_SWEEP"))
	tiers := []tier{easy, normal, hard, hostile}
	if cases == 0 {
		cases, tiers = sweepCases, tiers[:2]
	}
	only := os.Getenv("ETABLI_TIER")
	first, _ := strconv.Atoi(os.Getenv("ETABLI_SEED"))
	for _, k := range tiers {
		if only != "" && only != k.String() {
			continue
		}
		trials := make([]trial, cases)
		var wg sync.WaitGroup
		for p := range 2 {
			wg.Go(func() {
				for i := p; i < cases; i += 2 {
					trials[i] = try(k, uint64(first+i+1))
				}
			})
		}
		wg.Wait()
		text, wrong, refused := tally(trials, first)
		t.Log(k.String() + ":\n" + text)
		if wrong > 0 && (k == easy || k == normal) || refused > 0 && k == easy {
			t.Errorf("%s: %d confident and wrong, %d refused", k, wrong, refused)
		}
	}
}

func (x trial) found() bool {
	return x.r.BPH != nil && math.Abs(measured(x.r)/(x.w.BPH*(1+x.truth.RateSD/SecondsPerDay))-1) < 0.002
}

func (x trial) rateError() float64 {
	return SecondsPerDay * (measured(x.r)/(x.w.BPH*(1+x.truth.RateSD/SecondsPerDay)) - 1)
}

// tally sums a tier up, and counts the confident and wrong and the refused.
func tally(trials []trial, first int) (text string, wrong, refused int) {
	var found, amps int
	var eff, rz, re, ru, bz, be, bu, az, ae, au []float64
	var list []string
	say := func(i int, x trial, what string) {
		if len(list) < 60 {
			list = append(list, fmt.Sprintf("  seed %d %s: %s", first+i+1, what, x))
		}
	}
	for i, x := range trials {
		r := x.r
		if !r.Confident {
			refused++
			say(i, x, "refused "+string(r.Reason))
			continue
		}
		if !x.found() {
			wrong++
			say(i, x, "WRONG BEAT")
			continue
		}
		found++
		d := x.rateError()
		if math.Abs(d) > 5 {
			wrong++
			say(i, x, fmt.Sprintf("WRONG RATE by %.1f ± %.1f", d, *r.RateU))
		}
		if x.w.WanderUS == 0 && x.w.ToothUS == 0 {
			// The bound knows of neither.
			eff = append(eff, math.Abs(d)/x.bound)
		}
		re, ru, rz = append(re, math.Abs(d)), append(ru, 1.96**r.RateU), append(rz, math.Abs(d) / *r.RateU)
		if r.SignedErrorMS != nil {
			b := *r.SignedErrorMS - x.sign*x.truth.BeatErrorMS
			be, bu, bz = append(be, math.Abs(b)), append(bu, 1.96**r.BeatErrorU), append(bz, math.Abs(b) / *r.BeatErrorU)
		}
		if r.AmplitudeDeg != nil {
			amps++
			a := *r.AmplitudeDeg - x.truth.AmplitudeDeg
			ae, au, az = append(ae, math.Abs(a)), append(au, 1.96**r.AmplitudeU), append(az, math.Abs(a) / *r.AmplitudeU)
			if math.Abs(a) > 10 {
				wrong++
				say(i, x, fmt.Sprintf("WRONG AMPLITUDE by %.1f ± %.1f", a, *r.AmplitudeU))
			}
		}
	}
	n := float64(len(trials))
	cover := func(z []float64) float64 {
		c := 0
		for _, v := range z {
			if v <= 1.96 {
				c++
			}
		}
		return 100 * float64(c) / float64(max(1, len(z)))
	}
	q := func(v []float64, p float64) float64 {
		if len(v) == 0 {
			return math.NaN()
		}
		s := append([]float64(nil), v...)
		sort.Float64s(s)
		return s[int(p*float64(len(s)-1))]
	}
	s := fmt.Sprintf("  found %.1f %%  wrong %.1f %%  refused %.1f %%\n", 100*float64(found)/n, 100*float64(wrong)/n, 100*float64(refused)/n)
	s += fmt.Sprintf("  rate: err/bound/0.6745 %.2f  median %.3f p90 %.3f  cover %.1f %%  width ratio %.2f\n", q(eff, 0.5)/0.6745, q(re, 0.5), q(re, 0.9), cover(rz), q(ru, 0.5)/q(re, 0.5))
	s += fmt.Sprintf("  beat error: given %.1f %% median %.4f p90 %.4f  cover %.1f %%  width ratio %.2f\n", 100*float64(len(be))/n, q(be, 0.5), q(be, 0.9), cover(bz), q(bu, 0.5)/q(be, 0.5))
	s += fmt.Sprintf("  amplitude: given %.1f %% median %.2f p90 %.2f  cover %.1f %%  width ratio %.2f\n", 100*float64(amps)/n, q(ae, 0.5), q(ae, 0.9), cover(az), q(au, 0.5)/q(ae, 0.5))
	return s + strings.Join(list, "\n"), wrong, refused
}

func (x trial) String() string {
	return fmt.Sprintf("bph %.0f rate %.0f amp %.0f be %.2f A %.2f B %.2f tock %.2f rough %.2f snr %.0f fs %d %.0fs col %.0f hum %.2f knock %.0f speech %.2f agc %v clip %.2f swing %.0f/%.0f wander %.0f tooth %.0f jit %.0f/%.0f",
		x.w.BPH, x.w.RateSD, x.w.AmplitudeDeg, x.w.BeatErrorMS, x.w.Unlock, x.w.Impulse, x.w.TockGain, x.w.Rough, x.o.SNR, x.o.Rate, x.o.Seconds, x.o.Colour, x.o.HumLevel, x.o.Knocks, x.o.Speech, x.o.AGC, x.o.Clip, x.w.SwingDeg, x.w.SwingS, x.w.WanderUS, x.w.ToothUS, x.w.JitterUS, x.w.DropJitterUS) + " → " + short(x.r)
}

func short(r Reading) string {
	f := func(p *float64) string {
		if p == nil {
			return "–"
		}
		return strconv.FormatFloat(*p, 'f', 2, 64)
	}
	return fmt.Sprintf("bph %s rate %s±%s be %s amp %s±%s %v", f(r.BPH), f(r.RateSD), f(r.RateU), f(r.SignedErrorMS), f(r.AmplitudeDeg), f(r.AmplitudeU), r.Notices)
}
