package live_test

import (
	"context"
	"encoding/binary"
	"encoding/json"
	"io"
	"log/slog"
	"math"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket"

	"etabli.example/cli"
	"etabli.example/cli/shoptest"
	"etabli.example/fault"
	"etabli.example/ident"
	"etabli.example/live"
	"etabli.example/timing/synth"
	"etabli.example/trade/customer"
	"etabli.example/trade/order"
	"etabli.example/trade/staff"
	"etabli.example/trade/watch"
	"etabli.example/workshop"
)

var quiet = slog.New(slog.NewTextHandler(io.Discard, nil))

// bench is a workshop with one watch on it and the live handler over HTTP.
type bench struct {
	testing.TB
	shop   *cli.Shop
	server *httptest.Server
	state  order.State
	who    staff.Actor
}

func newBench(t testing.TB) *bench {
	t.Helper()
	var err error
	shop := shoptest.Open(t, quiet)
	b := &bench{TB: t, shop: shop, who: staff.Actor{ID: "samir", Roles: []staff.Role{staff.Manager}}}
	in := workshop.Intake{Customer: customer.Customer{Name: "Vasseur", Phone: "06 39 98 10 47", Channel: "sms"},
		Watch:   watch.Watch{Brand: "Tissot", Model: "Le Locle", CalibreMaker: "ETA", Calibre: "2824-2", Kind: watch.Automatic, BPH: 28800, LiftDeg: 50, Material: "steel"},
		Request: "Elle retarde."}
	in.Purpose, in.Channel, in.ReadBack = "repair", "counter", true
	b.state, err = shop.Receive(t.Context(), workshop.Act{Who: b.who, Sheet: ident.New(), Seen: -1}, in)
	if err != nil {
		t.Fatal(err)
	}
	h := live.New(shop.Workshop, func(r *http.Request) (staff.Actor, error) {
		switch r.Header.Get("X-Who") {
		case "":
			return b.who, nil
		case "aude":
			return staff.Actor{ID: "aude", Roles: []staff.Role{staff.Watchmaker}}, nil
		case "counter":
			return staff.Actor{ID: "nadia", Roles: []staff.Role{staff.Counter}}, nil
		}
		return staff.Actor{}, fault.New(fault.Unauthenticated, "fault.unauthenticated")
	}, quiet)
	mux := http.NewServeMux()
	mux.Handle("GET /live/{number}", h)
	b.server = httptest.NewServer(mux)
	t.Cleanup(func() { h.Close(); b.server.Close() })
	return b
}

// in is the same bench for a subtest.
func (b *bench) in(t testing.TB) *bench { c := *b; c.TB = t; return &c }

func (b *bench) url() string { return b.server.URL + "/live/" + b.state.Number }

// page is a browser's side of the connection.
type page struct {
	*bench
	c   *websocket.Conn
	ctx context.Context
}

func (b *bench) open(start map[string]any) *page {
	b.Helper()
	ctx, cancel := context.WithTimeout(b.Context(), 30*time.Second)
	b.Cleanup(cancel)
	c, _, err := websocket.Dial(ctx, b.url(), nil)
	if err != nil {
		b.Fatal(err)
	}
	c.SetReadLimit(1 << 22)
	b.Cleanup(func() { _ = c.CloseNow() })
	p := &page{b, c, ctx}
	p.say(start)
	return p
}

func start(changes ...any) map[string]any {
	m := map[string]any{"type": "start", "session": "0123456789", "source": "microphone", "rate": 24000, "lift": 50, "beat": 28800,
		"position": "CH", "winding": "0h", "phase": "before", "lang": "fr"}
	for i := 0; i < len(changes); i += 2 {
		m[changes[i].(string)] = changes[i+1]
	}
	return m
}

func (p *page) say(m map[string]any) {
	p.Helper()
	b, _ := json.Marshal(m)
	if err := p.c.Write(p.ctx, websocket.MessageText, b); err != nil {
		p.Fatal(err)
	}
}

// frames sends x as numbered frames from index first on.
func (p *page) frames(first int, x []float32) {
	p.Helper()
	const frame = 2048
	for at := 0; at < len(x); at += frame {
		part := x[at:min(at+frame, len(x))]
		b := make([]byte, 8+2*len(part))
		binary.LittleEndian.PutUint64(b, uint64(first+at))
		for i, v := range part {
			binary.LittleEndian.PutUint16(b[8+2*i:], uint16(int16(v*32767)))
		}
		if err := p.c.Write(p.ctx, websocket.MessageBinary, b); err != nil {
			p.Fatal(err)
		}
	}
}

