package quartz

import "math"

// What a path through the slots pays, in standard deviations, for moving
// against the train: a frame is free (drift), a correction of the divider
// costs little, a hole in the sound much.
const (
	nearMove = 4   // frames a correction may move
	nearCost = 7   // and its price
	farCost  = 25  // of any other move
	tooMany  = 1e6 // slots a recording may have
)

// path finds, for every slot of the train, about where its step lies: the row
// of frames that stands out most and moves least. It returns the seconds and
// how far each place stands out.
func path(f frames, t train) (at, height []float64) {
	reach := min(0.48*t.motor, 0.25+0.0001*float64(len(f.z))/f.rate)
	if t.burst > 1 {
		reach = min(reach, 0.4*(t.motor-t.gap*float64(t.burst-1)))
	}
	w := int(reach * f.rate)
	cols := 2*w + 1
	slots := int((float64(len(f.z))/f.rate - t.start) / t.period)
	if slots < 2 || slots > tooMany {
		return nil, nil
	}
	if float64(slots)*t.period+t.start < float64(len(f.z))/f.rate {
		slots++
	}
	from := make([]int16, slots*cols)
	prev, cur := make([]float64, cols), make([]float64, cols)
	for k := range slots {
		c := int(math.Round((t.start + float64(k)*t.period) * f.rate))
		top, topAt := math.Inf(-1), 0
		for j, v := range prev {
			if v > top {
				top, topAt = v, j
			}
		}
		for j := range cols {
			v, src := top-farCost, topAt
			for d := -nearMove; d <= nearMove; d++ {
				if i := j + d; i >= 0 && i < cols {
					u := prev[i]
					if d < -1 || d > 1 {
						u -= nearCost
					} else if d != 0 {
						u -= 0.3
					}
					if u > v {
						v, src = u, i
					}
				}
			}
			e := 0.0
			if i := c + j - w; i >= 0 && i < len(f.z) {
				e = f.z[i]
			}
			cur[j] = v + e
			from[k*cols+j] = int16(src)
		}
		prev, cur = cur, prev
	}
	at, height = make([]float64, slots), make([]float64, slots)
	j := 0
	for i, v := range prev {
		if v > prev[j] {
			j = i
		}
	}
	for k := slots - 1; k >= 0; k-- {
		c := int(math.Round((t.start+float64(k)*t.period)*f.rate)) + j - w
		at[k] = float64(c)/f.rate + f.half
		if c >= 0 && c < len(f.z) {
			height[k] = f.z[c]
		}
		j = int(from[k*cols+j])
	}
	return at, height
}
