package timing

import "math"

// soundRing keeps the last seconds of sound in 16 bits with a scale for every
// block, which is 90 dB below the loudest sample of the block.
type soundRing struct {
	q     []int16
	scale []float32
	block [soundBlock]float32
	fill  int
	end   int64 // samples pushed so far, whole blocks
}

const soundBlock = 256

func newSoundRing(n int) soundRing {
	blocks := n/soundBlock + 1
	return soundRing{q: make([]int16, blocks*soundBlock), scale: make([]float32, blocks)}
}

func (r *soundRing) push(v float32) {
	r.block[r.fill] = v
	if r.fill++; r.fill == soundBlock {
		r.flush()
	}
}

func (r *soundRing) flush() {
	// The greatest of the absolute values, which order as their bits do.
	var bits uint32
	for _, v := range r.block {
		bits = max(bits, math.Float32bits(v)&^(1<<31))
	}
	b := int(r.end/soundBlock) % len(r.scale)
	s := math.Float32frombits(bits) / 32000
	r.scale[b] = s
	dst := r.q[b*soundBlock : (b+1)*soundBlock]
	if s == 0 {
		clear(dst)
	} else {
		inv := 1 / s
		for i, v := range r.block {
			// Rounded, for all is positive where it is cut off.
			dst[i] = int16(int32(v*inv+32768.5) - 32768)
		}
	}
	r.end += soundBlock
	r.fill = 0
}

// skip writes n samples of silence.
func (r *soundRing) skip(n int64) {
	if n > int64(len(r.q))+soundBlock {
		// All is overwritten anyway; keep the place within the block.
		whole := (n - int64(len(r.q))) / soundBlock * soundBlock
		for i := range r.block[r.fill:] {
			r.block[r.fill+i] = 0
		}
		r.end += whole
		n -= whole
	}
	for ; n > 0; n-- {
		r.push(0)
	}
}

// first returns the number of the oldest sample kept.
func (r *soundRing) first() int64 { return max(0, r.end-int64(len(r.q))) }

// copy fills dst with the samples from number at on; those not kept are zero.
func (r *soundRing) copy(dst []float64, at int64) {
	lo, whole := r.first(), r.end
	for len(dst) > 0 {
		n := len(dst)
		switch {
		case at < lo:
			n = int(min(int64(n), lo-at))
			clear(dst[:n])
		case at < whole:
			// To the end of the block.
			o := int(at % soundBlock)
			n = min(n, soundBlock-o)
			b := int(at/soundBlock) % len(r.scale)
			s := float64(r.scale[b])
			for i, q := range r.q[b*soundBlock+o : b*soundBlock+o+n] {
				dst[i] = float64(q) * s
			}
		case at < whole+int64(r.fill):
			o := int(at - whole)
			n = min(n, r.fill-o)
			for i, v := range r.block[o : o+n] {
				dst[i] = float64(v)
			}
		default:
			clear(dst)
		}
		dst, at = dst[n:], at+int64(n)
	}
}
