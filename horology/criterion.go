package horology

import "math"

// formula is how a criterion is computed from the rates of days 1 to 15 (index 0 unused).
// gain times the largest daily uncertainty bounds the criterion's: the sum of the sizes of
// the weights of the days, which is safe whatever the correlation between days.
type formula struct {
	code string
	days []int
	gain float64
	of   func(r [16]float64) float64
}

var firstTen = []int{1, 2, 3, 4, 5, 6, 7, 8, 9, 10}

var criteria = []formula{
	{"M", firstTen, 1, meanTen},
	{"V", firstTen, 2, func(r [16]float64) float64 {
		sum := 0.0
		for _, v := range variations(r) {
			sum += v
		}
		return sum / 5
	}},
	{"Vmax", firstTen, 2, func(r [16]float64) float64 {
		most := 0.0
		for _, v := range variations(r) {
			most = math.Max(most, v)
		}
		return most
	}},
	{"D", []int{1, 2, 9, 10}, 2, func(r [16]float64) float64 { return (r[1]+r[2])/2 - (r[9]+r[10])/2 }},
	{"P", firstTen, 2, func(r [16]float64) float64 {
		most, mean := 0.0, meanTen(r)
		for day := 1; day <= 10; day++ {
			most = math.Max(most, math.Abs(r[day]-mean))
		}
		return most
	}},
	{"C", []int{11, 13}, 2.0 / 30, func(r [16]float64) float64 { return (r[13] - r[11]) / 30 }},
	{"R", []int{1, 2, 15}, 2, func(r [16]float64) float64 { return r[15] - (r[1]+r[2])/2 }},
}

func meanTen(r [16]float64) float64 {
	sum := 0.0
	for day := 1; day <= 10; day++ {
		sum += r[day]
	}
	return sum / 10
}

// variations are the five absolute changes from the first to the second day in a position.
func variations(r [16]float64) [5]float64 {
	var out [5]float64
	for i := range out {
		out[i] = math.Abs(r[2*i+2] - r[2*i+1])
	}
	return out
}

// criterionLimit reads a criterion's names and limits for a category: "-4 / +6" is a pair;
// a lone figure bounds an absolute value from above.
func criterionLimit(code string, cat Category) (fr, en string, t Tolerance) {
	for _, l := range chronometerLines() {
		if l.Kind != "criterion" || l.Code != code {
			continue
		}
		printed := l.Category1
		if cat == Category2 {
			printed = l.Category2
		}
		t = Tolerance{Unit: l.Unit, Scope: ScopeClass, Of: "ISO 3159", Note: l.Note, Source: l.Source, Quantity: Method}
		low, high, ok := signedPair(printed)
		if !ok {
			panic("horology: ISO 3159 " + code + ": " + printed)
		}
		if signedPairForm.MatchString(printed) {
			t.Min = &low
		}
		t.Max = &high
		return l.FR, l.EN, t
	}
	panic("horology: ISO 3159 has no criterion " + code)
}
