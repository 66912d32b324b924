package horology

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// Tool is a kind of instrument or equipment with its upkeep. Texts in French come from the
// catalogue as they are.
type Tool struct {
	FR, EN        string
	UseFR         string
	MaintenanceFR string
	IntervalFR    string // as printed
	IntervalDays  int    // days between checks where the print begins with one period; 0 = none said
	CalibrationFR string
	AcceptanceFR  string
	CalibrationEN string // ours, of the two before
	AcceptanceEN  string
	SafetyFR      string
	Confidence    Confidence
	Source        string
}

// Tools returns every kind of tool, in catalogue order.
func Tools() []Tool { return slices.Clone(tools()) }

var tools = sync.OnceValue(func() []Tool {
	var out []Tool
	for _, r := range table("tools") {
		t := Tool{
			FR: r.text("fr"), EN: r.text("en"), UseFR: r.text("use_fr"), MaintenanceFR: r.none("maintenance_fr"),
			IntervalFR: r.none("interval_fr"), CalibrationFR: r.none("calibration_procedure_fr"),
			AcceptanceFR: r.none("acceptance_criteria_fr"), SafetyFR: r.none("safety_fr"),
			CalibrationEN: r.none("calibration_procedure_en"), AcceptanceEN: r.none("acceptance_criteria_en"),
			Confidence: r.confidence(), Source: r.text("source"),
		}
		t.IntervalDays = intervalDays(t.IntervalFR)
		out = append(out, t)
	}
	return out
})

var monthsForm = regexp.MustCompile(`^(\d+) mois\b`)

// intervalDays reads the first period of a printed interval: "12 mois" is 365 days,
// "1 mois" and "mensuel" 30, "hebdomadaire" 7, "quotidien" 1.
func intervalDays(s string) int {
	if m := monthsForm.FindStringSubmatch(s); m != nil {
		n, _ := strconv.Atoi(m[1])
		return n/12*365 + n%12*30
	}
	for word, days := range map[string]int{"mensuel": 30, "hebdomadaire": 7, "quotidien": 1} {
		if strings.HasPrefix(s, word) {
			return days
		}
	}
	return 0
}
