package diagnosis

import (
	"strings"
	"sync"
)

// calibreSpec is the little a diagnosis needs to know of a calibre; zero means
// unknown.
type calibreSpec struct {
	calibre      string
	kind         string // manual, automatic, quartz; solar and kinetic are quartz
	functions    string // h;m;s;date;chrono…
	simple       bool
	reserveH     float64
	liftDeg      float64
	coilLow      float64
	coilHigh     float64
	maxUA        float64
	toleranceSM  float64 // rate tolerance, seconds per month
	cell         string
	rechargeable bool
	known        bool
}

var calibreTable = sync.OnceValue(func() map[string]calibreSpec {
	out := map[string]calibreSpec{}
	for _, r := range rows("calibres.csv") {
		s := calibreSpec{
			calibre: r["calibre"], kind: r["kind"], functions: r["functions"], simple: r["simple"] == "yes",
			reserveH: r.float("reserve_h", 0), liftDeg: r.float("lift_deg", 0), coilLow: r.float("coil_low", 0),
			coilHigh: r.float("coil_high", 0), maxUA: r.float("max_ua", 0), toleranceSM: r.float("tolerance_s_month", 0),
			cell: r["cell"], rechargeable: r["rechargeable"] == "yes", known: true,
		}
		out[r["key"]] = s
	}
	return out
})

// calibreKey evens out how people write a calibre: "ETA 2824-2" and "eta2824.2"
// are the same.
func calibreKey(s string) string {
	var b strings.Builder
	for _, r := range fold(s) {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// specOf looks a watch's calibre up, with and without the maker's name.
func specOf(w Watch) calibreSpec {
	table := calibreTable()
	name := w.Calibre
	if name == "" {
		return calibreSpec{}
	}
	tries := []string{calibreKey(name), calibreKey(w.Brand + name)}
	fields := strings.Fields(name)
	for i := range fields {
		tries = append(tries, calibreKey(strings.Join(fields[i:], "")), calibreKey(fields[i]))
	}
	for _, t := range tries {
		if s, ok := table[t]; ok && len(t) >= 3 {
			return s
		}
	}
	return calibreSpec{}
}

// kind returns the kind of watch: as given, else by its calibre, its figures
// or its words; "" where nothing tells.
func (c Case) kind() string {
	k := fold(c.Watch.Kind)
	all := fold(strings.Join(append([]string{c.Watch.Brand, c.Watch.Calibre, c.Context}, c.Findings.Symptoms...), " . "))
	for _, w := range []string{"kinetic", "eco-drive", "eco drive", "ecodrive", "autoquartz"} {
		if strings.Contains(all, w) {
			return Quartz // wound by a rotor or by light, but it keeps time by a quartz
		}
	}
	switch {
	case strings.Contains(k, "quartz"), strings.Contains(k, "solar"), strings.Contains(k, "solaire"), strings.Contains(k, "kinetic"), strings.Contains(k, "electron"):
		return Quartz
	case strings.Contains(k, "auto"), strings.Contains(k, "self"):
		return Automatic
	case strings.Contains(k, "manu"), strings.Contains(k, "hand"), strings.Contains(k, "mecan"), strings.Contains(k, "mechan"):
		return Manual
	}
	if s := specOf(c.Watch); s.kind != "" {
		return s.kind
	}
	if c.Findings.Quartz != (QuartzReading{}) {
		return Quartz
	}
	for _, w := range []string{"quartz", "battery", "batterie", " pile", "kinetic", "solar", "solaire", "eco-drive", "eco drive"} {
		if strings.Contains(all, w) {
			return Quartz
		}
	}
	for _, w := range []string{"automatic", "automatique", "rotor", "masse oscillante", "self-wind", "self wind"} {
		if strings.Contains(all, w) {
			return Automatic
		}
	}
	for _, w := range []string{"hand-wound", "hand wound", "manual wind", "remontage manuel", "pocket watch", "montre de poche", "montre gousset"} {
		if strings.Contains(all, w) {
			return Manual
		}
	}
	return ""
}
