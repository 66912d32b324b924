// Package promise says when the watches on hand will be ready: it plays the
// workshop's queue forward many times, with the people who can do each step,
// their days off, the parts that are awaited and durations drawn from what the
// workshop itself has shown, and reads the date off what came out. It is not a
// planner: it tells nobody what to do, keeps nothing and reads no clock.
//
// Time is counted in days from now, a float; a whole number is the opening of a
// day, and the fraction is how far that day's opening hours have gone.
package promise

import (
	"math"
	"slices"
)

// HoursADay is how long a bench works on an open day.
const HoursADay = 7

// Skill is what a step asks of whoever does it: "technician", "control".
type Skill string

// Step is one stretch of an order's way: either hands at work for some hours,
// or waiting for some days (a customer's answer, a part, an endurance run).
type Step struct {
	Skill   Skill // "" is waiting
	Hours   Durations
	Days    Durations // elapsed, of waiting
	Elapsed float64   // hours or days of it that have gone by already
}

// Job is an order on hand or just coming in.
type Job struct {
	ID       string
	Priority int     // higher goes first
	Since    float64 // when it came, days, negative; earlier goes first at equal priority
	Steps    []Step  // what is left, in order
}

// Person is somebody at a bench.
type Person struct {
	Skills []Skill
	Share  float64 // of the day at the bench; 0 is taken as whole
	Away   []Span  // known absences
}

// Span is days from, up to and not with, to.
type Span struct{ From, To float64 }

// Shop is what is played forward.
type Shop struct {
	Closed   func(day int) bool // day 0 is today; nil: never closed
	People   []Person
	Jobs     []Job
	Arrivals Arrivals
}

// Arrivals are the orders that will come in while those on hand are worked on:
// only those that may go before matter.
type Arrivals struct {
	PerDay float64
	Like   []Job // drawn from; Since is ignored
}

// Dates are the days on which one job came out ready, one a run, ascending.
type Dates []float64

// By is the day by which the job is ready with probability p, rounded up to the
// end of that day; infinite where it never is (nobody has the skill).
func (d Dates) By(p float64) int {
	if len(d) == 0 {
		return math.MaxInt32
	}
	i := min(int(math.Ceil(p*float64(len(d))))-1, len(d)-1)
	v := d[max(i, 0)]
	if math.IsInf(v, 1) {
		return math.MaxInt32
	}
	return int(math.Floor(v))
}

// Before is the share of the dates that lie before a day: where they put it.
func (d Dates) Before(day int) float64 {
	n, _ := slices.BinarySearch(d, float64(day))
	return float64(n) / float64(max(1, len(d)))
}
