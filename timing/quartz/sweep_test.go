package quartz

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

// tier is a kind of recording.
type tier string

const (
	coil    tier = "coil"       // two inhibition periods, at least 60 s
	humming tier = "coil_hum"   // with mains hum as large as the pulse
	mic     tier = "microphone" // clean, 180 s
	noisy   tier = "noisy"      // from well above to below the floor
	short   tier = "short"      // less than the inhibition asks for
	vague   tier = "ambiguous"  // an inhibition that can hardly be told from another, or from none
)

type trial struct {
	w     synth.Stepper
	o     synth.Options
	truth synth.StepperTruth
	r     Reading
}

func draw(t tier, seed uint64) (synth.Stepper, synth.Options) {
	g := rand.New(rand.NewPCG(seed, 5))
	u := func(a, b float64) float64 { return a + (b-a)*g.Float64() }
	pick := func(v ...float64) float64 { return v[g.IntN(len(v))] }
	w := synth.Stepper{
		MotorS:      pick(1, 1, 1, 1, 0.5, 0.2, 0.125, 5, 10, 12, 15, 20, 30),
		InhibitionS: pick(10, 10, 20, 30, 60, 60, 60, 60, 120, 240, 480),
		RateSD:      u(-0.5, 0.8), CrystalSD: u(1, 9), PulseMS: u(2.5, 8), JitterUS: u(0, 3),
		TockGain: u(0.8, 1.1), PhaseS: u(0, 60),
		Pickup: []synth.Pickup{synth.CoilVoltage, synth.CoilEdges, synth.CoilCurrent}[g.IntN(3)],
	}
	o := synth.Options{Seed: seed, Rate: int(pick(48000, 44100, 48000, 96000, 192000, 22050, 16000, 8000)), SNR: u(24, 50),
		Colour: pick(0, 0, 0, 0, 0, -3), ClockPPM: u(-60, 60), Peak: u(0.05, 0.8)}
	if g.Float64() < 0.4 {
		w.ChopHz, w.Duty = u(700, 1300), u(0.5, 0.9)
	}
	if g.Float64() < 0.3 {
		w.AdaptS = 60
		w.Corrections = pick(0, 0, 0.02)
	}
	if g.Float64() < 0.1 {
		w.InhibitionS = 0
		w.RateSD = u(-0.5, 0.35)
	}
	if w.MotorS == 1 && g.Float64() < 0.2 {
		w.EndOfLife, w.BurstMS = int(pick(2, 4)), u(30, 125)
	}
	o.Seconds = max(60, 2*w.InhibitionS, 8*w.MotorS) * u(1.02, 1.5)
	switch t {
	case humming:
		o.HumHz, o.HumLevel = pick(50, 60)+u(-0.02, 0.02), o.Peak*u(0.5, 1)
	case mic:
		w.Pickup = synth.Microphone
		w.JitterUS, w.Rough, w.TockGain = u(0, 60), u(0, 0.2), u(0.4, 1.3)
		if w.InhibitionS > 60 {
			w.InhibitionS = 60
		}
		if g.Float64() < 0.5 {
			w.LandingMS, w.Landing = u(3, 30), u(0.2, 0.8)
		}
		o.Seconds = 180
		o.Rate = int(pick(48000, 44100, 96000))
	case noisy:
		o.SNR = u(-12, 22)
		o.Colour = pick(0, -3, -6)
		if g.Float64() < 0.3 {
			w.Pickup = synth.Microphone
		}
	case short:
		o.Seconds = u(15, 150)
	case vague:
		switch g.IntN(3) {
		case 0: // every step carries a whole number of corrections: nothing to see, nothing to lose
			w.MotorS, w.InhibitionS, w.EndOfLife = 20, 10, 0
		case 1: // the jump drowns in the scatter of the steps
			w.CrystalSD, w.JitterUS, w.InhibitionS = w.RateSD+u(0.02, 0.3), u(50, 400), pick(10, 20, 60)
		case 2: // little more than two periods, and half of one cut off
			w.InhibitionS, w.JitterUS = pick(20, 30, 60), u(20, 150)
			w.CrystalSD = w.RateSD + u(0.3, 1.5)
		}
		o.Seconds = max(60, 2.1*w.InhibitionS, 8*w.MotorS)
	}
	for float64(o.Rate)*o.Seconds > 6e6 && o.Rate > 16000 {
		o.Rate /= 2 // time is for many recordings
	}
	return w, o
}

func try(t tier, seed uint64) trial {
	w, o := draw(t, seed)
	c, truth := synth.MakeQuartz(w, o)
	r, err := Measure(c, Config{ClockPPM: o.ClockPPM, ClockUPPM: 0.01})
	if err != nil {
		panic(err)
	}
	return trial{w, o, truth, r}
}

// visible tells whether the inhibition can be seen in the steps.
func (x trial) visible() bool {
	return x.w.InhibitionS >= 2*x.w.MotorS*float64(max(1, x.w.EndOfLife)) && x.o.Seconds >= 2*x.w.InhibitionS
}

