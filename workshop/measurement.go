package workshop

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"

	"etabli.example/fault"
	"etabli.example/timing"
	"etabli.example/timing/quartz"
	"etabli.example/timing/wave"
	"etabli.example/trade/order"
	"etabli.example/trade/staff"
)

// Sounding is a measurement with what it was heard in.
type Sounding struct {
	order.Reading
	Engine *timing.Reading // nil for figures typed from another instrument
	Motor  *quartz.Reading // of a watch with a stepping motor, in place of Engine
	Clip   *wave.Clip      // the sound, at most KeptSeconds of it; nil where there is none
	Beats  []timing.Beat   // the trace, kept for ever
	Vario  []VarioPoint    // how the figures went, where it was listened to for minutes or days
}

// How much sound is kept: of one position; of a stepping motor, whose rate rests
// on two whole inhibition periods, of which 120 s are long.
const (
	KeptSeconds     = 60
	SteppingSeconds = 260
)

func (m Sounding) keptSeconds() int {
	if m.Motor != nil {
		return SteppingSeconds
	}
	return KeptSeconds
}

// KeepReading judges a measurement and puts it on the sheet; its sound and its
// beat times are durable before the entry is written.
func (w *Workshop) KeepReading(ctx context.Context, a Act, m Sounding) (order.State, error) {
	var facts order.WatchFacts
	err := w.Book.View(ctx, func(ctx context.Context, tx Tx) error {
		s, _, err := state(ctx, tx, a.Sheet)
		facts = s.Watch
		return err
	})
	if err != nil {
		return order.State{}, err
	}
	m.At = a.Happened // a device without network tells when it was
	r, err := Judged(facts, m)
	if err != nil {
		return order.State{}, err
	}
	if err := w.keepSound(ctx, &r, m); err != nil {
		return order.State{}, err
	}
	return w.decide(ctx, a, order.KeepReading(r))
}

// keepSound stores the recording as FLAC and the beats as JSON.
func (w *Workshop) keepSound(ctx context.Context, r *order.Reading, m Sounding) (err error) {
	if m.Clip != nil && len(m.Clip.Channels) > 0 && len(m.Clip.Channels[0]) > 0 {
		var b bytes.Buffer
		if err := wave.EncodeFLAC(&b, lastSeconds(*m.Clip, m.keptSeconds())); err != nil {
			return fault.Wrap("workshop.keepSound", err)
		}
		if r.Sound, err = w.keep(ctx, b.Bytes(), "audio/flac"); err != nil {
			return err
		}
	}
	if len(m.Vario) > 1 {
		b, err := json.Marshal(m.Vario)
		if err != nil {
			return fault.Wrap("workshop.keepSound", err)
		}
		if r.Vario, err = w.keep(ctx, b, "application/json"); err != nil {
			return err
		}
	}
	if trace := m.Trace(); len(trace) > 0 {
		b, err := json.Marshal(trace)
		if err != nil {
			return fault.Wrap("workshop.keepSound", err)
		}
		if r.Beats, err = w.keep(ctx, b, "application/json"); err != nil {
			return err
		}
	}
	return nil
}

func lastSeconds(c wave.Clip, seconds int) wave.Clip {
	n := seconds * c.Rate
	out := wave.Clip{Rate: c.Rate}
	for _, ch := range c.Channels {
		if len(ch) > n {
			ch = ch[len(ch)-n:]
		}
		out.Channels = append(out.Channels, ch)
	}
	return out
}

// TracePoint is one kept beat: second, how early it came in ms (so that the
// trace of a watch that gains rises, as on the paper strip), tock.
type TracePoint struct {
	S float64 `json:"s"`
	O float64 `json:"o"`
	T bool    `json:"t,omitempty"`
}

// TraceOf makes the kept form of a trace; beats the figures do not rest on are
// left out.
func TraceOf(beats []timing.Beat) []TracePoint {
	out := make([]TracePoint, 0, len(beats))
	for _, b := range beats {
		if b.Used {
			out = append(out, TracePoint{b.Seconds, -b.OffsetMS, b.Tock})
		}
	}
	return out
}

// Trace is the kept form of what was heard, of a balance or of a motor.
func (m Sounding) Trace() []TracePoint {
	if m.Motor == nil {
		return TraceOf(m.Beats)
	}
	var out []TracePoint
	for _, s := range m.Motor.Trace {
		if s.Used {
			out = append(out, TracePoint{s.Seconds, -s.OffsetMS, false})
		}
	}
	return out
}

// Trace reads a kept trace.
func (w *Workshop) Trace(ctx context.Context, hash string) ([]TracePoint, error) {
	return keptPoints[TracePoint](ctx, w, hash)
}

