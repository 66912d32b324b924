package workshop

import (
	"context"
	"slices"
	"time"

	"etabli.example/fault"
	"etabli.example/horology"
	"etabli.example/trade/order"
	"etabli.example/trade/staff"
)

// CalibreView is a calibre as the trade knows it, and as our own watches showed it.
type CalibreView struct {
	horology.Calibre
	Rules []CalibreRules // the house's own values first
	Own   []OwnView      // ended ones too
	Known bool           // to the catalogue
	// OwnLift is the lift angle the house measures with, in degrees; nil where it set none.
	OwnLift *float64
	Shown   []Shown
	// Watches is how many of our orders the figures of Shown rest on.
	Watches int
}

// CalibreRules is every rule the sources give for one quantity, the one that
// judges first.
type CalibreRules struct {
	Quantity horology.Quantity
	Rules    []horology.Tolerance
}

// Shown is what one figure was after service: the median of our readings and the
// spread of the middle four fifths of them.
type Shown struct {
	Quantity         string // "rate", "amplitude_h", "amplitude_v", "beat_error"
	Readings         int
	Median, P10, P90 float64
}

// fewest is the number of readings under which a spread would say nothing.
const fewest = 5

// mostOwn bounds how many of our orders of a calibre are read.
const mostOwn = 100

// judgedOfCalibre are the quantities the page of a calibre shows rules for.
var judgedOfCalibre = []horology.Quantity{horology.Rate, horology.MeanRate, horology.RateSpread, horology.Isochronism, horology.Amplitude, horology.BeatError,
	horology.PowerReserve, horology.MonthlyRate, horology.Consumption, horology.CoilResistance, horology.MinVoltage}

// FindCalibres finds calibres by what somebody typed, the likeliest first.
func (w *Workshop) FindCalibres(typed string) []horology.Calibre {
	return horology.FindCalibres(typed, 30)
}

// Calibre is everything known of a calibre.
func (w *Workshop) Calibre(ctx context.Context, who staff.Actor, maker, name string) (v CalibreView, err error) {
	if err := who.Must(staff.See); err != nil {
		return v, err
	}
	c, ok := horology.CalibreOf(maker, name)
	if v.Known = ok; !ok {
		c.Maker, c.Name = maker, name
	}
	v.Calibre = c
	err = w.Book.View(ctx, func(ctx context.Context, tx Tx) error {
		v.Watches, v.Shown, v.Rules = 0, nil, nil
		if v.Own, err = ownOf(ctx, tx, maker, name); err != nil {
			return err
		}
		if !v.Known && len(v.Own) == 0 {
			return fault.New(fault.NotFound, "calibre.unknown", maker, name)
		}
		v.rule(ownOnly(v.Own))
		rows, err := tx.FindOrders(ctx, maker+" "+name, mostOwn)
		if err != nil {
			return err
		}
		figures := map[string][]float64{}
		for _, row := range rows {
			if row.Calibre != c.Maker+" "+c.Name {
				continue // found by another word
			}
			s, _, err := state(ctx, tx, row.Sheet)
			if err != nil {
				return err
			}
			if served(figures, s) {
				v.Watches++
			}
		}
		for _, q := range []string{"rate", "amplitude_h", "amplitude_v", "beat_error"} {
			if all := figures[q]; len(all) >= fewest {
				slices.Sort(all)
				v.Shown = append(v.Shown, Shown{q, len(all), quantile(all, .5), quantile(all, .1), quantile(all, .9)})
			}
		}
		return nil
	})
	return v, err
}

// rule collects the rules of each quantity, the house's own first.
func (v *CalibreView) rule(own []horology.Own) {
	for _, q := range judgedOfCalibre {
		var rules []horology.Tolerance
		for _, o := range slices.Backward(own) {
			if o.Quantity == q && o.At(time.Time{}) { // of whatever plane and winding: the page says which
				rules = append(rules, o.Rule())
			}
		}
		if v.Known {
			rules = append(rules, horology.Tolerances(&v.Calibre, q, horology.CH, horology.Full)...)
		}
		if len(rules) > 0 {
			v.Rules = append(v.Rules, CalibreRules{q, rules})
		}
	}
	if deg, ok := horology.OwnLift(own, v.Maker, v.Name, time.Time{}); ok {
		v.OwnLift = &deg
	}
}

// ownOnly are the values as they were set, the first first.
func ownOnly(list []OwnView) (out []horology.Own) {
	for _, o := range slices.Backward(list) {
		out = append(out, o.Own)
	}
	return out
}

// served collects the figures at full wind after the work; simulated ones are no
// watch's. It tells whether there were any.
func served(into map[string][]float64, s order.State) bool {
	any := false
	add := func(q string, v *float64) {
		if v != nil {
			into[q], any = append(into[q], *v), true
		}
	}
	for _, r := range s.Readings {
		p, ok := horology.ParsePosition(r.Position)
		if !ok || !r.Counts || r.Phase == order.Before || r.Winding != "0h" || r.How == "simulated" {
			continue
		}
		add("rate", r.Rate)
		add("beat_error", r.BeatError)
		if p.Horizontal() {
			add("amplitude_h", r.Amplitude)
		} else {
			add("amplitude_v", r.Amplitude)
		}
	}
	return any
}

// quantile interpolates between the sorted values.
func quantile(sorted []float64, q float64) float64 {
	at := q * float64(len(sorted)-1)
	i := int(at)
	if i+1 >= len(sorted) {
		return sorted[len(sorted)-1]
	}
	return sorted[i] + (at-float64(i))*(sorted[i+1]-sorted[i])
}
