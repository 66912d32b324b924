package timing

import (
	"iter"
	"math"
	"sync"
)

// pace cuts a lesson into slices. A lesson takes some tens of milliseconds of
// work, which a live page would feel, so it runs as a coroutine that rests
// after every slice and goes on a hundredth of a second of sound later. How
// much work there is between two rests follows from what is worked on and
// never from a clock, so that a lesson ends at the same sample however the
// sound arrives.
type pace struct {
	done  int                 // work since the last rest
	yield func(struct{}) bool // nil: not in slices
	next  func() (struct{}, bool)
	stop  func()
	under bool  // a slice is under way, rather than a rest
	slab  *slab // room for what the lesson works on; nil outside one
}

// slab is room that is lent out from the front and taken back all at once. A
// stream needs it during a lesson only; all streams share a few.
type slab struct {
	room []float64
	used int
	wave []complex128
}

var slabs = sync.Pool{New: func() any { return new(slab) }}

// floats lends n zeros until the analysis under way is done.
func (p *pace) floats(n int) []float64 {
	if p == nil || p.slab == nil {
		return make([]float64, n)
	}
	s := p.slab
	if s.used+n > len(s.room) {
		// What was lent stays with its borrowers.
		s.room, s.used = make([]float64, max(n, len(s.room)*3/2, 1<<18)), 0
	}
	v := s.room[s.used : s.used+n : s.used+n]
	s.used += n
	clear(v)
	return v
}

// mark and release give back what was lent since the mark, before the end.
func (p *pace) mark() int {
	if p == nil || p.slab == nil {
		return 0
	}
	return p.slab.used
}

func (p *pace) release(mark int) {
	if p != nil && p.slab != nil && mark <= p.slab.used {
		p.slab.used = mark // where new room was made meanwhile, later than need be
	}
}

// complexes lends n complex zeros until it is asked again.
func (p *pace) complexes(n int) []complex128 {
	if p == nil || p.slab == nil {
		return make([]complex128, n)
	}
	s := p.slab
	if cap(s.wave) < n {
		s.wave = make([]complex128, n)
	}
	s.wave = s.wave[:n]
	clear(s.wave)
	return s.wave
}

// borrow gets room for an analysis, and giveBack ends it.
func (p *pace) borrow() {
	p.slab = slabs.Get().(*slab)
	p.slab.used = 0
}

func (p *pace) giveBack() {
	slabs.Put(p.slab)
	p.slab = nil
}

// Work is counted in single steps of the innermost loops, about a nanosecond
// each.
const (
	sliceWork = 400_000 // between two rests
	sliceRate = 100     // slices in a second of sound
)

// abandoned unwinds a lesson that nobody waits for any more.
type abandoned struct{}

// rest says that so much work was done, and rests where a slice is full. It
// does nothing in a lesson that is not cut into slices.
func (p *pace) rest(work int) {
	if p == nil || p.yield == nil || !p.under {
		return
	}
	if p.done += work; p.done < sliceWork {
		return
	}
	p.done = 0
	if !p.yield(struct{}{}) {
		panic(abandoned{})
	}
}

// begin starts what f does; nothing of it is done before the first goOn.
func (p *pace) begin(f func()) {
	p.next, p.stop = iter.Pull(func(yield func(struct{}) bool) {
		defer func() {
			p.yield = nil
			if r := recover(); r != nil {
				if _, ok := r.(abandoned); !ok {
					panic(r)
				}
			}
		}()
		p.done, p.yield = 0, yield
		f()
	})
}

// goOn does the next slice; more is false where that was the last.
func (p *pace) goOn() (more bool) {
	if p.next == nil {
		return false
	}
	p.under = true
	_, more = p.next()
	p.under = false
	if !more {
		p.next, p.stop = nil, nil
	}
	return more
}

// busy tells whether something was begun and is not done.
func (p *pace) busy() bool { return p.next != nil }

// abandon ends what was begun.
func (p *pace) abandon() {
	if p.stop != nil {
		p.under = true // so that all there is to unwind is unwound
		p.stop()
		p.under = false
	}
	p.next, p.stop = nil, nil
}

// never is a moment that does not come.
const never = math.MaxInt64
