package exchange

import (
	"encoding/csv"
	"errors"
	"strings"
	"unicode/utf8"
)

// What is wrong with a table. Test with errors.Is.
var (
	ErrNoTable  = errors.New("exchange: no table in this text")
	ErrEncoding = errors.New("exchange: the text is neither UTF-8 nor UTF-16")
	ErrTooMany  = errors.New("exchange: more rows or columns than are read")
)

const (
	mostRows    = 2_000
	mostColumns = 100
)

// Table is text read as rows and columns.
type Table struct {
	Separator rune       // ',', ';', tab, or '|'
	Head      []string   // the first row with words; its cells name the columns
	Rows      [][]string // what follows it
	First     int        // line of the first row, from 1
}

// Read finds the separator and the head of a table, as the programs of
// timegraphers write them, lines of other text before it left out. Its error
// wraps ErrNoTable, ErrEncoding or ErrTooMany.
func Read(text string) (Table, error) {
	text, err := decoded(text)
	if err != nil {
		return Table{}, err
	}
	lines := strings.Split(strings.ReplaceAll(text, "\r\n", "\n"), "\n")
	best := Table{}
	for _, sep := range ";\t,|" {
		if t, ok := readWith(lines, sep); ok && len(t.Head)*min(len(t.Rows), 5) > len(best.Head)*min(len(best.Rows), 5) {
			best = t
		}
	}
	switch {
	case len(best.Rows) == 0:
		return Table{}, ErrNoTable
	case len(best.Rows) > mostRows || len(best.Head) > mostColumns:
		return Table{}, ErrTooMany
	}
	return best, nil
}

// decoded brings text to UTF-8 without a byte order mark.
func decoded(text string) (string, error) {
	if le := strings.HasPrefix(text, "\xff\xfe"); le || strings.HasPrefix(text, "\xfe\xff") {
		var b strings.Builder
		for i := 2; i+1 < len(text); i += 2 {
			lo, hi := text[i], text[i+1]
			if !le {
				lo, hi = hi, lo
			}
			b.WriteRune(rune(lo) | rune(hi)<<8)
		}
		return b.String(), nil
	}
	text = strings.TrimPrefix(text, "\ufeff")
	if !utf8.ValidString(text) {
		// Older programs write Windows-1252; of it only Latin-1 matters here.
		var b strings.Builder
		for i := range len(text) {
			b.WriteRune(rune(text[i]))
		}
		text = b.String()
	}
	if strings.ContainsRune(text, 0) {
		return "", ErrEncoding
	}
	return text, nil
}

// readWith reads the longest run of rows of as many cells as their head.
func readWith(lines []string, sep rune) (Table, bool) {
	for i, line := range lines {
		head, ok := split(line, sep)
		if !ok || len(head) < 2 || !named(head) {
			continue
		}
		t := Table{Separator: sep, Head: head, First: i + 2}
		for _, l := range lines[i+1:] {
			if strings.TrimSpace(l) == "" {
				continue
			}
			row, ok := split(l, sep)
			if !ok || len(row) < 2 {
				break
			}
			for len(row) < len(head) {
				row = append(row, "")
			}
			t.Rows = append(t.Rows, row[:len(head)])
		}
		return t, len(t.Rows) > 0
	}
	return Table{}, false
}

// split cuts one line into its cells.
func split(line string, sep rune) ([]string, bool) {
	c := csv.NewReader(strings.NewReader(line))
	c.Comma, c.LazyQuotes, c.TrimLeadingSpace = sep, true, sep != '\t'
	row, err := c.Read()
	for i := range row {
		row[i] = strings.TrimSpace(row[i])
	}
	return row, err == nil
}

// named tells whether a row names columns that are known: at least one, and no
// more than a few of its cells are numbers.
func named(row []string) bool {
	known := 0
	for _, c := range row {
		if _, ok := fieldOf(c); ok {
			known++
		}
		if _, ok := number(c); ok && c != "" {
			return false
		}
	}
	return known > 0
}
