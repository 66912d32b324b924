package store

import (
	"context"
	"encoding/json"
	"strings"

	"etabli.example/trade/watch"
)

const watchColumns = `w.house, w.id, w.customer, w.brand, w.model, w.reference, w.case_no, w.movement_no, w.calibre_maker, w.calibre,` +
	` w.kind, w.bph, w.lift_deg, w.water_bar, w.material, w.functions, w.year, w.created`

func scanWatch(r scanner) (w watch.Watch, err error) {
	var kind, functions string
	var created int64
	err = r.Scan(&w.House, &w.ID, &w.Customer, &w.Brand, &w.Model, &w.Reference, &w.CaseNo, &w.MovementNo, &w.CalibreMaker, &w.Calibre,
		&kind, &w.BPH, &w.LiftDeg, &w.WaterBar, &w.Material, &functions, &w.Year, &created)
	if err != nil {
		return w, err
	}
	w.Kind, w.Created = watch.Kind(kind), instant(created)
	return w, json.Unmarshal([]byte(functions), &w.Functions)
}

const (
	sqlWatchPut = `insert into watch (house, id, customer, brand, model, reference, case_no, movement_no, calibre_maker, calibre, kind, bph,` +
		` lift_deg, water_bar, material, functions, year, created, brand_key, case_key)` +
		` values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20) on conflict (house, id) do update set` +
		` customer = excluded.customer, brand = excluded.brand, model = excluded.model, reference = excluded.reference, case_no = excluded.case_no,` +
		` movement_no = excluded.movement_no, calibre_maker = excluded.calibre_maker, calibre = excluded.calibre, kind = excluded.kind, bph = excluded.bph,` +
		` lift_deg = excluded.lift_deg, water_bar = excluded.water_bar, material = excluded.material, functions = excluded.functions, year = excluded.year,` +
		` created = excluded.created, brand_key = excluded.brand_key, case_key = excluded.case_key`
	sqlWatch         = `select ` + watchColumns + ` from watch w where w.house = $1 and w.id = $2`
	sqlWatchesOf     = `select ` + watchColumns + ` from watch w where w.house = $1 and w.customer = $2 order by w.created desc, w.id desc`
	sqlWatchBySerial = `select ` + watchColumns + ` from watch w where w.house = $1 and w.case_key = $2 and w.brand_key = $3 and w.case_key <> ''` +
		` order by w.created desc, w.id desc limit 1`
)

// serialKey is how brands and case numbers are compared: folded, run together.
func serialKey(s string) string { return strings.Join(Words(s), "") }

// PutWatch writes a watch.
func (t *Tx) PutWatch(ctx context.Context, w watch.Watch) error {
	functions, err := jsonText(w.Functions)
	if err != nil {
		return err
	}
	_, err = t.exec(ctx, sqlWatchPut, t.house, w.ID, w.Customer, w.Brand, w.Model, w.Reference, w.CaseNo, w.MovementNo, w.CalibreMaker,
		w.Calibre, string(w.Kind), w.BPH, w.LiftDeg, w.WaterBar, w.Material, functions, w.Year, micros(w.Created), serialKey(w.Brand), serialKey(w.CaseNo))
	return err
}

// Watch returns one watch.
func (t *Tx) Watch(ctx context.Context, id string) (watch.Watch, error) {
	return one(ctx, t, "store.Watch", scanWatch, sqlWatch, t.house, id)
}

// WatchesOf returns a customer's watches, newest first.
func (t *Tx) WatchesOf(ctx context.Context, customer string) ([]watch.Watch, error) {
	return list(ctx, t, scanWatch, sqlWatchesOf, t.house, customer)
}

// WatchBySerial returns the watch of a brand with this number on its case,
// however case, spaces and dashes were typed; the newest where several have it.
func (t *Tx) WatchBySerial(ctx context.Context, brand, caseNo string) (watch.Watch, error) {
	return one(ctx, t, "store.WatchBySerial", scanWatch, sqlWatchBySerial, t.house, serialKey(caseNo), serialKey(brand))
}
