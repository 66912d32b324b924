package promise_test

import (
	"math"
	"slices"
	"strconv"
	"testing"

	"etabli.example/trade/promise"
)

// TestPromisesHold puts promises to the proof on a workshop of twelve people
// with skills and absences, lognormal work, parts from a day to six months,
// closed days and a fifth of the orders rushed. Nine in ten of the 90 % promises
// must hold, those made at the counter and those made once the quote is
// accepted; and the middle date of the latter must be at least 30 % nearer than
// the median of the last hundred orders from that moment. Nothing is fitted but
// what each workshop has seen of itself.
func TestPromisesHold(t *testing.T) {
	seeds, days := []uint64{101}, 260
	if testing.Short() {
		days = 220
	}
	total := map[string]*score{"reception": {}, "acceptance": {}}
	for _, seed := range seeds {
		play(newWorld(seed), days, total)
	}
	for moment, s := range total {
		held := float64(s.kept) / float64(s.asked)
		t.Logf("%s: of %d promises of 90 %% %.1f %% held; mean error %.2f days, of the median of the last hundred %.2f (%.0f %% nearer)",
			moment, s.asked, 100*held, s.ours/float64(s.asked), s.theirs/float64(s.asked), 100*(1-s.ours/s.theirs))
		if held < 0.85 || held > 0.95 {
			t.Errorf("%s: %.1f %% of the 90 %% promises held", moment, 100*held)
		}
	}
	if s := total["acceptance"]; s.ours > 0.7*s.theirs {
		t.Errorf("mean error %.2f days against %.2f", s.ours/float64(s.asked), s.theirs/float64(s.asked))
	}
}

// score counts promises of one moment.
type score struct {
	kept, asked  int
	ours, theirs float64 // sums of absolute errors, days
}

// promised is a promise made, to be put to the proof.
type promised struct {
	o            *watch
	dates        promise.Dates
	now          float64
	middle, late int
	median       float64
}

// book is the promises of one moment and what became of them.
type book struct {
	made   []promised
	past   []promise.Kept
	judged int
}

const (
	warmUp = 60 // days before promises are made
	scored = 100
	proof  = 60 // days at the end in which nothing is promised any more
)

func play(w *world, days int, total map[string]*score) {
	books := map[string]*book{"reception": {}, "acceptance": {}}
	asked := map[int]bool{}
	for day := range days {
		for range hours {
			for n := arrivals(w, day); n > 0; n-- {
				if o := w.receive(); day >= warmUp && o.id%11 == 0 {
					books["reception"].ask(w, o, lastMedian(w.closed, func(o *watch) float64 { return o.came }))
				}
			}
			w.tick()
			for _, o := range w.open {
				if o.accepted > 0 && day >= warmUp && o.id%11 == 0 && !asked[o.id] {
					asked[o.id] = true
					books["acceptance"].ask(w, o, lastMedian(w.closed, func(o *watch) float64 { return o.accepted }))
				}
			}
		}
		for _, b := range books {
			b.judge(w)
		}
	}
	for moment, b := range books {
		b.count(w, days, total[moment])
	}
}

func (b *book) ask(w *world, o *watch, median float64) {
	dates := promise.Simulate(w.shop(), 60, uint64(o.id), strconv.Itoa(o.id))[strconv.Itoa(o.id)]
	b.made = append(b.made, promised{o: o, dates: dates, now: w.day(), median: median,
		middle: dates.By(promise.Level(0.5, b.past)), late: dates.By(promise.Level(0.9, b.past))})
}

// judge learns from promises in the order they were made, once they are kept or
// long overdue.
func (b *book) judge(w *world) {
	for ; b.judged < len(b.made); b.judged++ {
		m := b.made[b.judged]
		before := 1.0
		switch {
		case m.o.ready > 0:
			before = m.dates.Before(m.day(m.o.ready))
		case w.day()-m.now < float64(max(m.late, 10)):
			return
		}
		b.past = append(b.past, promise.Kept{Before: before})
	}
}

// day is which day after the promise an instant falls on.
func (m promised) day(at float64) int { return int(math.Floor(at) - math.Floor(m.now)) }

func (b *book) count(w *world, days int, s *score) {
	for _, m := range b.made {
		if m.now < scored || m.now > float64(days-proof) {
			continue
		}
		ready := m.o.ready
		if ready == 0 {
			ready = w.day() + 30 // not ready at the end: later than that
		}
		s.asked++
		if m.day(ready) <= m.late {
			s.kept++
		}
		s.ours += math.Abs(float64(m.day(ready) - m.middle))
		s.theirs += math.Abs(ready - m.now - m.median)
	}
}

func arrivals(w *world, day int) int {
	n := 0
	if closedDay(day) {
		return n
	}
	for u := w.rng.ExpFloat64(); u < 3.4; u += w.rng.ExpFloat64() {
		n++
	}
	return n
}

// lastMedian is the median time to ready of the last hundred orders, from a moment.
func lastMedian(closed []*watch, from func(*watch) float64) float64 {
	var took []float64
	for _, o := range closed[max(0, len(closed)-100):] {
		took = append(took, o.ready-from(o))
	}
	slices.Sort(took)
	return took[len(took)/2]
}

func TestDates(t *testing.T) {
	d := promise.Dates{0.2, 0.9, 1.5, 2.1, 2.2, 3.7, 4, 5, 9.9, 30}
	for _, c := range []struct {
		p    float64
		want int
	}{{0.1, 0}, {0.5, 2}, {0.9, 9}, {1, 30}} {
		if got := d.By(c.p); got != c.want {
			t.Errorf("by %v: day %d, want %d", c.p, got, c.want)
		}
	}
	if got := d.Before(2); got != 0.3 {
		t.Errorf("ready before day 2 with %v, want 0.3", got)
	}
}

// A job that nobody has the skill for is never promised; one alone takes its
// hours and skips the days when the shop is closed and its only person away.
func TestSimulateByHand(t *testing.T) {
	work := func(h float64) promise.Durations { return promise.Durations{h} }
	shop := promise.Shop{
		Closed: func(d int) bool { return d == 1 },
		People: []promise.Person{{Skills: []promise.Skill{"bench"}, Away: []promise.Span{{From: 2, To: 3}}}},
		Jobs: []promise.Job{
			{ID: "first", Since: -2, Steps: []promise.Step{{Skill: "bench", Hours: work(3.5)}}},
			{ID: "second", Since: -1, Steps: []promise.Step{{Skill: "bench", Hours: work(7)}, {Days: promise.Durations{2}}}},
			{ID: "rushed", Since: 0, Priority: 1, Steps: []promise.Step{{Skill: "bench", Hours: work(1.75)}}},
			{ID: "never", Steps: []promise.Step{{Skill: "repassage"}}},
		},
	}
	got := promise.Simulate(shop, 3, 1)
	// rushed: 1.75 h of day 0. first: to three quarters of day 0. second: a
	// quarter of day 0, days 1 and 2 lost, three quarters of day 3, two days of waiting.
	for id, want := range map[string]float64{"rushed": 0.25, "first": 0.75, "second": 5.75} {
		if d := got[id]; math.Abs(d[0]-want) > 1e-9 || d[0] != d[2] {
			t.Errorf("%s ready at %v, want %v", id, d, want)
		}
	}
	if got["never"].By(0.9) < 10_000 {
		t.Errorf("a job nobody can do is promised for day %d", got["never"].By(0.9))
	}
}
