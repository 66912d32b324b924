package wave

import (
	"bytes"
	"encoding/binary"
	"errors"
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// riff builds a WAV by hand: the fmt chunk's body, chunks before data, the
// data size written, and the data.
func riff(format []byte, before []byte, size uint32, data []byte) []byte {
	b := append([]byte("RIFF\xff\xff\xff\xffWAVEfmt "), 0, 0, 0, 0)
	binary.LittleEndian.PutUint32(b[16:], uint32(len(format)))
	b = append(append(b, format...), before...)
	b = append(b, "data"...)
	b = binary.LittleEndian.AppendUint32(b, size)
	return append(b, data...)
}

func format(tag, channels, rate, bits int) []byte {
	le := binary.LittleEndian
	b := le.AppendUint16(nil, uint16(tag))
	b = le.AppendUint16(b, uint16(channels))
	b = le.AppendUint32(b, uint32(rate))
	b = le.AppendUint32(b, uint32(rate*channels*bits/8))
	b = le.AppendUint16(b, uint16(channels*bits/8))
	return le.AppendUint16(b, uint16(bits))
}

func extensible(sub, channels, rate, bits int) []byte {
	b := format(tagExtensible, channels, rate, bits)
	b = binary.LittleEndian.AppendUint16(b, 22)
	b = binary.LittleEndian.AppendUint16(b, uint16(bits))
	b = binary.LittleEndian.AppendUint32(b, 0)
	b = binary.LittleEndian.AppendUint16(b, uint16(sub))
	return append(b, subFormatTail[:]...)
}

func TestDecodeWAV(t *testing.T) {
	f32 := func(v float32) []byte { return binary.LittleEndian.AppendUint32(nil, math.Float32bits(v)) }
	f64 := func(v float64) []byte { return binary.LittleEndian.AppendUint64(nil, math.Float64bits(v)) }
	odd := []byte("LIST\x03\x00\x00\x00abc\x00")
	for _, tt := range []struct {
		name string
		file []byte
		want [][]float32
	}{
		{"8 bit", riff(format(1, 1, 8000, 8), nil, 3, []byte{0, 128, 192}), [][]float32{{-1, 0, 0.5}}},
		{"16 bit stereo", riff(format(1, 2, 44100, 16), nil, 8, []byte{0, 0x40, 0, 0x80, 0, 0, 0, 0xC0}), [][]float32{{0.5, 0}, {-1, -0.5}}},
		{"24 bit", riff(format(1, 1, 48000, 24), nil, 6, []byte{0, 0, 0x40, 0, 0, 0x80}), [][]float32{{0.5, -1}}},
		{"32 bit", riff(format(1, 1, 48000, 32), nil, 4, []byte{0, 0, 0, 0xC0}), [][]float32{{-0.5}}},
		{"float", riff(format(3, 1, 48000, 32), nil, 4, f32(0.25)), [][]float32{{0.25}}},
		{"double", riff(format(3, 1, 192000, 64), nil, 8, f64(-0.75)), [][]float32{{-0.75}}},
		{"not a number is silence", riff(format(3, 1, 48000, 32), nil, 4, f32(float32(math.NaN()))), [][]float32{{0}}},
		{"extensible", riff(extensible(1, 1, 48000, 16), nil, 2, []byte{0, 0x40}), [][]float32{{0.5}}},
		{"a chunk of odd size before data", riff(format(1, 1, 8000, 16), odd, 2, []byte{0, 0x40}), [][]float32{{0.5}}},
		{"a recorder that never wrote the size", riff(format(1, 1, 8000, 16), nil, 0, []byte{0, 0x40, 0, 0xC0}), [][]float32{{0.5, -0.5}}},
		{"a stream of unknown size", riff(format(1, 1, 8000, 16), nil, unknownSize, []byte{0, 0x40}), [][]float32{{0.5}}},
		{"cut short within a frame", riff(format(1, 2, 8000, 16), nil, 400, []byte{0, 0x40, 0, 0, 1}), [][]float32{{0.5}, {0}}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c, err := Decode(bytes.NewReader(tt.file))
			if err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff(tt.want, c.Channels); d != "" {
				t.Error(d)
			}
		})
	}
}

func TestDecodeRefuses(t *testing.T) {
	one := []byte{0, 0x40}
	for _, tt := range []struct {
		name string
		file []byte
		want error
	}{
		{"nothing", nil, ErrNotAudio},
		{"a letter", []byte("Dear Sir"), ErrNotAudio},
		{"another RIFF", []byte("RIFF\x00\x00\x00\x00AVI LIST"), ErrNotAudio},
		{"a header alone", riff(format(1, 1, 8000, 16), nil, 2, nil), ErrTruncated},
		{"half a header", riff(format(1, 1, 8000, 16), nil, 2, nil)[:20], ErrTruncated},
		{"a chunk longer than the file", riff(format(1, 1, 8000, 16), []byte("LIST\xff\xff\xff\x7fab"), 2, one), ErrTruncated},
		{"under 8 kHz", riff(format(1, 1, 7999, 16), nil, 2, one), ErrRate},
		{"over 192 kHz", riff(format(1, 1, 192001, 16), nil, 2, one), ErrRate},
		{"no channel", riff(format(1, 0, 8000, 16), nil, 2, one), ErrMalformed},
		{"μ-law", riff(format(7, 1, 8000, 8), nil, 2, one), ErrFormat},
		{"12 bits", riff(format(1, 1, 8000, 12), nil, 2, one), ErrFormat},
		{"broken FLAC", []byte("fLaC rubbish that is no stream info"), ErrMalformed},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c, err := Decode(bytes.NewReader(tt.file))
			if !errors.Is(err, tt.want) {
				t.Errorf("got %v, %d samples; want %v", err, c.Len(), tt.want)
			}
		})
	}
}

