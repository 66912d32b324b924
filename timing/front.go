package timing

import "math"

// front is the first stage: it brings the sound to a working rate, takes away
// what lies below the watch, and keeps two records of constant size: the sound
// itself and its loudness in units of the noise.
type front struct {
	rate   float64 // working samples a second
	decim  decimator
	hp     highpass
	sound  soundRing
	loud   loudness
	peak   float64 // greatest absolute input sample
	railed int     // samples at the rail
	run    int     // length of the present run at one extreme value
	last   float32
	total  int64 // input samples, the lost ones included
	pace   *pace // of the lesson that looks at it
}

const (
	keepSeconds  = 60  // of beats
	soundSeconds = 34  // of sound and loudness
	cutHz        = 600 // below lie hum, voices and handling
)

func newFront(rate int, p *pace) *front {
	f := &front{pace: p}
	m := 1
	for rate/m > 64000 {
		m *= 2
	}
	f.rate = float64(rate) / float64(m)
	f.decim = newDecimator(m)
	f.hp = newHighpass(cutHz, f.rate)
	f.sound = newSoundRing(int(soundSeconds * f.rate))
	f.loud = newLoudness(f.rate)
	f.loud.pace = p
	return f
}

func (f *front) write(x []float32) {
	f.total += int64(len(x))
	for _, v := range x {
		if v != v || v > 1e6 || v < -1e6 {
			v = 0
		}
		f.watchRails(v)
		d, ok := f.decim.push(float64(v))
		if !ok {
			continue
		}
		h := f.hp.push(d)
		f.sound.push(float32(h))
		f.loud.push(h)
	}
}

// watchRails counts samples of clipped runs: three or more equal samples at
// the greatest level seen.
func (f *front) watchRails(v float32) {
	a := math.Abs(float64(v))
	if a > f.peak {
		if a > f.peak*1.001 {
			f.railed = 0
		}
		f.peak = a
	}
	if v == f.last && a >= f.peak*0.999 && a > 0.01 {
		if f.run++; f.run >= 2 {
			f.railed++
		}
	} else {
		f.run = 0
	}
	f.last = v
}

// lost lets time pass for n input samples that never arrived.
func (f *front) lost(n int64) {
	f.total += n
	k := n / int64(f.decim.factor)
	f.hp.reset()
	f.sound.skip(k)
	f.loud.skip(k)
}
