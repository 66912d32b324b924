package wave

import (
	"errors"
	"fmt"
	"io"

	"github.com/mewkiz/flac"
	"github.com/mewkiz/flac/frame"
	"github.com/mewkiz/flac/meta"
)

// decodeFLAC reads a FLAC stream; frames behind the first broken one are given
// up, those before it are sound. The library panics on some malformed input,
// which is turned into ErrMalformed here.
func decodeFLAC(r io.Reader) (clip Clip, err error) {
	defer func() {
		if p := recover(); p != nil {
			clip, err = Clip{}, fmt.Errorf("%w: %v", ErrMalformed, p)
		}
	}()
	s, err := flac.New(r)
	if err != nil {
		return Clip{}, fmt.Errorf("%w: %w", ErrMalformed, err)
	}
	if err := checkRate(s.Info.SampleRate); err != nil {
		return Clip{}, err
	}
	bits, channels := int(s.Info.BitsPerSample), int(s.Info.NChannels)
	if bits < 4 || bits > 32 || channels < 1 || channels > 8 {
		return Clip{}, fmt.Errorf("%w: FLAC of %d channels, %d bits", ErrFormat, channels, bits)
	}
	clip = Clip{Rate: int(s.Info.SampleRate), Channels: make([][]float32, channels)}
	scale := 1 / float32(int64(1)<<(bits-1))
	for {
		f, err := s.ParseNext()
		if err != nil {
			if clip.Len() == 0 {
				return Clip{}, ErrTruncated
			}
			if promised := s.Info.NSamples; promised > uint64(clip.Len()) {
				clip.Missing = int(min(promised-uint64(clip.Len()), MaxSamples))
			}
			return clip, nil
		}
		if len(f.Subframes) != channels {
			return Clip{}, fmt.Errorf("%w: a frame of %d channels among %d", ErrMalformed, len(f.Subframes), channels)
		}
		n := len(f.Subframes[0].Samples)
		if (clip.Len()+n)*channels > MaxSamples {
			return Clip{}, ErrTooLarge
		}
		for c, sub := range f.Subframes {
			if len(sub.Samples) != n {
				return Clip{}, fmt.Errorf("%w: channels of unequal length", ErrMalformed)
			}
			for _, v := range sub.Samples {
				clip.Channels[c] = append(clip.Channels[c], float32(v)*scale)
			}
		}
	}
}

const flacBlock = 4096

// EncodeFLAC writes c as 16-bit FLAC, clipping what lies outside [-1, 1]. It
// takes up to eight channels.
func EncodeFLAC(w io.Writer, c Clip) error {
	if err := check(c); err != nil {
		return err
	}
	if len(c.Channels) > 8 {
		return fmt.Errorf("%w: %d channels in FLAC", ErrFormat, len(c.Channels))
	}
	info := &meta.StreamInfo{
		BlockSizeMin: flacBlock, BlockSizeMax: flacBlock,
		SampleRate: uint32(c.Rate), NChannels: uint8(len(c.Channels)), BitsPerSample: 16,
		NSamples: uint64(c.Len()),
	}
	// The encoder closes what it is given and seeks back in it if it can;
	// neither is ours to allow.
	enc, err := flac.NewEncoder(struct{ io.Writer }{w}, info)
	if err != nil {
		return fmt.Errorf("wave: %w", err)
	}
	for from := 0; from < c.Len(); from += flacBlock {
		if err := enc.WriteFrame(flacFrame(c, from, min(from+flacBlock, c.Len()))); err != nil {
			return fmt.Errorf("wave: %w", err)
		}
	}
	return enc.Close()
}

func flacFrame(c Clip, from, to int) *frame.Frame {
	n := to - from
	f := &frame.Frame{Header: frame.Header{
		HasFixedBlockSize: true,
		BlockSize:         uint16(n), SampleRate: uint32(c.Rate),
		Channels: frame.Channels(len(c.Channels) - 1), BitsPerSample: 16,
	}}
	for _, ch := range c.Channels {
		s := make([]int32, n)
		for i, v := range ch[from:to] {
			s[i] = int32(quantise(v, 16))
		}
		f.Subframes = append(f.Subframes, &frame.Subframe{
			SubHeader: frame.SubHeader{Pred: frame.PredVerbatim},
			Samples:   s, NSamples: n,
		})
	}
	return f
}

func check(c Clip) error {
	if c.Rate < MinRate || c.Rate > MaxRate {
		return fmt.Errorf("%w: %d Hz", ErrRate, c.Rate)
	}
	if len(c.Channels) == 0 || len(c.Channels) > MaxChannels {
		return fmt.Errorf("%w: %d channels", ErrFormat, len(c.Channels))
	}
	for _, ch := range c.Channels {
		if len(ch) != c.Len() {
			return errors.New("wave: channels of unequal length")
		}
	}
	return nil
}
