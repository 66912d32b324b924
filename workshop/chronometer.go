package workshop

import (
	"context"
	"time"

	"etabli.example/horology"
	"etabli.example/trade/order"
)

// ReadHands puts a state of the hands of a 15-day programme on the sheet.
func (w *Workshop) ReadHands(ctx context.Context, a Act, h order.HandsRead) (order.State, error) {
	return w.decide(ctx, a, order.ReadHands(h))
}

// ChronometerOf applies the seven criteria of ISO 3159 to the days observed. The
// category follows from the movement's diameter; where that is not known, the first
// (above 20 mm) is taken and assumed is set.
func ChronometerOf(s order.State) (r horology.ChronometerResult, assumed bool) {
	cat := horology.Category1
	if c := calibreOf(s.Watch, time.Time{}); c == nil || c.DiameterMM == nil {
		assumed = true
	} else if known, ok := horology.CategoryOf(*c.DiameterMM); ok {
		cat = known
	}
	return horology.ISO3159(s.DailyRates(), cat), assumed
}

// Acoustic is what an acoustic session says in the manner of ISO 3159: it is never
// a result of that standard, whose rates are read off the hands.
type Acoustic struct {
	M *float64 // mean of the rates in 6H, 3H, 9H, CB and CH
	D *float64 // 6H − CH
	P *float64 // largest distance of those rates from M
}

// AcousticOf reads the full-wind session of a phase; figures that lack a position
// are nil.
func AcousticOf(s order.State, phase string) Acoustic {
	at := map[string]float64{}
	for _, r := range s.ReadingsOf(phase) {
		if r.Winding == "0h" && r.Rate != nil {
			at[r.Position] = *r.Rate
		}
	}
	var out Acoustic
	sum, all := 0.0, true
	five := []string{"6H", "3H", "9H", "CB", "CH"}
	for _, p := range five {
		v, ok := at[p]
		sum, all = sum+v, all && ok
	}
	if all {
		m, p := sum/float64(len(five)), 0.0
		for _, pos := range five {
			p = max(p, at[pos]-m, m-at[pos])
		}
		d := at["6H"] - at["CH"]
		out = Acoustic{&m, &d, &p}
	}
	return out
}
