package timing

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
	var top float32
	for _, v := range r.block {
		top = max(top, v, -v)
	}
	b := int(r.end/soundBlock) % len(r.scale)
	s := top / 32000
	r.scale[b] = s
	dst := r.q[b*soundBlock : (b+1)*soundBlock]
	if s == 0 {
		clear(dst)
	} else {
		inv := 1 / s
		for i, v := range r.block {
			w := v * inv
			if w >= 0 {
				dst[i] = int16(w + 0.5)
			} else {
				dst[i] = int16(w - 0.5)
			}
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
	lo := r.first()
	for i := range dst {
		n := at + int64(i)
		switch {
		case n < lo || n < 0 || n >= r.end+int64(r.fill):
			dst[i] = 0
		case n >= r.end:
			dst[i] = float64(r.block[n-r.end])
		default:
			b := int(n/soundBlock) % len(r.scale)
			dst[i] = float64(r.q[b*soundBlock+int(n%soundBlock)]) * float64(r.scale[b])
		}
	}
}
