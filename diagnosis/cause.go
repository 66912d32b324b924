package diagnosis

// CauseInfo is a cause as the data files describe it, independent of any watch.
type CauseInfo struct {
	ID         string
	Name       Text
	Family     string // oscillator, escapement, train, power, winding, keyless, motion_work, calendar, case, quartz_power, quartz_motor, usage, no_fault, meta, out_of_perimeter
	Perimeter  string // of the usual remedy on a simple calibre
	Physics    Text   // what happens in the watch, in two sentences
	Confirm    Text   // the test that confirms it
	Remedy     Text
	Operations []string
	Parts      []string
	Source     string
	Confidence string

	prior map[string]float64 // relative frequency by kind of watch; 0 means it cannot happen there
}

// Causes returns every cause of the canonical list, in its order.
func Causes() []CauseInfo { return append([]CauseInfo(nil), Default().causes...) }

// CauseByID returns the cause with that id.
func CauseByID(id string) (CauseInfo, bool) {
	m := Default()
	i, ok := m.causeIndex[id]
	if !ok {
		return CauseInfo{}, false
	}
	return m.causes[i], true
}

func loadCauses() []CauseInfo {
	var out []CauseInfo
	for _, r := range rows("causes.csv") {
		out = append(out, CauseInfo{
			ID: r["id"], Name: r.text("name"), Family: r["family"], Perimeter: r["perimeter"],
			Physics: r.text("physics"), Confirm: r.text("confirm"), Remedy: r.text("remedy"),
			Operations: r.list("operations"), Parts: r.list("parts"),
			Source: r["source"], Confidence: r["confidence"],
			prior: map[string]float64{
				Manual: r.float("prior_manual", 0), Automatic: r.float("prior_automatic", 0), Quartz: r.float("prior_quartz", 0),
			},
		})
	}
	return out
}

// innocent reports whether a cause is nothing to repair: regulation, wear,
// measurement or normal behaviour.
func (c CauseInfo) innocent() bool {
	return c.Family == "no_fault" || c.Family == "usage" || c.ID == "MEASUREMENT"
}

// rankable reports whether a cause competes for a place in the ranking; the
// out-of-perimeter and insufficient entries are answers, not causes.
func (c CauseInfo) rankable() bool {
	return c.Family != "out_of_perimeter" && c.ID != "INSUFFICIENT"
}

func innocent(id string) bool {
	info, ok := CauseByID(id)
	return ok && info.innocent()
}
