package live

import (
	"encoding/binary"
	"slices"
	"time"

	"etabli.example/fault"
	"etabli.example/timing"
	"etabli.example/timing/synth"
	"etabli.example/timing/wave"
	"etabli.example/trade/order"
	"etabli.example/workshop"
)

// longestGap is the most sound that may be missing before the measurement
// begins again, in seconds: nothing is left then of what came before.
const longestGap = 60

// session is one measurement: meter, sound and trace. It outlives its
// connection by parkFor; only one ear at a time touches it. parked and stop are
// the handler's, under its lock.
type session struct {
	parked time.Time // when its connection ended
	stop   func()    // ends the connection that has it; nil where none has

	about asked
	watch order.WatchFacts
	card  workshop.CardClock // the sound card, as it was calibrated
	meter *timing.Meter
	motor *motor  // in place of meter: an electronic watch is listened to
	next  uint64  // index of the sample that comes next
	begun bool    // next is known
	fresh bool    // something was heard since the last reading
	heard int64   // samples since the meter began, lost ones included
	beats bool    // a watch was heard
	beat  float64 // second at which it beat last, or could not be heard for noise
	sound ring
	vario workshop.Vario
	strip strip
	shown *timing.Reading // the last trustworthy one the page was told
	told  int64           // samples heard when it was

	source *synth.Source // of a simulated watch
	made   int64         // samples it made
	since  time.Time     // when it began
}

// begin starts a new meter for what the page says.
func (s *session) begin(a asked, w order.WatchFacts, card workshop.CardClock, now time.Time) error {
	var source *synth.Source
	if a.Source == "simulated" {
		if a.Kind == kindQuartz {
			return fault.New(fault.Invalid, "measurement.live_start")
		}
		sw, how, ok := workshop.SimulatedWatch(a.Preset, w, a.Lift)
		if !ok {
			return fault.New(fault.Invalid, "measurement.live_start")
		}
		how.Seed = uint64(now.UnixNano())
		a.Rate = how.Rate
		source = synth.NewSource(sw, how)
	}
	if a.Source == "simulated" {
		card = workshop.CardClock{}
	}
	var m *timing.Meter
	var stepping *motor
	if a.Kind == kindQuartz {
		stepping = newMotor(a.Rate, card)
	} else {
		var err error
		if m, err = timing.NewMeter(card.Mechanical(a.config())); err != nil {
			return &fault.Error{Kind: fault.Invalid, Op: "live.begin", Key: "measurement.config", Err: err}
		}
	}
	s.about, s.watch, s.card = a, w, card
	s.meter, s.motor, s.source = m, stepping, source
	s.begun, s.fresh, s.heard, s.next, s.made, s.since = false, false, 0, 0, 0, now
	s.beats, s.beat = false, 0
	s.vario = workshop.Vario{}
	s.sound, s.strip = newRing(a.Rate*workshop.KeptSeconds), strip{}
	s.shown = nil
	return nil
}

// frame takes numbered sound: what is missing before it is said to the meter,
// what was already heard is left out.
func (s *session) frame(first uint64, pcm []byte, now time.Time) error {
	if !s.begun {
		s.begun, s.next = true, first
	}
	if first > s.next {
		gap := first - s.next
		if gap > uint64(longestGap*s.about.Rate) {
			if err := s.begin(s.about, s.watch, s.card, now); err != nil {
				return err
			}
			s.begun = true
		} else {
			s.lose(int(gap))
		}
		s.next = first
	}
	repeated := s.next - first
	if repeated >= uint64(len(pcm)/2) {
		return nil
	}
	pcm = pcm[2*repeated:]
	s.hear(samplesOf(pcm))
	s.next += uint64(len(pcm) / 2)
	return nil
}

func samplesOf(pcm []byte) []float32 {
	out := make([]float32, len(pcm)/2)
	for i := range out {
		out[i] = float32(int16(binary.LittleEndian.Uint16(pcm[2*i:]))) / 32768
	}
	return out
}

// simulate makes the sound that passed since the simulated watch began, at
// most two seconds of it at a time: a server that was busy does not catch up.
func (s *session) simulate(now time.Time) {
	if s.source == nil {
		return
	}
	due := int64(now.Sub(s.since).Seconds()*float64(s.about.Rate)) - s.made
	if most := int64(2 * s.about.Rate); due > most {
		s.since = s.since.Add(time.Duration(float64(due-most) / float64(s.about.Rate) * float64(time.Second)))
		due = most
	}
	if due <= 0 {
		return
	}
	x := make([]float32, due)
	s.source.Read(x)
	s.made += due
	s.hear(x)
}

