package order

// Hold is why a step may not be gone on with for now.
type Hold struct {
	Why string // "alert", "supplement", "supplement_declined"
	Seq int64  // the entry that holds it
}

// HeldStep reports whether a step is stopped. An open alert about a repair
// beyond replacement stops its branch: the step and those after it of the same
// operation. A supplementary quote stops the step it concerns, and no other.
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
	return Hold{}, false
}
