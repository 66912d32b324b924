package workshop_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"strconv"
	"sync"
	"testing"
	"time"

	"etabli.example/fault"
	"etabli.example/ident"
	"etabli.example/trade/order"
	"etabli.example/trade/staff"
	"etabli.example/workshop"
)

// crowdActions is how many acts the two technicians make together: 10,000 where
// ETABLI_CROWD says so, a short form else.
func crowdActions() int {
	if n, err := strconv.Atoi(os.Getenv("ETABLI_CROWD")); err == nil {
		return n
	}
	return 400
}

// Two technicians at one order, interleaved as it comes, each acting on the page
// they saw last, some acts sent twice: every act that was answered with success is
// on the sheet, once, each technician's in the order they made them; none that
// was refused is; and the steps stand as the last act on each says.
func TestTwoTechniciansOneOrder(t *testing.T) {
	x := open(t)
	var clock sync.Mutex
	now := x.Now
	x.Now = func() time.Time { clock.Lock(); defer clock.Unlock(); return now() }
	const steps = 24
	sheet := x.atWork(steps)
	people := []staff.Actor{x.bench, x.hire("aude", staff.Watchmaker)}
	type act struct{ entry, step, what string }
	done := make([][]act, len(people))
	refused := make([]map[string]bool, len(people))
	var group sync.WaitGroup
	for i, who := range people {
		refused[i] = map[string]bool{}
		group.Go(func() {
			chance := rand.New(rand.NewPCG(uint64(i), 7))
			seen := int64(-1)
			for range crowdActions() / len(people) {
				a := act{ident.New(), fmt.Sprintf("1.%d", 1+chance.IntN(steps)), []string{"started", "done", "undone", "note"}[chance.IntN(4)]}
				w := workshop.Act{Who: who, Sheet: sheet, Seen: seen, Entry: a.entry}
				tries := 1 + chance.IntN(2) // sent twice now and then
				var s order.State
				var err error
				for range tries {
					if a.what == "note" {
						s, err = x.Finding(t.Context(), w, order.Finding{Component: a.step, State: "worn"})
					} else {
						s, err = x.Step(t.Context(), w, order.StepAct{Step: a.step, Act: a.what, Reason: "essai"})
					}
					if err != nil {
						break
					}
				}
				switch {
				case err == nil:
					done[i] = append(done[i], a)
					seen = s.Seq
				case fault.Is(err, fault.Stale), fault.Is(err, fault.Conflict):
					refused[i][a.entry] = true
					v, err := x.Sheet(t.Context(), who, sheet) // the page again
					if err != nil {
						t.Error(err)
						return
					}
					seen = v.Seq
				default:
					t.Error(err)
					return
				}
			}
		})
	}
	group.Wait()
	v, err := x.Sheet(t.Context(), x.manager, sheet)
	if err != nil || v.Broken != nil {
		t.Fatal(err, v.Broken)
	}
	written := map[string][]string{}
	once := map[string]bool{}
	last := map[string]string{}
	for _, e := range v.Entries {
		if once[e.ID] {
			t.Errorf("%s is written twice", e.ID)
		}
		once[e.ID] = true
		if e.Kind != order.KindStep && e.Kind != order.KindFinding {
			continue
		}
		written[e.By] = append(written[e.By], e.ID)
		if e.Kind == order.KindStep {
			var a order.StepAct
			if err := e.Decode(&a); err != nil {
				t.Fatal(err)
			}
			last[a.Step] = a.Act
		}
	}
	total := 0
	for i, who := range people {
		mine := written[who.ID]
		if len(mine) != len(done[i]) {
			t.Fatalf("%s: %d acts were answered well, %d are on the sheet", who.ID, len(done[i]), len(mine))
		}
		for j, a := range done[i] {
			if mine[j] != a.entry {
				t.Fatalf("%s: act %d is not where it was made", who.ID, j)
			}
		}
		for id := range refused[i] {
			if once[id] {
				t.Errorf("%s was refused and is on the sheet", id)
			}
		}
		total += len(mine)
	}
	for step, act := range last {
		if got := v.Steps[step].Act; act != "undone" && got != act {
			t.Errorf("step %s: the last act is %s, it stands %q", step, act, got)
		}
	}
	t.Logf("%d acts kept, %d refused", total, len(refused[0])+len(refused[1]))
	if total < crowdActions()/4 {
		t.Errorf("only %d acts were kept: the test says nothing", total)
	}
	x.whole()
}

// atWork is an order at work on a plan of n steps.
func (x *shop) atWork(n int) string {
	x.t.Helper()
	s, _ := x.quoted()
	act := func() workshop.Act { return workshop.Act{Who: x.manager, Sheet: s.Sheet, Seen: -1} }
	q := s.LastQuote()
	p := order.Plan{Operations: []string{"REV-AUTO"}, Level: "T", Acknowledged: true}
	for i := range n {
		p.Steps = append(p.Steps, order.Step{ID: fmt.Sprintf("1.%d", i+1), Operation: "REV-AUTO", LabelFR: fmt.Sprint("étape ", i+1)})
	}
	items := map[string]bool{}
	for _, it := range order.WorkstationItems() {
		items[it] = true
	}
	for _, do := range []func() (order.State, error){
		func() (order.State, error) {
			return x.Answer(x.t.Context(), act(), true, order.Answering{Version: q.Version, Hash: q.Hash, Mode: "counter"})
		},
		func() (order.State, error) { return x.Plan(x.t.Context(), act(), p) },
		func() (order.State, error) {
			return x.CheckWorkstation(x.t.Context(), act(), order.Workstation{Items: items})
		},
		func() (order.State, error) { return x.StartWork(x.t.Context(), act()) },
	} {
		if _, err := do(); err != nil {
			x.t.Fatal(err)
		}
	}
	return s.Sheet
}
