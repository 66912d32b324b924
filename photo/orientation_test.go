package photo

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"image/color"
	"os"
	"testing"

	"pgregory.net/rapid"
)

// secret stands for the place, the owner and the camera in a photo's metadata.
const secret = "48.1173 N 1.6778 W, Nikon 2004417"

// exif is a TIFF structure whose first directory holds a maker (0x010f), then
// an orientation.
func exif(order binary.AppendByteOrder, o uint16) []byte {
	b := []byte("II*\x00")
	if order == binary.AppendByteOrder(binary.BigEndian) {
		b = []byte("MM\x00*")
	}
	b = order.AppendUint32(b, 8)
	b = order.AppendUint16(b, 2)
	b = order.AppendUint16(b, 0x010f)
	b = order.AppendUint16(b, 2)
	b = order.AppendUint32(b, uint32(len(secret)))
	b = order.AppendUint32(b, 38)
	b = order.AppendUint16(b, tagOrientation)
	b = order.AppendUint16(b, 3)
	b = order.AppendUint32(b, 1)
	b = order.AppendUint16(b, o)
	b = append(b, 0, 0, 0, 0, 0, 0)
	return append(b, secret...)
}

func segment(marker byte, body []byte) []byte {
	return append(binary.BigEndian.AppendUint16([]byte{0xff, marker}, uint16(len(body)+2)), body...)
}

// jpegWith puts an EXIF block and other metadata into a JPEG, after what JFIF
// wants first.
func jpegWith(jpeg, tiff []byte) []byte {
	out := bytes.Clone(jpeg[:2])
	out = append(out, segment(0xe0, []byte("JFIF\x00\x01\x02\x00\x00\x01\x00\x01\x00\x00"))...)
	out = append(out, segment(0xe1, []byte("http://ns.adobe.com/xap/1.0/\x00<x>"+secret+"</x>"))...)
	out = append(out, 0xff) // a fill byte is allowed before a marker
	out = append(out, segment(0xe1, append([]byte("Exif\x00\x00"), tiff...))...)
	out = append(out, segment(0xfe, []byte(secret))...)
	return append(out, jpeg[2:]...)
}

func pngWith(png, tiff []byte) []byte {
	const head = 8 + 25 // signature and IHDR
	part := append([]byte("eXIf"), tiff...)
	out := binary.BigEndian.AppendUint32(bytes.Clone(png[:head]), uint32(len(tiff)))
	out = append(out, part...)
	out = binary.BigEndian.AppendUint32(out, crc32.ChecksumIEEE(part))
	return append(out, png[head:]...)
}

func webpWith(webp, tiff []byte) []byte {
	out := append(bytes.Clone(webp), "EXIF"...)
	out = binary.LittleEndian.AppendUint32(out, uint32(len(tiff)))
	out = append(out, tiff...)
	if len(tiff)%2 == 1 {
		out = append(out, 0)
	}
	binary.LittleEndian.PutUint32(out[4:], uint32(len(out)-8))
	return out
}

// The corners of an upright image, in reading order, by the number of the
// corner of the stored image that comes there (EXIF 2.3, table 6: what the 0th
// row and the 0th column of the stored image are).
var uprightCorners = map[uint16][4]int{
	1: {0, 1, 2, 3}, // row 0 is the top, column 0 the left
	2: {1, 0, 3, 2}, // top, right
	3: {3, 2, 1, 0}, // bottom, right
	4: {2, 3, 0, 1}, // bottom, left
	5: {0, 2, 1, 3}, // left, top
	6: {2, 0, 3, 1}, // right, top
	7: {3, 1, 2, 0}, // right, bottom
	8: {1, 3, 0, 2}, // left, bottom
}

func TestNormalise_Orientation(t *testing.T) {
	t.Parallel()
	lossy, err := os.ReadFile("testdata/quarters.webp")
	if err != nil {
		t.Fatal(err)
	}
	src := quarters(64, 48)
	for format, with := range map[string]func([]byte) []byte{
		"JPEG": func(tiff []byte) []byte { return jpegWith(jpegOf(t, src), tiff) },
		"PNG":  func(tiff []byte) []byte { return pngWith(pngOf(t, src), tiff) },
		"WebP": func(tiff []byte) []byte { return webpWith(lossy, tiff) },
		"WebP with JPEG's prefix": func(tiff []byte) []byte {
			return webpWith(lossy, append([]byte("Exif\x00\x00"), tiff...))
		},
		"WebP after a padded chunk": func(tiff []byte) []byte {
			return webpWith(append(bytes.Clone(lossy), "XMP \x03\x00\x00\x00<x>\x00"...), tiff)
		},
	} {
		for o, corners := range uprightCorners {
			for _, order := range []binary.AppendByteOrder{binary.LittleEndian, binary.BigEndian} {
				t.Run(fmt.Sprintf("%s %d %v", format, o, order), func(t *testing.T) {
					t.Parallel()
					got := normalise(t, with(exif(order, o)))
					w, h := 64, 48
					if o >= 5 {
						w, h = h, w
					}
					img := decode(t, got.JPEG, w, h)
					for i, from := range corners {
						x, y := (i%2)*(w-16)+8, (i/2)*(h-16)+8
						wantColor(t, img, x, y, quarter(from%2 == 1, from/2 == 1))
					}
					decode(t, got.Thumb, got.ThumbW, got.ThumbH)
				})
			}
		}
	}
}

