package workshop

import (
	"context"
	"io"

	"etabli.example/fault"
	"etabli.example/timing"
	"etabli.example/timing/quartz"
	"etabli.example/timing/wave"
	"etabli.example/trade/order"
)

// MeasureStepping measures a recording of a watch with a stepping motor. What is
// no audio, truncated, or of a rate out of range is an Invalid fault.
func (w *Workshop) MeasureStepping(r io.Reader, cfg quartz.Config) (Sounding, error) {
	clip, err := wave.Decode(r)
	if err != nil {
		return Sounding{}, waveFault(err)
	}
	e, err := quartz.Measure(clip, cfg)
	if err != nil {
		return Sounding{}, &fault.Error{Kind: fault.Invalid, Op: "workshop.MeasureStepping", Key: "measurement.config", Err: err}
	}
	if !e.Confident {
		if e, err = balance(clip, e); err != nil {
			return Sounding{}, err
		}
	}
	return Sounding{Reading: order.Reading{How: "file"}, Motor: &e, Clip: &clip}, nil
}

// BalanceHeard is why no motor could be measured: what beats is a balance.
const BalanceHeard timing.Reason = "balance"

// balance says so where the sound that tells no motor is a balance's.
func balance(clip wave.Clip, e quartz.Reading) (quartz.Reading, error) {
	_, m, err := timing.MeasureClip(clip, timing.Config{})
	if err != nil {
		return e, &fault.Error{Kind: fault.Invalid, Op: "workshop.balance", Key: "measurement.config", Err: err}
	}
	if quartz.Tell(m, e) == timing.Mechanical {
		e = quartz.Reading{Kind: timing.None, Reason: BalanceHeard, ToS: e.ToS}
	}
	return e, nil
}

// MeasureHeldStepping measures a recording of such a watch that HoldSound made
// durable.
func (w *Workshop) MeasureHeldStepping(ctx context.Context, hash string, cfg quartz.Config) (Sounding, error) {
	r, media, err := w.Blob(ctx, hash)
	if err != nil {
		return Sounding{}, err
	}
	defer r.Close()
	if media != "audio/flac" {
		return Sounding{}, fault.New(fault.NotFound, "measurement.no_sound")
	}
	return w.MeasureStepping(r, cfg)
}
