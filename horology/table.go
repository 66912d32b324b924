package horology

import (
	"embed"
	"encoding/csv"
	"fmt"
	"strconv"
	"strings"
)

//go:embed data/*.csv
var data embed.FS

// row is one record of an embedded table, addressed by column name.
type row struct {
	table string
	line  int
	cols  map[string]int
	cells []string
}

// table reads an embedded CSV file whole. The files are part of the program, so a broken
// one is a programming error and panics; the tests read every table.
func table(name string) []row {
	f, err := data.Open("data/" + name + ".csv")
	if err != nil {
		panic("horology: " + err.Error())
	}
	defer f.Close()
	records, err := csv.NewReader(f).ReadAll()
	if err != nil {
		panic(fmt.Sprintf("horology: %s: %v", name, err))
	}
	cols := make(map[string]int, len(records[0]))
	for i, h := range records[0] {
		cols[strings.TrimSpace(h)] = i
	}
	rows := make([]row, 0, len(records)-1)
	for i, r := range records[1:] {
		rows = append(rows, row{table: name, line: i + 2, cols: cols, cells: r})
	}
	return rows
}

// text returns a cell without surrounding space; an unknown column is a programming error.
func (r row) text(col string) string {
	i, ok := r.cols[col]
	if !ok {
		panic(fmt.Sprintf("horology: table %s has no column %q", r.table, col))
	}
	return strings.TrimSpace(r.cells[i])
}

// number returns a cell as a number, nil where the cell is empty (unknown). A cell that
// holds something else than one plain number panics: such columns are read by parsers of
// their own, so nothing is dropped in silence.
func (r row) number(col string) *float64 {
	s := r.text(col)
	if s == "" {
		return nil
	}
	v, err := strconv.ParseFloat(s, 64)
	if err != nil {
		panic(fmt.Sprintf("horology: %s line %d, %s: %q is not a number", r.table, r.line, col, s))
	}
	return &v
}

// list splits a cell at the separator; empty parts, and the dash that stands for "none",
// are left out.
func (r row) list(col, sep string) []string {
	var out []string
	for _, p := range strings.Split(r.text(col), sep) {
		if p = strings.TrimSpace(p); p != "" && p != "—" {
			out = append(out, p)
		}
	}
	return out
}

// none returns the cell, with the dash that stands for "none" as the empty string.
func (r row) none(col string) string {
	if s := r.text(col); s != "—" {
		return s
	}
	return ""
}

func (r row) confidence() Confidence { return Confidence(r.text("confidence")) }

// Confidence says how far a figure can be trusted, as judged when it was collected.
type Confidence string

// The confidences. Empty means nobody judged it.
const (
	High              Confidence = "high"
	Medium            Confidence = "medium"
	Low               Confidence = "low"
	ConfidenceUnknown Confidence = ""
)

// rank orders confidences, the best first.
func (c Confidence) rank() int {
	switch c {
	case High:
		return 0
	case Medium:
		return 1
	case Low:
		return 2
	}
	return 3
}
