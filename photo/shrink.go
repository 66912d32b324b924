package photo

import (
	"image"
	"image/color"
)

// shrink returns img on white, reduced so that its longest side is at most side
// pixels. Each pixel is the mean of the area it covers, in integers: the result
// is the same on every machine, and the memory needed is that of the result.
func shrink(img image.Image, side int) *image.RGBA {
	b := img.Bounds()
	sw, sh := b.Dx(), b.Dy()
	dw, dh := fit(sw, sh, side)
	out := image.NewRGBA(image.Rect(0, 0, dw, dh))
	row := make([]byte, 3*sw)
	line := make([]uint64, 3*dw) // one source row, reduced: each value weighs sw
	sum := make([]uint64, 3*dw)  // the result's row y: each value weighs sw·sh
	y := 0
	for j := range sh {
		readRow(row, img, b.Min.X, b.Min.Y+j)
		reduceRow(line, row, sw, dw)
		// In units of 1/dh of a source row, source row j covers [j·dh, (j+1)·dh)
		// and the result's row y covers [y·sh, (y+1)·sh); dh ≤ sh.
		for top, end := j*dh, (j+1)*dh; top < end; {
			cut := min(end, (y+1)*sh)
			for k, v := range line {
				sum[k] += v * uint64(cut-top)
			}
			if top = cut; cut == (y+1)*sh {
				writeRow(out, y, sum, uint64(sw)*uint64(sh))
				y++
			}
		}
	}
	return out
}

// fit returns w×h reduced in proportion to a longest side of side, never enlarged.
func fit(w, h, side int) (int, int) {
	long := max(w, h)
	if long <= side {
		return w, h
	}
	scale := func(n int) int { return max(1, (n*side+long/2)/long) }
	return scale(w), scale(h)
}

// reduceRow fills line with the weighted sums of row, as shrink does downwards.
func reduceRow(line []uint64, row []byte, sw, dw int) {
	clear(line)
	x := 0
	for i := range sw {
		r, g, b := uint64(row[3*i]), uint64(row[3*i+1]), uint64(row[3*i+2])
		for left, end := i*dw, (i+1)*dw; left < end; {
			cut := min(end, (x+1)*sw)
			w := uint64(cut - left)
			line[3*x] += r * w
			line[3*x+1] += g * w
			line[3*x+2] += b * w
			if left = cut; cut == (x+1)*sw {
				x++
			}
		}
	}
}

// writeRow writes the rounded means of sum, and clears it for the next row.
func writeRow(out *image.RGBA, y int, sum []uint64, weight uint64) {
	pix := out.Pix[y*out.Stride:]
	for x := range len(sum) / 3 {
		for c := range 3 {
			pix[4*x+c] = byte((sum[3*x+c] + weight/2) / weight)
		}
		pix[4*x+3] = 0xff
	}
	clear(sum)
}

// readRow fills row with the red, green and blue of one line of img, on white.
func readRow(row []byte, img image.Image, x0, y int) {
	n := len(row) / 3
	switch m := img.(type) {
	case *image.YCbCr:
		for i := range n {
			yi, ci := m.YOffset(x0+i, y), m.COffset(x0+i, y)
			row[3*i], row[3*i+1], row[3*i+2] = color.YCbCrToRGB(m.Y[yi], m.Cb[ci], m.Cr[ci])
		}
	case *image.Gray:
		for i, v := range m.Pix[m.PixOffset(x0, y):][:n] {
			row[3*i], row[3*i+1], row[3*i+2] = v, v, v
		}
	case *image.NRGBA:
		pix := m.Pix[m.PixOffset(x0, y):]
		for i := range n {
			a := uint32(pix[4*i+3])
			for c := range 3 {
				row[3*i+c] = byte((uint32(pix[4*i+c])*a + 255*(255-a) + 127) / 255)
			}
		}
	case image.RGBA64Image: // all others of package image; premultiplied
		for i := range n {
			c := m.RGBA64At(x0+i, y)
			row[3*i] = byte((c.R + 0xffff - c.A) >> 8)
			row[3*i+1] = byte((c.G + 0xffff - c.A) >> 8)
			row[3*i+2] = byte((c.B + 0xffff - c.A) >> 8)
		}
	}
}
