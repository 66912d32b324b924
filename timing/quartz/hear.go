package quartz

import (
	"math"

	"etabli.example/timing"
	"etabli.example/timing/wave"
)

// Heard is one clip listened to for a balance and for a stepping motor. Of the
// two readings the one of Kind counts.
type Heard struct {
	Kind       timing.Kind
	Mechanical timing.Reading
	Quartz     Reading
	Meter      *timing.Meter // that heard the balance, for its trace
}

// Hear listens for both and says what it is. Where a clock of one tick a second
// could be either, it is none. The error wraps timing.ErrConfig.
func Hear(c wave.Clip, mechanical timing.Config, stepping Config) (Heard, error) {
	var h Heard
	var err error
	if h.Meter, h.Mechanical, err = timing.MeasureClip(c, mechanical); err != nil {
		return h, err
	}
	if h.Quartz, err = Measure(c, stepping); err != nil {
		return h, err
	}
	h.Kind = Tell(h.Mechanical, h.Quartz)
	switch h.Kind {
	case timing.None:
		h.Mechanical = silent(h.Mechanical, h.Quartz.Reason)
	case timing.Mechanical:
		h.Quartz = Reading{Kind: timing.None, Reason: timing.NoWatch, Notices: []timing.Notice{}}
	}
	return h, nil
}

// silent is a reading of nothing, in place of one that may be of something
// else.
func silent(r timing.Reading, why timing.Reason) timing.Reading {
	if r.Confident {
		r = timing.Reading{Reason: why, Notices: r.Notices, FromS: r.FromS, ToS: r.ToS, LiftDeg: r.LiftDeg}
	}
	if r.Reason == timing.NoReason {
		r.Reason = timing.TooShort
	}
	r.Kind, r.Periodic = timing.None, []timing.Periodic{}
	return r
}

// Tell says which of two readings of one sound is of the thing that made it.
func Tell(m timing.Reading, q Reading) timing.Kind {
	switch {
	case q.Kind != timing.Quartz:
		return m.Kind
	case q.Alternating || stepped(q):
		return timing.Quartz // no balance turns the sign of its sound or stands still once a minute
	case *q.MotorPeriodS > slowestBeat:
		if q.Confident || !m.Confident {
			return timing.Quartz
		}
		return timing.Mechanical
	case m.Confident && balanced(m):
		return timing.Mechanical
	case *q.MotorPeriodS >= 0.5:
		if q.Confident {
			return timing.Quartz
		}
		return timing.None // a pendulum's second or a motor's
	case q.Confident && exact(q) && !m.Confident:
		return timing.Quartz
	}
	return m.Kind
}

// slowestBeat is the longest beat of a balance or pendulum, in seconds.
const slowestBeat = 3600.0/timing.MinBPH + 0.01

// stepped tells whether corrections of a divider prove a motor.
func stepped(q Reading) bool {
	return q.Confident && q.InhibitionPeriodS != nil && *q.ScatterUS < 150 && math.Abs(*q.RateSD) < 15
}

// balanced tells whether a reading shows what only a balance has: halves of
// unequal length, or a lift.
func balanced(m timing.Reading) bool {
	if m.BeatErrorMS != nil && m.BeatErrorU != nil && *m.BeatErrorMS > max(0.2, 5**m.BeatErrorU) {
		return true
	}
	return m.AmplitudeDeg != nil && m.BPH != nil && *m.BPH > 7000
}

// exact tells whether a rate is a motor's and hardly a balance's.
func exact(q Reading) bool { return math.Abs(*q.RateSD) < 1.5 && *q.ScatterUS < 60 }
