package workshop

import (
	"context"
	"encoding/json"
	"math"
	"slices"
	"time"

	"etabli.example/fault"
	"etabli.example/horology"
	"etabli.example/ident"
	"etabli.example/trade/staff"
)

const ownKey = "own_values"

// mostOwnValues bounds what the house sets for itself, ended values included.
const mostOwnValues = 2000

// OwnWords bounds a reason, in characters.
const OwnWords = 300

// ownValues are the house's own values of every calibre, the first set first.
func ownValues(ctx context.Context, tx Tx) (all []horology.Own, err error) {
	text, err := tx.Setting(ctx, ownKey)
	if err != nil || text == "" {
		return nil, err
	}
	return all, fault.Wrap("workshop.ownValues", json.Unmarshal([]byte(text), &all))
}

// OwnView is one own value with the names of who set and ended it.
type OwnView struct {
	horology.Own
	ByName, EndedByName string
}

// OwnValues are the house's own values of a calibre, ended ones too, the last set first.
func (w *Workshop) OwnValues(ctx context.Context, who staff.Actor, maker, name string) (out []OwnView, err error) {
	if err := who.Must(staff.See); err != nil {
		return nil, err
	}
	err = w.Book.View(ctx, func(ctx context.Context, tx Tx) error { out, err = ownOf(ctx, tx, maker, name); return err })
	return out, err
}

func ownOf(ctx context.Context, tx Tx, maker, name string) (out []OwnView, err error) {
	all, err := ownValues(ctx, tx)
	if err != nil || len(all) == 0 {
		return nil, err
	}
	people, err := names(ctx, tx)
	if err != nil {
		return nil, err
	}
	for _, o := range slices.Backward(all) {
		if o.About(maker, name) {
			out = append(out, OwnView{o, people[o.By], people[o.EndedBy]})
		}
	}
	return out, nil
}

// SetOwnValue sets a value of the house for a calibre from now on. One that it
// replaces (same quantity, positions and winding) ends at the same moment. Needs
// ManageRules and a reason. id makes a repeated request write nothing twice.
func (w *Workshop) SetOwnValue(ctx context.Context, who staff.Actor, o horology.Own) error {
	if err := who.Must(staff.ManageRules); err != nil {
		return err
	}
	if err := checkOwn(o); err != nil {
		return err
	}
	return w.changeOwn(ctx, func(all []horology.Own) ([]horology.Own, error) {
		if slices.ContainsFunc(all, func(x horology.Own) bool { return x.ID == o.ID }) {
			return all, nil
		}
		if len(all) >= mostOwnValues {
			return nil, fault.New(fault.Conflict, "own.too_many", mostOwnValues)
		}
		now := w.Now().UTC().Truncate(time.Microsecond)
		for i, x := range all {
			if x.About(o.Maker, o.Calibre) && x.Quantity == o.Quantity && x.Plane == o.Plane && x.Winding == o.Winding && x.Until.IsZero() {
				all[i].Until, all[i].EndedBy, all[i].EndWhy = now, who.ID, o.Why
			}
		}
		o.Since, o.Until, o.By = now, time.Time{}, who.ID
		return append(all, o), nil
	})
}

// EndOwnValue ends a value: the catalogue's holds again. Needs ManageRules and a
// reason.
func (w *Workshop) EndOwnValue(ctx context.Context, who staff.Actor, id, why string) error {
	if err := who.Must(staff.ManageRules); err != nil {
		return err
	}
	var bad fault.Problems
	reasoned(&bad, "end_why", why)
	if err := bad.Err(); err != nil {
		return err
	}
	return w.changeOwn(ctx, func(all []horology.Own) ([]horology.Own, error) {
		i := slices.IndexFunc(all, func(x horology.Own) bool { return x.ID == id })
		switch {
		case i < 0:
			return nil, fault.New(fault.NotFound, "own.unknown")
		case !all[i].Until.IsZero():
			return all, nil // the button was pressed twice
		}
		all[i].Until, all[i].EndedBy, all[i].EndWhy = w.Now().UTC().Truncate(time.Microsecond), who.ID, why
		return all, nil
	})
}

func (w *Workshop) changeOwn(ctx context.Context, change func([]horology.Own) ([]horology.Own, error)) error {
	return w.Book.Do(ctx, func(ctx context.Context, tx Tx) error {
		all, err := ownValues(ctx, tx)
		if err != nil {
			return err
		}
		if all, err = change(all); err != nil {
			return err
		}
		text, err := json.Marshal(all)
		if err != nil {
			return fault.Wrap("workshop.changeOwn", err)
		}
		return tx.PutSetting(ctx, ownKey, string(text))
	})
}

func reasoned(bad *fault.Problems, field, why string) {
	if why == "" {
		bad.Add(field, "own.why_missing")
	}
	bad.Text(field, why, OwnWords)
}

// checkOwn refuses a value nothing can be held against.
func checkOwn(o horology.Own) error {
	var bad fault.Problems
	if horology.OwnUnit(o.Quantity) == "" {
		bad.Add("quantity", "order.unknown_choice")
	}
	if o.Maker == "" || o.Calibre == "" || len(o.Maker) > 80 || len(o.Calibre) > 80 {
		bad.Add("quantity", "own.no_calibre")
	}
	if !slices.Contains([]string{"", "H", "V"}, o.Plane) {
		bad.Add("plane", "order.unknown_choice")
	}
	if !slices.Contains([]horology.Winding{"", horology.Full, horology.H24}, o.Winding) {
		bad.Add("winding", "order.unknown_choice")
	}
	if !ident.ValidID(o.ID) {
		bad.Add("quantity", "fault.invalid")
	}
	limits(&bad, o)
	reasoned(&bad, "why", o.Why)
	return bad.Err()
}

func limits(bad *fault.Problems, o horology.Own) {
	low, high := horology.Bounds(o.Quantity)
	for field, v := range map[string]*float64{"min": o.Min, "max": o.Max} {
		if v != nil && (math.IsNaN(*v) || *v < low || *v > high) {
			bad.Add(field, "measurement.impossible_value", *v, low, high)
		}
	}
	switch {
	case o.Min == nil && o.Max == nil:
		bad.Add("min", "own.no_limit")
	case o.Quantity == horology.LiftAngle && (o.Min == nil || o.Max == nil || *o.Min != *o.Max):
		bad.Add("min", "own.one_angle")
	case o.Min != nil && o.Max != nil && *o.Min > *o.Max:
		bad.Add("max", "own.upside_down")
	}
}
