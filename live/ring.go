package live

import (
	"encoding/binary"
	"math"
	"slices"
)

// ring keeps the last samples of a sound as 16-bit figures. It grows as sound
// comes, up to its size.
type ring struct {
	size int
	buf  []int16
	at   int // where the oldest is, once full
}

func newRing(size int) ring { return ring{size: size} }

func (r *ring) push(v int16) {
	if len(r.buf) < r.size {
		r.buf = append(r.buf, v)
		return
	}
	if r.size == 0 {
		return
	}
	r.buf[r.at] = v
	if r.at++; r.at == r.size {
		r.at = 0
	}
}

func (r *ring) write(x []float32) {
	for _, v := range x {
		r.push(int16(max(-1, min(1, v)) * 32767))
	}
}

// silence stands for n samples that never arrived, so that times stay true.
func (r *ring) silence(n int) {
	for range min(n, r.size) {
		r.push(0)
	}
}

// last returns what is kept, oldest first.
func (r *ring) last() []float32 {
	out := make([]float32, len(r.buf))
	for i := range out {
		out[i] = float32(r.buf[(r.at+i)%len(r.buf)]) / 32768
	}
	return out
}

// recent returns the last n samples, or as many as there are.
func (r *ring) recent(n int) []int16 {
	n = min(n, len(r.buf))
	out := make([]int16, n)
	for i := range out {
		out[i] = r.buf[(r.at+len(r.buf)-n+i)%len(r.buf)]
	}
	return out
}

// signal estimates in dB how far the beats stand out: the peak over what the
// sound's rms is most of the time, when no beat sounds. The median of Gaussian
// noise's size is 0.6745 of its rms. Nil where there is no sound.
func signal(x []int16) *float64 {
	var sizes []float64
	peak := 0.0
	for i, v := range x {
		size := math.Abs(float64(v))
		peak = max(peak, size)
		if i%8 == 0 { // the median of a sample is as good and costs less
			sizes = append(sizes, size)
		}
	}
	if peak == 0 {
		return nil
	}
	slices.Sort(sizes)
	noise := max(sizes[len(sizes)/2]/0.6745, 1)
	db := 20 * math.Log10(peak/noise)
	return &db
}

// peak is the loudest sample heard since somebody last asked.
type peak int

func (p *peak) hear(pcm []byte) {
	for i := 0; i+1 < len(pcm); i += 2 {
		*p = max(*p, peak(max(int(int16(binary.LittleEndian.Uint16(pcm[i:]))), -int(int16(binary.LittleEndian.Uint16(pcm[i:]))))))
	}
}

// db returns it below full scale and begins again; nil where nothing sounded.
func (p *peak) db() *float64 {
	v := *p
	*p = 0
	if v == 0 {
		return nil
	}
	db := 20 * math.Log10(float64(v)/32768)
	return &db
}
