package exchange

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"etabli.example/horology"
)

// Field is what a column of an instrument's table holds.
type Field string

// The fields.
const (
	FieldPosition  Field = "position"
	FieldRate      Field = "rate"
	FieldAmplitude Field = "amplitude"
	FieldBeatError Field = "beat_error"
	FieldBPH       Field = "bph"
	FieldLift      Field = "lift"
	FieldWinding   Field = "winding"
	FieldAt        Field = "at"
	FieldSeconds   Field = "seconds"
	FieldNote      Field = "note"
)

// Fields lists the fields in the order a form shows them.
func Fields() []Field {
	return []Field{FieldPosition, FieldRate, FieldAmplitude, FieldBeatError, FieldBPH, FieldLift, FieldWinding, FieldAt, FieldSeconds, FieldNote}
}

// Mapping says which column of an instrument's table holds what, by the names
// in its head. It is kept for each instrument.
type Mapping struct {
	Columns map[Field]string `json:"columns"`
	Doubled bool             `json:"beat_error_doubled,omitempty"` // the program writes |t1 − t2|, twice the beat error
}

// words are how the programs of timegraphers, and people, head a column,
// folded to lower-case letters and digits.
var words = map[Field][]string{
	FieldPosition:  {"position", "pos", "lage", "testposition", "posizione"},
	FieldRate:      {"rate", "marche", "gang", "deviation", "accuracy", "ratesd", "ratespd", "ratesperday", "averagerate", "avgrate", "meanrate", "rateerror", "gain", "errorrate", "sd", "spd", "marchesj", "gangsd", "dailyrate", "rates", "ratesday"},
	FieldAmplitude: {"amplitude", "amp", "ampl", "amplitudedeg", "amplitudedegrees", "avgamplitude", "meanamplitude", "amplitudeo"},
	FieldBeatError: {"beaterror", "beaterr", "be", "beaterrorms", "repere", "reperems", "abfall", "abfallfehler", "defautderepere", "isochronismerror"},
	FieldBPH:       {"bph", "vph", "beat", "ah", "beatrate", "frequency", "alternances", "schlagzahl", "beats", "nominalbph"},
	FieldLift:      {"lift", "liftangle", "levee", "angledelevee", "hebungswinkel", "liftangledeg", "la"},
	FieldWinding:   {"winding", "wind", "remontage", "state", "etat", "aufzug"},
	FieldAt:        {"at", "time", "date", "datetime", "timestamp", "heure", "horodatage", "zeit"},
	FieldSeconds:   {"seconds", "duration", "duree", "measuringtime", "elapsed", "dauer", "durations"},
	FieldNote:      {"note", "notes", "remark", "remarque", "comment", "commentaire"},
}

// fieldOf names the field a head most likely means.
func fieldOf(head string) (Field, bool) {
	bare, _, _ := strings.Cut(head, "(")
	bare, _, _ = strings.Cut(bare, "[")
	for _, key := range []string{folded(head), folded(bare)} {
		for _, f := range Fields() {
			if slices.Contains(words[f], key) {
				return f, true
			}
		}
	}
	return "", false
}

