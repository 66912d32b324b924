package journal_test

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"etabli.example/journal"
)

func sheet(t interface{ Fatal(...any) }, n int) []journal.Entry {
	var entries []journal.Entry
	var prev journal.Entry
	at := time.Date(2026, 11, 24, 9, 0, 0, 123456789, time.UTC)
	for i := range n {
		e, err := journal.Write("main", "s1", prev, journal.Draft{ID: fmt.Sprint("e", i), Kind: "note", Version: 1, By: "p1",
			Happened: at, Keys: []string{fmt.Sprint("step/", i)}, Data: json.RawMessage(fmt.Sprintf(`{ "n": %d, "t": "é<>&" }`, i))}, at)
		if err != nil {
			t.Fatal(err)
		}
		entries, prev = append(entries, e), e
	}
	return entries
}

func TestCheck(t *testing.T) {
	whole := sheet(t, 5)
	if err := journal.Check("main", "s1", whole); err != nil {
		t.Fatalf("whole sheet: %v", err)
	}
	rewrite := func(es []journal.Entry, i int) { es[i].Text = strings.Replace(es[i].Text, `"n":`, `"m":`, 1) }
	for name, c := range map[string]struct {
		spoil func([]journal.Entry) []journal.Entry
		want  string
	}{
		"a rewritten text": {func(es []journal.Entry) []journal.Entry { rewrite(es, 2); return es }, "entry 3: hash"},
		"a rewritten text with a new hash": {func(es []journal.Entry) []journal.Entry {
			rewrite(es, 2)
			es[2].Hash = journal.Sum(es[2].Prev, es[2].Text)
			return es
		}, "entry 4: prev"},
		"a removed entry":                  {func(es []journal.Entry) []journal.Entry { return append(es[:1], es[2:]...) }, "entry 2: gap"},
		"two swapped":                      {func(es []journal.Entry) []journal.Entry { es[1], es[2] = es[2], es[1]; return es }, "entry 2: gap"},
		"unreadable":                       {func(es []journal.Entry) []journal.Entry { es[0].Text = "{"; return es }, "entry 1: unreadable"},
		"a sheet's entry on another sheet": {func(es []journal.Entry) []journal.Entry { es[0].Sheet = "s2"; return es }, "entry 1: sheet"},
	} {
		t.Run(name, func(t *testing.T) {
			err := journal.Check("main", "s1", c.spoil(sheet(t, 5)))
			if err == nil || err.Error() != c.want {
				t.Errorf("got %v, want %s", err, c.want)
			}
		})
	}
}

func TestWriteRefuses(t *testing.T) {
	good := journal.Draft{ID: "a", Kind: "k", Version: 1, By: "p", Happened: time.Now(), Data: json.RawMessage(`{}`)}
	for name, spoil := range map[string]func(*journal.Draft){
		"no id": func(d *journal.Draft) { d.ID = "" }, "no kind": func(d *journal.Draft) { d.Kind = "" },
		"no version": func(d *journal.Draft) { d.Version = 0 }, "nobody": func(d *journal.Draft) { d.By = "" },
		"no time": func(d *journal.Draft) { d.Happened = time.Time{} }, "no data": func(d *journal.Draft) { d.Data = nil },
		"broken data": func(d *journal.Draft) { d.Data = json.RawMessage(`{`) },
		"no text":     func(d *journal.Draft) { d.Keys = []string{"step/\xff"} },
	} {
		d := good
		spoil(&d)
		if _, err := journal.Write("main", "s", journal.Entry{}, d, time.Now()); err == nil {
			t.Errorf("%s: written", name)
		}
	}
}

// Any single changed byte of any text is found.
func TestCheckFindsAnyChange(t *testing.T) {
	whole := sheet(t, 4)
	rapid.Check(t, func(rt *rapid.T) {
		es := append([]journal.Entry(nil), whole...)
		i := rapid.IntRange(0, len(es)-1).Draw(rt, "entry")
		b := []byte(es[i].Text)
		j := rapid.IntRange(0, len(b)-1).Draw(rt, "byte")
		x := rapid.Byte().Draw(rt, "value")
		if b[j] == x {
			return
		}
		b[j] = x
		es[i].Text = string(b)
		if journal.Check("main", "s1", es) == nil {
			rt.Fatalf("entry %d byte %d changed unnoticed", i, j)
		}
	})
}

// What is written is what will be read, whatever stands in it.
func TestWriteIsRead(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		text := rapid.StringN(1, 20, -1)
		some := rapid.SliceOfN(text, 0, 3)
		data, err := json.MarshalIndent(rapid.MapOf(text, text).Draw(rt, "data"), "", " ")
		if err != nil {
			rt.Fatal(err)
		}
		at := time.Unix(rapid.Int64Range(-1e9, 4e9).Draw(rt, "second"), rapid.Int64Range(0, 1e9-1).Draw(rt, "nano")).In(time.FixedZone("", 7200))
		d := journal.Draft{ID: text.Draw(rt, "id"), Kind: journal.Kind(text.Draw(rt, "kind")), Version: rapid.IntRange(1, 9).Draw(rt, "version"),
			By: text.Draw(rt, "by"), Bench: rapid.String().Draw(rt, "bench"), Happened: at, Keys: some.Draw(rt, "keys"), Blobs: some.Draw(rt, "blobs"), Data: data}
		prev := journal.Entry{Seq: 4, Hash: journal.Sum("", "x")}
		wrote, err := journal.Write("main", "s1", prev, d, at.Add(time.Second))
		if err != nil {
			rt.Fatal(err)
		}
		read, err := journal.Read(wrote.Text, prev.Hash)
		if err != nil || !reflect.DeepEqual(wrote, read) {
			rt.Fatalf("%v\nwrote %#v\n read %#v", err, wrote, read)
		}
	})
}

func TestTouches(t *testing.T) {
	es := sheet(t, 3)
	if !journal.Touches(es, []string{"x", "step/2"}) || journal.Touches(es[:2], []string{"step/2"}) || journal.Touches(es, nil) {
		t.Error("keys touched are misread")
	}
}

func FuzzRead(f *testing.F) {
	f.Add(sheet(f, 1)[0].Text)
	f.Add(`{"seq":1e99}`)
	f.Fuzz(func(t *testing.T, text string) {
		e, err := journal.Read(text, "")
		if err == nil && e.Hash != journal.Sum("", text) {
			t.Fatal("hash is not of the text")
		}
	})
}
