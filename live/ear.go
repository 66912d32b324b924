package live

import (
	"context"
	"time"
)

// ear is the goroutine that owns a session while a page is connected. What the
// network brings is handed to it in order and never waits for a reading: a
// reading, or the engine's next lesson, takes as long as it takes.
type ear struct {
	s    *session
	work chan func(now time.Time) error // an error ends the connection
	said chan said
	err  error // why it ended; read after done is closed
	done chan struct{}
}

// handed is how many frames may wait for the engine; beyond that the network
// waits, and behind it the page, which keeps a minute of sound.
const handed = 256

func listen(ctx context.Context, s *session) *ear {
	e := &ear{s: s, work: make(chan func(time.Time) error, handed), said: make(chan said, 2), done: make(chan struct{})}
	go func() {
		defer close(e.done)
		e.err = e.run(ctx)
	}()
	return e
}

// run does what it is handed and says what is new every publishEvery. Where the
// page takes nothing (its network is slow) nothing is said either, so that no
// beat of the trace is lost between two readings.
func (e *ear) run(ctx context.Context) error {
	tick := time.NewTicker(publishEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case do := <-e.work:
			if err := do(time.Now()); err != nil {
				return err
			}
		case now := <-tick.C:
			if err := e.drain(now); err != nil {
				return err
			}
			e.s.simulate(now)
			if !e.s.fresh || !e.s.due(now) || len(e.said) == cap(e.said) {
				continue
			}
			out, err := e.s.say()
			if err != nil {
				return err
			}
			e.s.fresh = false
			e.said <- out // never waits: only this goroutine fills it
		}
	}
}

// drain takes in what waits before a reading is made of it.
func (e *ear) drain(now time.Time) error {
	for range len(e.work) {
		if err := (<-e.work)(now); err != nil {
			return err
		}
	}
	return nil
}

// hand gives the owner something to do, and waits where too much is waiting.
func (e *ear) hand(ctx context.Context, do func(now time.Time) error) error {
	select {
	case e.work <- do:
		return nil
	case <-e.done:
		return e.err
	case <-ctx.Done():
		return ctx.Err()
	}
}

// ask hands over something, waits until it is done and returns what came of it.
func (e *ear) ask(ctx context.Context, do func(now time.Time) error) error {
	answer := make(chan error, 1)
	if err := e.hand(ctx, func(now time.Time) error { answer <- do(now); return nil }); err != nil {
		return err
	}
	select {
	case err := <-answer:
		return err
	case <-e.done:
		return e.err
	case <-ctx.Done():
		return ctx.Err()
	}
}
