package paper

import "etabli.example/timing/strip"

// block is a piece of a column that is not broken: a line of text, a row.
type block struct {
	h    float64
	keep bool // not the last on a page: a heading stays with what it heads
	void bool // space only: it begins no page and asks for none
	draw func(x, y float64)
}

// column is blocks one below the other at x.
type column struct {
	x      float64
	blocks []block
}

// pour draws columns side by side between top and bottom. Where one is longer
// it goes on, in its place, on a page that next begins. It returns the lowest
// y drawn on the last page.
func (s *sheet) pour(cols []column, top, bottom float64, next func() (top, bottom float64)) float64 {
	for fresh := false; ; fresh = true {
		low, left := top, false
		for i := range cols {
			y := top
			n := fitting(cols[i].blocks, bottom-top, fresh)
			for _, b := range cols[i].blocks[:n] {
				b.draw(cols[i].x, y)
				y += b.h
			}
			cols[i].blocks = solid(cols[i].blocks[n:])
			left = left || len(cols[i].blocks) > 0
			low = max(low, y)
		}
		if !left {
			return low
		}
		top, bottom = next()
	}
}

// fitting returns how many blocks go into height. A heading does not stay
// behind alone. On a fresh page at least one goes, so that a block taller than
// a page is drawn rather than waited for for ever.
func fitting(blocks []block, height float64, fresh bool) int {
	n, h := 0, 0.0
	for n < len(blocks) && h+blocks[n].h <= height+0.01 {
		h += blocks[n].h
		n++
	}
	for n > 0 && n < len(blocks) && blocks[n-1].keep {
		n--
	}
	if fresh && len(blocks) > 0 {
		n = max(n, 1)
	}
	return n
}

// gap is empty space.
func gap(h float64) block { return block{h: h, void: true, draw: func(_, _ float64) {}} }

// solid returns blocks without the empty space they begin with.
func solid(blocks []block) []block {
	for len(blocks) > 0 && blocks[0].void {
		blocks = blocks[1:]
	}
	return blocks
}

// para returns words as lines of width w.
func (s *sheet) para(st style, words string, w float64) []block {
	if words == "" {
		return nil
	}
	st = s.grown(st)
	var out []block
	for _, line := range s.wrap(st, words, w) {
		out = append(out, block{h: st.lead(), draw: func(x, y float64) { s.put(x, y+st.px*1.06, st, line) }})
	}
	return out
}

// heading is a line that stays with what follows.
func (s *sheet) heading(st style, words string, w float64) []block {
	out := s.para(st, words, w)
	for i := range out {
		out[i].keep = true
	}
	return out
}

// listed returns items with a dash before each.
func (s *sheet) listed(st style, items []string, w float64) []block {
	const indent = 16
	var out []block
	for _, item := range items {
		lines := s.para(st, item, w-indent)
		for i, b := range lines {
			draw, first := b.draw, i == 0
			lines[i].keep = i < len(lines)-1 && len(lines) <= 4
			lines[i].draw = func(x, y float64) {
				if first {
					s.rule(x, y+st.px*0.76, x+8, y+st.px*0.76, 1.5, strip.Second)
				}
				draw(x+indent, y)
			}
		}
		out = append(append(out, lines...), gap(3))
	}
	return out
}
