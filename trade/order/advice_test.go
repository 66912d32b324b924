package order_test

import (
	"math"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"etabli.example/fault"
	"etabli.example/money"
	"etabli.example/trade/order"
	"etabli.example/trade/staff"
	"etabli.example/trade/watch"
)

// listed prices every code at a tenth of its length in euros, but those named.
func listed(unpriced ...string) func(string) order.Priced {
	return func(code string) order.Priced {
		p := order.Priced{Labels: order.Text{FR: code, EN: code}, VAT: 2000, Min: 100_00, Max: 300_00}
		if !slices.Contains(unpriced, code) {
			p.Own, p.Min, p.Max = true, 100_00, 100_00
		}
		return p
	}
}

func TestSolutions(t *testing.T) {
	for name, c := range map[string]struct {
		kind  watch.Kind
		water float64
		wish  []string
		ops   []string
		want  map[string][]string // solution → operations, in order
	}{
		"a service is asked for": {kind: watch.Automatic, ops: []string{"REV-AUTO"}, wish: []string{"no_polish"},
			want: map[string][]string{"service": {"REV-AUTO"}, "exchange": {"ECH-AUTO"}, "none": nil}},
		"a regulation may do": {kind: watch.Automatic, ops: []string{"REG"}, wish: []string{"no_polish"},
			want: map[string][]string{"regulate": {"REG"}, "service": {"REV-AUTO"}, "none": nil}},
		"what is broken outside stays to be repaired": {kind: watch.Automatic, ops: []string{"RES", "GLA-S"}, wish: []string{"keep_patina"},
			want: map[string][]string{"repair": {"RES", "GLA-S"}, "service": {"REV-AUTO", "GLA-S"}, "exchange": {"ECH-AUTO", "GLA-S"}, "none": nil}},
		"a tight case is closed tight again": {kind: watch.Quartz, water: 5, ops: []string{"PIL"}, wish: []string{"no_polish"},
			want: map[string][]string{"repair": {"PIL", "JOI", "ET"}, "service": {"REV-QTZ", "JOI", "ET"}, "exchange": {"ECH-QTZ", "JOI", "ET"}, "none": nil}},
		"a hand-wound watch has no movement to exchange": {kind: watch.Manual, ops: []string{"TIG"},
			want: map[string][]string{"repair": {"TIG"}, "service": {"REV-MAN", "TIG", "POL"}, "none": nil}},
		"nothing is known yet": {kind: watch.Manual, wish: []string{"no_polish"}, want: map[string][]string{"service": {"REV-MAN"}, "none": nil}},
	} {
		t.Run(name, func(t *testing.T) {
			got := map[string][]string{}
			for _, s := range order.Solutions(order.Wanted{Watch: order.WatchFacts{Kind: c.kind, WaterBar: c.water}, Wishes: c.wish, Operations: c.ops}, listed()) {
				got[s.Kind] = nil
				for _, l := range s.Lines {
					got[s.Kind] = append(got[s.Kind], l.Operation)
				}
			}
			if d := cmp.Diff(c.want, got); d != "" {
				t.Error(d)
			}
			if len(got) < 2 {
				t.Error("there is no choice")
			}
		})
	}
}

// A price that the house has not is never invented: the range stays the catalogue's,
// the line stands at nothing, and no click makes a quote of it.
func TestSolutionWithoutAPriceIsNotFirm(t *testing.T) {
	x := order.Wanted{Watch: order.WatchFacts{Kind: watch.Automatic}, Operations: []string{"REV-AUTO", "COU"}, Diagnosed: true}
	for _, s := range order.Solutions(x, listed("COU")) {
		if s.Kind != order.Service {
			continue
		}
		if s.Firm() || s.Min != 200_00 || s.Max != 400_00 || s.Lines[1].UnitGross != 0 || s.Unpriced[0] != "COU" {
			t.Errorf("%+v", s)
		}
	}
}