// wrong tells whether the reading is confident and wrong, and in what.
func (x trial) wrong() string {
	switch {
	case x.r.MotorPeriodS != nil && math.Abs(*x.r.MotorPeriodS-x.w.MotorS) > 1e-6:
		return "MOTOR"
	case x.r.InhibitionPeriodS != nil && *x.r.InhibitionPeriodS != x.w.InhibitionS:
		return "GATE"
	case x.r.Confident && math.Abs(x.off()) > max(0.03, 4**x.r.RateU):
		return "RATE"
	}
	return ""
}

func (x trial) off() float64 { return *x.r.RateSD - x.w.RateSD }

func (x trial) String() string {
	f := func(p *float64) string {
		if p == nil {
			return "–"
		}
		return strconv.FormatFloat(*p, 'f', 3, 64)
	}
	return fmt.Sprintf("motor %.3f at once %d gate %.0f crystal %.2f rate %.3f phase %.1f pulse %.1f chop %.0f adapt %.0f corr %.2f %s snr %.0f fs %d %.0fs col %.0f hum %.2f → %s motor %s gate %s rate %s±%s scatter %s µs width %s %s %v",
		x.w.MotorS, x.w.EndOfLife, x.w.InhibitionS, x.w.CrystalSD, x.w.RateSD, x.w.PhaseS, x.w.PulseMS, x.w.ChopHz, x.w.AdaptS, x.w.Corrections, x.w.Pickup, x.o.SNR, x.o.Rate, x.o.Seconds, x.o.Colour, x.o.HumLevel/x.o.Peak,
		x.r.Kind, f(x.r.MotorPeriodS), f(x.r.InhibitionPeriodS), f(x.r.RateSD), f(x.r.RateU), f(x.r.ScatterUS), f(x.r.PulseWidthMS), x.r.Reason, x.r.Notices)
}

// TestSweep prints what the engine reaches on recordings of its own test
// bench, and fails where it is confident and wrong. ETABLI_SWEEP is the number
// of recordings a tier; otherwise a few of each are tried. ETABLI_SEEDS begins
// them elsewhere: with seeds that nothing was tuned by.
func TestSweep(t *testing.T) {
	if n, _ := strconv.Atoi(os.Getenv("ETABLI_SEED")); n > 0 {
		x := try(tier(os.Getenv("ETABLI_TIER")), uint64(n))
		t.Log(x)
		for _, s := range x.r.Trace {
			t.Logf("%.6f %.4f %v", s.Seconds, s.OffsetMS, s.Used)
		}
		return
	}
	cases, _ := strconv.Atoi(os.Getenv("ETABLI_SWEEP"))
	if cases == 0 {
		cases = 2
	}
	only := os.Getenv("ETABLI_TIER")
	from, _ := strconv.Atoi(os.Getenv("ETABLI_SEEDS"))
	for _, k := range []tier{coil, humming, mic, noisy, short, vague} {
		if only != "" && only != string(k) {
			continue
		}
		trials := make([]trial, cases)
		var wg sync.WaitGroup
		for p := range 2 {
			wg.Go(func() {
				for i := p; i < cases; i += 2 {
					trials[i] = try(k, uint64(from+i+1))
				}
			})
		}
		wg.Wait()
		text, wrong := tally(trials, from)
		t.Log(string(k) + ":\n" + text)
		if wrong > 0 {
			t.Errorf("%s: %d confident and wrong", k, wrong)
		}
	}
}

func tally(trials []trial, from int) (string, int) {
	wrong, confident, visible, gate, widths, widthOK, within := 0, 0, 0, 0, 0, 0, 0
	var e, z []float64
	var list []string
	for i, x := range trials {
		what := x.wrong()
		if what != "" {
			wrong++
		}
		if x.visible() && x.w.InhibitionS > 0 {
			visible++
			if x.r.InhibitionPeriodS != nil && *x.r.InhibitionPeriodS == x.w.InhibitionS {
				gate++
			} else if what == "" {
				what = "no gate"
			}
		}
		if x.r.Confident {
			confident++
			e = append(e, math.Abs(x.off()))
			z = append(z, math.Abs(x.off()) / *x.r.RateU)
			if math.Abs(x.off()) <= 0.02 {
				within++
			} else if what == "" {
				what = "off"
			}
		} else if what == "" || what == "no gate" {
			what += " refused"
		}
		if x.r.PulseWidthMS != nil {
			widths++
			if math.Abs(*x.r.PulseWidthMS-x.w.PulseMS) < 0.3 {
				widthOK++
			} else if what == "" {
				what = "width"
			}
		}
		if what != "" && len(list) < 40 {
			list = append(list, fmt.Sprintf("  seed %d %s: %s", from+i+1, what, x))
		}
	}
	q := func(v []float64, p float64) float64 {
		if len(v) == 0 {
			return math.NaN()
		}
		s := append([]float64(nil), v...)
		sort.Float64s(s)
		return s[int(p*float64(len(s)-1))]
	}
	cover := 0
	for _, v := range z {
		if v <= 1.96 {
			cover++
		}
	}
	n := len(trials)
	s := fmt.Sprintf("  %d recordings: confident %d, wrong %d, gate %d of %d visible, |error| median %.4f p95 %.4f max %.4f s/d, within 0.02: %d, cover %d of %d, width within 0.3 ms %d of %d\n",
		n, confident, wrong, gate, visible, q(e, 0.5), q(e, 0.95), q(e, 1), within, cover, len(z), widthOK, widths)
	return s + strings.Join(list, "\n"), wrong
}
