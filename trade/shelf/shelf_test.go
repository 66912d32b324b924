package shelf_test

import (
	"bytes"
	"compress/zlib"
	"errors"
	"fmt"
	"maps"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"etabli.example/fault"
	"etabli.example/ident"
	"etabli.example/trade/shelf"
)

func pdf(objects string) []byte {
	return []byte("%PDF-1.7\n" + objects + "\ntrailer << /Root 1 0 R >>\n%%EOF\n")
}

// packed is a stream of objects, as most programs write them today.
func packed(objects string) string {
	var b bytes.Buffer
	z := zlib.NewWriter(&b)
	_, _ = z.Write([]byte(objects)) // into memory
	_ = z.Close()
	return fmt.Sprintf("5 0 obj << /Type /ObjStm /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream endobj", b.Len(), b.Bytes())
}

// A PDF is looked into before it is kept: what acts by itself is refused wherever
// it hides, what nobody can look into is said to be sealed.
func TestInspectPDF(t *testing.T) {
	for name, c := range map[string]struct {
		file   []byte
		sealed bool
		want   string // key of the refusal
	}{
		"a plain page":                  {file: pdf("1 0 obj << /Type /Catalog /OpenAction [2 0 R /Fit] >> endobj")},
		"objects packed":                {file: pdf(packed("1 0 << /Type /Catalog >>"))},
		"a page's text may say so":      {file: pdf("4 0 obj << /Length 9 >>\nstream\n(/JS x) Tj\nendstream endobj")},
		"a longer name":                 {file: pdf("1 0 obj << /JSName 3 >> endobj")},
		"a script":                      {file: pdf("1 0 obj << /OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >> >> endobj"), want: "shelf.active"},
		"a script, its letters hidden":  {file: pdf("1 0 obj << /S /J#61va#53cript >> endobj"), want: "shelf.active"},
		"a script, packed":              {file: pdf(packed("1 0 << /S /JavaScript /JS (x) >>")), want: "shelf.active"},
		"packed, the type hidden":       {file: pdf("5 0 obj << /Type /Obj#53tm >>\nstream\n" + packed("<< /Launch << >> >>")[len("5 0 obj << /Type /ObjStm /Filter /FlateDecode /Length 00 >>\nstream\n"):]), want: "shelf.active"},
		"a programme":                   {file: pdf("1 0 obj << /S /Launch /F (x.exe) >> endobj"), want: "shelf.active"},
		"a file inside":                 {file: pdf("1 0 obj << /Names << /EmbeddedFiles 3 0 R >> >> endobj"), want: "shelf.active"},
		"a form":                        {file: pdf("1 0 obj << /AcroForm << /XFA 3 0 R >> >> endobj"), want: "shelf.active"},
		"what only looks like a stream": {file: pdf("1 0 obj (stream\n) << /S /JavaScript >> (endstream) endobj"), want: "shelf.active"},
		"cut short with a script":       {file: pdf("5 0 obj << /Length 5 >>\nstream\n/JavaScript "), want: "shelf.active"},
		"encrypted":                     {file: pdf("1 0 obj << >> endobj\ntrailer << /Encrypt 9 0 R >>"), sealed: true},
		"packed so that nobody looks":   {file: pdf("5 0 obj << /Type /ObjStm /Filter /LZWDecode >>\nstream\nzzz\nendstream endobj"), sealed: true},
		"no PDF":                        {file: []byte("<html><script>alert(1)</script>"), want: "shelf.no_pdf"},
		"only its beginning":            {file: []byte("%PDF-1.7\n1 0 obj"), want: "shelf.no_pdf"},
		"nothing":                       {want: "shelf.no_pdf"},
	} {
		sealed, err := shelf.InspectPDF(c.file)
		key := ""
		if f := new(fault.Error); errors.As(err, &f) {
			key = f.Key
		}
		if sealed != c.sealed || key != c.want {
			t.Errorf("%s: sealed %v, refused for %q; want %v, %q", name, sealed, key, c.sealed, c.want)
		}
	}
}

func FuzzInspectPDF(f *testing.F) {
	f.Add(pdf(packed("1 0 << >>")))
	f.Add([]byte("%PDF-stream endstream #4a %%EOF"))
	f.Fuzz(func(t *testing.T, b []byte) {
		// Whatever else the file holds, a script in the clear never passes.
		if _, err := shelf.InspectPDF(pdf("1 0 obj << /S /JavaScript >> endobj\n" + string(b))); err == nil {
			t.Error("a script passed")
		}
		_, _ = shelf.InspectPDF(b) // must return
	})
}

func TestDocument_About(t *testing.T) {
	whole, one := shelf.Document{Maker: "ETA"}, shelf.Document{Maker: "Eta", Calibre: "2824-2"}
	for _, c := range []struct {
		brand, maker, calibre string
		whole, one            bool
	}{
		{"Tissot", "ETA", "2824-2", true, true}, {"Tissot", "ETA", "2824 2", true, true}, {"Tissot", "ETA", "7750", true, false},
		{"Tissot", "Sellita", "2824-2", false, false}, {"", "", "", false, false}, {"ETA", "", "", true, false},
	} {
		if whole.About(c.brand, c.maker, c.calibre) != c.whole || one.About(c.brand, c.maker, c.calibre) != c.one {
			t.Errorf("%+v: %v, %v", c, whole.About(c.brand, c.maker, c.calibre), one.About(c.brand, c.maker, c.calibre))
		}
	}
}

func TestDocument_Check(t *testing.T) {
	good := shelf.Document{ID: ident.New(), Maker: "ETA", Title: "Technical communication", Kind: shelf.Link, URL: "https://example.org/tc.pdf", Licence: "public"}
	for name, c := range map[string]struct {
		change func(*shelf.Document)
		want   []string
	}{
		"good":                  {func(*shelf.Document) {}, nil},
		"nothing said":          {func(d *shelf.Document) { *d = shelf.Document{ID: d.ID} }, []string{"file", "licence", "maker", "title"}},
		"a script as a link":    {func(d *shelf.Document) { d.URL = "javascript:alert(1)" }, []string{"url"}},
		"a file of the machine": {func(d *shelf.Document) { d.URL = "file:///etc/passwd" }, []string{"url"}},
		"a password in it":      {func(d *shelf.Document) { d.URL = "https://a:b@example.org" }, []string{"url"}},
		"a maker of dashes":     {func(d *shelf.Document) { d.Maker = "--" }, []string{"maker"}},
		"no bytes":              {func(d *shelf.Document) { d.Kind = shelf.PDF }, []string{"file"}},
		"an unknown language":   {func(d *shelf.Document) { d.Lang = "xx" }, []string{"lang"}},
		"not an id":             {func(d *shelf.Document) { d.ID = "../x" }, []string{"title"}},
	} {
		d := good
		c.change(&d)
		var got []string
		if f := new(fault.Error); errors.As(d.Check(), &f) {
			got = slices.Sorted(maps.Keys(f.Fields))
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}
