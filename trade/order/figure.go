package order

import "slices"

// Waiting is how many open orders have been at a stage for so many whole days.
type Waiting struct {
	Stage       Stage
	Days, Count int
}

// Due is how many open orders of a stage are promised for an ISO date.
type Due struct {
	Stage    Stage
	Promised string
	Count    int
}

// Turnaround is how many orders took so many whole days from opening to closing.
type Turnaround struct{ Days, Count int }

// Quantile returns the smallest number of days within which at least the share q
// (0 to 1) of the orders were closed, and false where there were none.
func Quantile(all []Turnaround, q float64) (days int, ok bool) {
	sorted := slices.SortedFunc(slices.Values(all), func(a, b Turnaround) int { return a.Days - b.Days })
	total := 0
	for _, t := range sorted {
		total += t.Count
	}
	if total == 0 {
		return 0, false
	}
	sum := 0
	for _, t := range sorted {
		if sum += t.Count; float64(sum) >= q*float64(total) {
			return t.Days, true
		}
	}
	return sorted[len(sorted)-1].Days, true
}
