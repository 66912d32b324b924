package live

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"github.com/coder/websocket"

	"etabli.example/fault"
	"etabli.example/locale"
	"etabli.example/trade/order"
	"etabli.example/trade/staff"
	"etabli.example/workshop"
)

// connection is one page listening. The ear owns the session while it lasts; run
// passes on between it and the network; the goroutine that reads the network
// only hands messages over and is waited for.
type connection struct {
	h    *Handler
	c    *websocket.Conn
	who  staff.Actor
	row  order.Row
	card workshop.CardClock
	p    *locale.Printer
	s    *session

	ear       *ear
	about     asked // what is measured: a copy, the session's own is the ear's
	simulated bool
	heard     time.Time // when sound last came
	spoke     time.Time // when the page last said a word
	told      time.Time // when the page was last told something
	news      bool      // sound came since
	noted     bool      // the end of the power reserve is on the sheet
	peak      peak
}

// message is what came over the network.
type message struct {
	kind websocket.MessageType
	data []byte
	err  error
}

// run serves the connection until either side ends it.
func (k *connection) run(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx)
	in := make(chan message, queue)
	done := make(chan struct{})
	go func() { defer close(done); read(ctx, k.c, in) }()
	defer func() {
		cancel()
		_ = k.c.CloseNow() // unblocks the reader; what there was to say was said
		<-done
	}()
	k.p = printer("")
	if err := k.start(ctx, in, cancel); err != nil {
		_ = k.tell(ctx, "start", err) // the connection ends either way
		return k.farewell(in, err)
	}
	defer func() { k.h.park(k.s, time.Now()) }()
	err := k.serve(ctx, in)
	if !lost(err) && websocket.CloseStatus(err) == -1 {
		_ = k.tell(ctx, "live", err) // the connection ends either way
	}
	return k.farewell(in, err)
}

// farewell closes with a status that says why. It goes on emptying the queue,
// since the answer to it comes by the same way.
func (k *connection) farewell(in <-chan message, err error) error {
	if errors.Is(err, context.Canceled) {
		return err // asked to make way: no time for a handshake
	}
	closed := make(chan struct{})
	go func() {
		defer close(closed)
		code, reason := websocket.StatusNormalClosure, ""
		if !lost(err) {
			code, reason = websocket.StatusPolicyViolation, fault.KindOf(err).String()
		}
		_ = k.c.Close(code, reason) // the peer may be gone
	}()
	for {
		select {
		case <-in:
		case <-closed:
			return err
		}
	}
}

// read hands over messages until the connection fails; a full queue makes the
// network wait.
func read(ctx context.Context, c *websocket.Conn, in chan<- message) {
	for {
		kind, data, err := c.Read(ctx)
		select {
		case in <- message{kind, data, err}:
		case <-ctx.Done():
			return
		}
		if err != nil {
			return
		}
	}
}

// start takes the first message and finds or makes its session.
func (k *connection) start(ctx context.Context, in <-chan message, stop func()) error {
	var m message
	select {
	case m = <-in:
	case <-time.After(startWithin):
		return fault.New(fault.Invalid, "measurement.live_start")
	case <-ctx.Done():
		return ctx.Err()
	}
	if m.err != nil {
		return m.err
	}
	var a asked
	if m.kind != websocket.MessageText || json.Unmarshal(m.data, &a) != nil {
		return fault.New(fault.Invalid, "measurement.live_start")
	}
	k.p = printer(a.Lang)
	if err := a.check(); err != nil {
		return err
	}
	state, err := k.h.shop.State(ctx, k.who, k.row.Sheet)
	if err != nil {
		return err
	}
	s, fresh, err := k.attach(ctx, k.who.ID+"/"+k.row.Sheet+"/"+a.Session, stop)
	if err != nil {
		return err
	}
	if fresh || s.meter == nil && s.motor == nil || !s.about.same(a) {
		if err := s.begin(a, state.Watch, k.card, time.Now()); err != nil {
			k.h.park(s, time.Time{})
			return err
		}
	}
	k.s, k.heard, k.spoke, k.simulated = s, time.Now(), time.Now(), s.source != nil
	k.about = s.about
	return nil
}

// attach takes the session, waiting a moment for the connection that has it.
func (k *connection) attach(ctx context.Context, key string, stop func()) (*session, bool, error) {
	wait := time.NewTicker(20 * time.Millisecond)
	defer wait.Stop()
	for until := time.Now().Add(startWithin); time.Now().Before(until); {
		s, fresh, err := k.h.take(key, stop, time.Now())
		if s != nil || err != nil {
			return s, fresh, err
		}
		select {
		case <-wait.C:
		case <-ctx.Done():
			return nil, false, ctx.Err()
		}
	}
	return nil, false, fault.New(fault.Unavailable, "measurement.live_taken")
}
