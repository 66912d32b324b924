package order

import (
	"fmt"
	"slices"
	"time"

	"etabli.example/fault"
)

// BenchRules is how a workshop wants its watches tested.
type BenchRules struct {
	Positions int       `json:"positions"` // of a full session: 2, 3, 5, 6 or 10
	Asked     float64   `json:"asked"`     // s/d, 95 %: a reading this sure moves on by itself; 0 waits for a person
	Legacy    bool      `json:"legacy"`    // positions are written DU, DD, CU… as older instruments do
	Day       bool      `json:"day"`       // a second session 24 h after full winding
	Reserve   bool      `json:"reserve"`   // the power reserve is run down after the work
	Wet       bool      `json:"wet"`       // a proof in water follows a passed dry test
	Untimed   bool      `json:"untimed"`   // nobody is shown how long a step took
	Second    bool      `json:"second"`    // the final control is by another person than worked on the watch
	Endurance int       `json:"endurance"` // hours a watch runs before it is passed: 0, 24, 48 or 72
	Open      [7]string `json:"open"`      // Monday first, "09:00-19:00"; empty is closed
}

// UsualRules are those of a workshop that set none.
func UsualRules() BenchRules {
	day := "09:00-19:00"
	return BenchRules{Positions: 6, Asked: 0, Day: true, Reserve: true, Open: [7]string{"", day, day, day, day, day, ""}}
}

// EnduranceHours lists how long a watch can be asked to run before it is passed.
func EnduranceHours() []int { return []int{0, 24, 48, 72} }

// PositionSets lists the sizes of a session.
func PositionSets() []int { return []int{2, 3, 5, 6, 10} }

// Check refuses rules nothing can be tested by.
func (r BenchRules) Check() error {
	var bad fault.Problems
	sized := false
	for _, n := range PositionSets() {
		sized = sized || n == r.Positions
	}
	if !sized {
		bad.Add("positions", "order.unknown_choice")
	}
	if !(r.Asked >= 0 && r.Asked <= 20) {
		bad.Add("asked", "fault.out_of_range", 0.0, 20.0)
	}
	if !slices.Contains(EnduranceHours(), r.Endurance) {
		bad.Add("endurance", "order.unknown_choice")
	}
	for i, o := range r.Open {
		if _, _, ok := span(o); o != "" && !ok {
			bad.Add(fmt.Sprintf("open%d", i), "protocol.open_form")
		}
	}
	return bad.Err()
}

// span reads "09:00-19:00" as minutes of the day.
func span(s string) (from, to int, ok bool) {
	var h1, m1, h2, m2 int
	if n, err := fmt.Sscanf(s, "%d:%d-%d:%d", &h1, &m1, &h2, &m2); err != nil || n != 4 {
		return 0, 0, false
	}
	from, to = 60*h1+m1, 60*h2+m2
	ok = h1 >= 0 && h1 < 24 && h2 >= 0 && h2 <= 24 && m1 >= 0 && m1 < 60 && m2 >= 0 && m2 < 60 && from < to && to <= 24*60
	return from, to, ok
}

// NextOpen returns the first moment from t on at which somebody is at the bench,
// in t's own zone; t itself where the workshop is open or never says when it is.
func (r BenchRules) NextOpen(t time.Time) time.Time {
	for day := range 8 {
		d := t.AddDate(0, 0, day)
		from, to, ok := span(r.Open[(int(d.Weekday())+6)%7])
		if !ok {
			continue
		}
		midnight := time.Date(d.Year(), d.Month(), d.Day(), 0, 0, 0, 0, t.Location())
		opens := time.Date(d.Year(), d.Month(), d.Day(), from/60, from%60, 0, 0, t.Location())
		closes := time.Date(d.Year(), d.Month(), d.Day(), to/60, to%60, 0, 0, t.Location())
		switch {
		case day > 0 || t.Before(opens) && !t.Before(midnight):
			return opens
		case t.Before(closes):
			return t
		}
	}
	return t
}
