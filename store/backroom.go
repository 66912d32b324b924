package store

import (
	"context"
	"slices"

	"etabli.example/fault"
	"etabli.example/journal"
	"etabli.example/trade/equipment"
	"etabli.example/trade/register"
	"etabli.example/trade/stock"
)

// The kinds of sheet beside SheetOfOrder.
const (
	SheetOfLot      = "lot"
	SheetOfTool     = "tool"
	SheetOfRegister = "register"
)

// sheetKind is what a sheet is about, by its first entry.
func sheetKind(first journal.Kind) string {
	switch {
	case slices.Contains(stock.Kinds(), first):
		return SheetOfLot
	case slices.Contains(equipment.Kinds(), first):
		return SheetOfTool
	case slices.Contains(register.Kinds(), first):
		return SheetOfRegister
	}
	return SheetOfOrder
}

// lotOf and toolOf are the rows that a sheet's entries say, as columns keep them.
func lotOf(entries []journal.Entry) (stock.Row, error) {
	s, err := stock.Fold(entries)
	r := stock.RowOf(s)
	r.Last = instant(micros(r.Last))
	return r, err
}

func toolOf(entries []journal.Entry) (equipment.Row, error) {
	s, err := equipment.Fold(entries)
	r := equipment.RowOf(s)
	r.Last = instant(micros(r.Last))
	return r, err
}

// backroom verifies a sheet that is no order's: it folds, and its row says what
// it says.
func (v *verifier) backroom(ctx context.Context, tx *Tx, kind, sheet string, entries []journal.Entry, flaw addFlaw) error {
	var stored, told any
	var err, errFold error
	switch kind {
	case SheetOfLot:
		told, errFold = lotOf(entries)
		stored, err = tx.Lot(ctx, sheet)
	case SheetOfTool:
		told, errFold = toolOf(entries)
		stored, err = tx.Tool(ctx, sheet)
	case SheetOfRegister: // it has no row; its words are sayings
		_, errFold = register.Fold(entries)
		if err := v.sayings(ctx, tx, entries, nil, flaw); err != nil {
			return err
		}
	default:
		flaw(FlawFold, 0, "a sheet of unknown kind %q", kind)
		return nil
	}
	switch {
	case err != nil && !fault.Is(err, fault.NotFound):
		return err
	case errFold != nil:
		flaw(FlawFold, 0, "%v", errFold)
		return nil
	case err != nil:
		flaw(FlawRow, 0, "no row")
	case stored != told:
		flaw(FlawRow, 0, "stored %+v, the sheet says %+v", stored, told)
	}
	return v.blobs(ctx, tx, entries, nil, flaw)
}

const (
	sqlRebuildLots  = `delete from lot_row where house = $1`
	sqlRebuildTools = `delete from tool_row where house = $1`
	sqlOrphanLots   = `select l.sheet from lot_row l where l.house = $1 and not exists (select h.sheet from sheet h where h.house = $1 and h.sheet = l.sheet)`
	sqlOrphanTools  = `select t.sheet from tool_row t where t.house = $1 and not exists (select h.sheet from sheet h where h.house = $1 and h.sheet = t.sheet)`
)

// backroomOrphans finds rows of lots and tools that have no sheet.
func (v *verifier) backroomOrphans(ctx context.Context, tx *Tx) error {
	for _, find := range []func() ([]string, error){
		func() ([]string, error) { return list(ctx, tx, value[string], sqlOrphanLots, tx.house) },
		func() ([]string, error) { return list(ctx, tx, value[string], sqlOrphanTools, tx.house) },
	} {
		sheets, err := find()
		if err != nil {
			return err
		}
		for _, s := range sheets {
			v.report.add(Flaw{FlawOrphan, tx.house, s, 0, "a row of a sheet without head"})
		}
	}
	return nil
}

// rebuildBackroom makes the row of one sheet that is no order's.
func (t *Tx) rebuildBackroom(ctx context.Context, kind, sheet string) error {
	entries, err := t.Sheet(ctx, sheet)
	if err != nil {
		return err
	}
	switch kind {
	case SheetOfLot:
		r, err := lotOf(entries)
		if err != nil {
			return t.wrap(err)
		}
		return t.PutLot(ctx, r)
	case SheetOfTool:
		r, err := toolOf(entries)
		if err != nil {
			return t.wrap(err)
		}
		return t.PutTool(ctx, r)
	}
	return nil
}