// lose takes n samples that never arrived.
func (s *session) lose(n int) {
	s.heard += int64(n)
	if s.motor != nil {
		s.motor.sound.silence(n)
		return
	}
	s.meter.Lost(n)
	s.sound.silence(n)
}

func (s *session) hear(x []float32) {
	if s.motor != nil {
		s.motor.sound.write(x)
	} else {
		s.meter.Write(x)
		s.sound.write(x)
	}
	s.heard += int64(len(x))
	s.fresh = true
}

// keptAsShown is how long a trustworthy reading may be kept after the page was
// told: a person presses on what they see, and the reading that follows may
// already be in doubt.
const keptAsShown = 2.0

// sounding is what would be kept now.
func (s *session) sounding() workshop.Sounding {
	if s.motor != nil {
		return s.motor.sounding(s.about)
	}
	e := s.meter.Reading()
	if !e.Confident && s.shown != nil && s.heard-s.told <= int64(keptAsShown*float64(s.about.Rate)) {
		e = *s.shown
	}
	m := workshop.Sounding{Engine: &e, Beats: s.meter.Trace(nil), Vario: slices.Clone(s.vario.Points()), Clip: &wave.Clip{Rate: s.about.Rate, Channels: [][]float32{s.sound.last()}}}
	m.Reading = order.Reading{Phase: s.about.Phase, Position: s.about.Position, Winding: s.about.Winding, How: s.about.Source, Instrument: s.card.Name}
	return m
}

// say is the reading as the page shows it, with the beats it has not yet.
func (s *session) say() (said, error) {
	if s.motor != nil {
		return s.motor.say(s.about, s.watch)
	}
	e := s.meter.Reading()
	if e.Confident {
		s.shown, s.told = &e, s.heard
	}
	s.vario.Note(float64(s.heard)/float64(s.about.Rate), func() timing.Reading { return e })
	m := workshop.Sounding{Engine: &e, Reading: order.Reading{Phase: s.about.Phase, Position: s.about.Position, Winding: s.about.Winding, How: s.about.Source}}
	r, err := workshop.Judged(s.watch, m)
	if err != nil {
		return said{}, err
	}
	out := said{Type: "reading", Turn: s.about.Turn, Beats: s.strip.add(s.meter.Trace(nil), nominal(e))}
	out.Reading, out.Verdicts = showOf(e, r, s.watch)
	out.Steady, out.stopped = s.about.steady(e), s.stopped(e) && s.about.Ear
	if clock(e) {
		out.Reading.Notices = append(slices.Clone(out.Reading.Notices), notAWatch)
	}
	if e.SignalDB == nil && e.Confident {
		out.Reading.SignalDB = signal(s.sound.recent(s.about.Rate))
	}
	return out, nil
}

// steadyAfter is the least a position is listened to before the next one comes by
// itself: 20 s (Witschi course 2016).
const steadyAfter = 20.0

// steady tells whether a reading is as sure as was asked for. The clock's own
// uncertainty is the same in every position and no longer listening lessens it.
func (a asked) steady(e timing.Reading) bool {
	if a.Asked <= 0 || !e.Confident || e.RateU == nil || 1.96**e.RateU > a.Asked || e.ToS-e.FromS < steadyAfter || clock(e) {
		return false
	}
	for _, n := range []timing.Notice{timing.StoppedAt, timing.PositionChanged, timing.Clipped, timing.OtherWatch} {
		if e.Has(n) {
			return false
		}
	}
	return true
}

// silentFor is how long a watch that was heard must be silent to have stopped for
// good and not to have been lifted off the microphone for a moment.
const silentFor = 30.0

// stopped follows whether the watch beats. Noise that drowns it is no silence.
func (s *session) stopped(e timing.Reading) bool {
	now := float64(s.heard) / float64(s.about.Rate)
	switch {
	case e.Confident && !e.Has(timing.StoppedAt):
		s.beat, s.beats = now, true
	case e.Reason == timing.TooNoisy || e.Reason == timing.TwoWatches:
		s.beat = now
	}
	return s.beats && now-s.beat > silentFor
}

// notAWatch is a notice of ours: what beats is slower than any wristwatch.
const notAWatch timing.Notice = "not_a_watch"

// slowestWatch is below the slowest watch of the catalogue and above the usual
// clocks (3,600 to 10,800).
const slowestWatch = 12_000

func clock(e timing.Reading) bool {
	return e.Confident && e.Kind == timing.Mechanical && e.BPH != nil && *e.BPH < slowestWatch
}

func nominal(e timing.Reading) float64 {
	if e.BPH == nil {
		return 0
	}
	return *e.BPH
}
