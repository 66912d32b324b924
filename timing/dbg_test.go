package timing

import (
	"etabli.example/timing/synth"
	"fmt"
	"os"
	"strconv"
	"testing"
)

func TestDbg(t *testing.T) {
	seed, _ := strconv.Atoi(os.Getenv("SEED"))
	tr, _ := strconv.Atoi(os.Getenv("TIERN"))
	w, o := draw(tier(tr), uint64(seed))
	c, _ := synth.Make(w, o)
	m, _ := NewMeter(Config{Rate: c.Rate, LiftDeg: w.LiftDeg})
	m.Write(c.Channels[0])
	e := newEnvelope(&m.front.loud, 0, m.front.loud.end)
	fmt.Printf("true P %.4f 2P %.4f sigma %.3f\n", 3600/w.BPH/(1+w.RateSD/86400), 7200/w.BPH/(1+w.RateSD/86400), e.sigma)
	for _, k := range e.periods(0.0485, 2.47, 14) {
		l, ok := newLock(e, k)
		fmt.Printf("  %.4f z %.1f ok %v expl %.1f single %v swing %.4f\n", k.period, k.z, ok, l.explained, l.single, l.swing)
		if true {
			for _, p := range l.fold.clusters(0.22 * l.fold.period) {
				fmt.Printf("      at %.4f sum %.2f en %.1f\n", p.at/l.fold.period, p.sum, p.energy)
			}
		}
	}
	a := m.analyse(0, m.seconds())
	fmt.Println(a.reason, a.coarse.proof, len(a.coarse.n), a.coarse.line.scale)
}
