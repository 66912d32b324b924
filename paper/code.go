package paper

import (
	"fmt"
	"image"
	"image/color"

	"github.com/boombuler/barcode"
	"github.com/boombuler/barcode/code128"
	"github.com/boombuler/barcode/qr"
)

// quietModules is the empty border a QR code must have on every side (ISO/IEC
// 18004), in modules.
const quietModules = 4

// qrCode encodes content at level M: a code on a bench gets oil on it.
func qrCode(content string) (barcode.Barcode, error) {
	code, err := qr.Encode(content, qr.M, qr.Auto)
	if err != nil {
		return nil, fmt.Errorf("paper: QR code: %w", err)
	}
	return code, nil
}

// drawCode draws the dark modules of a code in a w × h box, as one rectangle
// for each horizontal run.
func (s *sheet) drawCode(code image.Image, x, y, w, h float64) {
	b := code.Bounds()
	mw, mh := w/float64(b.Dx()), h/float64(b.Dy())
	for row := range b.Dy() {
		for col := 0; col < b.Dx(); {
			if !dark(code.At(b.Min.X+col, b.Min.Y+row)) {
				col++
				continue
			}
			from := col
			for col < b.Dx() && dark(code.At(b.Min.X+col, b.Min.Y+row)) {
				col++
			}
			s.box(x+float64(from)*mw, y+float64(row)*mh, float64(col-from)*mw, mh, black)
		}
	}
}

func dark(c color.Color) bool {
	r, _, _, _ := c.RGBA()
	return r < 0x8000
}

// code128Of encodes a number; its image is one row high.
func code128Of(number string) (barcode.Barcode, error) {
	code, err := code128.Encode(number)
	if err != nil {
		return nil, fmt.Errorf("paper: Code 128: %w", err)
	}
	return code, nil
}
