package exchange

import (
	"regexp"
	"strings"

	"etabli.example/horology"
)

var (
	pastedRate  = regexp.MustCompile(`(?i)([-+−]?\d+(?:[.,]\d+)?)\s*(?:s/d|s/j|spd|s/day|sec/day)`)
	pastedAmp   = regexp.MustCompile(`(?i)(\d+(?:[.,]\d+)?)\s*(?:°|º|deg)`)
	pastedBeat  = regexp.MustCompile(`(?i)(\d+(?:[.,]\d+)?)\s*ms`)
	pastedBPH   = regexp.MustCompile(`(?i)(\d{4,6})\s*(?:bph|vph|a/h)`)
	pastedWords = regexp.MustCompile(`[\s:;,=|]+`)
)

// Pasted reads lines of free text, one reading each, by the units behind the
// figures: "CH +4.2 s/d 285° 0.1 ms". A line without a figure that has a unit
// is left out.
func Pasted(text, instrument string) []Row {
	text, err := decoded(text)
	if err != nil {
		return nil
	}
	var out []Row
	for i, line := range strings.Split(text, "\n") {
		line = strings.NewReplacer("\u00a0", " ", "\u202f", " ", "\r", "").Replace(line)
		r := Row{Line: i + 1, Reading: Reading{Winding: horology.Unknown, Kind: "mechanical", Instrument: instrument}}
		found := false
		for _, f := range []struct {
			field Field
			form  *regexp.Regexp
		}{{FieldRate, pastedRate}, {FieldAmplitude, pastedAmp}, {FieldBeatError, pastedBeat}, {FieldBPH, pastedBPH}} {
			if m := f.form.FindStringSubmatch(line); m != nil {
				r.take(f.field, m[1])
				found = true
			}
		}
		if !found {
			continue
		}
		for _, w := range pastedWords.Split(line, -1) {
			if p, ok := horology.ParsePosition(w); ok {
				r.Reading.Position = p
				break
			}
		}
		if len(out) == mostRows {
			break
		}
		out = append(out, r)
	}
	return out
}
