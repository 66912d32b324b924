// Package photo turns what a camera or a phone sent into the two images the
// house keeps: upright, of a bounded size, and without anything else in the
// file (no place, no serial number of the camera, no hidden preview). It does
// not store images, judge them, or draw on them.
package photo

import (
	"bytes"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"

	"etabli.example/fault"

	"golang.org/x/image/webp"
)

// What Normalise accepts and makes.
const (
	MaxBytes  = 25_000_000 // of the file sent
	MaxPixels = 60_000_000 // width × height, as the file declares them
	MaxSide   = 2048       // pixels, longest side of the image made
	ThumbSide = 320        // pixels, longest side of the thumbnail made
	quality   = 85         // of JPEG, 1 to 100

	// maxDecoded bounds the memory a decoder may need, which for some formats
	// is many times the pixels: 16 bits a channel, or all coefficients at once.
	maxDecoded = 256 << 20
)

// Image is a photo as the house keeps it.
type Image struct {
	JPEG           []byte
	W, H           int // pixels
	Thumb          []byte
	ThumbW, ThumbH int // pixels
}

// Normalise reads one JPEG, PNG, GIF (its first frame) or WebP image from r and
// returns it upright (as its EXIF orientation asks), on white where it was
// transparent, its longest side at most MaxSide, as a JPEG without metadata,
// with a thumbnail. The same bytes in give the same bytes out.
//
// More than MaxBytes or MaxPixels is fault.TooLarge (photo.too_large), found
// before anything is decoded; what is no image is fault.Invalid
// (photo.not_image), and one cut short fault.Invalid (photo.damaged). Images
// are decoded one at a time, so that ten uploads need the memory of one.
func Normalise(r io.Reader) (Image, error) {
	data, err := io.ReadAll(io.LimitReader(r, MaxBytes+1))
	if err != nil {
		return Image{}, fault.Wrap("photo.Normalise", err)
	}
	if len(data) > MaxBytes {
		return Image{}, tooLarge()
	}
	f, err := inspect(data)
	if err != nil {
		return Image{}, err
	}
	decoding <- struct{}{}
	defer func() { <-decoding }()
	img, err := f.decode(bytes.NewReader(data))
	if err != nil {
		return Image{}, &fault.Error{Kind: fault.Invalid, Op: "photo.Normalise", Key: "photo.damaged", Err: err}
	}
	upright := orient(shrink(img, MaxSide), orientation(data))
	return encode(upright)
}

// decoding is held by whoever decodes.
var decoding = make(chan struct{}, 1)

func encode(img *image.RGBA) (Image, error) {
	thumb := shrink(img, ThumbSide)
	var full, small bytes.Buffer
	if err := jpeg.Encode(&full, img, &jpeg.Options{Quality: quality}); err != nil {
		return Image{}, fault.Wrap("photo.encode", err)
	}
	if err := jpeg.Encode(&small, thumb, &jpeg.Options{Quality: quality}); err != nil {
		return Image{}, fault.Wrap("photo.encode", err)
	}
	return Image{
		JPEG: full.Bytes(), W: img.Rect.Dx(), H: img.Rect.Dy(),
		Thumb: small.Bytes(), ThumbW: thumb.Rect.Dx(), ThumbH: thumb.Rect.Dy(),
	}, nil
}

// format is one kind of file we take. The list is ours and not the registry of
// package image, to which any import may add.
type format struct {
	magic  string // ? stands for any byte
	config func(io.Reader) (image.Config, error)
	decode func(io.Reader) (image.Image, error)
}

var formats = []format{
	{"\xff\xd8\xff", jpeg.DecodeConfig, jpeg.Decode},
	{"\x89PNG\r\n\x1a\n", png.DecodeConfig, png.Decode},
	{"GIF8?a", gif.DecodeConfig, gif.Decode},
	{"RIFF????WEBP", webp.DecodeConfig, decodeWebP},
}

func (f format) matches(data []byte) bool {
	if len(data) < len(f.magic) {
		return false
	}
	for i := range len(f.magic) {
		if f.magic[i] != '?' && f.magic[i] != data[i] {
			return false
		}
	}
	return true
}

// inspect finds the format and refuses, from the header alone, what would be
// too large to decode.
func inspect(data []byte) (format, error) {
	for _, f := range formats {
		if !f.matches(data) {
			continue
		}
		c, err := f.config(bytes.NewReader(data))
		if err != nil || c.Width <= 0 || c.Height <= 0 {
			break
		}
		if c.Width > MaxPixels || c.Height > MaxPixels ||
			int64(c.Width)*int64(c.Height) > MaxPixels ||
			int64(c.Width)*int64(c.Height)*cost(data, c) > maxDecoded {
			return format{}, tooLarge()
		}
		return f, nil
	}
	return format{}, fault.New(fault.Invalid, "photo.not_image")
}

// cost is the memory a decoder takes, in bytes per pixel, at most.
func cost(data []byte, c image.Config) int64 {
	switch c.ColorModel {
	case color.GrayModel:
		if progressive(data) {
			return 5
		}
		return 1
	case color.YCbCrModel, color.CMYKModel:
		if progressive(data) {
			return 16 // three planes of samples and of 32-bit coefficients
		}
		return 4
	case color.RGBA64Model, color.NRGBA64Model, color.NYCbCrAModel:
		return 8
	case color.Gray16Model:
		return 2
	case color.RGBAModel, color.NRGBAModel:
		return 4
	}
	return 1 // a palette
}

func tooLarge() error {
	return fault.New(fault.TooLarge, "photo.too_large", MaxBytes/1_000_000, MaxPixels/1_000_000)
}
