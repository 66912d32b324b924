package order

import (
	"slices"
	"strings"

	"etabli.example/fault"
	"etabli.example/horology"
	"etabli.example/journal"
	"etabli.example/trade/staff"
	"etabli.example/trade/watch"
)

// KindSafety is a safety card read and acknowledged (C14).
const KindSafety journal.Kind = "safety_read"

// SafetyCards lists every card there is.
func SafetyCards() []string {
	return []string{"radium", "leaking_cell", "lithium", "solvent", "precious"}
}

// SafetyRead says that a card was read, and which facts had called for it.
type SafetyRead struct {
	Card string   `json:"card"`
	Why  []string `json:"why,omitempty"`
}

// Card is a safety card the facts of this order call for.
type Card struct {
	Code string
	Why  []string // keys below "safety.why."
	By   string   // who acknowledged it; empty: nobody yet
	Seq  int64
}

// radiumUntil is the year after which watch dials were no longer painted with
// radium (rules of the trade: dials before 1970 often were).
const radiumUntil = 1970

// Cards lists the safety cards that what is known of this watch and this work
// calls for, the gravest first.
func (s State) Cards() []Card {
	why := map[string][]string{}
	say := func(card, reason string) {
		if !slices.Contains(why[card], reason) {
			why[card] = append(why[card], reason)
		}
	}
	if y := s.Watch.Year; y > 1900 && y < radiumUntil {
		say("radium", "old_dial")
	}
	switch s.Watch.Material {
	case "gold", "silver", "platinum":
		say("precious", "material")
	}
	for _, code := range s.operationsKnown() {
		switch {
		case code == "VIN":
			say("radium", "operation")
		case code == "POL" && why["precious"] != nil:
			say("precious", "polish")
		}
		if op, ok := horology.OperationByCode(code); ok && cleans(op) {
			say("solvent", "bath")
		}
	}
	if s.Watch.Kind == watch.Quartz && s.lithiumCell() {
		say("lithium", "cell")
	}
	for _, x := range s.Findings {
		switch x.State {
		case "leaking":
			say("leaking_cell", "finding")
		case "luminous":
			say("radium", "finding")
		}
	}
	if s.Diagnosis != nil && (slices.Contains(s.Diagnosis.Causes, "BATT_LEAK")) {
		say("leaking_cell", "diagnosis")
	}
	var out []Card
	for _, code := range SafetyCards() {
		if why[code] == nil {
			continue
		}
		read := s.Safety[code]
		out = append(out, Card{code, why[code], read.By, read.Seq})
	}
	return out
}

// operationsKnown are the planned operations, or those of the diagnosis before.
func (s State) operationsKnown() []string {
	switch {
	case s.Plan != nil:
		return s.Plan.Operations
	case s.Diagnosis != nil:
		return s.Diagnosis.Operations
	}
	return nil
}

// cleans reports whether an operation works with solvent.
func cleans(op horology.Operation) bool {
	text := strings.ToLower(strings.Join(op.Supplies, " ") + " " + op.SafetyFR)
	return strings.Contains(text, "solvant") || strings.Contains(text, "produit de nettoyage") || strings.Contains(text, "bain")
}

// lithiumCell reports whether the calibre runs on a lithium cell.
func (s State) lithiumCell() bool {
	c, ok := horology.CalibreOf(s.Watch.CalibreMaker, s.Watch.Calibre)
	if !ok {
		return false
	}
	return slices.ContainsFunc(c.Cells(), func(b horology.Battery) bool { return strings.Contains(b.Chemistry, "lithium") })
}

// CardsLeft counts the cards nobody acknowledged yet.
func (s State) CardsLeft() int {
	n := 0
	for _, c := range s.Cards() {
		if c.By == "" {
			n++
		}
	}
	return n
}

// cellOperations work on a cell or an accumulator.
var cellOperations = []string{"PIL", "PIL-ET", "REV-QTZ", "ECH-QTZ", "SOL-K", "CON", "MEC"}

// concerns reports whether a card is about the steps of an operation: old lume and
// a leaking cell are about all that is done to an open watch, the others about the
// operations that handle what they warn of.
func concerns(card, operation string) bool {
	switch card {
	case "radium", "leaking_cell":
		return true
	case "lithium":
		return slices.Contains(cellOperations, operation)
	case "precious":
		return polishes(operation)
	case "solvent":
		op, ok := horology.OperationByCode(operation)
		return ok && cleans(op)
	}
	return false
}

// CardBefore returns the card that must be read before a step of the operation is
// begun; "" where none is left to read.
func (s State) CardBefore(operation string) string {
	for _, c := range s.Cards() {
		if c.By == "" && concerns(c.Code, operation) {
			return c.Code
		}
	}
	return ""
}

// ReadSafety acknowledges a card, once per order.
func ReadSafety(card string) Decision {
	return func(s State, f Facts) ([]journal.Draft, error) {
		if !f.Who.May(staff.Work) && !f.Who.May(staff.Diagnose) {
			return nil, f.Who.Must(staff.Work)
		}
		if err := s.open(); err != nil {
			return nil, err
		}
		for _, c := range s.Cards() {
			if c.Code != card {
				continue
			}
			if c.By != "" {
				return nil, fault.New(fault.Conflict, "safety.read_already")
			}
			return f.one(KindSafety, []string{"safety/" + card}, SafetyRead{card, c.Why})
		}
		return nil, fault.New(fault.Invalid, "safety.not_called")
	}
}

// SafetyState is who acknowledged a card.
type SafetyState struct {
	By  string
	Seq int64
}
