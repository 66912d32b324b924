package timing

import "runtime"

// Meter listens to one watch. It remembers the last minute and needs the same
// memory after a second and after three days. It is not safe for concurrent
// use.
type Meter struct{ *listener }

// NewMeter returns a Meter that has heard nothing yet. Its error wraps
// ErrConfig.
func NewMeter(c Config) (*Meter, error) {
	c, err := c.check()
	if err != nil {
		return nil, err
	}
	m := &Meter{newListener(c)}
	// A lesson that rests when the meter is dropped would rest for ever.
	runtime.AddCleanup(m, func(p *pace) { p.abandon() }, &m.pace)
	return m, nil
}

// Write takes the next samples, mono, within [-1, 1].
func (m *Meter) Write(samples []float32) {
	m.write(samples)
	runtime.KeepAlive(m) // its lesson must not be abandoned under way
}

// Lost says that n samples never arrived. The beats behind the gap keep their
// place on the grid of those before it.
func (m *Meter) Lost(n int) { m.miss(n) }

// Reading says what is known now. It is cheap to ask again as long as less
// than a tenth of a second of sound was added.
func (m *Meter) Reading() Reading { return m.say() }

// Trace appends the beats of the last minute to dst[:0] and returns it.
func (m *Meter) Trace(dst []Beat) []Beat {
	m.Reading()
	return append(dst[:0], m.trace...)
}

// listener is what a Meter is inside.
//
// What a watch sounds like is learnt in lessons, at moments that depend on the
// sound heard alone and not on how it was cut into pieces; between lessons new
// beats are timed with what was learnt.
type listener struct {
	cfg   Config
	front *front
	lost  int64 // samples known missing
	gapAt float64

	a         analysis // as of the last lesson, and the beats since
	known     bool     // a holds a watch
	lesson    int64    // input samples at the next lesson
	taught    int64    // and at the last one
	searched  float64  // seconds heard at the last search for any beat
	begin     float64  // seconds from which on the watch is the same
	settled   int      // beats the last fit was of
	look      int64    // input samples at which the beats are looked after next
	slice     int64    // and at which the lesson under way goes on
	pace      pace
	events    map[Notice]float64 // when something worth a notice was last seen
	company   bool               // a second watch is heard …
	companyDB float64            // … softer by this

	seen    int64 // samples at the last reading
	reading Reading
	mean    MeanBeat
	trace   []Beat
	level   float64 // dB of the loudest moments over the noise, where no beat tells

	raw, white, seg, corr []float64 // workspace
}

// firstLesson is when a watch is first looked for, in seconds; lessons are
// this share of all that was heard apart, but never more than slowLesson.
const (
	firstLesson = 2.0
	lessonShare = 0.4
	slowLesson  = 20.0
)

// firstCompany is the second from which on a second watch is looked for.
const firstCompany = 6.0

// atOnce is up to how many seconds of sound a lesson is short enough to be done
// without a rest.
const atOnce = 4.0

func newListener(c Config) *listener {
	m := &listener{cfg: c, seen: -1, lesson: int64(firstLesson * float64(c.Rate)), look: int64(c.Rate), slice: never, events: map[Notice]float64{}}
	m.front = newFront(c.Rate, &m.pace)
	return m
}

func (m *listener) write(samples []float32) {
	for len(samples) > 0 {
		stop := min(m.lesson, m.look, m.slice)
		n := int(min(int64(len(samples)), max(1, stop-m.front.total)))
		m.front.write(samples[:n])
		samples = samples[n:]
		m.passTime()
	}
}

// passTime does what is due at this sample.
func (m *listener) passTime() {
	if m.front.total >= m.look {
		m.look += int64(m.cfg.Rate)
		m.follow()
	}
	if m.front.total >= m.slice {
		m.goOn()
	}
	if m.front.total >= m.lesson {
		m.lesson = never
		if m.seconds()-m.begin <= atOnce {
			m.learn()
		} else {
			m.pace.begin(m.learn)
			m.goOn()
		}
	}
}

// goOn does a slice of the lesson.
func (m *listener) goOn() {
	m.slice = never
	if m.pace.goOn() {
		m.slice = m.front.total + int64(m.cfg.Rate/sliceRate)
	}
}

func (m *listener) miss(n int) {
	if n <= 0 {
		return
	}
	if m.lost == 0 {
		m.gapAt = m.seconds()
	}
	m.lost += int64(n)
	m.front.lost(int64(n))
}

// seconds is the time of the last sample.
func (m *listener) seconds() float64 { return float64(m.front.total) / float64(m.cfg.Rate) }

func (m *listener) say() Reading {
	if m.seen >= 0 && m.front.total-m.seen < int64(m.cfg.Rate/10) && m.front.total != m.seen && m.front.total > int64(m.cfg.Rate) {
		return m.reading
	}
	if m.front.total != m.seen {
		m.seen = m.front.total
		m.read()
	}
	return m.reading
}

// conclude ends the lesson that is under way, and takes a last one where much
// was heard since.
func (m *listener) conclude() {
	for m.pace.busy() {
		m.goOn()
	}
	if m.front.total-m.taught > m.front.total/50 {
		m.learn()
	}
}
