package live_test

import (
	"context"
	"encoding/binary"
	"encoding/json"
	"math"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket"

	"etabli.example/locale"
)

// frameAt is one binary frame: index and samples.
func frameAt(first uint64, samples int) []byte {
	b := make([]byte, 8+2*samples)
	binary.LittleEndian.PutUint64(b, first)
	return b
}

// After anything a page may send, well or badly, the server says what is wrong
// in words or goes on; it never falls over, and nothing is on the sheet.
func TestBadFrames(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	type sent struct {
		kind websocket.MessageType
		data []byte
	}
	text := func(s string) sent { return sent{websocket.MessageText, []byte(s)} }
	bin := func(b []byte) sent { return sent{websocket.MessageBinary, b} }
	say := func(m map[string]any) sent {
		b, _ := json.Marshal(m)
		return sent{websocket.MessageText, b}
	}
	const frame, begin = "measurement.live_frame", "measurement.live_start"
	for _, sc := range []struct {
		name   string
		bare   bool // no start was sent before
		sent   []sent
		says   string // key of the sentence; "" where the server goes on
		closes bool
		status websocket.StatusCode // where it closes
	}{
		{name: "a frame of no size", sent: []sent{bin(nil)}, says: frame, closes: true, status: websocket.StatusPolicyViolation},
		{name: "a frame shorter than its index", sent: []sent{bin(make([]byte, 5))}, says: frame, closes: true, status: websocket.StatusPolicyViolation},
		{name: "a frame without samples", sent: []sent{bin(frameAt(0, 0))}, says: frame, closes: true, status: websocket.StatusPolicyViolation},
		{name: "half a sample", sent: []sent{bin(make([]byte, 11))}, says: frame, closes: true, status: websocket.StatusPolicyViolation},
		{name: "an index before the one heard", sent: []sent{bin(frameAt(9000, 64)), bin(frameAt(3, 64))}},
		{name: "a huge index", sent: []sent{bin(frameAt(0, 64)), bin(frameAt(math.MaxUint64, 64)), bin(frameAt(64, 64))}},
		{name: "a huge index first, that runs over", sent: []sent{bin(frameAt(math.MaxUint64-3, 64)), bin(frameAt(math.MaxUint64-3, 64)), bin(frameAt(0, 64))}},
		{name: "a gap just within the longest", sent: []sent{bin(frameAt(0, 64)), bin(frameAt(60*24000, 64))}},
		{name: "a negative index", sent: []sent{bin(frameAt(0, 64)), bin(frameAt(1<<63, 64))}},
		{name: "text that is no JSON", sent: []sent{text("\x00\xff{{{")}, says: begin, closes: true, status: websocket.StatusPolicyViolation},
		{name: "JSON that is no object", sent: []sent{text(`[1,2,3]`)}, says: begin, closes: true, status: websocket.StatusPolicyViolation},
		{name: "an unknown word", sent: []sent{text(`{"type":"sing"}`)}, says: begin, closes: true, status: websocket.StatusPolicyViolation},
		{name: "a deep nest", sent: []sent{text(strings.Repeat("[", 20_000))}, says: begin, closes: true, status: websocket.StatusPolicyViolation},
		{name: "a message too large", sent: []sent{bin(frameAt(0, 1<<19))}, closes: true, status: websocket.StatusMessageTooBig},
		{name: "keep before a start", bare: true, sent: []sent{text(`{"type":"keep","entry":"x"}`)}, says: begin, closes: true, status: websocket.StatusPolicyViolation},
		{name: "redo before a start", bare: true, sent: []sent{text(`{"type":"redo"}`)}, says: begin, closes: true, status: websocket.StatusPolicyViolation},
		{name: "sound before a start", bare: true, sent: []sent{bin(frameAt(0, 64))}, says: begin, closes: true, status: websocket.StatusPolicyViolation},
		{name: "keep before any sound", sent: []sent{text(`{"type":"keep","entry":"` + strings.Repeat("x", 500) + `"}`)}},
		{name: "two starts", sent: []sent{say(start()), say(start()), bin(frameAt(0, 64))}},
		{name: "a second start that is wrong", sent: []sent{say(start("position", "XX")), bin(frameAt(0, 64))}, says: begin},
		{name: "a second start at an absurd rate", sent: []sent{say(start("rate", 1<<40)), bin(frameAt(0, 64))}, says: "measurement.config"},
		{name: "sound to a simulated watch", sent: []sent{say(start("source", "simulated", "preset", "fast")), bin(frameAt(0, 64))}, says: frame, closes: true, status: websocket.StatusPolicyViolation},
		{name: "redo again and again", sent: []sent{text(`{"type":"redo"}`), text(`{"type":"redo"}`), text(`{"type":"redo"}`), bin(frameAt(0, 64))}},
	} {
		t.Run(sc.name, func(t *testing.T) {
			t.Parallel()
			ctx, cancel := context.WithTimeout(t.Context(), 40*time.Second)
			defer cancel()
			c, _, err := websocket.Dial(ctx, b.url(), nil)
			if err != nil {
				t.Fatal(err)
			}
			defer c.CloseNow()
			c.SetReadLimit(1 << 22)
			all := sc.sent
			if !sc.bare {
				all = append([]sent{say(start("session", "bad-"+strings.ReplaceAll(sc.name, " ", "-")))}, all...)
			}
			for _, m := range all {
				if err := c.Write(ctx, m.kind, m.data); err != nil && !sc.closes {
					t.Fatal(err)
				}
			}
			got, closed := listen(t, ctx, c, sc.closes)
			if sc.says != "" && !got[locale.For(locale.FR).T(sc.says)] {
				t.Errorf("the page is told %v, not %q", got, locale.For(locale.FR).T(sc.says))
			}
			if sc.closes && closed != sc.status {
				t.Errorf("closed with %v, want %v", closed, sc.status)
			}
		})
	}
	t.Cleanup(func() {
		s, err := b.shop.State(context.Background(), b.who, b.state.Sheet)
		if err == nil && len(s.Readings) > 0 {
			t.Errorf("%d readings are on the sheet", len(s.Readings))
		}
	})
}

