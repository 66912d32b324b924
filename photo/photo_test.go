package photo

import (
	"bytes"
	"errors"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"os"
	"strings"
	"sync"
	"testing"
	"testing/iotest"

	"etabli.example/fault"
	"etabli.example/locale"
)

// quarters is a w×h image whose four quarters are red, green, blue and black,
// in reading order: it looks different from each of the eight sides.
func quarters(w, h int) *image.NRGBA {
	img := image.NewNRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			img.SetNRGBA(x, y, quarter(x >= w/2, y >= h/2))
		}
	}
	return img
}

func quarter(right, low bool) color.NRGBA {
	switch {
	case right && low:
		return color.NRGBA{0, 0, 0, 255}
	case low:
		return color.NRGBA{0, 0, 255, 255}
	case right:
		return color.NRGBA{0, 255, 0, 255}
	}
	return color.NRGBA{255, 0, 0, 255}
}

func jpegOf(t testing.TB, img image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, &jpeg.Options{Quality: 95}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func pngOf(t testing.TB, img image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func gifOf(t testing.TB, frames ...*image.Paletted) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := gif.EncodeAll(&b, &gif.GIF{Image: frames, Delay: make([]int, len(frames))}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func normalise(t testing.TB, data []byte) Image {
	t.Helper()
	img, err := Normalise(bytes.NewReader(data))
	if err != nil {
		t.Fatalf("Normalise: %v", err)
	}
	return img
}

// decode also checks that the sizes told are those of the bytes.
func decode(t testing.TB, data []byte, w, h int) image.Image {
	t.Helper()
	img, err := jpeg.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatalf("what Normalise made does not decode: %v", err)
	}
	if b := img.Bounds(); b.Dx() != w || b.Dy() != h {
		t.Errorf("image is %v, told %d×%d", b, w, h)
	}
	return img
}

// wantColor allows what JPEG does to a colour.
func wantColor(t testing.TB, img image.Image, x, y int, want color.NRGBA) {
	t.Helper()
	got := color.NRGBAModel.Convert(img.At(x, y)).(color.NRGBA)
	off := func(a, b uint8) bool { return max(a, b)-min(a, b) > 16 }
	if off(got.R, want.R) || off(got.G, want.G) || off(got.B, want.B) {
		t.Errorf("pixel %d,%d is %v, want %v", x, y, got, want)
	}
}

func wantFault(t testing.TB, err error, kind fault.Kind, key string) {
	t.Helper()
	var f *fault.Error
	if !errors.As(err, &f) || f.Kind != kind || f.Key != key {
		t.Errorf("error is %v, want %v %s", err, kind, key)
		return
	}
	for _, l := range locale.Languages() {
		if s := locale.For(l).Error(err); strings.ContainsAny(s, "⟦{") {
			t.Errorf("a person reads %q", s)
		}
	}
}

func TestNormalise_Formats(t *testing.T) {
	t.Parallel()
	src := quarters(64, 48)
	pal := image.NewPaletted(src.Rect, color.Palette{color.NRGBA{255, 0, 0, 255}, color.NRGBA{0, 255, 0, 255}, color.NRGBA{0, 0, 255, 255}, color.NRGBA{0, 0, 0, 255}})
	deep := image.NewNRGBA64(src.Rect)
	plain := image.NewRGBA(src.Rect)
	for y := range 48 {
		for x := range 64 {
			pal.Set(x, y, src.At(x, y))
			deep.Set(x, y, src.At(x, y))
			plain.Set(x, y, src.At(x, y))
		}
	}
	second := image.NewPaletted(src.Rect, pal.Palette) // all red
	lossy, err := os.ReadFile("testdata/quarters.webp")
	if err != nil {
		t.Fatal(err)
	}
	lossless, err := os.ReadFile("testdata/quarters-lossless.webp")
	if err != nil {
		t.Fatal(err)
	}
	for name, data := range map[string][]byte{
		"JPEG": jpegOf(t, src), "PNG": pngOf(t, plain), "PNG with a palette": pngOf(t, pal),
		"PNG of 16 bits": pngOf(t, deep), "GIF": gifOf(t, pal), "the first frame of a GIF": gifOf(t, pal, second),
		"WebP": lossy, "lossless WebP": lossless,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := normalise(t, data)
			img := decode(t, got.JPEG, 64, 48)
			decode(t, got.Thumb, got.ThumbW, got.ThumbH)
			for _, at := range [][2]int{{8, 8}, {56, 8}, {8, 40}, {56, 40}} {
				wantColor(t, img, at[0], at[1], quarter(at[0] >= 32, at[1] >= 24))
			}
		})
	}
}

