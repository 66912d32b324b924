package order

// Hold is why a step may not be gone on with for now.
type Hold struct {
	Why string // "alert", "supplement", "supplement_declined", "no_consent", "card_" and a safety card
	Seq int64  // the entry that holds it; 0 where what is missing is an entry
}

// HeldStep reports whether a step is stopped. An open alert about a repair
// beyond replacement stops its branch: the step and those after it of the same
// operation. A supplementary quote stops the step it concerns, and no other. What
// nobody began yet waits for the customer's consent where it polishes, and for the
// safety card that its operation calls for.
func (s State) HeldStep(id string) (Hold, bool) {
	at := s.stepPlace(id)
	if at < 0 {
		return Hold{}, false
	}
	for _, a := range s.OpenAlerts() {
		from := s.stepPlace(a.Step)
		if a.About == RepairNeeded && from >= 0 && from <= at && s.Plan.Steps[from].Operation == s.Plan.Steps[at].Operation {
			return Hold{"alert", a.Seq}, true
		}
	}
	for _, x := range s.Supplements {
		switch {
		case x.Step != id || s.Corrected[x.Seq] != 0:
		case x.Answer == "":
			return Hold{"supplement", x.Seq}, true
		case x.Answer == "declined":
			return Hold{"supplement_declined", x.Seq}, true
		}
	}
	if s.Steps[id].Act != "" {
		return Hold{}, false
	}
	operation := s.Plan.Steps[at].Operation
	if polishes(operation) && s.ConsentNeeded() {
		return Hold{"no_consent", 0}, true
	}
	if card := s.CardBefore(operation); card != "" {
		return Hold{"card_" + card, 0}, true
	}
	return Hold{}, false
}