// listen reads what the server says: until it closes where it should, and until
// it has answered a start of its own where it goes on.
func listen(t *testing.T, ctx context.Context, c *websocket.Conn, closes bool) (said map[string]bool, status websocket.StatusCode) {
	t.Helper()
	said = map[string]bool{}
	if !closes { // the server still answers: a keep of nothing is refused in words
		if err := c.Write(ctx, websocket.MessageText, []byte(`{"type":"keep","entry":""}`)); err != nil {
			t.Fatalf("the connection is gone: %v", err)
		}
	}
	for {
		_, data, err := c.Read(ctx)
		if err != nil {
			if !closes {
				t.Fatalf("the connection ended: %v", err)
			}
			return said, websocket.CloseStatus(err)
		}
		var a struct{ Type, Of, Message string }
		if err := json.Unmarshal(data, &a); err != nil {
			t.Fatalf("%s: %v", data, err)
		}
		if a.Type == "error" {
			said[a.Message] = true
			if !closes && a.Of == "keep" {
				return said, 0
			}
		}
		if a.Type == "kept" {
			t.Fatal("silence was kept as a reading")
		}
	}
}

// Another person who names the same session gets one of their own: what the
// first has heard stays theirs, and is not disturbed.
func TestAnotherPersonsSessionIsTheirOwn(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	x := sound(8, 3)
	mine := b.open(start())
	mine.frames(0, x[:4*24000])
	mine.until("the first half", heard(3))
	c, _, err := websocket.Dial(mine.ctx, b.url(), &websocket.DialOptions{HTTPHeader: http.Header{"X-Who": {"aude"}}})
	if err != nil {
		t.Fatal(err)
	}
	defer c.CloseNow()
	theirs := &page{b, c, mine.ctx}
	theirs.say(start())
	theirs.say(map[string]any{"type": "keep", "entry": ""})
	if a, _ := theirs.until("an answer", func(a answer) bool { return a.Type == "kept" || a.Type == "error" }); a.Type == "kept" {
		t.Error("somebody kept what another heard")
	}
	mine.frames(4*24000, x[4*24000:])
	a, _ := mine.until("the whole", heard(7))
	if len(a.Reading.Notices) != 0 {
		t.Errorf("notices %v: the other's start disturbed the measurement", a.Reading.Notices)
	}
}
