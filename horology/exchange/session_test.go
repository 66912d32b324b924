package exchange

import (
	"bytes"
	"encoding/json"
	"errors"
	"math"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"etabli.example/horology"
)

func sessions(t *rapid.T) Session {
	text := rapid.StringOfN(rapid.RuneFrom([]rune("aZé0 ,;\"'=+-@œ°|")), 0, 20, -1)
	s := Session{Format: Format, Version: Version, Maker: text.Draw(t, "maker"), Calibre: text.Draw(t, "calibre"), Readings: []Reading{}}
	positions := append([]horology.Position{""}, horology.PositionSet(10)...)
	for range rapid.IntRange(0, 8).Draw(t, "readings") {
		r := Reading{Position: rapid.SampledFrom(positions).Draw(t, "position"),
			Winding: rapid.SampledFrom([]horology.Winding{horology.Full, horology.H24, horology.Unknown}).Draw(t, "winding"),
			Kind:    rapid.SampledFrom([]string{"mechanical", "quartz"}).Draw(t, "kind"), Instrument: text.Draw(t, "instrument"),
			Note: text.Draw(t, "note"), SetAside: rapid.Bool().Draw(t, "aside")}
		if rapid.Bool().Draw(t, "timed") {
			at := time.Unix(rapid.Int64Range(0, 4e9).Draw(t, "s"), rapid.Int64Range(0, 999_999_999).Draw(t, "ns")).UTC()
			r.At = &at
		}
		for _, f := range r.figures() {
			if rapid.Bool().Draw(t, f.name+"?") {
				v := rapid.Float64().Draw(t, f.name)
				*f.at = &v
			}
		}
		s.Readings = append(s.Readings, r)
	}
	return s
}

// TestRoundTrip writes any session in both forms and reads it back exactly.
func TestRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := sessions(t)
		var j, c bytes.Buffer
		if err := errors.Join(EncodeJSON(&j, s), EncodeCSV(&c, s)); err != nil {
			t.Fatal(err)
		}
		fromJSON, err := DecodeJSON(&j)
		if err != nil {
			t.Fatal(err)
		}
		fromCSV, err := DecodeCSV(&c)
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(s, fromJSON); d != "" {
			t.Error("JSON:", d)
		}
		if d := cmp.Diff(s, fromCSV); d != "" {
			t.Error("CSV:", d)
		}
	})
}

// TestSchemaNamesEveryField holds the published schema to the model.
func TestSchemaNamesEveryField(t *testing.T) {
	type object struct {
		Properties map[string]json.RawMessage
		Required   []string
	}
	var top object
	if err := json.Unmarshal(Schema(), &top); err != nil {
		t.Fatal(err)
	}
	var list struct{ Items object }
	if err := json.Unmarshal(top.Properties["readings"], &list); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		of     any
		schema object
	}{{Session{}, top}, {Reading{}, list.Items}} {
		typ := reflect.TypeOf(c.of)
		if typ.NumField() != len(c.schema.Properties) {
			t.Errorf("%s has %d fields, the schema names %d", typ, typ.NumField(), len(c.schema.Properties))
		}
		for i := range typ.NumField() {
			name, optional, _ := strings.Cut(typ.Field(i).Tag.Get("json"), ",")
			if _, ok := c.schema.Properties[name]; !ok {
				t.Errorf("the schema does not name %s", name)
			}
			if (optional == "") != slices.Contains(c.schema.Required, name) {
				t.Errorf("%s: required in one and not in the other", name)
			}
		}
	}
}

func TestRefuses(t *testing.T) {
	nan := math.NaN()
	good := Session{Format: Format, Version: Version, Readings: []Reading{{Winding: horology.Full, Kind: "mechanical"}}}
	for name, c := range map[string]struct {
		change func(*Session)
		want   error
	}{
		"format":   {func(s *Session) { s.Format = "tg" }, ErrNotASession},
		"version":  {func(s *Session) { s.Version = 2 }, ErrVersion},
		"position": {func(s *Session) { s.Readings[0].Position = "FH" }, ErrValue},
		"winding":  {func(s *Session) { s.Readings[0].Winding = "" }, ErrValue},
		"kind":     {func(s *Session) { s.Readings[0].Kind = "sundial" }, ErrValue},
		"nan":      {func(s *Session) { s.Readings[0].RateSD = &nan }, ErrValue},
		"control":  {func(s *Session) { s.Readings[0].Note = "a\r\nb" }, ErrValue},
		"many":     {func(s *Session) { s.Readings = make([]Reading, MaxReadings+1) }, ErrTooLarge},
	} {
		s := good
		s.Readings = slices.Clone(good.Readings)
		c.change(&s)
		if err := EncodeCSV(&bytes.Buffer{}, s); !errors.Is(err, c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, text := range []string{"", "{", `{"format":"etabli-session","version":1}`, `{"format":"etabli-session","version":1,"readings":[],"owner":"x"}`} {
		if _, err := DecodeJSON(strings.NewReader(text)); !errors.Is(err, ErrNotASession) {
			t.Errorf("%q: %v", text, err)
		}
	}
}

func FuzzDecodeCSV(f *testing.F) {
	f.Add("format,version\n")
	f.Fuzz(func(t *testing.T, text string) {
		s, err := DecodeCSV(strings.NewReader(text))
		if err != nil {
			return
		}
		var b bytes.Buffer
		if err := EncodeCSV(&b, s); err != nil {
			t.Fatal(err)
		}
		again, err := DecodeCSV(&b)
		if err != nil || !cmp.Equal(s, again) {
			t.Errorf("%v: %s", err, cmp.Diff(s, again))
		}
	})
}