// answer is anything the server says.
type answer struct {
	Type    string
	Steady  bool
	Message string
	Text    string
	Next    string
	Seq     int64
	Reading struct {
		Confident bool
		Reason    string
		Notices   []string
		RateSD    *float64 `json:"rate_s_per_day"`
		RateU     *float64 `json:"rate_u"`
		Amplitude *float64 `json:"amplitude_deg"`
		ToS       float64  `json:"to_s"`
		SignalDB  *float64 `json:"signal_db"`
	}
	Verdicts map[string]struct{ Verdict string }
	Beats    []struct{ S, O float64 }
}

// until reads answers up to the first that is wanted, and returns all the
// beats on the way too.
func (p *page) until(what string, wanted func(answer) bool) (answer, []struct{ S, O float64 }) {
	p.Helper()
	var beats []struct{ S, O float64 }
	for {
		_, b, err := p.c.Read(p.ctx)
		if err != nil {
			p.Fatalf("waiting for %s: %v", what, err)
		}
		var a answer
		if err := json.Unmarshal(b, &a); err != nil {
			p.Fatalf("%s: %v", b, err)
		}
		beats = append(beats, a.Beats...)
		if wanted(a) {
			return a, beats
		}
	}
}

// heard waits for a reading of sound up to second s.
func heard(s float64) func(answer) bool {
	return func(a answer) bool { return a.Type == "reading" && a.Reading.Confident && a.Reading.ToS >= s }
}

func sound(seconds, rateSD float64) []float32 {
	clip, _ := synth.Make(synth.Watch{BPH: 28800, RateSD: rateSD, AmplitudeDeg: 287, LiftDeg: 50, BeatErrorMS: 0.3},
		synth.Options{Rate: 24000, Seconds: seconds, SNR: 30, Seed: 7})
	return clip.Channels[0]
}

func TestReadingOfSound(t *testing.T) {
	t.Parallel()
	p := newBench(t).open(start())
	p.frames(4711, sound(12, 24)) // capture began before the page spoke
	a, beats := p.until("a reading", heard(11))
	if math.Abs(*a.Reading.RateSD-24) > 1 || math.Abs(*a.Reading.Amplitude-287) > 5 {
		t.Errorf("rate %v s/d, amplitude %v°, want 24 and 287", *a.Reading.RateSD, *a.Reading.Amplitude)
	}
	if u := *a.Reading.RateU; u < 8 || u > 10 {
		t.Errorf("95 %% interval ±%v s/d: that of a card nobody calibrated is 8.64", u)
	}
	if v := a.Verdicts["rate"].Verdict; v != "no" && v != "na" {
		t.Errorf("24 ± 9 s/d judged %q", v)
	}
	if a.Reading.SignalDB == nil || *a.Reading.SignalDB < 12 {
		t.Errorf("signal %v dB", a.Reading.SignalDB)
	}
	if n := len(beats); n < 60 || n > 110 {
		t.Errorf("%d beats on the trace of 12 s at 8 a second", n)
	}
	for i := 1; i < len(beats); i++ {
		if beats[i].S <= beats[i-1].S {
			t.Fatalf("beat %d at %v s after %v s: sent twice", i, beats[i].S, beats[i-1].S)
		}
	}
}

func TestLostFrameIsAKnownGap(t *testing.T) {
	t.Parallel()
	p := newBench(t).open(start())
	x := sound(14, 3)
	p.frames(0, x[:6*24000])
	p.until("the first half", heard(4))
	p.frames(8*24000, x[8*24000:]) // two seconds never arrive
	a, _ := p.until("the second half", heard(13))
	if len(a.Reading.Notices) == 0 || a.Reading.Notices[0] != "samples_missing" {
		t.Errorf("notices %v, want samples_missing", a.Reading.Notices)
	}
	if math.Abs(*a.Reading.RateSD-3) > 2 {
		t.Errorf("rate %v s/d across the gap, want 3: a splice would be thousands off", *a.Reading.RateSD)
	}
}

