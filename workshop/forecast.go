package workshop

import (
	"context"
	"math"
	"slices"
	"sync"
	"time"

	"etabli.example/fault"
	"etabli.example/trade/order"
	"etabli.example/trade/promise"
	"etabli.example/trade/staff"
	"etabli.example/trade/watch"
)

// Forecast is when a watch will be ready, as far as the workshop's own past and
// its queue tell.
type Forecast struct {
	Middle string // ISO date: as likely before as after
	Late   string // ISO date by which it is ready nine times in ten
	Rests  int    // closed orders that the durations come from
}

// The queue is played forward anew once the last forecasts are forecastLasts
// old; of the past, the orders closed within forecastDays count.
const (
	forecastLasts = 10 * time.Minute
	forecastDays  = 180
	forecastRuns  = 100
	forecastStage = 200 // open orders of one stage that are played
)

// Until the time that hands take is recorded, a diagnosis takes one of these
// hours, and work does where no plan of the kind was ever made.
var (
	assumedDiagnosis = promise.Durations{0.25, 0.5, 0.5, 0.75, 1}
	assumedWork      = promise.Durations{0.5, 1, 2, 3, 4}
)

// forecasts are the last ones made, shared by all pages.
type forecasts struct {
	mu      sync.Mutex
	made    time.Time
	by      map[string]Forecast
	playing bool
}

// Forecast returns when the open order of a sheet will be ready; false where
// there is nothing to say: it is closed or ready, nobody here may do it, or the
// queue is just being played. It never waits for that.
func (w *Workshop) Forecast(ctx context.Context, sheet string) (Forecast, bool) {
	f := &w.forecasts
	f.mu.Lock()
	defer f.mu.Unlock()
	if !f.playing && w.Now().Sub(f.made) > forecastLasts {
		f.playing = true
		go func() {
			by, err := w.PlayForward(context.WithoutCancel(ctx))
			if err != nil {
				w.Log.Warn("forecast", "error", err)
			}
			f.mu.Lock()
			defer f.mu.Unlock()
			f.playing, f.made = false, w.Now()
			if err == nil {
				f.by = by
			}
		}()
	}
	got, ok := f.by[sheet]
	return got, ok
}

// PlayForward works out the forecasts of every open order. It takes from some
// milliseconds to seconds, with the number of open orders.
func (w *Workshop) PlayForward(ctx context.Context) (map[string]Forecast, error) {
	var past observed
	var shop promise.Shop
	today := w.Now().In(w.Zone)
	err := w.Book.View(ctx, func(ctx context.Context, tx Tx) error {
		var err error
		if past, err = w.observe(ctx, tx); err != nil {
			return err
		}
		people, err := tx.People(ctx)
		if err != nil {
			return err
		}
		shop.People = benches(people)
		rows, _, err := tx.Board(ctx, "", forecastStage)
		for _, r := range rows {
			if steps := past.steps(r, w.Now()); steps != nil {
				shop.Jobs = append(shop.Jobs, promise.Job{ID: r.Sheet, Since: -w.Now().Sub(r.Opened).Hours() / 24, Steps: steps})
			}
		}
		return err
	})
	if err != nil {
		return nil, fault.Wrap("workshop.PlayForward", err)
	}
	shop.Closed = func(day int) bool { return today.AddDate(0, 0, day).Weekday() == time.Sunday }
	out := map[string]Forecast{}
	for sheet, dates := range promise.Simulate(shop, forecastRuns, uint64(today.YearDay())) {
		if late := dates.By(0.9); late < math.MaxInt32 {
			iso := func(day int) string { return today.AddDate(0, 0, day).Format(time.DateOnly) }
			out[sheet] = Forecast{Middle: iso(dates.By(0.5)), Late: iso(late), Rests: past.orders}
		}
	}
	return out, nil
}

const (
	benchSkill  promise.Skill = "bench"  // within the technician's perimeter
	beyondSkill promise.Skill = "beyond" // the watchmaker's
)

