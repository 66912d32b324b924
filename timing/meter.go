package timing

// Meter listens to one watch. It remembers the last minute and needs the same
// memory after a second and after three days. It is not safe for concurrent
// use.
//
// What a watch sounds like is learnt in lessons, at moments that depend on the
// sound heard alone and not on how it was cut into pieces; between lessons new
// beats are timed with what was learnt.
type Meter struct {
	cfg   Config
	front *front
	lost  int64 // samples known missing
	gapAt float64

	a         analysis           // as of the last lesson, and the beats since
	known     bool               // a holds a watch
	lesson    int64              // input samples at the next lesson
	taught    int64              // and at the last one
	searched  float64            // seconds heard at the last search for any beat
	begin     float64            // seconds from which on the watch is the same
	settled   int                // beats the last fit was of
	look      int64              // input samples at which the beats are looked after next
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
	slowLesson  = 15.0
)

// firstCompany is the second from which on a second watch is looked for.
const firstCompany = 6.0

// NewMeter returns a Meter that has heard nothing yet. Its error wraps
// ErrConfig.
func NewMeter(c Config) (*Meter, error) {
	c, err := c.check()
	if err != nil {
		return nil, err
	}
	return &Meter{cfg: c, front: newFront(c.Rate), seen: -1, lesson: int64(firstLesson * float64(c.Rate)), look: int64(c.Rate), events: map[Notice]float64{}}, nil
}

// Write takes the next samples, mono, within [-1, 1].
func (m *Meter) Write(samples []float32) {
	for len(samples) > 0 {
		stop := min(m.lesson, m.look)
		n := int(min(int64(len(samples)), max(1, stop-m.front.total)))
		m.front.write(samples[:n])
		samples = samples[n:]
		if m.front.total >= m.look {
			m.look += int64(m.cfg.Rate)
			m.follow()
		}
		if m.front.total >= m.lesson {
			m.learn()
		}
	}
}

// Lost says that n samples never arrived. The beats behind the gap keep their
// place on the grid of those before it.
func (m *Meter) Lost(n int) {
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
func (m *Meter) seconds() float64 { return float64(m.front.total) / float64(m.cfg.Rate) }

// Reading says what is known now. It is cheap to ask again as long as less
// than a tenth of a second of sound was added.
func (m *Meter) Reading() Reading {
	if m.seen >= 0 && m.front.total-m.seen < int64(m.cfg.Rate/10) && m.front.total != m.seen && m.front.total > int64(m.cfg.Rate) {
		return m.reading
	}
	if m.front.total != m.seen {
		m.seen = m.front.total
		m.read()
	}
	return m.reading
}

// Trace appends the beats of the last minute to dst[:0] and returns it.
func (m *Meter) Trace(dst []Beat) []Beat {
	m.Reading()
	return append(dst[:0], m.trace...)
}

// conclude takes a last lesson where much was heard since the last one.
func (m *Meter) conclude() {
	if m.front.total-m.taught > m.front.total/50 {
		m.learn()
	}
}
