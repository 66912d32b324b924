package promise_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"strconv"

	"etabli.example/trade/promise"
)

// world is a workshop that knows its own future; it is played hour by hour, by
// other code than what makes promises, and shows them only what a real one
// would: what is on hand, how long past steps took, who will be away.
type world struct {
	rng    *rand.Rand
	people []*worker
	open   []*watch
	closed []*watch
	hour   int // since the beginning; 7 a day
	seen   map[string][]float64
	serial int
}

type worker struct {
	skills []promise.Skill
	away   []promise.Span // known
	sick   map[int]bool   // days, not known beforehand
	on     *watch
}

// watch is an order on its way.
type watch struct {
	id       int
	class    string
	maker    string  // of the calibre: "near", "maker", "rare"
	came     float64 // days
	ready    float64
	priority int
	rush     float64 // days after which somebody rushes it; 0 never
	steps    []leg
	at       int
	since    float64 // days, when the current step began
	held     bool    // somebody works on it
	done     float64 // hours of the current step
	accepted float64 // days, when the quote was
}

type leg struct {
	name  string
	skill promise.Skill
	long  float64 // hours or days
}

func closedDay(d int) bool { w := ((d % 7) + 7) % 7; return w == 0 || w == 6 }

func newWorld(seed uint64) *world {
	w := &world{rng: rand.New(rand.NewPCG(seed, 12)), seen: map[string][]float64{}}
	sets := [][]promise.Skill{{"diagnosis", "control"}, {"diagnosis", "quartz"}, {"diagnosis", "mechanical"}, {"quartz"}, {"quartz", "control"}, {"quartz", "mechanical"},
		{"mechanical"}, {"mechanical"}, {"mechanical"}, {"mechanical"}, {"mechanical", "control"}, {"mechanical", "quartz"}}
	for _, s := range sets {
		p := &worker{skills: s, sick: map[int]bool{}}
		for from := 20 + w.rng.Float64()*100; from < 1500; from += 90 + 60*w.rng.Float64() {
			from = math.Floor(from)
			p.away = append(p.away, promise.Span{From: from, To: from + 7})
		}
		for d := range 1500 {
			if w.rng.Float64() < 0.02 {
				p.sick[d] = true
			}
		}
		w.people = append(w.people, p)
	}
	return w
}

func (w *world) logn(median, sigma float64) float64 {
	return median * math.Exp(sigma*w.rng.NormFloat64())
}

// parts are awaited from one day to six months, with a heavy tail; how long
// depends on who makes the calibre, which is known at the counter.
func (w *world) parts(class, maker string) float64 {
	needed := map[string]float64{"battery": 0.03, "repair": 0.5, "service": 0.4}[class]
	if w.rng.Float64() >= needed {
		return 0
	}
	shortest := map[string]float64{"near": 1, "maker": 6, "rare": 20}[maker]
	return min(180, shortest*math.Pow(1-w.rng.Float64(), -1/1.3))
}

func (w *world) receive() *watch {
	w.serial++
	o := &watch{id: w.serial, came: w.day(), class: "battery", since: w.day()}
	switch u := w.rng.Float64(); {
	case u < 0.35:
		o.class = "service"
	case u < 0.60:
		o.class = "repair"
	}
	o.maker = []string{"near", "near", "near", "maker", "maker", "rare"}[w.rng.IntN(6)]
	skill := promise.Skill("mechanical")
	work := w.logn(3.2, 0.4)
	diagnosis := w.logn(0.4, 0.5)
	switch o.class {
	case "battery":
		skill, work, diagnosis = "quartz", w.logn(0.5, 0.5), w.logn(0.15, 0.4)
	case "repair":
		work = w.logn(1.6, 0.7)
	}
	answer, parts := w.logn(2.5, 1), w.parts(o.class, o.maker)
	if o.class == "battery" {
		answer = 0
	}
	o.steps = []leg{{"diagnosis", "diagnosis", diagnosis}, {"answer", "", answer}, {"parts", "", parts}, {"work", skill, work},
		{"endurance", "", 1 + float64(w.rng.IntN(2))}, {"control", "control", w.logn(0.3, 0.3)}}
	if w.rng.Float64() < 0.2 {
		o.rush = o.came + 1 + 12*w.rng.Float64()
	}
	w.open = append(w.open, o)
	return o
}

