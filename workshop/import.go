package workshop

import (
	"context"
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"time"

	"etabli.example/fault"
	"etabli.example/horology"
	"etabli.example/horology/exchange"
	"etabli.example/ident"
	"etabli.example/trade/order"
	"etabli.example/trade/staff"
	"etabli.example/trade/watch"
)

const (
	importKey  = "import_maps"
	mostImport = 100 // instruments whose map is kept
)

// ImportMaps are the maps of columns the house has kept, by the instrument's
// name.
func (w *Workshop) ImportMaps(ctx context.Context) (map[string]exchange.Mapping, error) {
	out := map[string]exchange.Mapping{}
	err := w.Book.View(ctx, func(ctx context.Context, tx Tx) (err error) { out, err = importMaps(ctx, tx); return err })
	return out, err
}

func importMaps(ctx context.Context, tx Tx) (map[string]exchange.Mapping, error) {
	out := map[string]exchange.Mapping{}
	text, err := tx.Setting(ctx, importKey)
	if err != nil || text == "" {
		return out, err
	}
	return out, fault.Wrap("workshop.importMaps", json.Unmarshal([]byte(text), &out))
}

// KeepImportMap keeps how an instrument's columns are read. A house with too
// many instruments forgets the first of the alphabet; a map is soon made again.
func (w *Workshop) KeepImportMap(ctx context.Context, who staff.Actor, instrument string, m exchange.Mapping) error {
	if err := who.Must(staff.Measure); err != nil {
		return err
	}
	if instrument = strings.TrimSpace(instrument); instrument == "" {
		return nil
	}
	return w.Book.Do(ctx, func(ctx context.Context, tx Tx) error {
		all, err := importMaps(ctx, tx)
		if err != nil {
			return err
		}
		all[instrument] = m
		for names := slices.Sorted(maps.Keys(all)); len(all) > mostImport; names = names[1:] {
			delete(all, names[0])
		}
		text, err := json.Marshal(all)
		if err != nil {
			return fault.Wrap("workshop.KeepImportMap", err)
		}
		return tx.PutSetting(ctx, importKey, string(text))
	})
}

// Import puts readings of another instrument on the sheet, judged like any
// other. A reading whose winding is not known is taken as winding.
func (w *Workshop) Import(ctx context.Context, a Act, phase, winding string, readings []exchange.Reading) (order.State, error) {
	if a.Entry == "" {
		a.Entry = ident.New()
	}
	var facts order.WatchFacts
	err := w.Book.View(ctx, func(ctx context.Context, tx Tx) error {
		s, _, err := state(ctx, tx, a.Sheet)
		facts = s.Watch
		return err
	})
	if err != nil {
		return order.State{}, err
	}
	var rs []order.Reading
	ids := []string{a.Entry}
	for i, x := range readings {
		r, err := Judged(facts, Sounding{Reading: imported(x, phase, winding)})
		if err != nil {
			return order.State{}, err
		}
		if i > 0 {
			ids = append(ids, ident.New())
		}
		rs = append(rs, r)
	}
	return w.decide(ctx, a, order.KeepImported(rs, ids))
}

func imported(x exchange.Reading, phase, winding string) order.Reading {
	r := order.Reading{Phase: phase, Position: string(x.Position), Winding: winding, How: "imported", Instrument: x.Instrument,
		BPH: x.BPH, Rate: x.RateSD, RateU: x.RateU, Amplitude: x.AmplitudeDeg, AmplitudeU: x.AmplitudeU, BeatError: x.BeatErrorMS,
		BeatErrorU: x.BeatErrorU, ClockU: x.ClockU}
	if x.Winding == "0h" || x.Winding == "24h" {
		r.Winding = string(x.Winding)
	}
	if x.LiftDeg != nil {
		r.LiftDeg = *x.LiftDeg
	}
	if x.Seconds != nil {
		r.Seconds = *x.Seconds
	}
	return r
}

// SessionOf is what an order's sheet says of its timing, in the neutral form:
// every reading, those that no longer count set aside. When gives the moment of
// an entry by its number.
func SessionOf(s order.State, when func(seq int64) (time.Time, bool)) exchange.Session {
	out := exchange.Session{Format: exchange.Format, Version: exchange.Version, Maker: s.Watch.Brand, Calibre: s.Watch.Calibre, Readings: []exchange.Reading{}}
	for _, r := range s.Readings {
		x := exchange.Reading{Winding: exchangeWinding(r.Winding), Kind: "mechanical", Instrument: r.Instrument, BPH: r.BPH, RateSD: r.Rate, RateU: r.RateU,
			AmplitudeDeg: r.Amplitude, AmplitudeU: r.AmplitudeU, BeatErrorMS: r.BeatError, BeatErrorU: r.BeatErrorU, ClockU: r.ClockU, SetAside: !r.Counts,
			Note: r.Phase}
		x.Position = positionOf(r.Position)
		if s.Watch.Kind == watch.Quartz {
			x.Kind = "quartz"
		}
		if r.LiftDeg > 0 {
			x.LiftDeg = &r.LiftDeg
		}
		if r.Seconds > 0 {
			x.Seconds = &r.Seconds
		}
		if at, ok := when(r.Seq); ok {
			at = at.UTC()
			x.At = &at
		}
		out.Readings = append(out.Readings, x)
	}
	return out
}

func exchangeWinding(w string) horology.Winding {
	if w == "0h" || w == "24h" {
		return horology.Winding(w)
	}
	return horology.Unknown
}

func positionOf(s string) horology.Position {
	p, _ := horology.ParsePosition(s)
	return p
}
