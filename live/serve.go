package live

import (
	"context"
	"encoding/json"
	"maps"
	"slices"
	"time"

	"github.com/coder/websocket"

	"etabli.example/fault"
	"etabli.example/ident"
	"etabli.example/workshop"
)

// serve is the loop of the owner.
func (k *connection) serve(ctx context.Context, in <-chan message) error {
	tick := time.NewTicker(publishAt / 4)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case m := <-in:
			if m.err != nil {
				return m.err
			}
			if err := k.take(ctx, m); err != nil {
				return err
			}
		case now := <-tick.C:
			if err := k.beat(ctx, now); err != nil {
				return err
			}
		}
	}
}

// beat lets the simulated watch run on and publishes what is new. A reading
// that took long to make is followed by a rest as long, so that many benches
// share the machine.
func (k *connection) beat(ctx context.Context, now time.Time) error {
	if k.s.simulate(now) {
		k.heard, k.silent = now, false
	}
	if now.Sub(k.heard) > idleFor || k.s.source != nil && now.Sub(k.spoke) > longest {
		return fault.New(fault.Unavailable, "measurement.live_idle")
	}
	if k.silent || now.Before(k.nextTell) {
		return nil
	}
	began := time.Now()
	out, err := k.s.say()
	if err != nil {
		return err
	}
	k.silent = true
	k.nextTell = now.Add(max(publishAt, 2*time.Since(began)))
	return k.send(ctx, out)
}

// take does what one message asks.
func (k *connection) take(ctx context.Context, m message) error {
	if m.kind == websocket.MessageBinary {
		first, pcm, err := parseFrame(m.data)
		if err != nil || k.s.source != nil {
			return fault.New(fault.Invalid, "measurement.live_frame")
		}
		k.heard, k.silent = time.Now(), false
		return k.s.frame(first, pcm, time.Now())
	}
	var a asked
	if err := json.Unmarshal(m.data, &a); err != nil {
		return fault.New(fault.Invalid, "measurement.live_start")
	}
	k.spoke = time.Now()
	switch a.Type {
	case "start":
		err := a.check()
		if err == nil {
			err = k.s.begin(a, k.s.watch, time.Now())
		}
		return k.tell(ctx, a.Type, err)
	case "redo":
		return k.s.begin(k.s.about, k.s.watch, time.Now())
	case "keep":
		return k.keep(ctx, a)
	}
	return fault.New(fault.Invalid, "measurement.live_start")
}

// keep puts the reading on the sheet and answers with the next position.
func (k *connection) keep(ctx context.Context, a asked) error {
	act := workshop.Act{Who: k.who, Sheet: k.row.Sheet, Seen: -1}
	if ident.ValidID(a.Entry) {
		act.Entry = a.Entry
	}
	about := k.s.about
	state, err := k.h.shop.KeepReading(ctx, act, k.s.sounding())
	if err != nil {
		return k.tell(ctx, "keep", err)
	}
	next, _, _ := workshop.NextPosition(state, about.Phase, about.Winding, about.Position)
	return k.send(ctx, kept{Type: "kept", Seq: state.Seq, Text: k.p.T("measurement.kept_at", about.Position), Next: next})
}

// tell sends the sentence of a fault; nil sends nothing. Of a refused form it
// is the field's sentence, which says what is wrong.
func (k *connection) tell(ctx context.Context, of string, err error) error {
	if err == nil {
		return nil
	}
	text, fields := k.p.Error(err), k.p.Fields(err)
	if names := slices.Sorted(maps.Keys(fields)); len(names) > 0 {
		text = fields[names[0]]
	}
	if whole := fields["reading"]; whole != "" { // says more than that a figure is missing
		text = whole
	}
	return k.send(ctx, failed{"error", of, text})
}

func (k *connection) send(ctx context.Context, v any) error {
	b, err := json.Marshal(v)
	if err != nil {
		return fault.Wrap("live.send", err)
	}
	ctx, cancel := context.WithTimeout(ctx, writeWithin)
	defer cancel()
	return k.c.Write(ctx, websocket.MessageText, b)
}
