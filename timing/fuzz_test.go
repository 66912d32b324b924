package timing

import (
	"encoding/binary"
	"encoding/json"
	"math"
	"testing"
)

// FuzzMeter feeds anything at all, in any pieces, with any gaps: no panic, no
// endless loop, and every reading can be written as JSON.
func FuzzMeter(f *testing.F) {
	tick := make([]byte, 0, 8000)
	for i := range 2000 {
		v := int16(0)
		if i%250 < 3 {
			v = 20000
		}
		tick = binary.LittleEndian.AppendUint16(tick, uint16(v))
	}
	f.Add(tick, uint8(0), uint16(0), uint8(20))
	f.Add([]byte{1, 2, 3, 4}, uint8(1), uint16(9000), uint8(200))
	f.Add([]byte("\xff\x7f\x00\x80"), uint8(2), uint16(65535), uint8(255))
	f.Fuzz(func(t *testing.T, raw []byte, rate uint8, lost uint16, times uint8) {
		m, err := NewMeter(Config{Rate: []int{8000, 16000, 48000, 96000, 192000}[int(rate)%5]})
		if err != nil {
			t.Fatal(err)
		}
		raw = raw[:min(len(raw), 40000)] // hours of sound tell nothing more
		x := make([]float32, len(raw)/2)
		for i := range x {
			x[i] = float32(int16(binary.LittleEndian.Uint16(raw[2*i:]))) / 32768
		}
		if len(x) > 2 && rate > 200 {
			x[0], x[1] = float32(math.NaN()), float32(math.Inf(1))
		}
		for i := range min(int(times), 60) {
			m.Write(x)
			if i%7 == 3 {
				m.Lost(int(lost))
			}
			if i%5 == 4 {
				m.Reading()
			}
		}
		r := m.Reading()
		if _, err := json.Marshal(r); err != nil {
			t.Fatalf("%+v: %v", r, err)
		}
		if r.Confident != (r.Reason == NoReason) || r.Confident != (r.RateSD != nil) {
			t.Fatalf("confident %v, reason %q, rate %v", r.Confident, r.Reason, r.RateSD)
		}
		m.Trace(nil)
	})
}
