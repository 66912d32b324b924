package photo

import (
	"image"
	"io"

	"golang.org/x/image/webp"
)

// decodeWebP decodes a WebP file. The decoder hands out lossy frames as they are
// stored, black at 16 and white at 235 (ITU-R BT.601, as RFC 6386 section 9.2
// asks); image.YCbCr means black at 0 and white at 255. Left so, every WebP
// would look foggy.
func decodeWebP(r io.Reader) (image.Image, error) {
	img, err := webp.Decode(r)
	switch m := img.(type) {
	case *image.YCbCr:
		stretch(m)
	case *image.NYCbCrA:
		stretch(&m.YCbCr)
	}
	return img, err
}

// stretch spreads luma from 16–235 and chroma from 16–240 to the whole byte.
func stretch(m *image.YCbCr) {
	var luma, chroma [256]byte
	for v := range 256 {
		luma[v] = byte(min(max(((v-16)*255+109)/219, 0), 255))
		chroma[v] = byte(min(max(128+roundDiv((v-128)*255, 224), 0), 255))
	}
	for _, plane := range []struct {
		pix   []byte
		table *[256]byte
	}{{m.Y, &luma}, {m.Cb, &chroma}, {m.Cr, &chroma}} {
		for i, v := range plane.pix {
			plane.pix[i] = plane.table[v]
		}
	}
}

// roundDiv is a/b to the nearest, halves away from zero.
func roundDiv(a, b int) int {
	if a < 0 {
		return -roundDiv(-a, b)
	}
	return (a + b/2) / b
}
