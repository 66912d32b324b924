package diagnosis_test

import (
	"fmt"

	"etabli.example/diagnosis"
)

func Example() {
	c := diagnosis.Case{
		Watch: diagnosis.Watch{Brand: "Tissot", Calibre: "ETA 2824-2", Kind: diagnosis.Automatic},
		Findings: diagnosis.Findings{
			Symptoms: []string{"la masse tourne quand je remonte à la couronne"},
		},
	}
	r := diagnosis.Diagnose(c)
	first := r.Causes[0]
	fmt.Println(r.Answer, first.ID, first.Perimeter)
	fmt.Println(first.For[0].EN)
	fmt.Println(first.Remedy.EN)
	// Output:
	// causes REVERSER technician
	// the rotor spins when hand-winding
	// Clean and treat, or replace the reverser.
}

func ExampleUnderstand() {
	for _, s := range diagnosis.Understand("retarde de 5 minutes par semaine, ne s'arrête pas") {
		fmt.Println(s.ID, s.Value, s.Unit, s.Negated)
	}
	// Output:
	// slow -42.9 s/d false
	// slow_mild -42.9 s/d false
	// stops 0  true
}
