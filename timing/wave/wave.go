// Package wave turns sound files (WAV and FLAC) into samples and back.
//
// It knows containers and sample formats. It is not a signal processor: it
// neither mixes, filters, resamples nor judges what it reads; silence and
// noise are package timing's matter.
package wave

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
)

// Limits of what Decode accepts. A position at the bench takes a minute; four
// hours at 48 kHz mono is the longest file anyone has had a reason to open.
const (
	MinRate     = 8_000
	MaxRate     = 192_000
	MaxChannels = 32
	MaxSamples  = 1 << 30 // over all channels
)

// What Decode finds wrong with a file. Test with errors.Is.
var (
	ErrNotAudio  = errors.New("wave: neither WAV nor FLAC")
	ErrTruncated = errors.New("wave: the file ends before its sound begins")
	ErrMalformed = errors.New("wave: the file contradicts itself")
	ErrFormat    = errors.New("wave: this sample format is not read")
	ErrRate      = errors.New("wave: sampling rate outside 8 to 192 kHz")
	ErrTooLarge  = errors.New("wave: more samples than are accepted")
)

// Clip is sound in memory: one slice a channel, all of one length, samples
// within [-1, 1] (float files may exceed it; nothing is clipped here).
type Clip struct {
	Rate     int // samples a second
	Channels [][]float32

	// Missing is how many samples of each channel the file's header promises
	// and the file does not hold: it was cut short. 0 where it is whole, or
	// where its header promises nothing, as a stream's does.
	Missing int
}

// Len returns the number of samples of one channel.
func (c Clip) Len() int {
	if len(c.Channels) == 0 {
		return 0
	}
	return len(c.Channels[0])
}

// Seconds returns how long the clip lasts by its own header's clock.
func (c Clip) Seconds() float64 {
	if c.Rate <= 0 {
		return 0
	}
	return float64(c.Len()) / float64(c.Rate)
}

// Decode reads one sound file. The format is told by its first bytes, never by
// a name. A WAV whose data size is 0 or 0xFFFFFFFF (a live recorder that never
// came back to fill it in) or larger than the file is read to its end; a file
// cut short in its samples yields those that are there.
//
// Errors wrap ErrNotAudio, ErrTruncated, ErrMalformed, ErrFormat, ErrRate or
// ErrTooLarge, or are the reader's own.
func Decode(r io.Reader) (Clip, error) {
	br := bufio.NewReaderSize(r, 1<<16)
	magic, err := br.Peek(4)
	if len(magic) < 4 {
		if err != nil && !errors.Is(err, io.EOF) {
			return Clip{}, fmt.Errorf("wave: %w", err)
		}
		return Clip{}, ErrNotAudio
	}
	switch {
	case bytes.Equal(magic, []byte("RIFF")), bytes.Equal(magic, []byte("RF64")), bytes.Equal(magic, []byte("RIFX")):
		return decodeRIFF(br)
	case bytes.Equal(magic, []byte("fLaC")), bytes.HasPrefix(magic, []byte("ID3")):
		return decodeFLAC(br)
	}
	return Clip{}, ErrNotAudio
}

func checkRate(rate uint32) error {
	if rate < MinRate || rate > MaxRate {
		return fmt.Errorf("%w: %d Hz", ErrRate, rate)
	}
	return nil
}
