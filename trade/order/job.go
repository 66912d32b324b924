package order

import (
	"slices"
	"time"

	"etabli.example/money"
	"etabli.example/trade/watch"
)

// Job is what an accepted quote came to: what a pre-quote for a watch like it
// rests on.
type Job struct {
	Solution   string
	Kind       watch.Kind
	Operations []string // sorted, obligatory ones
	Total      money.Cents
	Days       int // from the answer until it was ready; 0 where it is not yet
}

// JobOf reads the job off a sheet; false where no quote was accepted.
func JobOf(s State) (Job, bool) {
	q := s.LastQuote()
	if q == nil || q.Answer != "accepted" {
		return Job{}, false
	}
	j := Job{Kind: s.Watch.Kind, Total: q.Totals(nil).Gross}
	for _, l := range q.Lines {
		kind := solutionOf(l.Operation)
		if l.Kind != Obligatory || l.Operation == "" || kind == "" {
			continue
		}
		j.Operations = append(j.Operations, l.Operation)
		if slices.Index(SolutionKinds(), kind) > slices.Index(SolutionKinds(), j.Solution) {
			j.Solution = kind // the heaviest operation says what the job was
		}
	}
	slices.Sort(j.Operations)
	if s.ReadySince.After(q.Answered) {
		j.Days = max(1, int(s.ReadySince.Sub(q.Answered)/(24*time.Hour)))
	}
	return j, j.Solution != ""
}

// like are the past jobs of the same solution on the same kind of watch; a repair is
// like another only where the same was done.
func (x Wanted) like(s Solution) []Job {
	var codes []string
	for _, l := range s.Lines {
		if l.Kind == Obligatory && solutionOf(l.Operation) != "" {
			codes = append(codes, l.Operation)
		}
	}
	slices.Sort(codes)
	var out []Job
	for _, j := range x.Past {
		if j.Solution == s.Kind && j.Kind == x.Watch.Kind && (s.Kind != Repair || slices.Equal(j.Operations, codes)) {
			out = append(out, j)
		}
	}
	return out
}

func totals(jobs []Job) []money.Cents {
	out := make([]money.Cents, len(jobs))
	for i, j := range jobs {
		out[i] = j.Total
	}
	return out
}

func middleDays(jobs []Job) int {
	var days []int
	for _, j := range jobs {
		if j.Days > 0 {
			days = append(days, j.Days)
		}
	}
	if len(days) == 0 {
		return 0
	}
	slices.Sort(days)
	return days[len(days)/2]
}

// fewestJobs is how many past jobs a range of prices needs, and wished how likely
// the next one shall be inside it.
const (
	fewestJobs = 3
	wished     = 0.8
)

// Spread is the narrowest range from the k-th smallest to the k-th largest of past
// prices that holds the next one with the wished probability, and that probability;
// the whole range where there are too few. It supposes only that the next job could
// have been any of them: of n+1 prices in any order, n+1−2k in n+1 put the last one
// strictly between (order statistics). False below fewestJobs.
func Spread(prices []money.Cents) (low, high money.Cents, chance float64, ok bool) {
	n := len(prices)
	if n < fewestJobs {
		return 0, 0, 0, false
	}
	sorted := slices.Sorted(slices.Values(prices))
	k := 1
	for float64(n+1-2*(k+1))/float64(n+1) >= wished {
		k++
	}
	return sorted[k-1], sorted[n-k], float64(n+1-2*k) / float64(n+1), true
}
