package horology_test

import (
	"fmt"

	"etabli.example/horology"
)

// A reading is judged against the closest rule; the uncertainty of the lift angle counts.
func Example() {
	calibre := horology.FindCalibres("eta 2824", 1)[0]
	lift, _ := horology.Lift(&calibre)
	rules := horology.Tolerances(&calibre, horology.Amplitude, horology.CH, horology.Full)
	rule := rules[0]

	for _, amplitude := range []float64{288, 256, 210} {
		u95 := horology.AmplitudeUncertainty(amplitude, 2, lift, &calibre)
		fmt.Printf("%.0f° ± %.0f°: %s\n", amplitude, u95, horology.Judge(amplitude, u95, &rule))
	}
	fmt.Printf("%s %s, %s: %v to %v %s (%s)\n", calibre.Maker, calibre.Name, rule.Of, *rule.Min, *rule.Max, rule.Unit, rule.Confidence)
	// Output:
	// 288° ± 12°: in
	// 256° ± 10°: unknown
	// 210° ± 9°: out
	// ETA 2824-2, Witschi general guidance: all: 250 to 330 deg (high)
}

// Indicators over positions, as a timegrapher prints them.
func ExampleDerive() {
	reading := func(rate, amplitude float64) horology.Values {
		return horology.Values{Rate: &rate, Amplitude: &amplitude}
	}
	d := horology.Derive(map[horology.Position]horology.Values{
		horology.CH: reading(4, 290), horology.CB: reading(6, 286),
		horology.H3: reading(2, 270), horology.H6: reading(-2, 270),
		horology.H9: reading(-6, 270), horology.H12: reading(0, 270),
	})
	fmt.Printf("X %.1f, D %.0f, DVH %.1f, Di %.0f, DVm %.1f s/d, Φ %.0f°\n", *d.X, *d.D, *d.DVH, *d.Di, *d.DVm, *d.Phi)
	// Output: X 0.7, D 12, DVH -6.5, Di -6, DVm 8.2 s/d, Φ 166°
}
