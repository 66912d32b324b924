package timing

import (
	"iter"
	"math"
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
	if p == nil || p.yield == nil {
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
	if _, more = p.next(); !more {
		p.next, p.stop = nil, nil
	}
	return more
}

// busy tells whether something was begun and is not done.
func (p *pace) busy() bool { return p.next != nil }

// abandon ends what was begun.
func (p *pace) abandon() {
	if p.stop != nil {
		p.stop()
	}
	p.next, p.stop = nil, nil
}

// never is a moment that does not come.
const never = math.MaxInt64