// benches are the people who work on watches.
func benches(people []staff.Person) []promise.Person {
	var out []promise.Person
	for _, p := range people {
		var skills []promise.Skill
		if may := p.Actor(""); p.Active && may.May(staff.Work) {
			skills = append(skills, benchSkill)
			if may.May(staff.WorkBeyond) {
				skills = append(skills, beyondSkill)
			}
			out = append(out, promise.Person{Skills: skills})
		}
	}
	return out
}

// observed is what closed orders took, by kind of watch and for all.
type observed struct {
	orders int
	days   map[watch.Kind]map[order.Stage]promise.Durations
	hours  map[watch.Kind]promise.Durations
}

// anyKind is the wider class of a kind of which little was seen.
const anyKind watch.Kind = ""

func (w *Workshop) observe(ctx context.Context, tx Tx) (observed, error) {
	out := observed{days: map[watch.Kind]map[order.Stage]promise.Durations{}, hours: map[watch.Kind]promise.Durations{}}
	days, hours := map[watch.Kind]map[order.Stage][]float64{}, map[watch.Kind][]float64{}
	closed, err := tx.OrdersClosed(ctx, w.Now().AddDate(0, 0, -forecastDays))
	if err != nil {
		return out, err
	}
	for _, r := range closed {
		entries, err := tx.Sheet(ctx, r.Sheet)
		if err != nil {
			return out, err
		}
		spells, state, err := order.Spells(entries)
		if err != nil {
			return out, err
		}
		if !slices.ContainsFunc(spells, func(s order.Spell) bool { return s.Stage == order.InWork }) {
			continue // declined or withdrawn: it did not go the way
		}
		out.orders++
		spent := map[order.Stage]float64{order.QuoteSent: 0, order.WaitingParts: 0, order.InControl: 0}
		for _, s := range spells {
			spent[s.Stage] += s.Long(w.Now()).Hours() / 24
		}
		for _, kind := range []watch.Kind{r.Kind, anyKind} {
			if days[kind] == nil {
				days[kind] = map[order.Stage][]float64{}
			}
			for stage, n := range spent {
				days[kind][stage] = append(days[kind][stage], n)
			}
			if state.Plan != nil && state.Plan.Minutes > 0 {
				hours[kind] = append(hours[kind], float64(state.Plan.Minutes)/60)
			}
		}
	}
	for kind, of := range days {
		out.days[kind] = map[order.Stage]promise.Durations{}
		for stage, n := range of {
			out.days[kind][stage] = promise.DurationsOf(n)
		}
	}
	for kind, n := range hours {
		out.hours[kind] = promise.DurationsOf(n)
	}
	return out, nil
}

// way is what an order goes through from the counter to the safe.
var way = []struct {
	stages []order.Stage // where it stands while this goes on, the first being that of waiting
	hands  bool
}{
	{[]order.Stage{order.Received, order.InDiagnosis}, true},
	{[]order.Stage{order.QuoteSent}, false},
	{[]order.Stage{order.WaitingParts}, false},
	{[]order.Stage{order.InWork, order.Accepted, order.Preparing, order.Redo}, true},
	{[]order.Stage{order.InControl}, false},
}

// steps are what is left of an order's way; nil where its stage is not on it.
func (o observed) steps(r order.Row, now time.Time) []promise.Step {
	at := -1
	for i, s := range way {
		for _, stage := range s.stages {
			if stage == r.Stage {
				at = i
			}
		}
	}
	if at < 0 {
		return nil
	}
	skill := benchSkill
	if r.Beyond {
		skill = beyondSkill
	}
	var out []promise.Step
	for i := at; i < len(way); i++ {
		step := promise.Step{}
		switch {
		case i == 0:
			step.Skill, step.Hours = skill, assumedDiagnosis
		case way[i].hands:
			step.Skill, step.Hours = skill, o.hours[r.Kind].Or(o.hours[anyKind]).Or(assumedWork)
		default:
			stage := way[i].stages[0]
			step.Days = o.days[r.Kind][stage].Or(o.days[anyKind][stage])
			if i == at {
				step.Elapsed = now.Sub(r.StageSince).Hours() / 24
			}
		}
		out = append(out, step)
	}
	return out
}
