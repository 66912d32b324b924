package demo

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"strings"

	"etabli.example/ident"
	"etabli.example/trade/shelf"
)

// documents are what stands on the demonstration's shelf: notes of the house's own,
// since no maker's document may be handed on here.
func (f *filler) documents(ctx context.Context) error {
	note := func(title string, lines ...string) io.Reader {
		return bytes.NewReader(page(append([]string{title, ""}, lines...)))
	}
	old := ident.New()
	for _, x := range []struct {
		shelf.Document
		body     io.Reader
		replaces string
	}{
		{shelf.Document{ID: old, Maker: "ETA", Calibre: "2824-2", Title: "Notes de démontage et d’huilage", Version: "1", Licence: "note de l’atelier (démonstration)", Lang: "fr"},
			note("ETA 2824-2", "Notes de l'atelier, premiere version."), ""},
		{shelf.Document{ID: ident.New(), Maker: "ETA", Calibre: "2824-2", Title: "Notes de démontage et d’huilage", Version: "2", Licence: "note de l’atelier (démonstration)", Lang: "fr"},
			note("ETA 2824-2", "Notes de l'atelier, deuxieme version.", "Tige : position de mise a l'heure avant de presser la tirette."), old},
		{shelf.Document{ID: ident.New(), Maker: "ETA", Title: "Service après-vente du fabricant", URL: "https://www.eta.ch/", Licence: "page publique"}, nil, ""},
	} {
		if err := f.w.AddDocument(ctx, f.people["paul"].Actor(""), x.Document, x.body, x.replaces); err != nil {
			return err
		}
	}
	return nil
}

// page is a PDF of one page with lines of plain letters.
func page(lines []string) []byte {
	var text strings.Builder
	text.WriteString("BT /F1 14 Tf 60 780 Td 20 TL\n")
	for _, l := range lines {
		fmt.Fprintf(&text, "(%s) '\n", strings.NewReplacer(`\`, `\\`, "(", `\(`, ")", `\)`).Replace(l))
	}
	text.WriteString("ET")
	objects := []string{"<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
		"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
		fmt.Sprintf("<< /Length %d >>\nstream\n%s\nendstream", text.Len(), text.String()), "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"}
	var b bytes.Buffer
	b.WriteString("%PDF-1.4\n")
	var at []int
	for i, o := range objects {
		at = append(at, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	table := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(objects)+1)
	for _, x := range at {
		fmt.Fprintf(&b, "%010d 00000 n \n", x)
	}
	fmt.Fprintf(&b, "trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n", len(objects)+1, table)
	return b.Bytes()
}