const hours = promise.HoursADay

func (w *world) day() float64 { return float64(w.hour) / hours }

// tick lets an hour pass in quarters.
func (w *world) tick() {
	day := w.hour / hours
	if closedDay(day) {
		w.hour++
		w.wait()
		return
	}
	for range 4 {
		for _, p := range w.people {
			if p.sick[day] || slices.ContainsFunc(p.away, func(s promise.Span) bool { return s.From <= w.day() && w.day() < s.To }) {
				continue
			}
			left := 0.25
			for left > 0 {
				if p.on == nil {
					p.on = w.pick(p)
				}
				if p.on == nil {
					break
				}
				o := p.on
				need := o.steps[o.at].long - o.done
				if need > left {
					o.done += left
					break
				}
				left -= need
				o.held, p.on = false, nil
				w.finish(o)
			}
		}
	}
	w.hour++
	w.wait()
}

func (w *world) pick(p *worker) *watch {
	var best *watch
	for _, o := range w.open {
		if o.held || !slices.Contains(p.skills, o.steps[o.at].skill) {
			continue
		}
		if best == nil || o.priority > best.priority {
			best = o
		}
	}
	if best != nil {
		best.held = true
	}
	return best
}

// finish ends the current step; what it took is seen by the workshop.
func (w *world) finish(o *watch) {
	s := o.steps[o.at]
	if s.name == "parts" && s.long > 0 {
		w.seen[o.class+"/needed/"+o.maker] = append(w.seen[o.class+"/needed/"+o.maker], s.long)
	}
	for _, key := range []string{o.class + "/" + s.name, o.class + "/" + s.name + "/" + o.maker} {
		w.seen[key] = append(w.seen[key], s.long)
	}
	o.at, o.done, o.since = o.at+1, 0, w.day()
	if s.name == "answer" {
		o.accepted = w.day()
	}
	if o.at == len(o.steps) {
		o.ready = w.day()
		w.open = slices.DeleteFunc(w.open, func(x *watch) bool { return x == o })
		w.closed = append(w.closed, o)
	}
}

// wait lets waiting steps end, and rushes what is rushed.
func (w *world) wait() {
	for _, o := range slices.Clone(w.open) {
		if o.rush > 0 && w.day() >= o.rush {
			o.priority = 1
		}
		for o.at < len(o.steps) && o.steps[o.at].skill == "" && w.day()-o.since >= o.steps[o.at].long {
			w.finish(o)
		}
	}
}

// shop is what the workshop knows now, as the promise is asked for.
func (w *world) shop() promise.Shop {
	now := w.day()
	past := map[string]promise.Durations{}
	durations := func(class, name string) promise.Durations {
		key := class + "/" + name
		if past[key] == nil {
			all := w.seen[key]
			past[key] = promise.DurationsOf(all[max(0, len(all)-200):])
		}
		return past[key]
	}
	s := promise.Shop{Closed: func(d int) bool { return closedDay(d + int(now)) }}
	for _, p := range w.people {
		who := promise.Person{Skills: p.skills, Share: 0.98}
		for _, a := range p.away {
			if a.To > now && a.From < now+60 {
				who.Away = append(who.Away, promise.Span{From: max(0, a.From-now), To: a.To - now})
			}
		}
		s.People = append(s.People, who)
	}
	for _, o := range w.open {
		job := promise.Job{ID: strconv.Itoa(o.id), Priority: o.priority, Since: o.came - now}
		for i := o.at; i < len(o.steps); i++ {
			step := promise.Step{Skill: o.steps[i].skill}
			d := durations(o.class, o.steps[i].name)
			if o.steps[i].name == "parts" {
				d = durations(o.class, "parts/"+o.maker).Or(d)
				switch { // once the quote is accepted it is known whether parts are ordered
				case o.accepted > 0 && o.steps[i].long > 0:
					d = durations(o.class, "needed/"+o.maker)
				case o.accepted > 0:
					d = nil
				}
			}
			if step.Skill == "" {
				step.Days = d
				if i == o.at {
					step.Elapsed = now - o.since
				}
			} else {
				step.Hours = d
				if i == o.at {
					step.Elapsed = o.done
				}
			}
			job.Steps = append(job.Steps, step)
		}
		s.Jobs = append(s.Jobs, job)
	}
	return s
}
