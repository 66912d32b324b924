package diagnosis

import "math"

// gapsOf names the contradictions and gaps of a file before the watch is
// opened: what does not fit together and what is missing to judge.
func gapsOf(c Case, spec calibreSpec) []Text {
	var out []Text
	kind := c.kind()
	if spec.known && spec.kind != "" && c.Watch.Kind != "" && kind != spec.kind {
		out = append(out, Text{
			FR: "Le calibre " + spec.calibre + " est " + kindFR(spec.kind) + ", la fiche dit " + kindFR(kind) + ".",
			EN: "Calibre " + spec.calibre + " is " + spec.kind + ", the file says " + kind + ".",
		})
	}
	timing := c.Findings.Timing
	if kind != Quartz && len(timing) > 0 {
		full, low := statsOf(timing, 1)
		for p, v := range low.rate {
			full.rate[p] = v
		}
		if _, n := mean(full.rate, verticals); n == 0 && len(full.rate) > 0 {
			out = append(out, Text{FR: "Aucun relevé en position verticale.", EN: "No reading in a vertical position."})
		}
		set := c.Findings.Checks.TimegrapherLiftAngleDeg
		switch truth := math.Max(c.Watch.LiftAngleDeg, 0); {
		case truth == 0 && spec.liftDeg == 0 && len(full.amp) > 0:
			out = append(out, Text{FR: "Angle de levée du calibre inconnu\u00a0: amplitudes à vérifier.", EN: "The calibre's lift angle is unknown: amplitudes to be checked."})
		case set != nil && truth != 0 && math.Abs(*set-truth) > liftTolerance:
			out = append(out, Text{FR: "Angle de levée réglé différent de celui du calibre.", EN: "The lift angle set differs from the calibre's."})
		}
	}
	if kind != Quartz && kind != "" && c.Findings.Quartz != (QuartzReading{}) {
		out = append(out, Text{FR: "Mesures de quartz sur une montre mécanique.", EN: "Quartz figures on a mechanical watch."})
	}
	if kind == Manual && c.Findings.Checks.Rotor != "" {
		out = append(out, Text{FR: "Contrôle de masse sur une montre à remontage manuel.", EN: "A rotor check on a hand-wound watch."})
	}
	return append(out, batteryAge(c)...)
}

func kindFR(kind string) string {
	switch kind {
	case Manual:
		return "à remontage manuel"
	case Automatic:
		return "automatique"
	case Quartz:
		return "à quartz"
	}
	return "inconnu"
}

// batteryAge notices a battery older than the watch's sale: "pile de 2018 dans
// une montre vendue en 2024".
func batteryAge(c Case) []Text {
	var cell, sold float64
	for _, ts := range clauses(c.Context) {
		what := ""
		for _, t := range ts {
			switch t.word {
			case "pile", "battery", "cell":
				what = "cell"
			case "vendue", "sold", "bought", "achetee", "purchased", "achete", "vendu":
				what = "sold"
			}
			if t.number && t.value >= 1970 && t.value <= 2100 && t.value == math.Trunc(t.value) {
				if what == "cell" {
					cell = t.value
				} else if what == "sold" {
					sold = t.value
				}
			}
		}
	}
	if cell > 0 && sold > cell {
		return []Text{{FR: "La pile est plus ancienne que la vente de la montre.", EN: "The battery is older than the watch's sale."}}
	}
	return nil
}
