package exchange

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"etabli.example/horology"
)

// texts are a reading's words by the name they have in JSON and CSV.
var texts = []string{"position", "winding", "kind", "at", "instrument", "set_aside", "note"}

// Columns returns the head of the CSV twin: the session's own, then the
// reading's number (0 in a session without readings) and figures.
func Columns() []string {
	cols := []string{"format", "version", "maker", "calibre", "reading"}
	cols = append(cols, texts...)
	for _, f := range new(Reading).figures() {
		cols = append(cols, f.name)
	}
	return cols
}

// EncodeCSV writes s as a table: a head, then one row a reading, each with what
// belongs to the session. It refuses what Check refuses.
func EncodeCSV(w io.Writer, s Session) error {
	if err := s.Check(); err != nil {
		return err
	}
	c := csv.NewWriter(w)
	rows := [][]string{Columns()}
	own := []string{s.Format, strconv.Itoa(s.Version), guard(s.Maker), guard(s.Calibre)}
	for i, r := range s.Readings {
		rows = append(rows, append(append(slices.Clone(own), strconv.Itoa(i+1)), r.cells()...))
	}
	if len(s.Readings) == 0 {
		rows = append(rows, append(append(own, "0"), make([]string, len(Columns())-5)...))
	}
	return c.WriteAll(rows)
}

func (r Reading) cells() []string {
	at, aside := "", ""
	if r.At != nil {
		at = r.At.Format(instant)
	}
	if r.SetAside {
		aside = "true"
	}
	out := []string{string(r.Position), string(r.Winding), r.Kind, at, guard(r.Instrument), aside, guard(r.Note)}
	for _, f := range r.figures() {
		if *f.at == nil {
			out = append(out, "")
			continue
		}
		out = append(out, strconv.FormatFloat(**f.at, 'g', -1, 64))
	}
	return out
}

// guard keeps a spreadsheet from taking a text for a formula: what begins like
// one is given an apostrophe, which free takes away again.
func guard(s string) string {
	if s != "" && strings.ContainsRune("=+-@'", rune(s[0])) {
		return "'" + s
	}
	return s
}

func free(s string) string { return strings.TrimPrefix(s, "'") }

// DecodeCSV reads what EncodeCSV wrote.
func DecodeCSV(r io.Reader) (Session, error) {
	c := csv.NewReader(io.LimitReader(r, MaxBytes))
	rows, err := c.ReadAll()
	if err != nil {
		return Session{}, fmt.Errorf("%w: %w", ErrNotASession, err)
	}
	if len(rows) < 2 || !slices.Equal(rows[0], Columns()) {
		return Session{}, fmt.Errorf("%w: another head", ErrNotASession)
	}
	s := Session{Readings: []Reading{}}
	for i, row := range rows[1:] {
		version, err := strconv.Atoi(row[1])
		if err != nil {
			return Session{}, fmt.Errorf("%w: %q", ErrVersion, row[1])
		}
		own := Session{Format: row[0], Version: version, Maker: free(row[2]), Calibre: free(row[3])}
		if i == 0 {
			s.Format, s.Version, s.Maker, s.Calibre = own.Format, own.Version, own.Maker, own.Calibre
		} else if s.Format != own.Format || s.Version != own.Version || s.Maker != own.Maker || s.Calibre != own.Calibre {
			return Session{}, fmt.Errorf("%w: row %d is of another session", ErrNotASession, i+2)
		}
		if row[4] == "0" && len(rows) == 2 {
			break
		}
		reading, err := readCells(row[5:])
		if err != nil {
			return Session{}, fmt.Errorf("row %d: %w", i+2, err)
		}
		s.Readings = append(s.Readings, reading)
	}
	return s, s.Check()
}

func readCells(row []string) (Reading, error) {
	r := Reading{Position: horology.Position(row[0]), Winding: horology.Winding(row[1]), Kind: row[2],
		Instrument: free(row[4]), SetAside: row[5] == "true", Note: free(row[6])}
	var wrong error
	if row[5] != "" && row[5] != "true" {
		wrong = fmt.Errorf("%w: set_aside %q", ErrValue, row[5])
	}
	if row[3] != "" {
		at, err := time.Parse(instant, row[3])
		if err != nil {
			wrong = errors.Join(wrong, fmt.Errorf("%w: at %q", ErrValue, row[3]))
		}
		at = at.UTC()
		r.At = &at
	}
	for i, f := range r.figures() {
		cell := row[len(texts)+i]
		if cell == "" {
			continue
		}
		v, err := strconv.ParseFloat(cell, 64)
		if err != nil {
			wrong = errors.Join(wrong, fmt.Errorf("%w: %s %q", ErrValue, f.name, cell))
		}
		*f.at = &v
	}
	return r, wrong
}
