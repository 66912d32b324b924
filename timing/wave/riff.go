package wave

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
)

// Format tags of the fmt chunk (Microsoft, "Multiple Channel Audio Data and
// WAVE Files", 2007).
const (
	tagPCM        = 0x0001
	tagFloat      = 0x0003
	tagExtensible = 0xFFFE
)

const unknownSize = 0xFFFFFFFF

// subFormatTail is the part of a KSDATAFORMAT_SUBTYPE GUID behind the tag.
var subFormatTail = [14]byte{0, 0, 0, 0, 0x10, 0, 0x80, 0, 0, 0xAA, 0, 0x38, 0x9B, 0x71}

type riffFormat struct {
	tag      uint16
	channels int
	rate     uint32
	bits     int // container size of one sample
}

func (f riffFormat) frameBytes() int { return f.channels * f.bits / 8 }

// decodeRIFF walks the chunks of a WAVE form: fmt must precede data, all
// others are skipped, chunks of odd size are padded to even.
func decodeRIFF(r io.Reader) (Clip, error) {
	var head [12]byte
	if _, err := io.ReadFull(r, head[:]); err != nil {
		return Clip{}, truncated(err)
	}
	order := binary.ByteOrder(binary.LittleEndian)
	if string(head[:4]) == "RIFX" {
		order = binary.BigEndian
	}
	if string(head[8:12]) != "WAVE" {
		return Clip{}, fmt.Errorf("%w: RIFF form %q", ErrNotAudio, head[8:12])
	}
	var format *riffFormat
	for {
		var ch [8]byte
		if _, err := io.ReadFull(r, ch[:]); err != nil {
			return Clip{}, truncated(err)
		}
		size := order.Uint32(ch[4:])
		switch string(ch[:4]) {
		case "fmt ":
			f, err := readFormat(r, order, size)
			if err != nil {
				return Clip{}, err
			}
			format = &f
		case "data":
			if format == nil {
				return Clip{}, fmt.Errorf("%w: data before fmt", ErrMalformed)
			}
			return readData(r, *format, order, size)
		default:
			if err := skip(r, size); err != nil {
				return Clip{}, err
			}
		}
	}
}

func readFormat(r io.Reader, order binary.ByteOrder, size uint32) (riffFormat, error) {
	var f riffFormat
	if size < 16 || size > 1<<16 {
		return f, fmt.Errorf("%w: fmt chunk of %d bytes", ErrMalformed, size)
	}
	b := make([]byte, size+size&1)
	if _, err := io.ReadFull(r, b); err != nil {
		return f, truncated(err)
	}
	f.tag = order.Uint16(b)
	f.channels = int(order.Uint16(b[2:]))
	f.rate = order.Uint32(b[4:])
	align := int(order.Uint16(b[12:]))
	f.bits = int(order.Uint16(b[14:]))
	if f.tag == tagExtensible {
		if size < 40 || [14]byte(b[26:40]) != subFormatTail {
			return f, fmt.Errorf("%w: extensible sub-format", ErrFormat)
		}
		f.tag = order.Uint16(b[24:])
	}
	if f.channels < 1 || f.channels > MaxChannels {
		return f, fmt.Errorf("%w: %d channels", ErrMalformed, f.channels)
	}
	// A 20-bit sample lies in a 24-bit container, left-justified: the container
	// is what counts.
	if align > 0 && align%f.channels == 0 && align/f.channels*8 >= f.bits && align/f.channels <= 8 {
		f.bits = align / f.channels * 8
	}
	switch {
	case f.tag == tagPCM && (f.bits == 8 || f.bits == 16 || f.bits == 24 || f.bits == 32):
	case f.tag == tagFloat && (f.bits == 32 || f.bits == 64):
	default:
		return f, fmt.Errorf("%w: tag %#x, %d bits", ErrFormat, f.tag, f.bits)
	}
	return f, checkRate(f.rate)
}

func readData(r io.Reader, f riffFormat, order binary.ByteOrder, size uint32) (Clip, error) {
	clip := Clip{Rate: int(f.rate), Channels: make([][]float32, f.channels)}
	frame := f.frameBytes()
	left := int64(size)
	if size == 0 || size == unknownSize {
		left = math.MaxInt64
	}
	buf := make([]byte, frame*4096)
	conv := converter(f, order)
	for left >= int64(frame) {
		n, err := io.ReadFull(r, buf[:min(int64(len(buf)), left-left%int64(frame))])
		n -= n % frame
		if (clip.Len()+n/frame)*f.channels > MaxSamples {
			return Clip{}, ErrTooLarge
		}
		for c := range clip.Channels {
			step := f.bits / 8
			for i := c * step; i < n; i += frame {
				clip.Channels[c] = append(clip.Channels[c], conv(buf[i:]))
			}
		}
		left -= int64(n)
		if err != nil {
			if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
				break // cut short: what is there is sound
			}
			return Clip{}, fmt.Errorf("wave: %w", err)
		}
	}
	if size != 0 && size != unknownSize {
		clip.Missing = int(left / int64(frame))
	}
	if clip.Len() == 0 {
		return Clip{}, ErrTruncated
	}
	return clip, nil
}

// converter returns the function that reads one sample of the format.
func converter(f riffFormat, order binary.ByteOrder) func([]byte) float32 {
	switch {
	case f.tag == tagFloat && f.bits == 64:
		return func(b []byte) float32 { return finite(float32(math.Float64frombits(order.Uint64(b)))) }
	case f.tag == tagFloat:
		return func(b []byte) float32 { return finite(math.Float32frombits(order.Uint32(b))) }
	case f.bits == 8: // the only unsigned one
		return func(b []byte) float32 { return (float32(b[0]) - 128) / 128 }
	case f.bits == 16:
		return func(b []byte) float32 { return float32(int16(order.Uint16(b))) / (1 << 15) }
	case f.bits == 24 && order == binary.ByteOrder(binary.BigEndian):
		return func(b []byte) float32 {
			return float32(int32(uint32(b[2])<<8|uint32(b[1])<<16|uint32(b[0])<<24)>>8) / (1 << 23)
		}
	case f.bits == 24:
		return func(b []byte) float32 {
			return float32(int32(uint32(b[0])<<8|uint32(b[1])<<16|uint32(b[2])<<24)>>8) / (1 << 23)
		}
	}
	return func(b []byte) float32 { return float32(float64(int32(order.Uint32(b))) / (1 << 31)) }
}

// finite replaces what no sound card produces, so that one broken sample does
// not poison every filter behind it.
func finite(v float32) float32 {
	if v != v || v > 1e6 || v < -1e6 {
		return 0
	}
	return v
}

func skip(r io.Reader, size uint32) error {
	if size == unknownSize {
		return fmt.Errorf("%w: chunk of unknown size before data", ErrMalformed)
	}
	if _, err := io.CopyN(io.Discard, r, int64(size)+int64(size&1)); err != nil {
		return truncated(err)
	}
	return nil
}

func truncated(err error) error {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return ErrTruncated
	}
	return fmt.Errorf("wave: %w", err)
}
