package diagnosis

// FindingInfo is one thing that can be found on a watch. Findings of one group
// tell of the same physical fact and are not counted as independent.
type FindingInfo struct {
	ID         string
	Group      string
	Kinds      []string // kinds of watch it has a meaning in; empty means all
	Name       Text
	Base       float64 // how often it is met when none of its listed causes is there
	Measured   bool    // comes from an instrument or a check, not from words
	Source     string
	Confidence string
}

// Likelihood says how often a finding is met when a cause is there. Below the
// finding's base it speaks against the cause.
type Likelihood struct {
	Finding    string
	Cause      string
	P          float64
	Source     string
	Confidence string
}

// Finding returns the finding with that id.
func Finding(id string) (FindingInfo, bool) {
	m := Default()
	i, ok := m.findingIndex[id]
	if !ok {
		return FindingInfo{}, false
	}
	return m.findings[i], true
}

func loadFindings() []FindingInfo {
	var out []FindingInfo
	for _, r := range rows("findings.csv") {
		out = append(out, FindingInfo{
			ID: r["id"], Group: r["group"], Kinds: r.list("kinds"), Name: r.text("name"), Base: r.float("base", 0.1),
			Measured: r["measured"] == "yes", Source: r["source"], Confidence: r["confidence"],
		})
	}
	return out
}

func loadLikelihoods() []Likelihood {
	var out []Likelihood
	for _, r := range rows("likelihoods.csv") {
		out = append(out, Likelihood{r["finding"], r["cause"], r.float("p", 0), r["source"], r["confidence"]})
	}
	return out
}
