package diagnosis

import "testing"

func TestTry(t *testing.T) {
	for _, s := range []string{"elle avance de dix minutes et s'arrête la nuit", "ne s'arrête pas", "10 min par jour", "loses 5 minutes a week", "retarde de 5 minutes par semaine", "winds endlessly, no resistance", "Hairspring stuck together", "the rotor spins when winding by hand", "la date change à midi"} {
		for _, y := range Understand(s) {
			t.Logf("%q → %s neg=%v %g %s", s, y.ID, y.Negated, y.Value, y.Unit)
		}
	}
}
