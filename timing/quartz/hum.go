package quartz

import "math"

// Mains hum is taken out block by block: a sine and its harmonics fitted to
// half-overlapping Hann blocks of a second, at the frequency the mains have.
const (
	humBlock     = 1.0 // seconds
	humHarmonics = 12
	humTimes     = 6.0 // by how much a line must exceed its neighbourhood to be hum
)

// unhum returns x without mains hum; x itself where none is heard. A step's
// own share of these lines, a few in a thousand, is the same for every step.
func unhum(x []float32, rate float64) []float32 {
	if float64(len(x)) < 4*humBlock*rate {
		return x
	}
	for _, mains := range []float64{50, 60} {
		if f, ok := mainsAt(x, rate, mains); ok {
			y := make([]float32, len(x))
			copy(y, x)
			for h := 1; h <= humHarmonics; h++ {
				if g := f * float64(h); g < 0.4*rate && standsOut(x, rate, g) {
					takeOut(y, x, rate, g)
				}
			}
			return y
		}
	}
	return x
}

// line is the complex amplitude of frequency f in a Hann block from sample from
// on, its phase counted from the first sample of all.
func line(x []float32, from, n int, rate, f float64) complex128 {
	n = min(n, len(x)-from)
	s, c := math.Sincos(-2 * math.Pi * f / rate)
	step := complex(c, s)
	s, c = math.Sincos(-2 * math.Pi * math.Mod(f*float64(from)/rate, 1))
	z := complex(c, s)
	ws, wc := math.Sincos(2 * math.Pi / float64(n))
	win, turn := complex(1, 0), complex(wc, ws)
	var sum complex128
	for i := range n {
		w := 0.5 - 0.5*real(win)
		sum += complex(w*float64(x[from+i]), 0) * z
		z *= step
		win *= turn
	}
	return sum * complex(4/float64(n), 0)
}

// standsOut tells whether there is a line at f, in blocks here and there.
func standsOut(x []float32, rate, f float64) bool {
	n := int(humBlock * rate)
	var at, beside []float64
	for k := range 9 {
		from := k * (len(x) - n) / 8
		at = append(at, abs(line(x, from, n, rate, f)))
		beside = append(beside, abs(line(x, from, n, rate, f-6.5)), abs(line(x, from, n, rate, f+6.5)))
	}
	return middle(at) > humTimes*middle(beside)
}

func abs(z complex128) float64 { return math.Hypot(real(z), imag(z)) }

// mainsAt returns the frequency of a hum near mains, from how its phase moves.
func mainsAt(x []float32, rate, mains float64) (float64, bool) {
	if !standsOut(x, rate, mains) {
		return 0, false
	}
	n, hop := int(humBlock*rate), int(humBlock*rate/2)
	var turn complex128
	last := line(x, 0, n, rate, mains)
	for from := hop; from+n <= len(x) && from < 120*n; from += hop {
		z := line(x, from, n, rate, mains)
		turn += z * complex(real(last), -imag(last))
		last = z
	}
	return mains + math.Atan2(imag(turn), real(turn))/(2*math.Pi*float64(hop)/rate), true
}

// takeOut subtracts the line of x at f from y.
func takeOut(y, x []float32, rate, f float64) {
	n := int(humBlock*rate) &^ 1
	for from := -n / 2; from < len(x); from += n / 2 {
		// Half a block at either end is fitted by the whole one beside it.
		at := min(max(from, 0), max(0, len(x)-n))
		a := line(x, at, n, rate, f)
		s, c := math.Sincos(2 * math.Pi * f / rate)
		step := complex(c, s)
		lo, hi := max(from, 0), min(from+n, len(x))
		s, c = math.Sincos(2 * math.Pi * math.Mod(f*float64(lo)/rate, 1))
		z := a * complex(c, s)
		ws, wc := math.Sincos(2 * math.Pi / float64(n))
		s, c = math.Sincos(2 * math.Pi * float64(lo-from) / float64(n))
		win, turn := complex(c, s), complex(wc, ws)
		for i := lo; i < hi; i++ {
			y[i] -= float32((0.5 - 0.5*real(win)) * real(z))
			z *= step
			win *= turn
		}
	}
}
