package timing

import "testing"

// TestPace does work in slices, and drops some that is not done.
func TestPace(t *testing.T) {
	work := func(p *pace, did *int) func() {
		return func() {
			for range 10 {
				*did++
				p.rest(sliceWork / 2)
			}
		}
	}
	p, did, rests := &pace{}, 0, 0
	p.rest(sliceWork) // outside: nothing happens
	p.begin(work(p, &did))
	for p.goOn() {
		rests++
	}
	if did != 10 || rests != 5 || p.busy() {
		t.Errorf("did %d of 10 with %d rests of 5, busy %v", did, rests, p.busy())
	}
	did = 0
	p.begin(work(p, &did))
	p.goOn()
	p.abandon()
	p.abandon() // a second time is no matter
	if did != 2 || p.busy() || p.goOn() {
		t.Errorf("abandoned after %d of 2, busy %v", did, p.busy())
	}
	p.begin(func() { panic("a fault") })
	defer func() {
		if recover() == nil {
			t.Error("a fault in a slice was swallowed")
		}
	}()
	p.goOn()
}
