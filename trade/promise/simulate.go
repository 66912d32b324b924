package promise

import (
	"container/heap"
	"math"
	"math/rand/v2"
	"slices"
)

// horizon ends a run: what is not ready by then never is, as far as a promise
// goes. Ten years of days.
const horizon = 3650

// Simulate plays the shop forward runs times and returns when each job came out
// ready, by its ID; of named jobs alone where some are named, which is quicker
// since a run ends with the last of them. The same seed gives the same dates.
func Simulate(shop Shop, runs int, seed uint64, named ...string) map[string]Dates {
	out := map[string]Dates{}
	for run := range runs {
		rng := rand.New(rand.NewPCG(seed, uint64(run)))
		for id, at := range playOnce(shop, rng, named) {
			out[id] = append(out[id], at)
		}
	}
	for _, d := range out {
		slices.Sort(d)
	}
	return out
}

// task is a job on its way.
type task struct {
	job   *Job
	step  int
	order int  // arrival, for a lasting order
	own   bool // its date is asked for
}

// before tells which of two ready tasks is taken first.
func (a task) before(b task) bool {
	if a.job.Priority != b.job.Priority {
		return a.job.Priority > b.job.Priority
	}
	return a.job.Since < b.job.Since || a.job.Since == b.job.Since && a.order < b.order
}

// event is a task that becomes ready, or a person who becomes free.
type event struct {
	at     float64
	person int // -1 where it is a task
	task   task
}

type events []event

func (e events) Len() int { return len(e) }
func (e events) Less(i, j int) bool {
	if e[i].at != e[j].at {
		return e[i].at < e[j].at
	}
	return e[i].person < e[j].person // what becomes ready is there before anybody looks
}
func (e events) Swap(i, j int) { e[i], e[j] = e[j], e[i] }
func (e *events) Push(x any)   { *e = append(*e, x.(event)) }
func (e *events) Pop() any {
	old := *e
	x := old[len(old)-1]
	*e = old[:len(old)-1]
	return x
}

// play is one run.
type play struct {
	shop  Shop
	rng   *rand.Rand
	queue events
	ready map[Skill][]task
	idle  []bool
	done  map[string]float64
	left  int // jobs asked for and not yet ready
}

func playOnce(shop Shop, rng *rand.Rand, named []string) map[string]float64 {
	p := &play{shop: shop, rng: rng, ready: map[Skill][]task{}, idle: make([]bool, len(shop.People)), done: map[string]float64{}}
	for i := range shop.Jobs {
		job := &shop.Jobs[i]
		own := len(named) == 0 || slices.Contains(named, job.ID)
		if own {
			p.left++
			p.done[job.ID] = math.Inf(1)
		}
		p.next(task{job: job, order: i, own: own}, 0)
	}
	for i := range shop.People {
		heap.Push(&p.queue, event{at: p.from(i, 0), person: i})
	}
	p.arrive()
	for p.left > 0 && len(p.queue) > 0 {
		e := heap.Pop(&p.queue).(event)
		if e.at > horizon {
			break
		}
		if e.person >= 0 {
			p.idle[e.person] = true
			p.take(e.person, e.at)
			continue
		}
		step := e.task.job.Steps[e.task.step]
		p.ready[step.Skill] = insert(p.ready[step.Skill], e.task)
		for i, free := range p.idle {
			if free && slices.Contains(shop.People[i].Skills, step.Skill) && p.take(i, e.at) {
				break
			}
		}
	}
	return p.done
}

// insert keeps a queue in the order in which it is served.
func insert(q []task, t task) []task {
	i, _ := slices.BinarySearchFunc(q, t, func(a, b task) int {
		if a.before(b) {
			return -1
		}
		return 1
	})
	return slices.Insert(q, i, t)
}

// arrive lets further orders come in over the first quarter of a year; later
// ones hardly change what is promised today.
func (p *play) arrive() {
	a := p.shop.Arrivals
	if a.PerDay <= 0 || len(a.Like) == 0 {
		return
	}
	const quarter = 90
	order := len(p.shop.Jobs)
	for at := p.rng.ExpFloat64() / a.PerDay; at < quarter; at += p.rng.ExpFloat64() / a.PerDay {
		job := a.Like[p.rng.IntN(len(a.Like))]
		job.Since = at
		order++
		p.next(task{job: &job, order: order}, at)
	}
}

// next brings a task to its step: waiting passes by itself, work is queued.
func (p *play) next(t task, now float64) {
	for t.step < len(t.job.Steps) {
		s := t.job.Steps[t.step]
		if s.Skill != "" {
			heap.Push(&p.queue, event{at: now, person: -1, task: t})
			return
		}
		now += s.Days.draw(p.rng, s.Elapsed)
		t.step++
	}
	if t.own {
		p.done[t.job.ID] = now
		p.left--
	}
}

// take gives a free person the first task they can do, and tells whether one
// was taken.
func (p *play) take(person int, now float64) bool {
	who := p.shop.People[person]
	start := p.from(person, now)
	if start > now { // away or closed: comes back then
		p.idle[person] = false
		heap.Push(&p.queue, event{at: start, person: person})
		return false
	}
	var best Skill
	for _, s := range who.Skills {
		if q := p.ready[s]; len(q) > 0 && (best == "" || q[0].before(p.ready[best][0])) {
			best = s
		}
	}
	if best == "" {
		return false
	}
	t := p.ready[best][0]
	p.ready[best] = p.ready[best][1:]
	p.idle[person] = false
	step := t.job.Steps[t.step]
	end := p.work(person, now, step.Hours.draw(p.rng, step.Elapsed))
	heap.Push(&p.queue, event{at: end, person: person})
	t.step++
	p.next(t, end)
	return true
}

// from is when the person is at the bench, at or after t.
func (p *play) from(person int, t float64) float64 {
	for t < horizon {
		day := math.Floor(t)
		if p.shop.Closed != nil && p.shop.Closed(int(day)) {
			t = day + 1
			continue
		}
		away := slices.IndexFunc(p.shop.People[person].Away, func(s Span) bool { return s.From <= t && t < s.To })
		if away < 0 {
			return t
		}
		t = p.shop.People[person].Away[away].To
	}
	return t
}

// work is when so many hours of the person's hands end.
func (p *play) work(person int, t, hours float64) float64 {
	share := p.shop.People[person].Share
	if share <= 0 {
		share = 1
	}
	days := hours / (HoursADay * share)
	for days > 0 && t < horizon {
		t = p.from(person, t)
		left := math.Floor(t) + 1 - t
		if days < left {
			return t + days
		}
		days -= left
		t = math.Floor(t) + 1
	}
	return t
}
