package diagnosis

import (
	"math"
	"slices"
	"strings"
)

// quartzLimits are the limits of an electronic movement, from its calibre's
// sheet where known, else the reference's general values.
type quartzLimits struct {
	low, border float64 // V: flat below, doubtful below
	maxUA       float64
	coilLow     float64
	coilHigh    float64
	perMonth    float64
}

func limitsOf(c Case, spec calibreSpec) quartzLimits {
	l := quartzLimits{low: 1.42, border: 1.50, maxUA: 1.9, coilLow: 0.9, coilHigh: 4, perMonth: 20}
	q := c.Findings.Quartz
	cell := strings.ToUpper(spec.cell + " " + q.FittedCell)
	if strings.Contains(cell, "CR") || q.BatteryV != nil && *q.BatteryV > 2.2 {
		l.low, l.border = 2.75, 2.9
	}
	if spec.rechargeable {
		l.low, l.border = 1.2, 1.28
	}
	if spec.maxUA > 0 {
		l.maxUA = spec.maxUA * 1.15
	}
	if spec.coilLow > 0 {
		l.coilLow, l.coilHigh = spec.coilLow*0.85, spec.coilHigh*1.3
	}
	if spec.toleranceSM > 0 {
		l.perMonth = math.Max(15, spec.toleranceSM)
	}
	return l
}

// quartzHits reads the bench figures of an electronic watch.
func quartzHits(c Case, spec calibreSpec) []hit {
	q, l := c.Findings.Quartz, limitsOf(c, spec)
	var out []hit
	add := func(id string, v float64, unit string) {
		out = append(out, hit{finding: id, strength: 1, value: v, unit: unit})
	}
	if spec.rechargeable {
		add("rechargeable", 0, "")
	}
	if v := q.BatteryV; v != nil {
		switch {
		case *v < l.low:
			add("batt_low", *v, "V")
		case *v < l.border:
			add("batt_border", *v, "V")
		default:
			add("batt_good", *v, "V")
		}
	}
	out = append(out, currentHits(q, l)...)
	out = append(out, coilHits(q, l)...)
	if v := q.MinStartV; v != nil {
		switch {
		case *v > 1.32 && *v < 2.2:
			add("min_start_high", *v, "V")
		case *v <= 1.32:
			add("min_start_ok", *v, "V")
		}
	}
	if v := q.RateSPerMonth; v != nil {
		if math.Abs(*v) > l.perMonth*1.1 {
			add("qrate_off", *v, "s/month")
		} else {
			add("qrate_ok", *v, "s/month")
		}
	}
	if wrongCell(q.FittedCell, spec) || namedCells(append(slices.Clone(c.Findings.Symptoms), c.Context)) {
		add("wrong_cell", 0, "")
	}
	if soundQuartz(out) {
		add("all_in_tolerance", 0, "")
	}
	return out
}

// soundQuartz reports whether rate and two more figures are there and every
// figure is as it should be.
func soundQuartz(hs []hit) bool {
	good, rate := 0, false
	for _, h := range hs {
		switch h.finding {
		case "qrate_ok":
			rate = true
		case "batt_good", "cons_normal", "circuit_ok", "coil_ok_m", "min_start_ok":
			good++
		case "rechargeable":
		default:
			return false
		}
	}
	return rate && good >= 2
}

// currentHits tells circuit from mechanics: the whole movement draws much while
// the circuit alone does not, and the drag is mechanical.
func currentHits(q QuartzReading, l quartzLimits) []hit {
	var out []hit
	add := func(id string, v float64) {
		out = append(out, hit{finding: id, strength: 1, value: v, unit: "uA"})
	}
	if v := q.ConsumptionUA; v != nil {
		switch {
		case *v < 0.03:
			add("cons_zero", *v)
		case *v < 0.3:
			add("cons_low", *v)
		case *v > 10:
			add("cons_xhigh", *v)
		case *v > l.maxUA:
			add("cons_high", *v)
		default:
			add("cons_normal", *v)
		}
	}
	if v := q.CircuitOnlyUA; v != nil {
		// Without the motor a circuit draws a fraction of the whole: 0.1–0.5 µA.
		if *v > math.Max(0.75, l.maxUA*0.6) {
			add("circuit_high", *v)
		} else {
			add("circuit_ok", *v)
			if w := q.ConsumptionUA; w != nil && *w > l.maxUA {
				add("mech_drag", *w)
			}
		}
	}
	return out
}

