// Package live is sound in and readings out: a WebSocket over which a browser
// sends what its microphone hears, or asks for a simulated watch, and gets back
// what the timing engine says, judged against the watch's tolerances. It is not
// a page, keeps nothing itself and decides nothing of the trade: what is kept
// goes through the workshop.
//
// # The wire
//
// The browser speaks first, in JSON:
//
//	{"type":"start","session":"…","source":"microphone","rate":48000,"lift":50,
//	 "beat":28800,"position":"CH","winding":"0h","phase":"before","preset":"","lang":"fr"}
//
// and then sends binary frames: eight bytes little-endian with the index of
// the first sample since capture began, then mono int16 PCM. An index beyond
// the one expected is a known gap; an earlier one repeats what is already
// there. Another "start" or "redo" begins a new meter, save the first of a
// connection, which takes up the session it names where it is not older than
// parkFor. {"type":"keep","entry":"…"} puts the reading on the sheet; the same
// entry sent twice is written once.
//
// The server answers {"type":"reading",…} as often as publishEvery says, and
// {"type":"hearing",…} where the engine takes longer; {"type":"kept",…};
// {"type":"error","message":…}.
package live

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"sync"
	"time"

	"github.com/coder/websocket"

	"etabli.example/fault"
	"etabli.example/trade/order"
	"etabli.example/trade/staff"
	"etabli.example/workshop"
)

// Limits of the live connection.
const (
	maxSessions = 32                     // measured at once or parked; the oldest parked goes first
	maxFrame    = 1 << 20                // bytes of one message
	queue       = 64                     // messages read ahead; beyond that the network waits
	parkFor     = 90 * time.Second       // a session without connection is kept
	idleFor     = 2 * time.Minute        // a connection without sound is closed
	longest     = 30 * time.Minute       // of a simulated watch without a word from the page
	publishAt   = 200 * time.Millisecond // a page that hears is told something at least as often
	startWithin = 10 * time.Second
	writeWithin = 10 * time.Second
)

// publishEvery is how often a reading is made. The page draws the trace each
// time and changes its digits at most five times a second: a little oftener
// than that here keeps it at five there.
const publishEvery = 150 * time.Millisecond

// Handler answers GET /live/{number}. It is safe for concurrent use.
type Handler struct {
	shop *workshop.Workshop
	who  func(*http.Request) (staff.Actor, error)
	log  *slog.Logger

	serving  sync.WaitGroup
	mu       sync.Mutex
	closing  bool
	open     map[*websocket.Conn]bool
	sessions map[string]*session
}

// New returns the handler. who tells who sent a request, or an Unauthenticated
// fault.
func New(shop *workshop.Workshop, who func(*http.Request) (staff.Actor, error), log *slog.Logger) *Handler {
	return &Handler{shop: shop, who: who, log: log, open: map[*websocket.Conn]bool{}, sessions: map[string]*session{}}
}

// ServeHTTP implements http.Handler: it checks who and what before the
// connection is opened, and returns when it is closed.
func (h *Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	who, err := h.who(r)
	if err == nil {
		err = who.Must(staff.Measure)
	}
	var row order.Row
	if err == nil {
		row, err = h.shop.OpenOne(r.Context(), r.PathValue("number"))
	}
	if err != nil {
		http.Error(w, http.StatusText(statusOf(err)), statusOf(err))
		return
	}
	var card workshop.CardClock
	if known, err := r.Cookie(workshop.CardCookie); err == nil {
		if card, err = h.shop.CardClock(r.Context(), known.Value); err != nil {
			h.log.Warn("live", "error", err)
		}
	}
	c, err := websocket.Accept(w, r, nil)
	if err != nil {
		h.log.Warn("live", "error", err) // Accept has answered
		return
	}
	c.SetReadLimit(maxFrame)
	if !h.enter(c) {
		_ = c.Close(websocket.StatusGoingAway, "") // the peer may be gone; nothing to do about it
		return
	}
	defer h.leave(c)
	k := &connection{h: h, c: c, who: who, row: row, card: card}
	if err := k.run(r.Context()); fault.KindOf(err) == fault.Internal && websocket.CloseStatus(err) == -1 && !lost(err) {
		h.log.Warn("live", "order", row.Number, "error", err)
	}
}

// lost reports whether err is a connection that ended, which is no news.
func lost(err error) bool {
	return err == nil || errors.Is(err, context.Canceled) || errors.Is(err, io.EOF) || errors.Is(err, net.ErrClosed)
}

// enter counts a connection in, unless the handler is closing.
func (h *Handler) enter(c *websocket.Conn) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	if !h.closing {
		h.serving.Add(1)
		h.open[c] = true
	}
	return !h.closing
}

func (h *Handler) leave(c *websocket.Conn) {
	h.mu.Lock()
	defer h.mu.Unlock()
	delete(h.open, c)
	h.serving.Done()
}

// Close takes leave of every connection and waits for them: a page that is told
// so comes back to the next process, and one that does not answer is left after
// some seconds. The server does not do it: it does not count a connection that
// was upgraded.
func (h *Handler) Close() {
	var leaving sync.WaitGroup
	h.mu.Lock()
	h.closing = true
	for c := range h.open {
		leaving.Go(func() { _ = c.Close(websocket.StatusGoingAway, "") }) // the peer may be gone
	}
	h.mu.Unlock()
	leaving.Wait()
	h.mu.Lock()
	for _, s := range h.sessions {
		if s.stop != nil {
			s.stop()
		}
	}
	h.mu.Unlock()
	h.serving.Wait()
}

func statusOf(err error) int {
	switch fault.KindOf(err) {
	case fault.Unauthenticated:
		return http.StatusUnauthorized
	case fault.Denied:
		return http.StatusForbidden
	case fault.NotFound:
		return http.StatusNotFound
	}
	return http.StatusInternalServerError
}

// take returns the session of that key for one connection alone, made where
// there is none; fresh tells. One in another connection's hands is asked back
// from it (a page that lost its network comes again before the server knows),
// and nil is returned until it is free.
func (h *Handler) take(key string, stop func(), now time.Time) (s *session, fresh bool, err error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.sweep(now)
	s = h.sessions[key]
	switch {
	case s != nil && s.stop != nil:
		s.stop()
		return nil, false, nil
	case s != nil:
		s.stop = stop
		return s, false, nil
	case len(h.sessions) >= maxSessions && !h.dropOldest():
		return nil, false, fault.New(fault.Unavailable, "measurement.live_full", maxSessions)
	}
	s = &session{stop: stop}
	h.sessions[key] = s
	return s, true, nil
}

// park leaves the session for its page to come back to.
func (h *Handler) park(s *session, now time.Time) {
	h.mu.Lock()
	defer h.mu.Unlock()
	s.parked, s.stop = now, nil
}

// sweep forgets the sessions nobody came back to.
func (h *Handler) sweep(now time.Time) {
	for key, s := range h.sessions {
		if s.stop == nil && now.Sub(s.parked) > parkFor {
			delete(h.sessions, key)
		}
	}
}

// dropOldest makes room by forgetting the session parked longest.
func (h *Handler) dropOldest() bool {
	oldest := ""
	for key, s := range h.sessions {
		if s.stop == nil && (oldest == "" || s.parked.Before(h.sessions[oldest].parked)) {
			oldest = key
		}
	}
	delete(h.sessions, oldest)
	return oldest != ""
}
