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
	"etabli.example/trade/order"
	"etabli.example/workshop"
)

// serve passes on between the page and the ear until either side ends.
func (k *connection) serve(ctx context.Context, in <-chan message) error {
	ctx, cancel := context.WithCancel(ctx)
	k.ear = listen(ctx, k.s)
	defer func() { cancel(); <-k.ear.done }()
	tick := time.NewTicker(publishAt)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-k.ear.done:
			return k.ear.err
		case m := <-in:
			if m.err != nil {
				return m.err
			}
			if err := k.take(ctx, m); err != nil {
				return err
			}
		case out := <-k.ear.said:
			k.told, k.news = time.Now(), false
			var told any = out
			if out.motor != nil {
				told = out.motor.write(k.p)
			}
			if err := k.send(ctx, told); err != nil {
				return err
			}
			if out.stopped && !k.noted {
				k.noted = true
				if err := k.end(ctx); err != nil {
					return err
				}
			}
		case now := <-tick.C:
			if err := k.pulse(ctx, now); err != nil {
				return err
			}
		}
	}
}

// pulse tells the page that sound arrives while the engine thinks, and ends a
// connection on which nothing is heard any more.
func (k *connection) pulse(ctx context.Context, now time.Time) error {
	quiet := !k.simulated && now.Sub(k.heard) > idleFor
	if quiet || k.simulated && now.Sub(k.spoke) > longest {
		return fault.New(fault.Unavailable, "measurement.live_idle")
	}
	if !k.news || now.Sub(k.told) < publishAt {
		return nil
	}
	k.told, k.news = now, false
	return k.send(ctx, hearing{"hearing", k.peak.db()})
}

// take does what one message asks.
func (k *connection) take(ctx context.Context, m message) error {
	if m.kind == websocket.MessageBinary {
		first, pcm, err := parseFrame(m.data)
		if err != nil || k.simulated {
			return fault.New(fault.Invalid, "measurement.live_frame")
		}
		k.heard, k.news = time.Now(), true
		k.peak.hear(pcm)
		return k.ear.hand(ctx, func(now time.Time) error { return k.s.frame(first, pcm, now) })
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
			err = k.ear.ask(ctx, func(now time.Time) error { return k.s.begin(a, k.s.watch, k.card, now) })
		}
		if err == nil {
			k.about, k.simulated = a, a.Source == "simulated"
		}
		return k.tell(ctx, a.Type, err)
	case "redo":
		return k.ear.ask(ctx, func(now time.Time) error {
			about := k.s.about
			about.Turn = a.Turn
			return k.s.begin(about, k.s.watch, k.card, now)
		})
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
	var heard workshop.Sounding
	if err := k.ear.ask(ctx, func(time.Time) error { heard = k.s.sounding(); return nil }); err != nil {
		return err
	}
	state, err := k.h.shop.KeepReading(ctx, act, heard)
	if err != nil {
		return k.tell(ctx, "keep", err)
	}
	next, _, _ := workshop.NextPosition(state, order.PositionsOf(state.Watch.Kind, k.about.size()), heard.Phase, heard.Winding, heard.Position)
	return k.send(ctx, kept{Type: "kept", Seq: state.Seq, Text: k.p.T("measurement.kept_at", heard.Position), Next: next})
}

// end notes that the watch stopped: its power reserve is over.
func (k *connection) end(ctx context.Context) error {
	act := workshop.Act{Who: k.who, Sheet: k.row.Sheet, Seen: -1}
	s, err := k.h.shop.Treat(ctx, act, order.Treatment{Phase: k.about.Phase, Act: "stopped", Note: k.p.T("live.by_ear")})
	if err != nil {
		return k.tell(ctx, "ear", err)
	}
	reserve, _ := s.Reserve(k.about.Phase)
	return k.send(ctx, ended{"stopped", k.p.T("live.say.ear_heard", k.p.Hours(reserve.Hours()))})
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