// folded leaves the letters and digits of s, lower case, accents off.
func folded(s string) string {
	var b strings.Builder
	for _, r := range strings.ToLower(s) {
		switch r {
		case 'à', 'â', 'ä':
			r = 'a'
		case 'é', 'è', 'ê', 'ë':
			r = 'e'
		case 'î', 'ï':
			r = 'i'
		case 'ô', 'ö':
			r = 'o'
		case 'û', 'ü', 'ù':
			r = 'u'
		case 'ç':
			r = 'c'
		}
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// Guess maps the columns whose heads are known; the first of two that mean the
// same counts.
func Guess(t Table) Mapping {
	m := Mapping{Columns: map[Field]string{}}
	for _, h := range t.Head {
		if f, ok := fieldOf(h); ok {
			if _, taken := m.Columns[f]; !taken {
				m.Columns[f] = h
			}
		}
	}
	return m
}

// Fits tells whether every column of m stands in t.
func (m Mapping) Fits(t Table) bool {
	for _, h := range m.Columns {
		if !slices.Contains(t.Head, h) {
			return false
		}
	}
	return len(m.Columns) > 0
}

// Problem is what is wrong with one cell.
type Problem struct {
	Field Field
	Code  string // "number", "position", "impossible", "time", "winding", "empty"
	Value string // as it stands in the table
}

// Row is one row of a table as it would be kept.
type Row struct {
	Line     int // in the text, from 1
	Reading  Reading
	Problems []Problem
}

// Read brings the rows of t to readings. Cells that cannot be right are named
// and their figures left out: nothing is corrected silently.
func (m Mapping) Read(t Table, instrument string) []Row {
	at := map[Field]int{}
	for f, h := range m.Columns {
		if i := slices.Index(t.Head, h); i >= 0 {
			at[f] = i
		}
	}
	var out []Row
	for i, cells := range t.Rows {
		r := Row{Line: t.First + i, Reading: Reading{Winding: horology.Unknown, Kind: "mechanical", Instrument: instrument}}
		for _, f := range Fields() {
			if c, ok := at[f]; ok && cells[c] != "" {
				r.take(f, cells[c])
			}
		}
		if v := r.Reading.BeatErrorMS; v != nil && m.Doubled {
			half := *v / 2
			r.Reading.BeatErrorMS = &half
		}
		if r.Reading.RateSD == nil && r.Reading.AmplitudeDeg == nil && r.Reading.BeatErrorMS == nil {
			r.Problems = append(r.Problems, Problem{Code: "empty"})
		}
		out = append(out, r)
	}
	return out
}

// quantities are those whose bounds of sense a field is held to.
var quantities = map[Field]horology.Quantity{FieldRate: horology.Rate, FieldAmplitude: horology.Amplitude, FieldBeatError: horology.BeatError}

func (r *Row) take(f Field, cell string) {
	wrong := func(code string) { r.Problems = append(r.Problems, Problem{Field: f, Code: code, Value: cell}) }
	g := &r.Reading
	switch f {
	case FieldPosition:
		p, ok := horology.ParsePosition(cell)
		if !ok {
			wrong("position")
			return
		}
		g.Position = p
	case FieldWinding:
		switch folded(cell) {
		case "0h", "0", "full", "plein", "armeplein", "fullwind":
			g.Winding = horology.Full
		case "24h", "24":
			g.Winding = horology.H24
		default:
			wrong("winding")
		}
	case FieldAt:
		if at, ok := moment(cell); ok {
			g.At = &at
		} else {
			wrong("time")
		}
	case FieldNote:
		if plain("note", cell) == nil {
			g.Note = cell
		} else {
			wrong("text")
		}
	default:
		r.takeNumber(f, cell, wrong)
	}
}

func (r *Row) takeNumber(f Field, cell string, wrong func(string)) {
	if slices.Contains([]string{"-", "--", "---", "–", "n/a", "na", "nan", "?"}, strings.ToLower(cell)) {
		return // how programs write nothing
	}
	v, ok := number(cell)
	if !ok {
		wrong("number")
		return
	}
	if q, bounded := quantities[f]; bounded && !horology.Plausible(q, v) || f == FieldBPH && !(v >= 1000 && v <= 400_000) ||
		f == FieldLift && !(v >= 5 && v <= 120) || f == FieldSeconds && !(v > 0 && v <= 1e6) {
		wrong("impossible")
		return
	}
	g := &r.Reading
	*map[Field]**float64{FieldRate: &g.RateSD, FieldAmplitude: &g.AmplitudeDeg, FieldBeatError: &g.BeatErrorMS,
		FieldBPH: &g.BPH, FieldLift: &g.LiftDeg, FieldSeconds: &g.Seconds}[f] = &v
}

// number reads a figure with its unit and either decimal sign: "+3.2 s/d",
// "−1,5", "270°". More than one number in a cell is none.
func number(s string) (float64, bool) {
	s = strings.NewReplacer("−", "-", "\u00a0", " ", "\u202f", "").Replace(strings.TrimSpace(s))
	end := strings.IndexFunc(s, func(r rune) bool { return !strings.ContainsRune("+-0123456789.,", r) })
	rest := ""
	if end >= 0 {
		s, rest = s[:end], strings.ToLower(strings.TrimSpace(s[end:]))
	}
	if !slices.Contains([]string{"", "s/d", "s/j", "s/day", "spd", "s", "°", "deg", "º", "ms", "bph", "vph", "a/h", "sec/day"}, rest) {
		return 0, false
	}
	switch dots, commas := strings.Count(s, "."), strings.Count(s, ","); {
	case dots <= 1 && commas == 0:
	case commas == 1 && dots == 0:
		s = strings.Replace(s, ",", ".", 1)
	default:
		return 0, false
	}
	v, err := strconv.ParseFloat(s, 64)
	return v, err == nil
}

// moment reads the ways programs write when; a time without a zone is taken as
// UTC.
func moment(s string) (time.Time, bool) {
	for _, layout := range []string{time.RFC3339Nano, "2006-01-02 15:04:05", "2006-01-02T15:04:05", "2006-01-02 15:04", "02.01.2006 15:04:05", "02.01.2006 15:04", "02/01/2006 15:04:05", "02/01/2006 15:04", "2006-01-02"} {
		if at, err := time.Parse(layout, s); err == nil && at.Year() >= 1900 {
			return at.UTC(), true
		}
	}
	return time.Time{}, false
}

// String says a problem for a log; pages have their own words.
func (p Problem) String() string { return fmt.Sprintf("%s: %s %q", p.Field, p.Code, p.Value) }