func TestNormalise_NoMetadata(t *testing.T) {
	t.Parallel()
	lossy, err := os.ReadFile("testdata/quarters.webp")
	if err != nil {
		t.Fatal(err)
	}
	tiff := exif(binary.BigEndian, 6)
	for name, data := range map[string][]byte{
		"JPEG": jpegWith(jpegOf(t, quarters(400, 300)), tiff),
		"PNG":  pngWith(pngOf(t, quarters(400, 300)), tiff),
		"WebP": webpWith(lossy, tiff),
	} {
		if !bytes.Contains(data, []byte(secret)) {
			t.Fatalf("%s: the test puts no metadata in", name)
		}
		got := normalise(t, data)
		for part, out := range map[string][]byte{"image": got.JPEG, "thumbnail": got.Thumb} {
			if bytes.Contains(out, []byte(secret)) || bytes.Contains(out, []byte("Exif")) {
				t.Errorf("%s: the %s still holds metadata", name, part)
			}
			jpegSegment(out, func(marker byte, _ []byte) bool {
				if marker >= 0xe0 && marker <= 0xef || marker == 0xfe {
					t.Errorf("%s: the %s holds a segment %#x", name, part, marker)
				}
				return false
			})
		}
	}
}

// Turning forth and back gives the same image.
func TestOrient_Inverse(t *testing.T) {
	t.Parallel()
	inverse := map[int]int{1: 1, 2: 2, 3: 3, 4: 4, 5: 5, 6: 8, 7: 7, 8: 6}
	rapid.Check(t, func(t *rapid.T) {
		w, h := rapid.IntRange(1, 9).Draw(t, "w"), rapid.IntRange(1, 9).Draw(t, "h")
		img := shrink(quarters(w, h), 100)
		copy(img.Pix, rapid.SliceOfN(rapid.Byte(), len(img.Pix), len(img.Pix)).Draw(t, "pixels"))
		o := rapid.IntRange(1, 8).Draw(t, "orientation")
		back := orient(orient(img, o), inverse[o])
		if back.Rect != img.Rect || !bytes.Equal(back.Pix, img.Pix) {
			t.Errorf("orientation %d and back changes the image", o)
		}
	})
}

// A reduced image keeps its mean, and never leaves the range of its source.
func TestShrink_Mean(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		w, h := rapid.IntRange(1, 40).Draw(t, "w"), rapid.IntRange(1, 40).Draw(t, "h")
		img := quarters(w, h)
		low, high := byte(255), byte(0)
		for i := range w * h {
			v := rapid.Byte().Draw(t, "v")
			low, high = min(low, v), max(high, v)
			img.SetNRGBA(i%w, i/w, color.NRGBA{v, v, v, 255})
		}
		out := shrink(img, rapid.IntRange(1, 40).Draw(t, "side"))
		mean := func(pix []byte) float64 {
			sum := 0
			for i := 0; i < len(pix); i += 4 {
				sum += int(pix[i])
			}
			return float64(sum) / float64(len(pix)/4)
		}
		if a, b := mean(img.Pix), mean(out.Pix); a-b > 0.51 || b-a > 0.51 {
			t.Errorf("mean %v became %v", a, b)
		}
		for i, v := range out.Pix {
			if i%4 != 3 && (v < low || v > high) {
				t.Errorf("value %d outside %d to %d", v, low, high)
			}
		}
	})
}

func FuzzOrientation(f *testing.F) {
	small := jpegOf(f, quarters(8, 8))
	f.Add(jpegWith(small, exif(binary.LittleEndian, 6)))
	f.Add(jpegWith(small, exif(binary.BigEndian, 9)))
	f.Add(pngWith(pngOf(f, quarters(8, 8)), exif(binary.BigEndian, 3)))
	if lossy, err := os.ReadFile("testdata/quarters.webp"); err == nil {
		f.Add(webpWith(lossy, exif(binary.LittleEndian, 8)))
	}
	f.Add([]byte("\xff\xd8\xff\xe1\x00\x02"))
	f.Add([]byte("RIFF\xff\xff\xff\xffWEBPEXIF\xff\xff\xff\xff"))
	f.Fuzz(func(t *testing.T, data []byte) {
		if o := orientation(data); o < 1 || o > 8 {
			t.Errorf("orientation %d", o)
		}
		tiffOrientation(data, 0)
		progressive(data)
	})
}

func FuzzNormalise(f *testing.F) {
	f.Add(jpegWith(jpegOf(f, quarters(8, 8)), exif(binary.LittleEndian, 6)))
	f.Add(pngOf(f, quarters(9, 5)))
	f.Add(webpHeader(3, 3))
	f.Add(gifHeader(3, 3))
	f.Fuzz(func(t *testing.T, data []byte) {
		// Large declared sizes only slow the search down.
		for _, format := range formats {
			if c, err := format.config(bytes.NewReader(data)); err == nil && c.Width*c.Height > 1<<16 {
				t.Skip("too large to decode for every mutation")
			}
		}
		img, err := Normalise(bytes.NewReader(data))
		if err != nil {
			return
		}
		decode(t, img.JPEG, img.W, img.H)
		decode(t, img.Thumb, img.ThumbW, img.ThumbH)
		if max(img.W, img.H) > MaxSide || max(img.ThumbW, img.ThumbH) > ThumbSide {
			t.Errorf("sizes %d×%d and %d×%d", img.W, img.H, img.ThumbW, img.ThumbH)
		}
	})
}

// A photo of 12 megapixels, as a phone takes it.
func BenchmarkNormalise(b *testing.B) {
	data := jpegOf(b, quarters(4000, 3000))
	b.ReportAllocs()
	for b.Loop() {
		normalise(b, data)
	}
}
