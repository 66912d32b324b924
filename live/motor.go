package live

import (
	"math"
	"time"

	"etabli.example/locale"
	"etabli.example/timing/quartz"
	"etabli.example/timing/wave"
	"etabli.example/trade/order"
	"etabli.example/workshop"
)

// kindQuartz is what a page says that listens to a watch with a stepping motor.
const kindQuartz = "quartz"

// motor listens to a watch with a stepping motor. Its rate rests on whole
// inhibition periods, so that all that was heard is read again each time, the
// less often the longer that takes.
type motor struct {
	rate   int
	card   workshop.CardClock
	sound  ring
	read   quartz.Reading
	heard  float64 // seconds of sound the last reading is of
	rested time.Time
}

// Sound is read again after restFactor times what the last reading took, and not
// sooner than restLeast: a bench takes a quarter of a core at most.
const (
	restFactor = 3
	restLeast  = time.Second
)

func newMotor(rate int, card workshop.CardClock) *motor {
	return &motor{rate: rate, card: card, sound: newRing(rate * workshop.SteppingSeconds)}
}

// seconds is how much sound there is.
func (m *motor) seconds() float64 { return float64(len(m.sound.buf)) / float64(m.rate) }

// due tells whether what was heard may be read again.
func (s *session) due(now time.Time) bool { return s.motor == nil || !now.Before(s.motor.rested) }

// listen reads what was heard.
func (m *motor) listen() error {
	began := time.Now()
	r, err := quartz.Measure(m.clip(), m.card.Stepping())
	if err != nil {
		return err
	}
	m.read, m.heard = r, m.seconds()
	took := time.Since(began)
	m.rested = began.Add(took + max(restLeast, restFactor*took))
	return nil
}

func (m *motor) clip() wave.Clip {
	return wave.Clip{Rate: m.rate, Channels: [][]float32{m.sound.last()}}
}

// sounding is what would be kept: the reading the page showed, with the sound it
// is of and what came since.
func (m *motor) sounding(about asked) workshop.Sounding {
	clip, read := m.clip(), m.read
	return workshop.Sounding{Motor: &read, Clip: &clip, Reading: order.Reading{Phase: about.Phase, Position: about.Position, Winding: "unknown", How: about.Source, Instrument: m.card.Name}}
}

// stepping is what a page is told of a motor.
type stepping struct {
	read  quartz.Reading
	kept  order.Reading // judged
	half  float64       // of the 95 % interval, s/d, the clock's part in it
	heard float64
}

func (m *motor) say(about asked, w order.WatchFacts) (said, error) {
	if err := m.listen(); err != nil {
		return said{}, err
	}
	read := m.read
	r, err := workshop.Judged(w, workshop.Sounding{Motor: &read, Reading: order.Reading{Position: about.Position, Winding: "unknown", How: about.Source}})
	if err != nil {
		return said{}, err
	}
	return said{motor: &stepping{read, r, workshop.IntervalOf(w, r).Rate, m.seconds()}}, nil
}

// steppingSaid is that in the page's language.
type steppingSaid struct {
	Type      string            `json:"type"` // "stepping"
	Confident bool              `json:"confident"`
	Verdict   string            `json:"verdict"` // "ok", "no", "na"
	Figures   map[string]string `json:"figures"` // by name; missing: not known
	Why       string            `json:"why"`     // in place of a rate
	Notices   []string          `json:"notices"`
}

func (s *stepping) write(p *locale.Printer) steppingSaid {
	out := steppingSaid{Type: "stepping", Confident: s.read.Confident, Verdict: "na", Figures: map[string]string{}, Notices: []string{}}
	put := func(name string, v *float64, write func(float64) string) {
		if v != nil {
			out.Figures[name] = write(*v)
		}
	}
	seconds := func(v float64) string { return p.Unit(p.Float(v), "unit.s") }
	out.Figures["heard"] = p.Unit(p.Number(s.heard, 0), "unit.s")
	put("motor", s.read.MotorPeriodS, seconds)
	put("gate", s.read.InhibitionPeriodS, seconds)
	put("pulse", s.read.PulseWidthMS, func(v float64) string { return p.Unit(p.Number(v, 1), "unit.ms") })
	if s.read.Confident {
		put("rate", s.read.RateSD, func(v float64) string { return p.Signed(v*workshop.DaysPerMonth, 1) })
		put("day", s.read.RateSD, func(v float64) string { return p.Unit(p.Signed(v, 3), "unit.rate") })
		out.Figures["pm"] = p.PlusMinus(s.half*workshop.DaysPerMonth, decimalsFor(s.half*workshop.DaysPerMonth))
		out.Verdict = map[string]string{"in": "ok", "out": "no", "unknown": "na"}[s.kept.VerdictOf("rate")]
	} else {
		out.Why = p.T("quartz.say." + string(s.read.Reason))
	}
	for _, n := range s.read.Notices {
		out.Notices = append(out.Notices, p.T("quartz.say."+string(n)))
	}
	return out
}

// decimalsFor leaves an interval two digits that mean something.
func decimalsFor(half float64) int {
	if !(half > 0) {
		return 1
	}
	return int(max(0, min(2, 1-math.Floor(math.Log10(half)))))
}
