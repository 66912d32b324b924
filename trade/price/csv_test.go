package price_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"etabli.example/fault"
	"etabli.example/money"
	"etabli.example/trade/price"
)

func anything(string) bool { return true }

// What is written is read back, whatever the list.
func TestCSVGoesOutAndIn(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var l price.List
		seen := map[string]bool{}
		for range rapid.IntRange(1, 12).Draw(t, "n") {
			p := price.Price{Operation: rapid.SampledFrom([]string{"PIL", "REV-AUTO", "ET"}).Draw(t, "op"), Gross: money.Cents(rapid.Int64Range(0, 100_000_00).Draw(t, "gross")),
				VAT: money.VATRate(rapid.SampledFrom([]int{0, 550, 1000, 2000}).Draw(t, "vat")), From: rapid.SampledFrom([]string{"2026-01-01", "2026-06-30"}).Draw(t, "from"),
				For: price.For{Kind: rapid.SampledFrom([]string{"", "manual", "quartz"}).Draw(t, "kind"), Case: rapid.SampledFrom(append(price.Cases(), "")).Draw(t, "case"),
					Family: rapid.SampledFrom([]string{"", "2824", `a "quoted", one; two`}).Draw(t, "family")}}
			if rapid.Bool().Draw(t, "ends") {
				p.Until = "2027-12-31"
			}
			if key := p.Operation + p.Kind + p.Case + p.Family + p.From; !seen[key] {
				seen[key] = true
				l = append(l, p)
			}
		}
		var b bytes.Buffer
		if err := l.WriteCSV(&b); err != nil {
			t.Fatal(err)
		}
		got, wrong, err := price.ReadCSV(b.Bytes(), anything)
		if err != nil || len(wrong) > 0 {
			t.Fatal(err, wrong)
		}
		key := func(p price.Price) string {
			return p.Operation + "|" + p.Kind + "|" + p.Case + "|" + p.Family + "|" + p.From
		}
		by := func(a, b price.Price) int { return strings.Compare(key(a), key(b)) }
		slices.SortFunc(l, by)
		slices.SortFunc(got, by)
		if d := cmp.Diff(l, got); d != "" {
			t.Fatal(d)
		}
	})
}

func TestReadCSV(t *testing.T) {
	known := func(code string) bool { return code == "PIL" }
	for name, c := range map[string]struct {
		file  string
		rows  int
		wrong map[int]string
		err   string
	}{
		"as a French spreadsheet writes it": {"\ufeffoperation;gross;vat;from\nPIL;15,00;20;2026-01-01\n", 1, nil, ""},
		"heads in any order and tabs":       {"Gross\tOperation\tFrom\n12\tPIL\t2026-01-01\n", 1, nil, ""},
		"an empty file":                     {"", 0, nil, "price.csv.empty"},
		"a head that is missing":            {"operation,prix\nPIL,12\n", 0, nil, "price.csv.head"},
		"each line says what is wrong of it": {"operation,gross,vat,from,until\nNOPE,1,20,2026-01-01,\nPIL,1O,20,2026-01-01,\nPIL,1,120,2026-01-01,\nPIL,1,20,hier,\nPIL,1,20,2026-02-01,2026-01-01\nPIL,1,20,2026-01-01,\n", 1,
			map[int]string{2: "price.csv.operation", 3: "money.letter_o", 4: "price.vat_range", 5: "price.day", 6: "price.until"}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			rows, wrong, err := price.ReadCSV([]byte(c.file), known)
			if (err == nil) != (c.err == "") || err != nil && !strings.Contains(err.Error(), c.err) {
				t.Fatalf("error %v, want %q", err, c.err)
			}
			got := map[int]string{}
			for _, w := range wrong {
				if e, ok := w.Err.(*fault.Error); ok {
					got[w.Line] = e.Key
				}
			}
			if len(c.wrong) == 0 {
				c.wrong = map[int]string{}
			}
			if d := cmp.Diff(c.wrong, got); d != "" || len(rows) != c.rows {
				t.Errorf("%d rows, wrong:\n%s", len(rows), d)
			}
		})
	}
}

func FuzzReadCSV(f *testing.F) {
	f.Add([]byte("operation,gross\nPIL,12\n"))
	f.Add([]byte("operation;gross;vat\n\"PIL;12"))
	f.Fuzz(func(t *testing.T, file []byte) {
		rows, _, _ := price.ReadCSV(file, anything)
		for _, p := range rows {
			if err := p.Check(); p.Operation != "" && err != nil {
				t.Errorf("a wrong price came in: %+v: %v", p, err)
			}
		}
	})
}
