package order

import (
	"etabli.example/fault"
	"etabli.example/journal"
)

// MostImported is how many readings one import may bring.
const MostImported = 200

// KeepImported puts the readings of another instrument's file on the sheet,
// each an entry of its own, all of them or none. ids are the entries', one a
// reading.
func KeepImported(rs []Reading, ids []string) Decision {
	return func(s State, f Facts) ([]journal.Draft, error) {
		if len(rs) == 0 || len(rs) > MostImported || len(ids) != len(rs) {
			return nil, fault.New(fault.Invalid, "import.count", MostImported)
		}
		var out []journal.Draft
		for i, r := range rs {
			r.How = "imported"
			f.EntryID = ids[i]
			d, err := KeepReading(r)(s, f)
			if err != nil {
				return nil, err
			}
			out = append(out, d...)
		}
		return out, nil
	}
}
