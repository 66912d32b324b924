package diagnosis

import (
	"encoding/csv"
	"os"
	"slices"
	"strings"
	"testing"
)

// textbook is one row of testdata/faults.csv by column.
type textbook map[string]string

func textbookRows(t *testing.T) []textbook {
	t.Helper()
	f, err := os.Open("testdata/faults.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	all, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var out []textbook
	for _, line := range all[1:] {
		r := textbook{}
		for i, column := range all[0] {
			r[column] = line[i]
		}
		out = append(out, r)
	}
	return out
}

// asCase writes a row's textbook findings as a technician would note them.
func (r textbook) asCase() Case {
	kind := Automatic
	if types := strings.Split(r["watch_types"], ";"); !slices.Contains(types, "automatic") && types[0] != "all" {
		kind = types[0]
	}
	c := Case{Watch: Watch{Kind: kind}}
	say := func(prefix, column string) {
		if v := r[column]; v != "" {
			c.Findings.Symptoms = append(c.Findings.Symptoms, prefix+v)
		}
	}
	say("", "symptom_fr")
	say("", "symptom_en")
	say("marche ", "sig_rate")
	say("amplitude ", "sig_amplitude")
	say("repère ", "sig_beat_error")
	say("tracé ", "sig_trace")
	say("positions : ", "sig_positions")
	say("consommation ", "sig_consumption")
	say("bobine ", "sig_coil")
	say("tension ", "sig_battery")
	say("", "sig_other")
	c.Findings.Checks.WaterTest = r["sig_water"]
	return c
}

func TestTextbookFaults(t *testing.T) {
	n := 0
	for _, r := range textbookRows(t) {
		if r["cause_id"] == "" {
			if r["cause_why"] == "" {
				t.Errorf("%s names no cause and does not say why", r["code"])
			}
			continue
		}
		n++
		t.Run(r["code"], func(t *testing.T) {
			got := Diagnose(r.asCase())
			place := slices.IndexFunc(got.Causes, func(c Cause) bool { return c.ID == r["cause_id"] })
			if place < 0 || place > 2 {
				t.Errorf("%s (%s / %s): place %d", r["cause_id"], r["symptom_fr"], r["symptom_en"], place+1)
				for _, c := range got.Causes[:min(3, len(got.Causes))] {
					t.Logf("  %s %.2f %v", c.ID, c.Probability, english(c.For))
				}
			}
		})
	}
	if n < 121 {
		t.Errorf("only %d rows name a cause", n)
	}
}
