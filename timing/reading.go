package timing

import "encoding/json"

// Kind is what was heard.
type Kind string

// The kinds.
const (
	Mechanical Kind = "mechanical"
	Quartz     Kind = "quartz"
	None       Kind = "none"
)

// Reason says why nothing trustworthy can be said. The empty reason is null
// in JSON.
type Reason string

// The reasons.
const (
	NoReason   Reason = ""
	NoWatch    Reason = "no_watch"
	TooNoisy   Reason = "too_noisy"
	TooShort   Reason = "too_short"
	TwoWatches Reason = "two_watches"
)

// MarshalJSON writes the empty reason as null.
func (r Reason) MarshalJSON() ([]byte, error) {
	if r == NoReason {
		return []byte("null"), nil
	}
	return json.Marshal(string(r))
}

// Notice is something to know beside a reading.
type Notice string

// The notices.
const (
	Clipped           Notice = "clipped"             // the sound reaches full scale
	GainControl       Notice = "gain_control"        // the recorder changes its gain
	SamplesMissing    Notice = "samples_missing"     // the sound has holes
	OtherWatch        Notice = "other_watch"         // a second, softer watch is heard
	StoppedAt         Notice = "stopped_at"          // the watch stopped during the recording
	Rebanking         Notice = "rebanking"           // the balance knocks
	PositionChanged   Notice = "position_changed"    // the rate jumped; the reading is of what followed
	UnlockingNotHeard Notice = "unlocking_not_heard" // no amplitude
	UnlistedBeat      Notice = "unlisted_beat"       // the rate refers to the measured beat
	Antiphase         Notice = "antiphase"           // the two channels are of opposite sign
)

// Periodic is a fault that returns with a fixed period.
type Periodic struct {
	PeriodS    float64 `json:"period_s"`
	Beats      float64 `json:"beats"`       // the same in beats
	DepthMS    float64 `json:"depth_ms"`    // peak deviation of the beats
	FalseAlarm float64 `json:"false_alarm"` // probability that chance alone shows as much
	FirstAtS   float64 `json:"first_at_s"`  // second of the first maximum: where to look
	Wheel      string  `json:"wheel"`       // escape, fourth …, or empty
	Hypothesis bool    `json:"hypothesis"`  // the wheel follows from the period, not from counted teeth
	Teeth      int     `json:"teeth"`       // of that wheel, if known
	Tooth      int     `json:"tooth"`       // of an escape wheel, counted from the first beat heard: the one to look at; 0 if not known
}

// Reading is what a Meter has to say. A nil figure is unknown.
type Reading struct {
	Kind      Kind     `json:"kind"`
	BPH       *float64 `json:"bph"`        // nominal where listed or given, else as measured; may be known before the rate is
	BPHListed *float64 `json:"bph_listed"` // the listed beat it was recognised as

	RateSD        *float64 `json:"rate_s_per_day"`
	RateU         *float64 `json:"rate_u"`  // of this recording alone, without the clock's
	ClockU        *float64 `json:"clock_u"` // s/d, of the card's clock; null while it is not calibrated
	InstabilitySD *float64 `json:"instability_s_per_day"`

	BeatErrorMS *float64 `json:"beat_error_ms"`
	BeatErrorU  *float64 `json:"beat_error_u"`

	AmplitudeDeg *float64 `json:"amplitude_deg"`
	TickDeg      *float64 `json:"amplitude_tick_deg"`
	TockDeg      *float64 `json:"amplitude_tock_deg"`
	AmplitudeU   *float64 `json:"amplitude_u"`

	Confident bool       `json:"confident"` // about beat and rate
	Reason    Reason     `json:"reason"`
	Notices   []Notice   `json:"notices"`
	Periodic  []Periodic `json:"periodic"`

	FromS float64 `json:"from_s"` // the stretch of sound the figures are of
	ToS   float64 `json:"to_s"`

	Beats         int                `json:"beats"`          // beats the figures rest on
	SignalDB      *float64           `json:"signal_db"`      // drop's peak over the noise's rms; of the loudest moments where no watch is heard
	NoticeSeconds map[Notice]float64 `json:"notice_seconds"` // when, for notices that have a moment
	SignedErrorMS *float64           `json:"signed_beat_error_ms"`
	LiftDeg       float64            `json:"lift_deg"` // lift angle the amplitude supposes
}

// Has tells whether the reading carries the notice.
func (r Reading) Has(n Notice) bool {
	for _, m := range r.Notices {
		if m == n {
			return true
		}
	}
	return false
}

// Beat is one beat of the trace.
type Beat struct {
	Seconds      float64 // when it was heard
	OffsetMS     float64 // its lateness against the grid of the displayed nominal beat, folded into half a beat
	Tock         bool
	AmplitudeDeg float64 // NaN if unknown
	Used         bool    // the figures rest on it; false for a beat spoilt by noise
}

func figure(v float64) *float64 { return &v }
