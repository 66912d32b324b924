package exchange

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"etabli.example/horology"
)

func n(v float64) *float64 { return &v }

// TestImport reads tables as programs write them.
func TestImport(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		want []Reading
		bad  []string // of the last row
	}{
		"comma and point": {"Position,Rate (s/d),Amplitude,Beat Error,BPH\nDU,+3.2,285,0.1,28800\nCR,-4,250,---,28800\n",
			[]Reading{{Position: horology.CH, RateSD: n(3.2), AmplitudeDeg: n(285), BeatErrorMS: n(0.1), BPH: n(28800)},
				{Position: horology.H12, RateSD: n(-4), AmplitudeDeg: n(250), BPH: n(28800)}}, nil},
		"French, after a title": {"Mesure du 3 mars\n\nposition;marche [s/j];amplitude;repère (ms)\nFH;−1,5 s/j;270°;0,4 ms\n",
			[]Reading{{Position: horology.CB, RateSD: n(-1.5), AmplitudeDeg: n(270), BeatErrorMS: n(0.4)}}, nil},
		"tabs and what cannot be": {"pos\trate\tamp\n3H\t12\t3400\n",
			[]Reading{{Position: horology.H3, RateSD: n(12)}}, []string{`amplitude: impossible "3400"`}},
		"words for numbers": {"pos,rate,note\n13H,fast,to see\n",
			[]Reading{{Note: "to see"}}, []string{`position: position "13H"`, `rate: number "fast"`, `: empty ""`}},
	} {
		table, err := Read(c.text)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		var got []Reading
		var bad []string
		for _, r := range Guess(table).Read(table, "") {
			r.Reading.Kind, r.Reading.Winding = "", ""
			got, bad = append(got, r.Reading), nil
			for _, p := range r.Problems {
				bad = append(bad, p.String())
			}
		}
		if d := cmp.Diff(c.want, got); d != "" {
			t.Errorf("%s: %s", name, d)
		}
		if d := cmp.Diff(c.bad, bad); d != "" {
			t.Errorf("%s: %s", name, d)
		}
	}
	if _, err := Read("Dear Sir,\nyour watch is ready.\n"); !errors.Is(err, ErrNoTable) {
		t.Errorf("a letter: %v", err)
	}
}

func TestPasted(t *testing.T) {
	rows := Pasted("bonjour\nCH  +4,2 s/j 285° 0,1 ms 28800 A/h\nDD: -3 s/d, 3400°", "Weishi")
	if len(rows) != 2 {
		t.Fatalf("%d rows", len(rows))
	}
	want := Reading{Position: horology.CH, Winding: horology.Unknown, Kind: "mechanical", Instrument: "Weishi", RateSD: n(4.2), AmplitudeDeg: n(285), BeatErrorMS: n(0.1), BPH: n(28800)}
	if d := cmp.Diff(want, rows[0].Reading); d != "" {
		t.Error(d)
	}
	if r := rows[1]; r.Line != 3 || r.Reading.Position != horology.CB || r.Reading.AmplitudeDeg != nil || len(r.Problems) != 1 {
		t.Errorf("%+v", r)
	}
}

func TestMappingOfAnInstrument(t *testing.T) {
	table, err := Read("A;B;rate\n3,1;1,2;x\n")
	if err != nil {
		t.Fatal(err)
	}
	m := Mapping{Columns: map[Field]string{FieldRate: "A", FieldBeatError: "B"}, Doubled: true}
	if !m.Fits(table) || (Mapping{Columns: map[Field]string{FieldRate: "C"}}).Fits(table) {
		t.Error("the wrong mapping fits")
	}
	r := m.Read(table, "")[0]
	if *r.Reading.RateSD != 3.1 || *r.Reading.BeatErrorMS != 0.6 {
		t.Errorf("%+v", r.Reading)
	}
}

func FuzzRead(f *testing.F) {
	f.Add("pos,rate\nCH,3")
	f.Add("\xff\xfep\x00o\x00s\x00")
	f.Fuzz(func(t *testing.T, text string) {
		table, err := Read(text)
		if err != nil {
			return
		}
		for _, r := range Guess(table).Read(table, "") {
			if err := r.Reading.check(); err != nil {
				t.Errorf("%v", err)
			}
		}
		Pasted(text, "")
	})
}