// clips draws small clips within [-1, 1].
func clips(maxChannels int) *rapid.Generator[Clip] {
	return rapid.Custom(func(t *rapid.T) Clip {
		n := rapid.IntRange(1, 5000).Draw(t, "n")
		c := Clip{Rate: rapid.SampledFrom([]int{8000, 11025, 44100, 48000, 96000, 192000}).Draw(t, "rate")}
		for range rapid.IntRange(1, maxChannels).Draw(t, "channels") {
			x := make([]float32, n)
			seed := rapid.Uint32().Draw(t, "seed")
			for i := range x {
				seed = seed*1664525 + 1013904223
				x[i] = float32(int32(seed)) / (1 << 31)
			}
			c.Channels = append(c.Channels, x)
		}
		return c
	})
}

func TestRoundTrip(t *testing.T) {
	near := func(t *rapid.T, c, d Clip, step float64) {
		if c.Rate != d.Rate || len(c.Channels) != len(d.Channels) || c.Len() != d.Len() {
			t.Fatalf("%d Hz %d×%d became %d Hz %d×%d", c.Rate, len(c.Channels), c.Len(), d.Rate, len(d.Channels), d.Len())
		}
		for k, x := range c.Channels {
			for i, v := range x {
				if e := math.Abs(float64(v - d.Channels[k][i])); e > step {
					t.Fatalf("sample %d is off by %g", i, e)
				}
			}
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		c := clips(3).Draw(t, "clip")
		bits := rapid.SampledFrom([]int{8, 16, 24, 32}).Draw(t, "bits")
		var b bytes.Buffer
		if err := EncodeWAV(&b, c, bits); err != nil {
			t.Fatal(err)
		}
		d, err := Decode(&b)
		if err != nil {
			t.Fatal(err)
		}
		near(t, c, d, 1.01/math.Exp2(float64(min(bits, 24)-1)))
	})
	rapid.Check(t, func(t *rapid.T) {
		c := clips(2).Draw(t, "clip")
		var b bytes.Buffer
		if err := EncodeFLAC(&b, c); err != nil {
			t.Fatal(err)
		}
		d, err := Decode(&b)
		if err != nil {
			t.Fatal(err)
		}
		near(t, c, d, 1.01/(1<<15))
	})
}

func TestEncodeRefuses(t *testing.T) {
	ok := [][]float32{{0}}
	for _, tt := range []struct {
		c    Clip
		bits int
	}{{Clip{Rate: 100, Channels: ok}, 16}, {Clip{Rate: 8000, Channels: nil}, 16}, {Clip{Rate: 8000, Channels: ok}, 12}, {Clip{Rate: 8000, Channels: [][]float32{{0}, {0, 0}}}, 16}} {
		if err := EncodeWAV(&bytes.Buffer{}, tt.c, tt.bits); err == nil {
			t.Errorf("%d Hz, %d channels, %d bits was written", tt.c.Rate, len(tt.c.Channels), tt.bits)
		}
	}
}

// FuzzDecode finds no file that panics or hangs, and what is decoded can be
// encoded and decoded again.
func FuzzDecode(f *testing.F) {
	f.Add(riff(format(1, 2, 44100, 16), nil, 8, make([]byte, 8)))
	f.Add(riff(extensible(3, 1, 48000, 32), []byte("LIST\x01\x00\x00\x00a\x00"), 0, make([]byte, 8)))
	var b bytes.Buffer
	if err := EncodeFLAC(&b, Clip{Rate: 8000, Channels: [][]float32{{0, 0.5, -0.5, 1}}}); err != nil {
		f.Fatal(err)
	}
	f.Add(b.Bytes())
	f.Fuzz(func(t *testing.T, file []byte) {
		c, err := Decode(bytes.NewReader(file))
		if err != nil {
			return
		}
		if c.Len() == 0 || c.Rate < MinRate || c.Rate > MaxRate {
			t.Fatalf("accepted %d samples at %d Hz", c.Len(), c.Rate)
		}
		var b bytes.Buffer
		if err := EncodeWAV(&b, c, 32); err != nil {
			t.Fatal(err)
		}
		d, err := Decode(&b)
		if err != nil || d.Len() != c.Len() {
			t.Fatalf("%d samples became %d: %v", c.Len(), d.Len(), err)
		}
	})
}

// A file cut short says how much of it is missing; one whose header promises
// nothing, as a recorder that was switched off writes, misses nothing.
func TestCutShortIsCounted(t *testing.T) {
	t.Parallel()
	whole := Clip{Rate: 8000, Channels: [][]float32{make([]float32, 8000)}}
	var wav, flac bytes.Buffer
	if err := errors.Join(EncodeWAV(&wav, whole, 16), EncodeFLAC(&flac, whole)); err != nil {
		t.Fatal(err)
	}
	streamed := bytes.Clone(wav.Bytes()[:8044])
	binary.LittleEndian.PutUint32(streamed[40:], 0xFFFFFFFF)
	for name, c := range map[string]struct {
		file          []byte
		some, missing int
	}{
		"whole":      {wav.Bytes(), 8000, 0},
		"whole FLAC": {flac.Bytes(), 8000, 0},
		"half":       {wav.Bytes()[:8044], 4000, 4000},
		"streamed":   {streamed, 4000, 0},
		"cut FLAC":   {flac.Bytes()[:flac.Len()-3], 4096, 3904},
	} {
		got, err := Decode(bytes.NewReader(c.file))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if got.Len() != c.some || got.Missing != c.missing {
			t.Errorf("%s: %d samples and %d missing, want %d and %d", name, got.Len(), got.Missing, c.some, c.missing)
		}
	}
}
