package competence

import (
	"fmt"

	"etabli.example/journal"
	"etabli.example/trade/equipment"
	"etabli.example/trade/register"
	"etabli.example/trade/stock"
)

// OfTool reads a tool's sheet: its verifications and incidents are evidence of
// C12. Number is empty, Thing the tool's name, Sheet its sheet.
func OfTool(entries []journal.Entry) ([]Proof, error) {
	s, err := equipment.Fold(entries)
	if err != nil {
		return nil, fmt.Errorf("competence: %w", err)
	}
	var out []Proof
	for _, e := range entries {
		failed := false
		if e.Kind == equipment.KindVerified {
			var v equipment.Verification
			if err := e.Decode(&v); err != nil {
				return nil, err
			}
			failed = v.Result != equipment.Passed
		}
		for _, c := range equipment.Competences(e.Kind) {
			out = append(out, Proof{Competence: c, Sheet: s.Sheet, Thing: s.Name, Seq: e.Seq, Kind: e.Kind, At: e.Happened, By: e.By, Failed: failed})
		}
	}
	return out, nil
}

// OfLot reads a lot's sheet: receipts and counts are evidence of C11.
func OfLot(entries []journal.Entry) ([]Proof, error) {
	s, err := stock.Fold(entries)
	if err != nil {
		return nil, fmt.Errorf("competence: %w", err)
	}
	var out []Proof
	for _, e := range entries {
		for _, c := range stock.Competences(e.Kind) {
			out = append(out, Proof{Competence: c, Sheet: s.Sheet, Thing: s.Label, Seq: e.Seq, Kind: e.Kind, At: e.Happened, By: e.By})
		}
	}
	return out, nil
}

// OfRegister reads a year's register of safety and environment: waste handed over
// and incidents reported are evidence of C14. Thing is the year.
func OfRegister(entries []journal.Entry) ([]Proof, error) {
	s, err := register.Fold(entries)
	if err != nil {
		return nil, fmt.Errorf("competence: %w", err)
	}
	struck := map[int64]bool{}
	for _, w := range s.Waste {
		struck[w.Seq] = w.Struck != 0
	}
	var out []Proof
	for _, e := range entries {
		for _, c := range register.Competences(e.Kind) {
			out = append(out, Proof{Competence: c, Sheet: s.Sheet, Thing: register.YearOf(s.Sheet), Seq: e.Seq, Kind: e.Kind, By: e.By, Struck: struck[e.Seq]})
		}
	}
	return out, nil
}