func TestSolutionsFromPastJobs(t *testing.T) {
	x := order.Wanted{Watch: order.WatchFacts{Kind: watch.Automatic}, Operations: []string{"REV-AUTO"}}
	for i := range 9 {
		x.Past = append(x.Past, order.Job{Solution: "service", Kind: watch.Automatic, Total: money.Cents(300_00 + i*10_00), Days: 10 + i})
	}
	x.Past = append(x.Past, order.Job{Solution: "service", Kind: watch.Quartz, Total: 5_00, Days: 1}, order.Job{Solution: "repair", Kind: watch.Automatic, Total: 9_00})
	got := order.Solutions(x, listed())[0]
	if got.Jobs != 9 || got.Min != 300_00 || got.Max != 380_00 || got.Chance != 0.8 || got.Days != 14 {
		t.Errorf("%+v", got)
	}
	x.Diagnosed = true
	if got := order.Solutions(x, listed())[0]; got.Min != 200_00 && got.Min != 100_00 || got.Min != got.Max {
		t.Errorf("once diagnosed the price is the list's: %+v", got)
	}
}

// The chance is what it says: of all the ways the next job can fall among the past
// ones, so many put it inside.
func TestSpreadHoldsTheNextJobAsOftenAsItSays(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 40).Draw(t, "n")
		all := make([]money.Cents, n+1)
		for i := range all {
			all[i] = money.Cents(i * 1_00)
		}
		inside, chance := 0, 0.0
		for i := range all {
			past := slices.Delete(slices.Clone(all), i, i+1)
			low, high, p, ok := order.Spread(past)
			if ok != (n >= 3) {
				t.Fatalf("%d jobs: %v", n, ok)
			}
			if ok && low <= all[i] && all[i] <= high {
				inside++
			}
			chance = p
		}
		if n >= 3 && math.Abs(float64(inside)/float64(n+1)-chance) > 1e-12 {
			t.Fatalf("%d of %d inside, said %v", inside, n+1, chance)
		}
		if n >= 9 && chance < 0.8 {
			t.Fatalf("%d jobs and a chance of %v", n, chance)
		}
	})
}

func TestJobOf(t *testing.T) {
	b := newBook(t).to(order.QuoteSent)
	if _, ok := order.JobOf(b.s); ok {
		t.Error("a quote nobody accepted is a job")
	}
	b.do(staff.Customer(), order.AcceptQuote(order.Answering{Version: 1, Hash: b.s.LastQuote().Hash, Mode: "link"}))
	j, ok := order.JobOf(b.s)
	if !ok || j.Total != b.s.LastQuote().Totals(nil).Gross || j.Kind != watch.Automatic {
		t.Errorf("%+v %v", j, ok)
	}
}

func TestRefusedAdvice(t *testing.T) {
	b := newBook(t).to(order.InDiagnosis)
	b.do(manager, order.Advise(order.Advice{Solutions: order.Solutions(order.Wanted{Watch: b.s.Watch}, listed())}))
	if err := b.try(manager, order.RefuseAdvice(order.AdviceRefusal{})); fault.KindOf(err) != fault.Invalid {
		t.Errorf("nothing was refused: %v", err)
	}
	b.do(person(staff.Counter), order.RefuseAdvice(order.AdviceRefusal{Operation: "ET", LabelFR: "essai d’étanchéité", Why: "il ne se baigne pas"}))
	b.do(manager, order.Uncase(order.Uncasing{CaseType: "screw_back", Gasket: "worn", Crystal: "good"}))
	b.do(manager, order.KeepReading(goodReading(order.Before)))
	b.do(manager, order.Diagnose(order.Diagnosis{Answer: "causes", Causes: []string{"OIL_DIRTY"}, Perimeter: "technician", Operations: []string{"REV-AUTO"}}))
	q := quote()
	q.Lines = []order.QuoteLine{{ID: "1", Kind: "obligatory", LabelFR: "révision", Quantity: 1, UnitGross: 290_00, VAT: 2000},
		{ID: "2", Kind: "recommended", LabelFR: "joints", Quantity: 1, UnitGross: 35_00, VAT: 2000},
		{ID: "3", Kind: "recommended", LabelFR: "couronne", Quantity: 1, UnitGross: 55_00, VAT: 2000},
		{ID: "4", Kind: "cosmetic", LabelFR: "polissage", Quantity: 1, UnitGross: 60_00, VAT: 2000}}
	b.do(manager, order.Price(q))
	b.do(manager, order.SendQuote(order.Sending{Channel: "counter"}))
	b.do(manager, order.AcceptQuote(order.Answering{Version: 1, Hash: b.s.LastQuote().Hash, Chosen: []string{"3"}, Mode: "counter"}))
	var got []string
	for _, r := range b.s.RefusedAdvice() {
		got = append(got, r.LabelFR)
	}
	if d := cmp.Diff([]string{"essai d’étanchéité", "joints"}, got); d != "" {
		t.Error(d) // what is only for the eye was never advised
	}
	if err := b.try(manager, order.Advise(order.Advice{Solutions: []order.Solution{{Kind: "none"}}})); fault.KindOf(err) != fault.Conflict {
		t.Errorf("advised after the answer: %v", err)
	}
}