// keptPoints reads a kept curve; none where hash is empty.
func keptPoints[T any](ctx context.Context, w *Workshop, hash string) ([]T, error) {
	if hash == "" {
		return nil, nil
	}
	r, err := w.Blobs.Open(ctx, hash)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	var out []T
	if err := json.NewDecoder(io.LimitReader(r, 8<<20)).Decode(&out); err != nil {
		return nil, fault.Wrap("workshop.keptPoints", err)
	}
	return out, nil
}

// MeasureFile measures a recording somebody dropped on the page. What is no
// audio, truncated, or of a rate out of range is an Invalid fault.
func (w *Workshop) MeasureFile(r io.Reader, cfg timing.Config) (Sounding, error) {
	clip, err := wave.Decode(r)
	if err != nil {
		return Sounding{}, waveFault(err)
	}
	return measure(clip, cfg, "file")
}

// measure hears a whole recording.
func measure(clip wave.Clip, cfg timing.Config, how string) (Sounding, error) {
	if clip.Len() == 0 {
		return Sounding{}, fault.New(fault.Invalid, "measurement.no_sound")
	}
	m, e, err := timing.MeasureClip(clip, cfg)
	if err != nil {
		return Sounding{}, &fault.Error{Kind: fault.Invalid, Op: "workshop.measure", Key: "measurement.config", Err: err}
	}
	return Sounding{Reading: order.Reading{How: how}, Engine: &e, Beats: m.Trace(nil), Clip: &clip}, nil
}

// waveFault turns what package wave finds wrong into the sentence beside the field.
func waveFault(err error) error {
	return &fault.Error{Kind: fault.Invalid, Op: "workshop.MeasureFile", Key: "fault.invalid", Fields: fault.Problems{"file": {Key: waveKey(err)}}, Err: err}
}

// waveKey names the sentence for what package wave finds wrong.
func waveKey(err error) string {
	key := "measurement.not_audio"
	for _, k := range []struct {
		err error
		key string
	}{{wave.ErrTruncated, "measurement.truncated"}, {wave.ErrMalformed, "measurement.malformed"}, {wave.ErrFormat, "measurement.format"},
		{wave.ErrRate, "measurement.sample_rate"}, {wave.ErrTooLarge, "measurement.too_long"}} {
		if errors.Is(err, k.err) {
			key = k.key
		}
	}
	return key
}

// ChooseReading makes an earlier reading of a position count in place of the last.
func (w *Workshop) ChooseReading(ctx context.Context, a Act, c order.ReadingChoice) (order.State, error) {
	return w.decide(ctx, a, order.ChooseReading(c))
}

// KeepChecks puts function tests on the sheet.
func (w *Workshop) KeepChecks(ctx context.Context, a Act, c order.Check) (order.State, error) {
	return w.decide(ctx, a, order.KeepChecks(c))
}

// KeepWater puts a water test on the sheet.
func (w *Workshop) KeepWater(ctx context.Context, a Act, t order.WaterTest) (order.State, error) {
	return w.decide(ctx, a, order.KeepWater(t))
}

// KeepElectric judges wired readings and puts them on the sheet.
func (w *Workshop) KeepElectric(ctx context.Context, a Act, x order.Electric) (order.State, error) {
	var facts order.WatchFacts
	err := w.Book.View(ctx, func(ctx context.Context, tx Tx) error {
		s, _, err := state(ctx, tx, a.Sheet)
		facts = s.Watch
		return err
	})
	if err != nil {
		return order.State{}, err
	}
	x.Verdicts = judgeElectric(facts, x)
	return w.decide(ctx, a, order.KeepElectric(x))
}

// HoldSound makes a measured recording durable before anybody decided to keep
// its reading, and returns the name it is taken up by.
func (w *Workshop) HoldSound(ctx context.Context, who staff.Actor, m Sounding) (string, error) {
	if err := who.Must(staff.Measure); err != nil {
		return "", err
	}
	held := order.Reading{}
	m.Beats = nil
	if m.Motor != nil {
		bare := *m.Motor
		bare.Trace, m.Motor = nil, &bare
	}
	err := w.keepSound(ctx, &held, m)
	return held.Sound, err
}

// MeasureHeld measures a recording that HoldSound made durable.
func (w *Workshop) MeasureHeld(ctx context.Context, hash string, cfg timing.Config) (Sounding, error) {
	r, media, err := w.Blob(ctx, hash)
	if err != nil {
		return Sounding{}, err
	}
	defer r.Close()
	if media != "audio/flac" {
		return Sounding{}, fault.New(fault.NotFound, "measurement.no_sound")
	}
	return w.MeasureFile(r, cfg)
}

// State returns what the sheet says, without people's words.
func (w *Workshop) State(ctx context.Context, who staff.Actor, sheet string) (order.State, error) {
	if err := who.Must(staff.See); err != nil {
		return order.State{}, err
	}
	var s order.State
	err := w.Book.View(ctx, func(ctx context.Context, tx Tx) (err error) { s, _, err = state(ctx, tx, sheet); return err })
	return s, err
}
