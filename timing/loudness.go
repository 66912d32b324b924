package timing

import (
	"math"
	"slices"

	"etabli.example/timing/internal/fourier"
)

// loudness is the logarithm of the energy of short frames, each frequency in
// units of its own noise: white, coloured and humming noise all look alike in
// it, and a knock is only a few times larger than a tick.
type loudness struct {
	plan   *fourier.Plan
	window []float64
	hop    int
	rate   float64 // frames a second

	hist  []float64 // last samples twice over, so that the window is one slice
	heard int64     // samples so far
	due   int       // samples until the next frame
	pair  []complex128
	half  bool // the first frame of a pair waits
	floor []float64
	seen  int
	lo    int // first bin used

	ring []float32
	end  int64 // frames so far
	hole int   // frames still touched by a gap
	pace *pace // of the lesson that looks at it
}

// frameGap marks a frame that was not heard.
const frameGap = float32(-1e9)

func newLoudness(rate float64) loudness {
	l := loudness{hop: max(1, int(math.Round(rate*0.0005)))}
	n := fourier.CeilPow2(int(rate * 0.001))
	l.plan = fourier.NewPlan(n)
	l.rate = rate / float64(l.hop)
	l.window = make([]float64, n)
	for i := range l.window {
		l.window[i] = 0.5 - 0.5*math.Cos(2*math.Pi*(float64(i)+0.5)/float64(n))
	}
	l.hist = make([]float64, 2*n)
	l.due = n
	l.pair = make([]complex128, n)
	l.floor = make([]float64, n/2)
	l.lo = max(1, int(math.Ceil(1000/rate*float64(n))))
	l.ring = make([]float32, int(soundSeconds*l.rate)+1)
	return l
}

func (l *loudness) push(v float64) {
	n := len(l.window)
	i := int(l.heard) & (n - 1)
	l.hist[i], l.hist[i+n] = v, v
	l.heard++
	if l.due--; l.due > 0 {
		return
	}
	l.due = l.hop
	i = int(l.heard) & (n - 1)
	frame := l.hist[i : i+n]
	if !l.half {
		for i, w := range l.window {
			l.pair[i] = complex(w*frame[i], 0)
		}
	} else {
		for i, w := range l.window {
			l.pair[i] = complex(real(l.pair[i]), w*frame[i])
		}
		l.frames()
	}
	l.half = !l.half
}

// frames transforms two real frames at once.
func (l *loudness) frames() {
	n := len(l.pair)
	l.plan.Forward(l.pair)
	var e [2]float64
	for b := l.lo; b < n/2; b++ {
		p, q := l.pair[b], l.pair[n-b]
		ar, ai := real(p)+real(q), imag(p)-imag(q)
		br, bi := imag(p)+imag(q), real(q)-real(p)
		p0, p1 := ar*ar+ai*ai, br*br+bi*bi
		f := 1 / l.track(b, p0, p1)
		e[0] += p0 * f
		e[1] += p1 * f
	}
	l.seen++
	bins := float64(n/2 - l.lo)
	for _, v := range e {
		l.put(float32(math.Log(v/bins + 1e-3)))
	}
}

// track moves the bin's noise floor, the 40th percentile of its power, by
// small multiplicative steps; it learns fast at first. The percentile is
// brought to the mean of an exponential law.
func (l *loudness) track(b int, p0, p1 float64) float64 {
	f := l.floor[b]
	const quantile = 0.4
	step := max(0.002, 0.5/float64(l.seen+1))
	if l.seen == 0 {
		f = max((p0+p1)/2*0.5, 1e-24)
	}
	// Which way is as good as random, so nothing branches on it.
	move := [2]float64{1 - step*(1-quantile), 1 + step*quantile}
	for _, p := range [2]float64{p0, p1} {
		up := 0
		if p > f {
			up = 1
		}
		f *= move[up]
	}
	f = max(f, 1e-24)
	l.floor[b] = f
	return f * 1.9576 // 1/−ln(1−0.4)
}

func (l *loudness) put(v float32) {
	if l.hole > 0 {
		l.hole--
		v = frameGap
	}
	l.ring[int(l.end%int64(len(l.ring)))] = v
	l.end++
}

// skip lets n samples pass unheard: frame k always covers the samples from
// k·hop on, whatever was lost.
func (l *loudness) skip(n int64) {
	if n <= 0 {
		return
	}
	clear(l.hist)
	if l.half {
		l.half = false
		l.put(frameGap)
	}
	l.heard += n
	size, hop := int64(len(l.window)), int64(l.hop)
	passed := max(0, (l.heard-size)/hop+1)
	if l.heard < size {
		passed = 0
	}
	if over := passed - l.end - int64(len(l.ring)); over > 0 {
		l.end += over
	}
	for l.end < passed {
		l.put(frameGap)
	}
	l.due = int(l.end*hop + size - l.heard)
	l.hole = len(l.window)/l.hop + 1
}

// loudest returns by how many dB the loudest hundredth of the last seconds
// exceeds the noise.
func (l *loudness) loudest() float64 {
	var v []float64
	for i := max(0, l.end-int64(4*l.rate)); i < l.end; i += 3 {
		if x := l.ring[int(i%int64(len(l.ring)))]; x > frameGap/2 {
			v = append(v, float64(x))
		}
	}
	if len(v) == 0 {
		return 0
	}
	slices.Sort(v)
	return max(0, 10/math.Ln10*v[len(v)*99/100])
}
