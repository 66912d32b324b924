package photo

import (
	"encoding/binary"
	"image"
)

// EXIF (CIPA DC-008) says in tag 0x0112 of the first directory how the image
// must be turned, as a number from 1 (not at all) to 8. It is the one thing we
// read there; whatever is malformed means 1.
const tagOrientation = 0x0112

// orientation finds the EXIF block of a JPEG, PNG or WebP file and returns its
// orientation, 1 where there is none.
func orientation(data []byte) int {
	switch {
	case formats[0].matches(data):
		return tiffOrientation(jpegSegment(data, func(marker byte, body []byte) bool {
			return marker == 0xe1 && len(body) >= 6 && string(body[:6]) == "Exif\x00\x00"
		}), 6)
	case formats[1].matches(data):
		return tiffOrientation(chunk(data[8:], "eXIf", binary.BigEndian, 4, 0), 0)
	case formats[3].matches(data):
		body := chunk(data[12:], "EXIF", binary.LittleEndian, 0, 1)
		if len(body) >= 6 && string(body[:6]) == "Exif\x00\x00" { // some writers keep JPEG's prefix
			return tiffOrientation(body, 6)
		}
		return tiffOrientation(body, 0)
	}
	return 1
}

// jpegSegment returns the body of the first segment before the pixels that is
// wanted, nil where there is none (ITU-T T.81, annex B).
func jpegSegment(data []byte, wanted func(marker byte, body []byte) bool) []byte {
	for p := 2; p+4 <= len(data) && data[p] == 0xff; {
		marker := data[p+1]
		if marker == 0xff { // a fill byte
			p++
			continue
		}
		if marker == 0xda || marker == 0xd9 { // pixels, or the end
			return nil
		}
		n := int(binary.BigEndian.Uint16(data[p+2:]))
		if n < 2 || p+2+n > len(data) {
			return nil
		}
		if body := data[p+4 : p+2+n]; wanted(marker, body) {
			return body
		}
		p += 2 + n
	}
	return nil
}

// progressive reports whether data is a JPEG whose decoder must hold every
// coefficient of the image at once (SOF2).
func progressive(data []byte) bool {
	return formats[0].matches(data) && jpegSegment(data, func(marker byte, _ []byte) bool {
		return marker == 0xc2
	}) != nil
}

// chunk returns the body of the first chunk called name. PNG puts the size
// before the name and a checksum of trail bytes after the body; RIFF puts the
// name first and pads bodies to pad+1 bytes.
func chunk(data []byte, name string, order binary.ByteOrder, trail, pad uint64) []byte {
	for len(data) >= 8 {
		id, size := data[:4], data[4:8]
		if trail > 0 {
			id, size = size, id
		}
		n := uint64(order.Uint32(size))
		if n > uint64(len(data)-8) {
			return nil
		}
		if string(id) == name {
			return data[8 : 8+n]
		}
		next := 8 + n + n&pad + trail
		if next > uint64(len(data)) {
			return nil
		}
		data = data[next:]
	}
	return nil
}

// tiffOrientation reads the tag from the TIFF structure that begins skip bytes
// into block.
func tiffOrientation(block []byte, skip int) int {
	if len(block) < skip+8 {
		return 1
	}
	t := block[skip:]
	var order binary.ByteOrder
	switch string(t[:4]) {
	case "II*\x00":
		order = binary.LittleEndian
	case "MM\x00*":
		order = binary.BigEndian
	default:
		return 1
	}
	at := uint64(order.Uint32(t[4:]))
	if at+2 > uint64(len(t)) {
		return 1
	}
	count := int(order.Uint16(t[at:]))
	for e := t[at+2:]; count > 0 && len(e) >= 12; count, e = count-1, e[12:] {
		// tag, type (3 is SHORT), number of values, the value itself
		if order.Uint16(e) == tagOrientation && order.Uint16(e[2:]) == 3 && order.Uint32(e[4:]) == 1 {
			if v := order.Uint16(e[8:]); v >= 1 && v <= 8 {
				return int(v)
			}
			return 1
		}
	}
	return 1
}

// orient returns img turned so that an image stored with orientation o stands
// upright.
func orient(img *image.RGBA, o int) *image.RGBA {
	w, h := img.Rect.Dx(), img.Rect.Dy()
	var from func(x, y int) (int, int) // the pixel of img that (x, y) shows
	switch o {
	case 2: // mirrored
		from = func(x, y int) (int, int) { return w - 1 - x, y }
	case 3: // upside down
		from = func(x, y int) (int, int) { return w - 1 - x, h - 1 - y }
	case 4: // upside down and mirrored
		from = func(x, y int) (int, int) { return x, h - 1 - y }
	case 5: // rows are columns
		from = func(x, y int) (int, int) { return y, x }
	case 6: // turn a quarter clockwise
		from = func(x, y int) (int, int) { return y, h - 1 - x }
	case 7: // rows are columns, upside down
		from = func(x, y int) (int, int) { return w - 1 - y, h - 1 - x }
	case 8: // turn a quarter counter-clockwise
		from = func(x, y int) (int, int) { return w - 1 - y, x }
	default:
		return img
	}
	out := image.NewRGBA(image.Rect(0, 0, w, h))
	if o >= 5 {
		out = image.NewRGBA(image.Rect(0, 0, h, w))
	}
	for y := range out.Rect.Dy() {
		for x := range out.Rect.Dx() {
			sx, sy := from(x, y)
			copy(out.Pix[out.PixOffset(x, y):][:4], img.Pix[img.PixOffset(sx, sy):][:4])
		}
	}
	return out
}
