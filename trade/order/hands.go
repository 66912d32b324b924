package order

import (
	"math"
	"time"

	"etabli.example/fault"
	"etabli.example/horology"
	"etabli.example/journal"
	"etabli.example/trade/staff"
)

// KindHands is the state of the hands, read in a programme of many days.
const KindHands journal.Kind = "hands_read"

// HandsRead is what the hands showed at the end of a day of the programme; day 0 is
// the state it began with. A day read again counts by its last reading.
type HandsRead struct {
	Seq    int64     `json:"-"`
	By     string    `json:"-"`
	Day    int       `json:"day"` // 0 to 15
	At     time.Time `json:"at"`
	AheadS float64   `json:"ahead_s"` // how far the hands are ahead of the true time, s
	U95    float64   `json:"u95"`     // half the 95 % interval of reading them, s
}

// A day of the programme is 24 h; one read earlier or later by more than this is
// no day of it.
const mostOff = 2 * time.Hour

// ReadHands puts a state of the hands on the sheet.
func ReadHands(h HandsRead) Decision {
	return func(s State, f Facts) ([]journal.Draft, error) {
		if err := f.Who.Must(staff.Measure); err != nil {
			return nil, err
		}
		if err := s.open(); err != nil {
			return nil, err
		}
		var bad fault.Problems
		if h.Day < 0 || h.Day > len(horology.Programme()) {
			bad.Add("day", "order.unknown_choice")
		}
		if math.IsNaN(h.AheadS) || math.Abs(h.AheadS) > 3600 {
			bad.Add("ahead", "chronometer.impossible", h.AheadS)
		}
		if !(h.U95 > 0 && h.U95 <= 10) {
			bad.Add("u95", "chronometer.no_u")
		}
		switch before, known := s.HandsOf(h.Day - 1); {
		case h.At.IsZero() || h.At.After(f.Now):
			bad.Add("at", "chronometer.not_yet")
		case known && h.At.Sub(before.At)-24*time.Hour > mostOff, known && 24*time.Hour-h.At.Sub(before.At) > mostOff:
			bad.Add("at", "chronometer.no_day", h.At.Sub(before.At).Hours())
		}
		if err := bad.Err(); err != nil {
			return nil, err
		}
		return f.one(KindHands, []string{"hands"}, h)
	}
}

// HandsOf is the state that counts of a day.
func (s State) HandsOf(day int) (HandsRead, bool) {
	for i := len(s.Hands) - 1; i >= 0; i-- {
		if s.Hands[i].Day == day {
			return s.Hands[i], true
		}
	}
	return HandsRead{}, false
}

// DailyRates are the rates of the days whose beginning and end were both read.
func (s State) DailyRates() []horology.DailyRate {
	var out []horology.DailyRate
	for day := 1; day <= len(horology.Programme()); day++ {
		a, began := s.HandsOf(day - 1)
		b, ended := s.HandsOf(day)
		if !began || !ended {
			continue
		}
		for _, r := range horology.DailyRates([]horology.HandState{{At: a.At, AheadS: a.AheadS, U95: a.U95}, {At: b.At, AheadS: b.AheadS, U95: b.U95}}) {
			r.Day = day
			out = append(out, r)
		}
	}
	return out
}
