package live_test

import (
	"encoding/json"
	"strings"
	"testing"

	"etabli.example/ident"
	"etabli.example/timing/synth"
	"etabli.example/trade/customer"
	"etabli.example/trade/watch"
	"etabli.example/workshop"
)

// newQuartzBench is a bench with an electronic watch on it.
func newQuartzBench(t testing.TB) *bench {
	t.Helper()
	b := newBench(t)
	in := workshop.Intake{Customer: customer.Customer{Name: "Vasseur", Phone: "06 39 98 10 47", Channel: "sms"},
		Watch:   watch.Watch{Brand: "Lip", Model: "Nautic", CalibreMaker: "Miyota", Calibre: "2035", Kind: watch.Quartz, Material: "steel"},
		Request: "Elle avance."}
	in.Purpose, in.Channel, in.ReadBack = "repair", "counter", true
	s, err := b.shop.Receive(t.Context(), workshop.Act{Who: b.who, Sheet: ident.New(), Seen: -1}, in)
	if err != nil {
		t.Fatal(err)
	}
	b.state = s
	return b
}

func motorStart() map[string]any {
	return map[string]any{"type": "start", "kind": "quartz", "session": "0123456789", "source": "microphone", "rate": 16000,
		"position": "CH", "winding": "unknown", "phase": "before", "lang": "en"}
}

// spoken is what the server says of a motor.
type spoken struct {
	Type      string
	Confident bool
	Verdict   string
	Figures   map[string]string
	Why       string
	Message   string
	Seq       int64
}

func (p *page) spoken(wanted func(spoken) bool) spoken {
	p.Helper()
	for {
		_, b, err := p.c.Read(p.ctx)
		if err != nil {
			p.Fatal(err)
		}
		var a spoken
		if err := json.Unmarshal(b, &a); err != nil {
			p.Fatalf("%s: %v", b, err)
		}
		if wanted(a) {
			return a
		}
	}
}

// The motor of an electronic watch is heard, with the period of its inhibition
// found; what nobody calibrated cannot judge; the reading is kept.
func TestMotorIsHeard(t *testing.T) {
	t.Parallel()
	b := newQuartzBench(t)
	clip, truth := synth.MakeQuartz(synth.Stepper{MotorS: 1, RateSD: 0.2, CrystalSD: 3, InhibitionS: 10, PulseMS: 4, Pickup: synth.CoilVoltage},
		synth.Options{Rate: 16000, Seconds: 45, SNR: 40, Seed: 3})
	p := b.open(motorStart())
	p.frames(900, clip.Channels[0])
	a := p.spoken(func(a spoken) bool { return a.Type == "stepping" && a.Confident && a.Figures["heard"] == "45\u00a0s" })
	for name, want := range map[string]string{"motor": "1\u00a0s", "gate": "10\u00a0s", "pulse": "4.0\u00a0ms", "day": "+0.20"} {
		if !strings.HasPrefix(a.Figures[name], want) {
			t.Errorf("%s is %q, want %q (%v s/d was made)", name, a.Figures[name], want, truth.RateSD)
		}
	}
	if a.Verdict != "na" {
		t.Errorf("a card nobody calibrated judges: %q", a.Verdict)
	}
	p.say(map[string]any{"type": "keep", "entry": ident.New()})
	k := p.spoken(func(a spoken) bool { return a.Type == "kept" || a.Type == "error" })
	if k.Type != "kept" {
		t.Fatal(k.Message)
	}
	st, err := b.shop.State(t.Context(), b.who, b.state.Sheet)
	if err != nil {
		t.Fatal(err)
	}
	r := st.Readings[len(st.Readings)-1]
	if r.Stepping == nil || *r.Stepping.InhibitionS != 10 || r.Rate == nil || r.Sound == "" || r.Beats == "" || r.VerdictOf("rate") != "unknown" {
		t.Errorf("kept %+v", r)
	}
}

// What is no motor says so and cannot be kept.
func TestSilenceIsNoMotor(t *testing.T) {
	t.Parallel()
	b := newQuartzBench(t)
	p := b.open(motorStart())
	p.frames(0, make([]float32, 16000*5))
	a := p.spoken(func(a spoken) bool { return a.Type == "stepping" && a.Why != "" })
	if a.Confident || a.Figures["rate"] != "" {
		t.Errorf("silence is heard as %+v", a)
	}
	p.say(map[string]any{"type": "keep", "entry": ident.New()})
	if k := p.spoken(func(a spoken) bool { return a.Type == "kept" || a.Type == "error" }); k.Type != "error" || k.Message == "" {
		t.Errorf("silence is kept: %+v", k)
	}
}