var strict = order.Terms{ApproveAbove: 500_00, Limited: true, MostDiscount: 1000, MostOff: 40_00, Hours: 8}

func priced(unit, list money.Cents) order.Quote {
	q := quote()
	q.Lines = []order.QuoteLine{{ID: "1", Kind: "obligatory", LabelFR: "révision", Quantity: 1, UnitGross: unit, List: list, VAT: 2000}}
	return q
}

func TestApproval(t *testing.T) {
	for name, c := range map[string]struct {
		who        staff.Actor
		terms      order.Terms
		unit, list money.Cents
		why        []string
	}{
		"at the limit":                {person(staff.Technician), strict, 500_00, 500_00, nil},
		"a cent above":                {person(staff.Technician), strict, 500_01, 500_01, []string{"amount"}},
		"a tenth off":                 {person(staff.Counter), strict, 270_00, 300_00, nil},
		"a cent more":                 {person(staff.Counter), strict, 269_99, 300_00, []string{"discount"}},
		"a tenth, but too many euros": {person(staff.Counter), strict, 450_00, 499_00, []string{"discount"}},
		"both":                        {person(staff.Counter), strict, 600_00, 900_00, []string{"amount", "discount"}},
		"dearer than the list":        {person(staff.Counter), strict, 400_00, 300_00, nil},
		"no list price, no discount":  {person(staff.Counter), strict, 1_00, 0, nil},
		"who may approve needs none":  {manager, strict, 900_00, 1900_00, nil},
		"a house without limits":      {person(staff.Counter), order.Terms{}, 9_900_00, 19_900_00, nil},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBook(t).to(order.QuoteSent)
			b.do(manager, order.RecallQuote(order.Answering{Reason: "essai"}))
			b.do(c.who, order.PriceUnder(c.terms, priced(c.unit, c.list)))
			var why []string
			if r := b.s.LastQuote().Review; r != nil {
				why = r.Why
			}
			if d := cmp.Diff(c.why, why); d != "" {
				t.Error(d)
			}
			if held := !b.s.Awaiting().IsZero(); held != (c.why != nil) {
				t.Errorf("held %v", held)
			}
		})
	}
}

