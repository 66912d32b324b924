package web

import (
	"html/template"
	"strconv"
	"strings"

	"github.com/boombuler/barcode/qr"

	"etabli.example/fault"
)

// quietModules is the empty border of a QR code on every side (ISO/IEC 18004).
const quietModules = 4

// qrCode draws content as SVG: one path, a run of dark modules per stroke, black
// on white whatever the theme, since readers expect it so.
func qrCode(content, title string) (template.HTML, error) {
	code, err := qr.Encode(content, qr.M, qr.Auto)
	if err != nil {
		return "", fault.Wrap("web.qrCode", err)
	}
	n := code.Bounds().Dx()
	var path strings.Builder
	for y := range n {
		for x := 0; x < n; x++ {
			from := x
			for x < n && dark(code.At(x, y).RGBA()) {
				x++
			}
			if x > from {
				path.WriteString("M" + itoa(from+quietModules) + " " + itoa(y+quietModules) + "h" + itoa(x-from) + "v1h-" + itoa(x-from) + "z")
			}
		}
	}
	size := itoa(n + 2*quietModules)
	return template.HTML(`<svg class="qr" viewBox="0 0 ` + size + ` ` + size + `" role="img" shape-rendering="crispEdges"><title>` +
		template.HTMLEscapeString(title) + `</title><path fill="#fff" d="M0 0h` + size + `v` + size + `H0z"/><path fill="#000" d="` + path.String() + `"/></svg>`), nil
}

func dark(r, _, _, _ uint32) bool { return r < 0x8000 }

func itoa(n int) string { return strconv.Itoa(n) }

// numberOf reads a small whole number of a form; 0 where it is none.
func numberOf(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		return 0
	}
	return n
}
