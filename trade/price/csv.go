package price

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"etabli.example/fault"
	"etabli.example/money"
)

// columns are the heads of the file, as it is written and read.
var columns = []string{"operation", "kind", "family", "case", "gross", "vat", "from", "until"}

// mostRows bounds a file of prices.
const mostRows = 20_000

func isDay(s string) bool {
	_, err := time.Parse(time.DateOnly, s)
	return err == nil
}

// WriteCSV writes the list, amounts as 12.30 and rates in percent, so that any
// spreadsheet opens it and ReadCSV takes it back.
func (l List) WriteCSV(w io.Writer) error {
	rows := slices.Clone(l)
	slices.SortFunc(rows, func(a, b Price) int {
		if a.Operation != b.Operation {
			return strings.Compare(a.Operation, b.Operation)
		}
		return compare(a, b)
	})
	out := csv.NewWriter(w)
	if err := out.Write(columns); err != nil {
		return err
	}
	for _, p := range rows {
		if err := out.Write([]string{p.Operation, p.Kind, p.Family, p.Case, fmt.Sprintf("%d.%02d", p.Gross/100, p.Gross%100),
			strconv.FormatFloat(float64(p.VAT)/100, 'f', -1, 64), p.From, p.Until}); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

// Wrong is what is wrong with one line of a file.
type Wrong struct {
	Line int // counted from 1, the heads included
	Err  error
}

// ReadCSV reads a file of prices: commas, semicolons or tabs, heads in any order,
// figures as people write them. known says which operations there are. Every line
// is read, so that a dry run shows all that is wrong at once. The error is of the
// file as a whole.
func ReadCSV(file []byte, known func(operation string) bool) (List, []Wrong, error) {
	file = bytes.TrimPrefix(file, []byte("\ufeff"))
	first, _, _ := strings.Cut(string(file), "\n")
	in := csv.NewReader(bytes.NewReader(file))
	in.Comma, in.FieldsPerRecord, in.TrimLeadingSpace = separator(first), -1, true
	heads, err := in.Read()
	if err != nil {
		return nil, nil, fault.New(fault.Invalid, "price.csv.empty")
	}
	at := map[string]int{}
	for i, h := range heads {
		at[strings.ToLower(strings.TrimSpace(h))] = i
	}
	for _, need := range []string{"operation", "gross"} {
		if _, ok := at[need]; !ok {
			return nil, nil, fault.New(fault.Invalid, "price.csv.head", need)
		}
	}
	var list List
	var wrong []Wrong
	for n := 2; ; n++ {
		cells, err := in.Read()
		if errors.Is(err, io.EOF) {
			return list, wrong, nil
		}
		if n > mostRows {
			return nil, nil, fault.New(fault.TooLarge, "price.csv.long", mostRows)
		}
		if err != nil {
			wrong = append(wrong, Wrong{n, fault.New(fault.Invalid, "price.csv.line")})
			continue
		}
		line, _ := in.FieldPos(0)
		p, err := read(func(name string) string {
			if i, ok := at[name]; ok && i < len(cells) {
				return strings.TrimSpace(cells[i])
			}
			return ""
		}, known)
		if err != nil {
			wrong = append(wrong, Wrong{line, err})
			continue
		}
		list = append(list, p)
	}
}

// separator is the one that the heads are parted by.
func separator(heads string) rune {
	for _, r := range []rune{';', '\t'} {
		if strings.ContainsRune(heads, r) {
			return r
		}
	}
	return ','
}

func read(cell func(string) string, known func(string) bool) (Price, error) {
	p := Price{Operation: cell("operation"), For: For{Kind: cell("kind"), Family: cell("family"), Case: cell("case")}, From: cell("from"), Until: cell("until"), VAT: 2000}
	if !known(p.Operation) {
		return p, fault.New(fault.Invalid, "price.csv.operation", p.Operation)
	}
	var err error
	if p.Gross, err = money.Parse(cell("gross")); err != nil {
		return p, err
	}
	if v := cell("vat"); v != "" {
		percent, err := strconv.ParseFloat(strings.Replace(strings.TrimSpace(strings.TrimSuffix(v, "%")), ",", ".", 1), 64)
		if err != nil || percent < 0 || percent > 100 {
			return p, fault.New(fault.Invalid, "price.vat_range")
		}
		p.VAT = money.VATRate(percent*100 + 0.5)
	}
	if err := p.Check(); err != nil {
		return p, first(err)
	}
	return p, nil
}

// first makes one sentence of a form's problems: a file has no fields to put them beside.
func first(err error) error {
	var e *fault.Error
	if !errors.As(err, &e) {
		return err
	}
	for _, field := range []string{"kind", "family", "case", "gross", "vat", "from", "until"} {
		if m, ok := e.Fields[field]; ok {
			return fault.New(fault.Invalid, m.Key, m.Args...)
		}
	}
	return err
}
