package horology

import (
	"regexp"
	"slices"
	"strconv"
	"time"
)

// Rest is how long a watch must run after it was wound before its figures are
// those of full wind, with who says so.
type Rest struct {
	Min, Max time.Duration
	Source   string
}

// longestRest is where the usual 20 minutes end: whoever measures later than
// half an hour has lost nothing, but need not wait for it.
const longestRest = 30 * time.Minute

var restForm = regexp.MustCompile(`(\d+) to (\d+) h after full winding`)

// RestAfterWinding returns the maker's delay where one is printed for the
// calibre (Sellita: 1 to 3 h), else the general one of 20 to 30 minutes.
func RestAfterWinding(c *Calibre) Rest {
	if c == nil {
		c = &Calibre{}
	}
	usual := Rest{Min: 20 * time.Minute, Max: longestRest}
	for _, t := range rules() {
		_, reaches := reach(t, c)
		if m := restForm.FindStringSubmatch(t.Winding); reaches && m != nil {
			return Rest{hours(m[1]), hours(m[2]), t.Source}
		}
		if t.Quantity == RunningTime && t.Min != nil && usual.Source == "" {
			usual.Min, usual.Source = time.Duration(*t.Min*float64(time.Minute)), t.Source
		}
	}
	return usual
}

func hours(digits string) time.Duration {
	n, err := strconv.Atoi(digits)
	if err != nil {
		panic("horology: " + digits + " h")
	}
	return time.Duration(n) * time.Hour
}

// CalendarEngaged reports whether a calendar of the watch may be in mesh when its
// hands show this hour: from 21 h to 3 h the change takes power from the train
// and the amplitude is not that of the free watch. A watch without calendar is
// never engaged; one whose functions nobody noted is taken to have one.
func CalendarEngaged(functions []string, hour int) bool {
	has := len(functions) == 0 || slices.ContainsFunc(functions, func(f string) bool {
		return f == "date" || f == "day" || f == "big_date" || f == "full_calendar" || f == "month" || f == "annual_calendar" || f == "perpetual_calendar"
	})
	return has && (hour >= 21 || hour < 3)
}
