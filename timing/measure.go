package timing

import (
	"math"

	"etabli.example/timing/wave"
)

// Measure reads a whole clip: what a Meter would say at its end. cfg.Rate is
// taken from the clip. A setting out of range gives a reading of no watch; see
// MeasureClip for the error.
func Measure(c wave.Clip, cfg Config) Reading {
	_, r, err := MeasureClip(c, cfg)
	if err != nil {
		return Reading{Kind: None, Reason: NoWatch, Notices: []Notice{}, Periodic: []Periodic{}}
	}
	return r
}

// MeasureClip reads a whole clip and returns the meter that heard it, for its
// trace and mean beat, and its reading. Of several channels, and of their
// difference where two are of opposite sign, the one with the clearest watch
// is read. The error wraps ErrConfig.
func MeasureClip(c wave.Clip, cfg Config) (*Meter, Reading, error) {
	cfg.Rate = c.Rate
	var best *Meter
	var reading Reading
	channels, antiphase := c.Channels, false
	if len(channels) == 2 {
		var extra []float32
		if extra, antiphase = combine(channels[0], channels[1]); extra != nil {
			channels = append(channels[:2:2], extra)
		}
	}
	if len(channels) == 0 {
		channels = [][]float32{nil}
	}
	for _, x := range channels {
		m, err := NewMeter(cfg)
		if err != nil {
			return nil, Reading{}, err
		}
		m.Write(x)
		if !m.known {
			m.conclude()
		}
		if r := m.Reading(); best == nil || better(r, reading) {
			best, reading = m, r
		}
	}
	if antiphase {
		reading.Notices = append(reading.Notices, Antiphase)
	}
	if c.Missing > 0 && !reading.Has(SamplesMissing) {
		reading.Notices = append(reading.Notices, SamplesMissing)
	}
	return best, reading, nil
}

// combine returns the mean of two channels that hear the same thing, with the
// sign that makes them agree, or nil where they do not; opposite tells that
// they are of opposite sign. Only what lies above the voice is compared.
func combine(x, y []float32) (mean []float32, opposite bool) {
	if len(x) != len(y) || len(x) < 2 {
		return nil, false
	}
	var xx, yy, xy float64
	for i := 1; i < len(x); i++ {
		a, b := float64(x[i]-x[i-1]), float64(y[i]-y[i-1])
		xx, yy, xy = xx+a*a, yy+b*b, xy+a*b
	}
	if !(xx > 0 && yy > 0) {
		return nil, false
	}
	r := xy / math.Sqrt(xx*yy)
	// Identical channels gain nothing from their mean.
	if math.Abs(r) < 0.2 || r > 0.9999 {
		return nil, false
	}
	mean = make([]float32, len(x))
	for i := range x {
		if r > 0 {
			mean[i] = (x[i] + y[i]) / 2
		} else {
			mean[i] = (x[i] - y[i]) / 2
		}
	}
	return mean, r < -0.3
}

// better tells whether a says more than b.
func better(a, b Reading) bool {
	if a.Confident != b.Confident {
		return a.Confident
	}
	if !a.Confident {
		return false
	}
	u := func(r Reading) float64 {
		if r.RateU == nil {
			return math.Inf(1)
		}
		return *r.RateU
	}
	return u(a) < u(b)
}