func TestReconnectionResumes(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	x := sound(14, 3)
	p := b.open(start())
	p.frames(0, x[:7*24000])
	p.until("the first half", heard(5))
	_ = p.c.CloseNow() // the network goes
	p = b.open(start())
	p.frames(5*24000, x[5*24000:]) // what may not have arrived is sent again
	a, _ := p.until("the whole", heard(13))
	if len(a.Reading.Notices) != 0 {
		t.Errorf("notices %v: nothing was lost", a.Reading.Notices)
	}
	if math.Abs(*a.Reading.RateSD-3) > 1 {
		t.Errorf("rate %v s/d, want 3", *a.Reading.RateSD)
	}
}

func TestSecondPageTakesOver(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	x := sound(6, 3)
	old := b.open(start())
	old.frames(0, x[:3*24000])
	old.until("the first half", heard(1))
	p := b.open(start()) // the old connection looks alive to the server
	p.frames(3*24000, x[3*24000:])
	p.until("the whole", heard(5))
	if _, _, err := old.c.Read(old.ctx); err == nil {
		for err == nil {
			_, _, err = old.c.Read(old.ctx)
		}
	}
}

func TestKeepIsWrittenOnce(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	p := b.open(start())
	p.frames(0, sound(8, 3))
	p.until("a reading", heard(7))
	entry := ident.New()
	for range 2 { // the answer to the first was lost on the way
		p.say(map[string]any{"type": "keep", "entry": entry})
		a, _ := p.until("kept", func(a answer) bool { return a.Type == "kept" })
		if a.Next != "CB" || !strings.Contains(a.Text, "CH") {
			t.Errorf("kept: %q, next %q, want CB", a.Text, a.Next)
		}
	}
	s, err := b.shop.State(t.Context(), b.who, b.state.Sheet)
	if err != nil {
		t.Fatal(err)
	}
	if len(s.Readings) != 1 {
		t.Fatalf("%d readings on the sheet, want 1", len(s.Readings))
	}
	r := s.Readings[0]
	if r.Position != "CH" || r.How != "microphone" || r.Sound == "" || r.Beats == "" || len(r.Verdicts) != 3 {
		t.Errorf("kept %+v", r)
	}
	trace, err := b.shop.Trace(t.Context(), r.Beats)
	if err != nil || len(trace) < 40 {
		t.Errorf("trace of %d beats, %v", len(trace), err)
	}
}

func TestNextPositionBeginsAfresh(t *testing.T) {
	t.Parallel()
	p := newBench(t).open(start())
	p.frames(0, sound(5, 3))
	p.until("a reading", heard(4))
	p.say(start("position", "CB"))
	p.frames(5*24000, sound(5, 60))
	a, _ := p.until("the next position", func(a answer) bool {
		return a.Type == "reading" && a.Reading.Confident && a.Reading.ToS > 4 && a.Reading.ToS < 6 && *a.Reading.RateSD > 30
	})
	if math.Abs(*a.Reading.RateSD-60) > 2 {
		t.Errorf("rate %v s/d, want 60 of the second position alone", *a.Reading.RateSD)
	}
}

func TestSimulatedWatchIsHeard(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	p := b.open(start("source", "simulated", "preset", "fast", "rate", 0))
	a, _ := p.until("a reading", heard(2))
	if math.Abs(*a.Reading.RateSD-24) > 8 {
		t.Errorf("rate %v s/d, want about 24", *a.Reading.RateSD)
	}
	p.say(map[string]any{"type": "redo"})
	before := a.Reading.ToS
	p.until("the meter begun again", func(a answer) bool {
		again := a.Type == "reading" && a.Reading.ToS < before
		before = max(before, a.Reading.ToS)
		return again
	})
}

func TestSilenceIsNoReadingAndNotKept(t *testing.T) {
	t.Parallel()
	p := newBench(t).open(start("lang", "en"))
	p.frames(0, make([]float32, 5*24000))
	p.until("no watch", func(a answer) bool { return a.Type == "reading" && a.Reading.Reason == "no_watch" })
	p.say(map[string]any{"type": "keep", "entry": ident.New()})
	a, _ := p.until("a refusal", func(a answer) bool { return a.Type == "error" })
	if !strings.Contains(a.Message, "trusted") {
		t.Errorf("refused with %q", a.Message)
	}
}

