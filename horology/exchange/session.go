// Package exchange is one neutral form of a measurement session, as JSON with a
// published schema and as CSV, and the reading of what the programs of
// timegraphers write. What is written is read back exactly.
//
// It is not a store and not an order's sheet: it knows neither orders nor
// people, and judges nothing against a tolerance.
package exchange

import (
	"errors"
	"fmt"
	"math"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"etabli.example/horology"
)

// Format and Version are what a session says it is.
const (
	Format  = "etabli-session"
	Version = 1
)

// Limits of what is read.
const (
	MaxReadings = 10_000
	MaxBytes    = 8 << 20
	maxText     = 500 // characters
)

// What is wrong with a session. Test with errors.Is.
var (
	ErrNotASession = errors.New("exchange: not a measurement session")
	ErrVersion     = errors.New("exchange: a version that is not known")
	ErrValue       = errors.New("exchange: a value that cannot be")
	ErrTooLarge    = errors.New("exchange: too many readings")
)

// Session is the readings of one watch.
type Session struct {
	Format   string    `json:"format"`  // Format
	Version  int       `json:"version"` // Version
	Maker    string    `json:"maker,omitempty"`
	Calibre  string    `json:"calibre,omitempty"`
	Readings []Reading `json:"readings"`
}

// Reading is one measurement. A nil figure was not measured. Uncertainties are
// standard uncertainties (one sigma).
type Reading struct {
	Position   horology.Position `json:"position,omitempty"` // ISO 3158 symbol; empty where it does not matter or is not known
	Winding    horology.Winding  `json:"winding"`            // "0h", "24h" or "unknown"
	Kind       string            `json:"kind"`               // "mechanical" or "quartz"
	At         *time.Time        `json:"at,omitempty"`       // when it ended, UTC
	Seconds    *float64          `json:"seconds,omitempty"`  // how long was listened to
	Instrument string            `json:"instrument,omitempty"`

	BPH          *float64 `json:"bph,omitempty"`
	RateSD       *float64 `json:"rate_s_per_day,omitempty"`
	RateU        *float64 `json:"rate_u,omitempty"`
	AmplitudeDeg *float64 `json:"amplitude_deg,omitempty"`
	AmplitudeU   *float64 `json:"amplitude_u,omitempty"`
	BeatErrorMS  *float64 `json:"beat_error_ms,omitempty"`
	BeatErrorU   *float64 `json:"beat_error_u,omitempty"`
	LiftDeg      *float64 `json:"lift_deg,omitempty"`
	ClockU       *float64 `json:"clock_u,omitempty"` // s/d, of the instrument's clock

	MotorPeriodS      *float64 `json:"motor_period_s,omitempty"`
	InhibitionPeriodS *float64 `json:"inhibition_period_s,omitempty"`
	PulseWidthMS      *float64 `json:"pulse_width_ms,omitempty"`

	SetAside bool   `json:"set_aside,omitempty"` // kept, but another reading of the position counts
	Note     string `json:"note,omitempty"`
}

// figures are a reading's numbers by the name they have in JSON and CSV.
func (r *Reading) figures() []struct {
	name string
	at   **float64
} {
	return []struct {
		name string
		at   **float64
	}{
		{"seconds", &r.Seconds}, {"bph", &r.BPH}, {"rate_s_per_day", &r.RateSD}, {"rate_u", &r.RateU},
		{"amplitude_deg", &r.AmplitudeDeg}, {"amplitude_u", &r.AmplitudeU}, {"beat_error_ms", &r.BeatErrorMS}, {"beat_error_u", &r.BeatErrorU},
		{"lift_deg", &r.LiftDeg}, {"clock_u", &r.ClockU}, {"motor_period_s", &r.MotorPeriodS}, {"inhibition_period_s", &r.InhibitionPeriodS},
		{"pulse_width_ms", &r.PulseWidthMS},
	}
}

// Check tells whether s is a session that can be written and read back. Its
// error wraps one of the package's.
func (s Session) Check() error {
	switch {
	case s.Format != Format:
		return fmt.Errorf("%w: format %q", ErrNotASession, s.Format)
	case s.Version != Version:
		return fmt.Errorf("%w: %d", ErrVersion, s.Version)
	case len(s.Readings) > MaxReadings:
		return fmt.Errorf("%w: %d", ErrTooLarge, len(s.Readings))
	}
	if err := errors.Join(plain("maker", s.Maker), plain("calibre", s.Calibre)); err != nil {
		return err
	}
	for i, r := range s.Readings {
		if err := r.check(); err != nil {
			return fmt.Errorf("reading %d: %w", i+1, err)
		}
	}
	return nil
}

func (r Reading) check() error {
	if p, ok := horology.ParsePosition(string(r.Position)); r.Position != "" && (!ok || p != r.Position) {
		return fmt.Errorf("%w: position %q", ErrValue, r.Position)
	}
	if r.Winding != horology.Full && r.Winding != horology.H24 && r.Winding != horology.Unknown {
		return fmt.Errorf("%w: winding %q", ErrValue, r.Winding)
	}
	if r.Kind != "mechanical" && r.Kind != "quartz" {
		return fmt.Errorf("%w: kind %q", ErrValue, r.Kind)
	}
	if r.At != nil && (r.At.Year() < 1900 || r.At.Year() > 9999 || r.At.Location() != time.UTC) {
		return fmt.Errorf("%w: at %v", ErrValue, r.At)
	}
	for _, f := range r.figures() {
		if v := *f.at; v != nil && (math.IsNaN(*v) || math.IsInf(*v, 0)) {
			return fmt.Errorf("%w: %s %v", ErrValue, f.name, *v)
		}
	}
	return errors.Join(plain("instrument", r.Instrument), plain("note", r.Note))
}

// plain refuses text a cell of a table cannot hold.
func plain(name, s string) error {
	if !utf8.ValidString(s) || utf8.RuneCountInString(s) > maxText || strings.ContainsFunc(s, unicode.IsControl) {
		return fmt.Errorf("%w: %s", ErrValue, name)
	}
	return nil
}
