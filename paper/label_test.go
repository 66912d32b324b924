package paper

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"io"
	"strings"
	"testing"

	"etabli.example/locale"
)

// printed renders the first page at dpi without smoothing, as a label printer
// does.
func printed(t *testing.T, pdf []byte, dpi int) *image.RGBA {
	t.Helper()
	r := bytes.NewReader(run(t, pdf, "pdftoppm", "-r", fmt.Sprint(dpi), "-aa", "no", "-aaVector", "no", "-f", "1", "-l", "1", "PDF"))
	var w, h, most int
	if _, err := fmt.Fscanf(r, "P6\n%d %d\n%d", &w, &h, &most); err != nil {
		t.Fatal(err)
	}
	if _, err := r.ReadByte(); err != nil {
		t.Fatal(err)
	}
	data, err := io.ReadAll(r)
	if err != nil || len(data) < 3*w*h {
		t.Fatalf("%d bytes of %d: %v", len(data), 3*w*h, err)
	}
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	for i := range w * h {
		img.SetRGBA(i%w, i/w, color.RGBA{data[3*i], data[3*i+1], data[3*i+2], 255})
	}
	return img
}

func TestLabelIsOneBit(t *testing.T) {
	img := printed(t, must(t)(Label(labelStory(), locale.FR)), 300)
	b := img.Bounds()
	if wantW, wantH := 62*300/25.4, 57*300/25.4; float64(b.Dx()) < wantW-1 || float64(b.Dx()) > wantW+2 || float64(b.Dy()) < wantH-1 || float64(b.Dy()) > wantH+2 {
		t.Errorf("label is %d × %d dots, want 62 × 57 mm", b.Dx(), b.Dy())
	}
	for y := range b.Dy() {
		for x := range b.Dx() {
			if c := img.RGBAAt(x, y); c != (color.RGBA{0, 0, 0, 255}) && c != (color.RGBA{255, 255, 255, 255}) {
				t.Fatalf("%v at %d, %d is neither black nor white", c, x, y)
			}
		}
	}
}

// The own part of the number is at least 7 mm high.
func TestLabelNumberHeight(t *testing.T) {
	const dpi = 600
	img := printed(t, must(t)(Label(labelStory(), locale.FR)), dpi)
	top, bottom := -1, -1
	x0, x1 := img.Bounds().Dx()/3, img.Bounds().Dx()
	for y := range img.Bounds().Dy() / 4 { // the number and the white below it
		black := false
		for x := x0; x < x1; x++ {
			black = black || dark(img.At(x, y))
		}
		if black && top < 0 {
			top = y
		}
		if !black && top >= 0 {
			break
		}
		if black {
			bottom = y
		}
	}
	if high := float64(bottom-top+1) * 25.4 / dpi; high < 7 || high > 8.5 {
		t.Errorf("number is %.2f mm high, want at least 7", high)
	}
}

// Module by module, the printed QR code is the one of the address, at least
// 20 mm wide, with white all round for its quiet zone.
func TestLabelQRCodeCanBeRead(t *testing.T) {
	for name, change := range map[string]func(*LabelInput){
		"story": func(*LabelInput) {},
		"long address": func(in *LabelInput) {
			in.TrackURL = "https://suivi.atelier-morel-horlogers.example/suivi/PAR-26-004217-K?c=7Q4M2K"
		},
		"long names": func(in *LabelInput) {
			in.Watch.Model, in.Accessories = strings.Repeat("Chronomètre de marine ", 5), []string{"leather_strap", "box", "papers"}
		},
	} {
		in := labelStory()
		change(&in)
		code, err := qrCode(in.TrackURL)
		if err != nil {
			t.Fatal(err)
		}
		const dpi = 300
		img := printed(t, must(t)(Label(in, locale.FR)), dpi)
		n := code.Bounds().Dx()
		module := 1
		for float64(module*n)*25.4/dpi < 20 {
			module++
		}
		x0, y0 := finder(img, module)
		if x0 < 0 {
			t.Fatalf("%s: no QR code with modules of %d dots (at least 20 mm) found", name, module)
		}
		for row := -quietModules; row < n+quietModules; row++ {
			for col := -quietModules; col < n+quietModules; col++ {
				want := row >= 0 && row < n && col >= 0 && col < n && dark(code.At(col, row))
				x, y := x0+col*module+module/2, y0+row*module+module/2
				if !(image.Point{x, y}).In(img.Bounds()) {
					t.Fatalf("%s: the quiet zone leaves the label", name)
				}
				if got := dark(img.At(x, y)); got != want {
					t.Fatalf("%s: module %d, %d is dark: %v, want %v", name, col, row, got, want)
				}
			}
		}
	}
}

// finder returns the corner of the first finder pattern: seven dark modules
// over one dark, five light, one dark.
func finder(img *image.RGBA, module int) (x, y int) {
	b := img.Bounds()
	runOf := func(x, y int) int {
		n := 0
		for x+n < b.Dx() && dark(img.At(x+n, y)) {
			n++
		}
		return n
	}
	for y := b.Dy() / 6; y < b.Dy(); y++ { // below the number
		for x := 1; x < b.Dx(); x++ {
			if !dark(img.At(x, y)) || dark(img.At(x-1, y)) {
				continue
			}
			if r := runOf(x, y); r >= 7*module-1 && r <= 7*module+1 && runOf(x, y+module+module/2) <= module+1 && runOf(x, y+2*module+module/2) <= module+1 {
				return x, y
			}
		}
	}
	return -1, -1
}

// The bars of the printed Code 128 are those of the number, none thinner than
// 0.25 mm, with both quiet zones.
func TestLabelBars(t *testing.T) {
	in := labelStory()
	code, err := code128Of(in.Number)
	if err != nil {
		t.Fatal(err)
	}
	const dpi = 300
	img := printed(t, must(t)(Label(in, locale.FR)), dpi)
	line := barsTop + barsHeight/2
	y := int(line * dpi / 96)
	first, last := -1, -1
	for x := range img.Bounds().Dx() {
		if dark(img.At(x, y)) {
			if first < 0 {
				first = x
			}
			last = x
		}
	}
	n := code.Bounds().Dx()
	module := float64(last-first+1) / float64(n)
	if module*25.4/dpi < 0.249 {
		t.Errorf("a module is %.3f mm, want at least 0.25", module*25.4/dpi)
	}
	if quiet := 9 * module; float64(first) < quiet || float64(img.Bounds().Dx()-1-last) < quiet {
		t.Errorf("quiet zones of %d and %d dots for modules of %.1f", first, img.Bounds().Dx()-1-last, module)
	}
	for i := range n {
		x := first + int((float64(i)+0.5)*module)
		if got, want := dark(img.At(x, y)), dark(code.At(i, 0)); got != want {
			t.Fatalf("module %d is dark: %v, want %v", i, got, want)
		}
	}
}

func TestSplit(t *testing.T) {
	for in, want := range map[string][2]string{"PAR-26-004217-K": {"PAR-26-", "004217-K"}, "004217": {"", "004217"}, "A-1": {"", "A-1"}, "": {"", ""}, "-": {"", "-"}} {
		shared, own := split(in)
		if shared != want[0] || own != want[1] {
			t.Errorf("split(%q) = %q, %q", in, shared, own)
		}
	}
}
