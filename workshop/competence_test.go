package workshop_test

import (
	"testing"
	"time"

	"etabli.example/trade/competence"
	"etabli.example/trade/equipment"
	"etabli.example/trade/order"
	"etabli.example/workshop"
)

// An order shows by which verification the instruments that measured it were
// relied on: the last before the reading, on the tool's own sheet, as C12 of
// whoever made it; not those of other instruments, nor later ones.
func TestAnOrderShowsTheUpkeepOfItsInstruments(t *testing.T) {
	x := open(t)
	s := x.receive()
	verified := func(tool, values string) {
		t.Helper()
		v := equipment.Verification{Date: x.at.Format(time.DateOnly), Result: equipment.Passed, Values: values}
		if _, err := x.VerifyTool(t.Context(), workshop.Act{Who: x.bench, Sheet: tool, Seen: -1}, v); err != nil {
			t.Fatal(err)
		}
	}
	var tools []equipment.Row
	for _, serial := range []string{"X1", "X2"} {
		tool, err := x.RegisterTool(t.Context(), workshop.Act{Who: x.manager, Seen: -1}, equipment.Registration{Name: "Chronocomparateur", Kind: "chronocomparateur", Serial: serial, Interval: 365, Instrument: true})
		if err != nil {
			t.Fatal(err)
		}
		tools = append(tools, equipment.RowOf(tool))
		verified(tool.Sheet, "la première")
		verified(tool.Sheet, "la deuxième")
	}
	upkeep := func() (out []competence.Proof) {
		t.Helper()
		p, err := x.OrderProofs(t.Context(), x.bench, s.Sheet)
		if err != nil {
			t.Fatal(err)
		}
		for _, y := range p.Proofs {
			if y.Competence == "C12" {
				out = append(out, y)
			}
		}
		return out
	}
	if got := upkeep(); len(got) != 0 {
		t.Fatalf("nothing was measured: %+v", got)
	}
	rate := 4.0
	r := order.Reading{Phase: order.Before, Position: "CH", Winding: "0h", How: "typed", Instrument: tools[1].Called(), Rate: &rate}
	if _, err := x.KeepReading(t.Context(), workshop.Act{Who: x.bench, Sheet: s.Sheet, Seen: -1}, workshop.Sounding{Reading: r}); err != nil {
		t.Fatal(err)
	}
	verified(tools[1].Sheet, "après coup")
	got := upkeep()
	if len(got) != 1 || got[0].Sheet != tools[1].Sheet || got[0].Seq != 3 || got[0].By != x.bench.ID || got[0].Thing != "Chronocomparateur" || got[0].Watch != "automatic" {
		t.Errorf("got %+v", got)
	}
}
