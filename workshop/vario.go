package workshop

import (
	"context"

	"etabli.example/timing"
)

// Vario is how rate, amplitude and beat error went over minutes to days: one point
// a minute while they are few, then fewer. It needs the same memory after a minute
// and after a week. The zero value is ready.
type Vario struct {
	step   float64 // seconds between two points
	next   float64 // when the next one is due
	points []VarioPoint
}

// VarioPoint is the engine's reading of the last minute at a second of listening; a
// nil figure could not be told then.
type VarioPoint struct {
	S float64  `json:"s"`
	R *float64 `json:"r,omitempty"` // s/d
	A *float64 `json:"a,omitempty"` // degrees
	B *float64 `json:"b,omitempty"` // ms
}

const (
	varioStep = 60.0        // seconds
	mostVario = 3 * 24 * 60 // points: three days by the minute
)

// Note takes the reading at a second of listening, where a point is due; read is
// asked only then.
func (v *Vario) Note(seconds float64, read func() timing.Reading) {
	if v.step == 0 {
		v.step, v.next = varioStep, varioStep
	}
	if seconds < v.next {
		return
	}
	for v.next <= seconds {
		v.next += v.step
	}
	p, e := VarioPoint{S: seconds}, read()
	if e.Confident {
		p.R, p.A, p.B = e.RateSD, e.AmplitudeDeg, e.BeatErrorMS
	}
	if len(v.points) == mostVario {
		for i := range mostVario / 2 {
			v.points[i] = v.points[2*i+1]
		}
		v.points, v.step = v.points[:mostVario/2], 2*v.step
	}
	v.points = append(v.points, p)
}

// Points returns the points, oldest first; they stay the Vario's.
func (v *Vario) Points() []VarioPoint { return v.points }

// VarioOf reads a kept vario; none where hash is empty.
func (w *Workshop) VarioOf(ctx context.Context, hash string) ([]VarioPoint, error) {
	return keptPoints[VarioPoint](ctx, w, hash)
}