// A quote that waits goes nowhere, not even under the ceiling, until somebody who
// may approve it did; the order says who holds it.
func TestHeldQuote(t *testing.T) {
	counter := person(staff.Counter)
	hold := func() (*book, order.Approval) {
		b := newBook(t).to(order.QuoteSent)
		b.do(manager, order.RecallQuote(order.Answering{Reason: "essai"}))
		b.do(counter, order.PriceUnder(order.Terms{Limited: true}, priced(70_00, 80_00)))
		return b, order.Approval{Version: 2, Hash: b.s.LastQuote().Hash}
	}
	b, a := hold()
	if n := b.s.Next(); n.Act != "approve" || n.Right != staff.Approve {
		t.Errorf("next %+v", n)
	}
	if got, want := order.RowOf(b.s).Approval, b.s.Awaiting().Format("2006-01-02T15:04:05Z07:00"); got != want || got == "" {
		t.Errorf("the row says %q, want %q", got, want)
	}
	for name, d := range map[string]order.Decision{"sent": order.SendQuote(order.Sending{Channel: "counter"}), "used": order.UseCeiling()} {
		if err := b.try(manager, d); fault.KindOf(err) != fault.Conflict {
			t.Errorf("%s while held: %v", name, err)
		}
	}
	if err := b.try(counter, order.ApproveQuote(a)); fault.KindOf(err) != fault.Denied {
		t.Errorf("approved by whoever priced it: %v", err)
	}
	if err := b.try(manager, order.ApproveQuote(order.Approval{Version: 2, Hash: "other"})); fault.KindOf(err) != fault.Stale {
		t.Errorf("another version approved: %v", err)
	}
	b.do(counter, order.RemarkQuote(order.Approval{Version: 2, Hash: a.Hash, Words: "client fidèle"}))
	if b.s.Awaiting().IsZero() {
		t.Error("a remark let it go")
	}
	b.do(manager, order.ApproveQuote(a))
	if q := b.s.LastQuote(); q.Held() || q.ApprovedBy != "p1" || len(q.Remarks) != 1 || order.RowOf(b.s).Approval != "" {
		t.Errorf("%+v", q)
	}
	if err := b.try(manager, order.ReturnQuote(order.Approval{Version: 2, Hash: a.Hash, Words: "trop tard"})); fault.KindOf(err) != fault.Conflict {
		t.Errorf("returned after the approval: %v", err)
	}
	b.do(counter, order.SendQuote(order.Sending{Channel: "counter"}))

	b, a = hold()
	if err := b.try(manager, order.ReturnQuote(a)); fault.KindOf(err) != fault.Invalid {
		t.Errorf("returned without a word: %v", err)
	}
	a.Words = "remise trop forte"
	b.do(manager, order.ReturnQuote(a))
	if n := b.s.Next(); n.Act != "quote" {
		t.Errorf("next after the return %+v", n)
	}
	if err := b.try(counter, order.SendQuote(order.Sending{Channel: "counter"})); fault.KindOf(err) != fault.Conflict {
		t.Errorf("a returned quote was sent: %v", err)
	}
	b.do(counter, order.PriceUnder(order.Terms{Limited: true}, priced(80_00, 80_00)))
	b.do(counter, order.SendQuote(order.Sending{Channel: "counter"}))
}

// Whatever the lines, the rule and what is chosen: what the rates say adds up to the
// total, and the total to what the customer reads on the lines.
func TestQuoteAddsUpToTheCent(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		q := order.Quote{PerLine: rapid.Bool().Draw(t, "per line")}
		var ids []string
		var sum money.Cents
		for i := range rapid.IntRange(1, 25).Draw(t, "lines") {
			l := order.QuoteLine{ID: string(rune('a' + i)), Kind: rapid.SampledFrom([]string{"obligatory", "recommended", "cosmetic"}).Draw(t, "kind"),
				Quantity: rapid.IntRange(1, 99).Draw(t, "qty"), UnitGross: money.Cents(rapid.Int64Range(0, 100_000_00).Draw(t, "unit")),
				VAT: money.VATRate(rapid.SampledFrom([]int{0, 550, 1000, 2000}).Draw(t, "vat"))}
			chosen := rapid.Bool().Draw(t, "chosen")
			if chosen {
				ids = append(ids, l.ID)
			}
			if l.Kind == "obligatory" || chosen {
				sum += l.Gross()
			}
			q.Lines = append(q.Lines, l)
		}
		total := q.Totals(ids)
		if total.Gross != sum || total.Net+total.VAT != total.Gross {
			t.Fatalf("%+v, lines make %d", total, sum)
		}
		var parts money.Totals
		for _, r := range q.Rates(ids) {
			if r.Net+r.VAT != r.Gross {
				t.Fatalf("%+v does not add up", r)
			}
			parts = parts.Add(r.Totals)
		}
		if parts != total {
			t.Fatalf("rates make %+v, total %+v", parts, total)
		}
	})
}