func TestBadInput(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	for name, first := range map[string]map[string]any{
		"no session":        start("session", ""),
		"a foreign source":  start("source", "radio"),
		"no such position":  start("position", "XX"),
		"no such phase":     start("phase", "later"),
		"a rate too low":    start("rate", 4000),
		"an absurd lift":    start("lift", 900),
		"no such preset":    start("source", "simulated", "preset", "gold"),
		"not a start":       {"type": "keep"},
		"an absurd winding": start("winding", "3h"),
	} {
		t.Run(name, func(t *testing.T) {
			p := b.in(t).open(first)
			a, _ := p.until("an error", func(a answer) bool { return a.Type == "error" })
			if a.Message == "" || strings.Contains(a.Message, "⟦") {
				t.Errorf("said %q", a.Message)
			}
			if _, _, err := p.c.Read(p.ctx); websocket.CloseStatus(err) != websocket.StatusPolicyViolation {
				t.Errorf("closed with %v", err)
			}
		})
	}
	t.Run("a frame of three bytes", func(t *testing.T) {
		p := b.in(t).open(start())
		if err := p.c.Write(p.ctx, websocket.MessageBinary, []byte{1, 2, 3}); err != nil {
			t.Fatal(err)
		}
		for {
			if _, _, err := p.c.Read(p.ctx); err != nil {
				if websocket.CloseStatus(err) != websocket.StatusPolicyViolation {
					t.Errorf("closed with %v", err)
				}
				return
			}
		}
	})
}

func TestWhoMayListen(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	for _, sc := range []struct {
		name, url, who string
		status         int
	}{
		{"nobody", b.url(), "nobody", http.StatusUnauthorized},
		{"the counter may not measure", b.url(), "counter", http.StatusForbidden},
		{"an unknown number", b.server.URL + "/live/PAR-26-999999-X", "", http.StatusNotFound},
	} {
		t.Run(sc.name, func(t *testing.T) {
			_, r, err := websocket.Dial(t.Context(), sc.url, &websocket.DialOptions{HTTPHeader: http.Header{"X-Who": {sc.who}}})
			if err == nil || r == nil || r.StatusCode != sc.status {
				t.Errorf("dialled: %v %v, want %d", r, err, sc.status)
			}
		})
	}
}

// A reading that is as sure as was asked for says so, and the session goes on to
// the positions that were asked for.
func TestSessionOfTwoPositionsMovesOn(t *testing.T) {
	t.Parallel()
	p := newBench(t).open(start("asked", 2, "set", 2))
	p.frames(0, sound(24, 3))
	p.until("a steady reading", func(a answer) bool { return a.Steady })
	p.say(map[string]any{"type": "keep", "entry": ident.New()})
	a, _ := p.until("kept", func(a answer) bool { return a.Type == "kept" })
	if a.Next != "6H" {
		t.Errorf("next %q, want 6H: the set of two is CH and 6H", a.Next)
	}
}

func TestClockIsSaidToBeNoWatch(t *testing.T) {
	t.Parallel()
	p := newBench(t).open(start("beat", 0, "asked", 5))
	clip, _ := synth.Make(synth.Watch{BPH: 7200, RateSD: 3, AmplitudeDeg: 200, LiftDeg: 50}, synth.Options{Rate: 24000, Seconds: 30, SNR: 30, Seed: 9})
	p.frames(0, clip.Channels[0])
	p.until("a clock", func(a answer) bool {
		if a.Steady {
			t.Error("a clock's reading would be kept by itself")
		}
		return slices.Contains(a.Reading.Notices, "not_a_watch")
	})
}

func TestEarNotesTheEndOfTheReserve(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	act := workshop.Act{Who: b.who, Sheet: b.state.Sheet, Seen: -1}
	if _, err := b.shop.Treat(t.Context(), act, order.Treatment{Phase: "before", Act: "wound"}); err != nil {
		t.Fatal(err)
	}
	p := b.open(start("ear", true))
	p.frames(0, sound(10, 3))
	p.until("the watch", heard(8))
	p.frames(10*24000, make([]float32, 20*24000))
	p.until("a stop that may be a moment’s", func(a answer) bool {
		return a.Type == "reading" && (!a.Reading.Confident || slices.Contains(a.Reading.Notices, "stopped_at"))
	})
	if s, _ := b.shop.State(t.Context(), b.who, b.state.Sheet); len(s.Treatments) != 1 {
		t.Fatal("the stop was noted after less than half a minute of silence")
	}
	p.frames(30*24000, make([]float32, 18*24000))
	a, _ := p.until("the stop", func(a answer) bool { return a.Type == "stopped" })
	s, err := b.shop.State(t.Context(), b.who, b.state.Sheet)
	if _, ran := s.Reserve("before"); err != nil || !ran || a.Text == "" {
		t.Errorf("said %q; on the sheet: %v, %v", a.Text, s.Treatments, err)
	}
}