func coilHits(q QuartzReading, l quartzLimits) []hit {
	reading := strings.ToUpper(strings.TrimSpace(q.CoilReading))
	switch reading {
	case "OL", "O.L", "O.L.", "OPEN", "INF", "INFINITE", "∞", "INFINI", "COUPÉE", "COUPEE":
		return []hit{{finding: "coil_open_m", strength: 1}}
	}
	v := q.CoilKOhm
	if v == nil {
		return nil
	}
	id := "coil_ok_m"
	switch {
	case *v > 50:
		id = "coil_open_m"
	case *v > l.coilHigh:
		id = "coil_high_m"
	case *v < l.coilLow:
		id = "coil_low_m"
	}
	return []hit{{finding: id, strength: 1, value: *v, unit: "kohm"}}
}

// wrongCell reports whether the fitted cell is of another kind than the calibre
// asks for: alkaline for silver oxide, or a primary cell in a solar watch.
func wrongCell(fitted string, spec calibreSpec) bool {
	f := calibreKey(fitted)
	if f == "" {
		return false
	}
	for _, alkaline := range []string{"lr", "ag", "alcaline", "alkaline", "lr626", "a76"} {
		if strings.HasPrefix(f, alkaline) || strings.Contains(f, "alkalin") || strings.Contains(f, "alcalin") {
			return true
		}
	}
	if spec.rechargeable && strings.HasPrefix(f, "sr") {
		return true
	}
	want := spec.cell
	if want == "" || spec.rechargeable {
		return false
	}
	return !sameCell(f, calibreKey(want))
}

// cellFamilies groups the names of one cell: IEC, maker's number.
var cellFamilies = [][]string{
	{"sr626sw", "sr626", "377", "376", "sr626w", "v377", "ag4"}, {"sr621sw", "sr621", "364", "v364", "ag1", "sr621w", "363"},
	{"sr920sw", "sr920", "371", "v371", "370", "ag6", "sr920w"}, {"sr927sw", "sr927", "395", "399", "v395", "ag7", "sr927w"},
	{"sr616sw", "sr616", "321", "v321"}, {"sr521sw", "sr521", "379", "v379"}, {"sr416sw", "sr416", "337", "v337"},
	{"sr916sw", "sr916", "373", "v373"}, {"sr936sw", "sr936", "394", "380", "v394", "ag9"}, {"sr1130sw", "390", "389", "v390", "sr1130"},
	{"sr1120sw", "381", "391", "v381", "sr1120"}, {"sr44sw", "303", "357", "sr44"}, {"sr43sw", "301", "386", "sr43"}, {"sr41sw", "384", "392", "sr41"},
	{"sr721sw", "362", "361", "v362", "sr721"}, {"sr726sw", "397", "396", "v397", "sr726"}, {"sr512sw", "335", "sr512"}, {"sr421sw", "348", "sr421"},
	{"cr2032"}, {"cr2025"}, {"cr2016"}, {"cr1620"}, {"cr1616"}, {"cr1216"}, {"cr1220"}, {"cr2430"}, {"cr1632"}, {"cr2412"}, {"cr1225"},
}

func sameCell(a, b string) bool {
	fa, fb := cellFamily(a), cellFamily(b)
	return fa < 0 || fb < 0 || fa == fb // an unknown name proves nothing
}

func cellFamily(s string) int {
	for i, names := range cellFamilies {
		for _, n := range names {
			if strings.Contains(s, n) {
				return i
			}
		}
	}
	return -1
}

// namedCells reports whether words name two cells of different sizes: "a 377 was
// in it, they sold me a 364".
func namedCells(texts []string) bool {
	families := map[int]bool{}
	for _, s := range texts {
		for _, ts := range clauses(s) {
			for _, t := range ts {
				for i, names := range cellFamilies {
					if len(t.word) >= 3 && slices.Contains(names, t.word) {
						families[i] = true
					}
				}
			}
		}
	}
	return len(families) > 1
}