func TestNormalise_Sizes(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ w, h, fullW, fullH, thumbW, thumbH int }{
		{1, 1, 1, 1, 1, 1},
		{320, 200, 320, 200, 320, 200},
		{321, 200, 321, 200, 320, 199},
		{2048, 1, 2048, 1, 320, 1},
		{2049, 1000, 2048, 1000, 320, 156},
		{3000, 4000, 1536, 2048, 240, 320},
		{4096, 8, 2048, 4, 320, 1},
	} {
		got := normalise(t, jpegOf(t, image.NewGray(image.Rect(0, 0, c.w, c.h))))
		if got.W != c.fullW || got.H != c.fullH || got.ThumbW != c.thumbW || got.ThumbH != c.thumbH {
			t.Errorf("%d×%d gives %d×%d and %d×%d, want %d×%d and %d×%d", c.w, c.h,
				got.W, got.H, got.ThumbW, got.ThumbH, c.fullW, c.fullH, c.thumbW, c.thumbH)
		}
		decode(t, got.JPEG, c.fullW, c.fullH)
		decode(t, got.Thumb, c.thumbW, c.thumbH)
	}
}

func TestNormalise_Transparent(t *testing.T) {
	t.Parallel()
	src := image.NewNRGBA(image.Rect(0, 0, 32, 16)) // left clear, right half black
	for y := range 16 {
		for x := 16; x < 32; x++ {
			src.SetNRGBA(x, y, color.NRGBA{0, 0, 0, 128})
		}
	}
	img := decode(t, normalise(t, pngOf(t, src)).JPEG, 32, 16)
	wantColor(t, img, 4, 8, color.NRGBA{255, 255, 255, 255})
	wantColor(t, img, 28, 8, color.NRGBA{127, 127, 127, 255})
}

func TestNormalise_SameBytes(t *testing.T) {
	t.Parallel()
	data := jpegOf(t, quarters(700, 500))
	want := normalise(t, data)
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			got := normalise(t, data)
			if !bytes.Equal(got.JPEG, want.JPEG) || !bytes.Equal(got.Thumb, want.Thumb) {
				t.Error("the same photo gives other bytes")
			}
		})
	}
	wg.Wait()
}

func TestNormalise_Refused(t *testing.T) {
	t.Parallel()
	whole := jpegOf(t, quarters(200, 200))
	huge := make([]byte, MaxBytes+1)
	copy(huge, whole)
	for name, c := range map[string]struct {
		data []byte
		kind fault.Kind
		key  string
	}{
		"nothing":                 {nil, fault.Invalid, "photo.not_image"},
		"words":                   {[]byte("a photo of my watch"), fault.Invalid, "photo.not_image"},
		"a drawing in SVG":        {[]byte(`<svg xmlns="http://www.w3.org/2000/svg"/>`), fault.Invalid, "photo.not_image"},
		"a PDF":                   {[]byte("%PDF-1.7\n"), fault.Invalid, "photo.not_image"},
		"a size that overflows":   {pngHeader(1<<31-1, 1<<31-1, 8, 2), fault.Invalid, "photo.not_image"},
		"only the first bytes":    {whole[:3], fault.Invalid, "photo.not_image"},
		"only a header":           {whole[:len(whole)/4], fault.Invalid, "photo.damaged"},
		"a file cut short":        {whole[:len(whole)/2+100], fault.Invalid, "photo.damaged"},
		"more bytes than we take": {huge, fault.TooLarge, "photo.too_large"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := Normalise(bytes.NewReader(c.data))
			wantFault(t, err, c.kind, c.key)
		})
	}
	cut := errors.New("the line was cut")
	if _, err := Normalise(iotest.ErrReader(cut)); !errors.Is(err, cut) {
		t.Errorf("a failing sender gives %v", err)
	}
}

func TestNormalise_MostBytes(t *testing.T) {
	t.Parallel()
	data := make([]byte, MaxBytes) // what follows the image's end is not looked at
	copy(data, jpegOf(t, quarters(20, 20)))
	normalise(t, data)
}
