package photo

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"runtime"
	"testing"

	"etabli.example/fault"
)

// pngHeader is a PNG that declares a size and holds no pixels.
func pngHeader(w, h uint32, depth, kind byte) []byte {
	ihdr := append([]byte("IHDR"), 0, 0, 0, 0, 0, 0, 0, 0, depth, kind, 0, 0, 0)
	binary.BigEndian.PutUint32(ihdr[4:], w)
	binary.BigEndian.PutUint32(ihdr[8:], h)
	out := append([]byte("\x89PNG\r\n\x1a\n"), 0, 0, 0, 13)
	out = append(out, ihdr...)
	return binary.BigEndian.AppendUint32(out, crc32.ChecksumIEEE(ihdr))
}

func gifHeader(w, h uint16) []byte {
	out := []byte("GIF89a")
	out = binary.LittleEndian.AppendUint16(out, w)
	out = binary.LittleEndian.AppendUint16(out, h)
	return append(out, 0, 0, 0)
}

// jpegHeader has one frame header; sof is 0xc0 for baseline, 0xc2 for progressive.
func jpegHeader(w, h uint16, sof byte) []byte {
	out := []byte{0xff, 0xd8, 0xff, sof, 0, 17, 8}
	out = binary.BigEndian.AppendUint16(out, h)
	out = binary.BigEndian.AppendUint16(out, w)
	return append(out, 3, 1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0, 0xff, 0xda, 0, 2)
}

// webpHeader is an extended WebP whose canvas is w×h.
func webpHeader(w, h uint32) []byte {
	out := []byte("RIFF\x16\x00\x00\x00WEBPVP8X\x0a\x00\x00\x00\x00\x00\x00\x00")
	for _, n := range []uint32{w - 1, h - 1} {
		out = append(out, byte(n), byte(n>>8), byte(n>>16))
	}
	return out
}

func TestNormalise_Bombs(t *testing.T) {
	for name, data := range map[string][]byte{
		"PNG of 10 thousand megapixels":     pngHeader(100_000, 100_000, 8, 2),
		"PNG one pixel high":                pngHeader(1<<31-1, 1, 8, 0),
		"PNG of 60 megapixels and a row":    pngHeader(10_000, 6_001, 8, 0),
		"PNG of 50 megapixels of 16 bits":   pngHeader(10_000, 5_000, 16, 6),
		"GIF":                               gifHeader(65535, 65535),
		"JPEG":                              jpegHeader(65535, 65535, 0xc0),
		"progressive JPEG of 48 megapixels": jpegHeader(8000, 6000, 0xc2),
		"WebP":                              webpHeader(30_000, 30_000),
	} {
		t.Run(name, func(t *testing.T) {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			_, err := Normalise(bytes.NewReader(data))
			runtime.ReadMemStats(&after)
			wantFault(t, err, fault.TooLarge, "photo.too_large")
			if took := after.TotalAlloc - before.TotalAlloc; took > 4<<20 {
				t.Errorf("refusing it took %d bytes of memory", took)
			}
		})
	}
}

// What phones make is under the limits.
func TestInspect_Honest(t *testing.T) {
	t.Parallel()
	for name, data := range map[string][]byte{
		"JPEG of 50 megapixels":             jpegHeader(8160, 6120, 0xc0),
		"progressive JPEG of 12 megapixels": jpegHeader(4000, 3000, 0xc2),
		"PNG of 60 megapixels":              pngHeader(10_000, 6_000, 8, 6),
		"PNG of 12 megapixels of 16 bits":   pngHeader(4000, 3000, 16, 6),
	} {
		if _, err := inspect(data); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// A small canvas cannot hide a large frame behind it.
func TestNormalise_HiddenFrame(t *testing.T) {
	t.Parallel()
	pal := image.NewPaletted(image.Rect(0, 0, 64, 64), color.Palette{color.Black, color.White})
	data := gifOf(t, pal)
	binary.LittleEndian.PutUint16(data[6:], 8) // the screen
	binary.LittleEndian.PutUint16(data[8:], 8)
	_, err := Normalise(bytes.NewReader(data))
	wantFault(t, err, fault.Invalid, "photo.damaged")
}
