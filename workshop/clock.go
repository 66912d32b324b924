package workshop

import (
	"context"
	"errors"
	"io"

	"etabli.example/fault"
	"etabli.example/timing"
	"etabli.example/timing/quartz"
	"etabli.example/timing/wave"
	"etabli.example/trade/equipment"
)

// CardCookie is the cookie by which a browser remembers the sheet of the sound
// card it listens through: a card belongs to a bench's tablet, not to a person.
const CardCookie = "card"

// CardClock is how the clock of a sound card runs, as it was calibrated. The zero
// value is a card nobody calibrated.
type CardClock struct {
	Sheet, Name string // of the card among the tools
	PPM, UPPM   float64
	Date        string // ISO; "" where it never was
}

// Known reports whether the card was calibrated.
func (c CardClock) Known() bool { return c.UPPM > 0 }

// HalfSD is half the 95 % interval by which the clock may falsify a rate, in s/d.
func (c CardClock) HalfSD() float64 {
	if !c.Known() {
		return UncalibratedPPM * ppmSD
	}
	return coverage * c.UPPM * ppmSD
}

// ppmSD is a part per million of a day, in seconds.
const ppmSD = 0.0864

// Mechanical is cfg with what is known of the clock.
func (c CardClock) Mechanical(cfg timing.Config) timing.Config {
	cfg.ClockPPM, cfg.ClockUPPM = c.PPM, c.UPPM
	return cfg
}

// Stepping is what is known of the clock, for a watch with a stepping motor.
func (c CardClock) Stepping() quartz.Config {
	return quartz.Config{ClockPPM: c.PPM, ClockUPPM: c.UPPM}
}

// CardClock returns how the clock of the sound card with that tool sheet runs; the
// zero value where the sheet is none of a card, or the card is not to be used now.
func (w *Workshop) CardClock(ctx context.Context, sheet string) (CardClock, error) {
	if sheet == "" {
		return CardClock{}, nil
	}
	var s equipment.State
	err := w.Book.View(ctx, func(ctx context.Context, tx Tx) error {
		if _, err := tx.Tool(ctx, sheet); err != nil {
			return err
		}
		entries, err := tx.Sheet(ctx, sheet)
		if err != nil {
			return err
		}
		s, err = equipment.Fold(entries)
		return err
	})
	if fault.Is(err, fault.NotFound) {
		return CardClock{}, nil // the browser remembers a card of another house
	}
	if err != nil {
		return CardClock{}, err
	}
	c := CardClock{Sheet: s.Sheet, Name: s.Name}
	if s.Serial != "" {
		c.Name += ", " + s.Serial
	}
	if s.Clock != nil && equipment.RowOf(s).Usable(w.Today()) {
		c.PPM, c.UPPM, c.Date = s.Clock.PPM, s.Clock.UPPM, s.Clock.Date
	}
	return c, nil
}

// CalibrateCard listens to a reference quartz recorded through a sound card and
// notes how the card's clock runs. c holds the reference, its rate and half its
// 95 % interval; what is wrong with the recording is said of the field "sound".
func (w *Workshop) CalibrateCard(ctx context.Context, a Act, r io.Reader, c equipment.Calibration) (equipment.State, error) {
	wrong := func(key string, err error) error {
		return &fault.Error{Kind: fault.Invalid, Op: "workshop.CalibrateCard", Key: "fault.invalid", Fields: fault.Problems{"sound": {Key: key}}, Err: err}
	}
	clip, err := wave.Decode(r)
	if err != nil {
		return equipment.State{}, wrong(waveKey(err), err)
	}
	e, err := quartz.Measure(clip, quartz.Config{})
	if err != nil {
		return equipment.State{}, wrong("measurement.config", err)
	}
	if !e.Confident {
		return equipment.State{}, wrong("quartz.say."+string(e.Reason), nil)
	}
	if c.ReferenceU > 0 { // otherwise the decision says that it is missing
		clock, err := quartz.Calibrate(e, quartz.Config{}, c.ReferenceS, c.ReferenceU/coverage)
		if err != nil && !errors.Is(err, quartz.ErrNoReference) {
			return equipment.State{}, err
		}
		if err != nil {
			return equipment.State{}, wrong("tool.clock.too_far", err)
		}
		c.PPM, c.UPPM = clock.PPM, clock.UPPM
	}
	c.HeardS, c.Seconds = *e.RateSD, e.ToS-e.FromS
	return w.decideTool(ctx, a, equipment.CalibrateClock(c))
}
