package wave

import (
	"bufio"
	"encoding/binary"
	"fmt"
	"io"
	"math"
)

// EncodeWAV writes c as a WAV file of 8, 16 or 24-bit PCM, clipping what lies
// outside [-1, 1], or of 32-bit float, which clips nothing.
func EncodeWAV(w io.Writer, c Clip, bits int) error {
	if err := check(c); err != nil {
		return err
	}
	tag := tagPCM
	switch bits {
	case 8, 16, 24:
	case 32:
		tag = tagFloat
	default:
		return fmt.Errorf("%w: %d bits", ErrFormat, bits)
	}
	channels, frame := len(c.Channels), len(c.Channels)*bits/8
	size := int64(c.Len()) * int64(frame)
	if size > math.MaxUint32-36 {
		return ErrTooLarge
	}
	b := bufio.NewWriterSize(w, 1<<16)
	le := binary.LittleEndian
	h := append([]byte("RIFF"), 0, 0, 0, 0)
	le.PutUint32(h[4:], uint32(36+size+size&1))
	h = append(h, "WAVEfmt "...)
	h = le.AppendUint32(h, 16)
	h = le.AppendUint16(h, uint16(tag))
	h = le.AppendUint16(h, uint16(channels))
	h = le.AppendUint32(h, uint32(c.Rate))
	h = le.AppendUint32(h, uint32(c.Rate*frame))
	h = le.AppendUint16(h, uint16(frame))
	h = le.AppendUint16(h, uint16(bits))
	h = append(h, "data"...)
	h = le.AppendUint32(h, uint32(size))
	b.Write(h) // a bufio.Writer keeps its first error for Flush
	var s [4]byte
	for i := range c.Len() {
		for _, ch := range c.Channels {
			b.Write(s[:putSample(s[:], ch[i], bits)])
		}
	}
	if size&1 == 1 {
		b.WriteByte(0)
	}
	return b.Flush()
}

func putSample(dst []byte, v float32, bits int) int {
	switch bits {
	case 8:
		dst[0] = byte(quantise(v, 8) + 128)
	case 16:
		binary.LittleEndian.PutUint16(dst, uint16(int16(quantise(v, 16))))
	case 24:
		q := quantise(v, 24)
		dst[0], dst[1], dst[2] = byte(q), byte(q>>8), byte(q>>16)
	case 32:
		binary.LittleEndian.PutUint32(dst, math.Float32bits(v))
	}
	return bits / 8
}

// quantise rounds v to a signed sample of the given number of bits.
func quantise(v float32, bits int) int {
	full := float64(int(1) << (bits - 1))
	q := math.Round(float64(v) * full)
	if !(q >= -full) { // also NaN
		return int(-full)
	}
	return int(min(q, full-1))
}
