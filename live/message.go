package live

import (
	"encoding/binary"
	"math"
	"slices"

	"etabli.example/fault"
	"etabli.example/horology"
	"etabli.example/locale"
	"etabli.example/timing"
	"etabli.example/trade/order"
	"etabli.example/workshop"
)

// asked is what a page says in JSON.
type asked struct {
	Type     string  `json:"type"` // "start", "redo", "keep"
	Session  string  `json:"session"`
	Kind     string  `json:"kind"`   // "quartz" listens for a stepping motor; empty for a balance
	Source   string  `json:"source"` // "microphone" or "simulated"
	Rate     int     `json:"rate"`
	Lift     float64 `json:"lift"`
	Beat     float64 `json:"beat"` // 0 lets the engine find it
	Position string  `json:"position"`
	Winding  string  `json:"winding"`
	Phase    string  `json:"phase"`
	Preset   string  `json:"preset"`
	Entry    string  `json:"entry"`
	Lang     string  `json:"lang"`
	Set      int     `json:"set"`   // positions of the session; 0 is the usual six
	Asked    float64 `json:"asked"` // s/d at 95 %: how sure a reading must be to move on by itself; 0 never
	Ear      bool    `json:"ear"`   // note on the sheet when the watch stops
	Turn     int     `json:"turn"`  // how often the page has begun again; readings say it back
}

// size is how many positions the session has.
func (a asked) size() int {
	if a.Set == 0 {
		return 6
	}
	return a.Set
}

// check refuses a start that nothing can be measured by.
func (a asked) check() error {
	p, ok := horology.ParsePosition(a.Position)
	switch {
	case a.Type != "start" || len(a.Session) < 8 || len(a.Session) > 80:
		return fault.New(fault.Invalid, "measurement.live_start")
	case a.Source != "microphone" && a.Source != "simulated":
		return fault.New(fault.Invalid, "measurement.live_start")
	case !ok || string(p) != a.Position, a.Winding != "0h" && a.Winding != "24h" && a.Winding != "unknown":
		return fault.New(fault.Invalid, "measurement.live_start")
	case a.Kind != "" && a.Kind != kindQuartz, a.Kind == kindQuartz && (a.Rate < 8000 || a.Rate > 192_000):
		return fault.New(fault.Invalid, "measurement.live_start")
	case a.Set != 0 && !slices.Contains(order.PositionSets(), a.Set), !(a.Asked >= 0 && a.Asked <= 20):
		return fault.New(fault.Invalid, "measurement.live_start")
	case a.Phase != order.Before && a.Phase != order.After && a.Phase != order.AtControl:
		return fault.New(fault.Invalid, "measurement.live_start")
	}
	return nil
}

func (a asked) config() timing.Config {
	return timing.Config{Rate: a.Rate, LiftDeg: a.Lift, BeatBPH: a.Beat}
}

// same tells whether a page that comes back still measures the same thing.
func (a asked) same(b asked) bool {
	return a.Kind == b.Kind && a.Source == b.Source && a.Rate == b.Rate && a.Lift == b.Lift && a.Beat == b.Beat && a.Position == b.Position &&
		a.Winding == b.Winding && a.Phase == b.Phase && a.Preset == b.Preset
}

// parseFrame splits a binary frame into the index of its first sample and its
// samples.
func parseFrame(b []byte) (first uint64, pcm []byte, err error) {
	if len(b) < 10 || len(b)%2 != 0 {
		return 0, nil, fault.New(fault.Invalid, "measurement.live_frame")
	}
	return binary.LittleEndian.Uint64(b), b[8:], nil
}

// said is a reading as the page shows it.
type said struct {
	Type     string             `json:"type"` // "reading"
	Turn     int                `json:"turn"` // of the start or redo that it answers: an earlier one is out of date
	Reading  shown              `json:"reading"`
	Verdicts map[string]verdict `json:"verdicts"`
	Beats    []point            `json:"beats"`
	Steady   bool               `json:"steady"` // as sure as was asked for: the next position may come

	motor   *stepping // of an electronic watch, in place of Reading; written in the page's language when sent
	stopped bool      // the watch that was listened to for its end has stopped
}

// ended tells that the end of the power reserve was heard and noted.
type ended struct {
	Type string `json:"type"` // "stopped"
	Text string `json:"text"`
}

// shown is the engine's reading with half widths of 95 % intervals in place of
// standard uncertainties: the page shows what the verdict rests on.
type shown struct {
	timing.Reading
	RateU      *float64 `json:"rate_u"`
	ClockU     *float64 `json:"clock_u"` // always null: rate_u has it in
	AmplitudeU *float64 `json:"amplitude_u"`
	BeatErrorU *float64 `json:"beat_error_u"`
	SignalDB   *float64 `json:"signal_db"` // the engine's, or an estimate of how far the beats stand out
}

type verdict struct {
	Verdict string `json:"verdict"` // "ok", "no", "na"
}

// point is one beat of the trace: second, how early it came in ms, tac.
type point struct {
	S float64 `json:"s"`
	O float64 `json:"o"`
	T bool    `json:"t,omitempty"`
}

// hearing tells that sound arrives although there is no new reading yet.
type hearing struct {
	Type string   `json:"type"`    // "hearing"
	Peak *float64 `json:"peak_db"` // loudest sample since the last word, below full scale
}

// kept answers a keep.
type kept struct {
	Type string `json:"type"` // "kept"
	Seq  int64  `json:"seq"`
	Text string `json:"text"`
	Next string `json:"next"` // position to measure now; empty where all are read
}

// failed tells the page what went wrong in its language.
type failed struct {
	Type    string `json:"type"` // "error"
	Of      string `json:"of"`   // what was asked
	Message string `json:"message"`
}

// showOf writes a reading for the page.
func showOf(e timing.Reading, r order.Reading, w order.WatchFacts) (shown, map[string]verdict) {
	out := shown{Reading: e, SignalDB: e.SignalDB}
	half := workshop.IntervalOf(w, r)
	if e.RateSD != nil {
		out.RateU = &half.Rate
	}
	if e.AmplitudeDeg != nil && !math.IsNaN(half.Amplitude) {
		out.AmplitudeU = &half.Amplitude
	}
	if e.BeatErrorMS != nil {
		out.BeatErrorU = &half.BeatError
	}
	verdicts := map[string]verdict{}
	for _, v := range r.Verdicts {
		verdicts[v.Quantity] = verdict{map[string]string{"in": "ok", "out": "no"}[v.Verdict]}
		if v.Verdict == "unknown" {
			verdicts[v.Quantity] = verdict{"na"}
		}
	}
	return out, verdicts
}

func printer(lang string) *locale.Printer {
	l, _ := locale.Known(lang)
	return locale.For(l)
}
