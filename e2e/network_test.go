package e2e

import (
	"fmt"
	"io"
	"net"
	"net/url"
	"os"
	"sync"
	"testing"
	"time"

	"etabli.example/trade/order"
	"etabli.example/trade/staff"
)

// cable is a network between a browser and the house that can be pulled out.
type cable struct {
	net.Listener
	to   string
	mu   sync.Mutex
	out  bool
	live map[net.Conn]bool
}

func plug(t testing.TB, to string) *cable {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	c := &cable{Listener: l, to: to, live: map[net.Conn]bool{}}
	t.Cleanup(func() { l.Close(); c.pull(true) })
	go func() {
		for {
			from, err := l.Accept()
			if err != nil {
				return // the test is over
			}
			go c.carry(from)
		}
	}()
	return c
}

func (c *cable) carry(from net.Conn) {
	defer from.Close()
	to, err := net.Dial("tcp", c.to)
	if err != nil {
		return
	}
	defer to.Close()
	c.mu.Lock()
	out := c.out
	c.live[from], c.live[to] = true, true
	c.mu.Unlock()
	if out {
		return
	}
	go func() { _, _ = io.Copy(to, from); to.Close() }()
	_, _ = io.Copy(from, to)
}

// pull takes the cable out, ending every connection, or puts it back.
func (c *cable) pull(out bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.out = out
	for k := range c.live {
		if out {
			k.Close()
			delete(c.live, k)
		}
	}
}

// outage is how long the network is away: 30 s where ETABLI_OUTAGE or CI asks for
// the whole of it, else long enough for every way of trying again to be tried.
func outage() time.Duration {
	if d, err := time.ParseDuration(os.Getenv("ETABLI_OUTAGE")); err == nil {
		return d
	}
	if os.Getenv("CI") == "true" {
		return 30 * time.Second
	}
	return 12 * time.Second
}

// A bench that loses its network in the middle of a session keeps what was kept,
// loses no sound, and goes on by itself; a reading kept while it was away is
// written once.
func TestNetworkLost(t *testing.T) {
	h := openHouse(t)
	at := h.at(t)
	u, err := url.Parse(h.url)
	if err != nil {
		t.Fatal(err)
	}
	c := plug(t, u.Host)
	h.url = "http://" + c.Addr().String()
	b := h.open(t, soundOf(t, heard, 60))
	b.as("samir", "fr")
	number := at[string(order.InDiagnosis)]
	b.to("/orders/" + number + "/measure?phase=before&position=CB&winding=24h&source=microphone")
	eval[bool](b, `(document.querySelector("[data-part=listen]").click(), true)`)
	const free = `document.querySelector("[data-part=keep]:not([hidden])[aria-disabled=false]")`
	b.await(free)
	before := len(readings(t, h, number))

	c.pull(true)
	b.await(`document.querySelector("[data-part=note]").textContent.includes("Réseau coupé")`)
	eval[bool](b, `(document.querySelector("[data-part=keep]").click(), true)`) // kept with no network at all
	time.Sleep(outage())
	if n := len(readings(t, h, number)); n != before {
		t.Fatalf("%d readings more than before, with the cable out", n-before)
	}
	c.pull(false)
	deadline := time.Now().Add(patience)
	for len(readings(t, h, number)) == before {
		if time.Now().After(deadline) {
			b.failed(fmt.Errorf("the reading kept while the network was away never came"))
		}
		time.Sleep(200 * time.Millisecond)
	}
	b.await(free) // the next position is measured already
	got := readings(t, h, number)
	if len(got) != before+1 {
		t.Fatalf("%d readings were written, want 1", len(got)-before)
	}
	r := got[len(got)-1]
	if r.Rate == nil || *r.Rate < heard.RateSD-3 || *r.Rate > heard.RateSD+3 {
		t.Errorf("the reading kept is %+v", r)
	}
	for _, n := range r.Notices {
		if n == "samples_missing" {
			t.Errorf("sound was lost: %v", r.Notices)
		}
	}
}

func readings(t testing.TB, h *house, number string) []order.Reading {
	t.Helper()
	boss := staff.Actor{ID: "x", Roles: []staff.Role{staff.Manager}}
	row, err := h.shop.OpenOne(t.Context(), number)
	if err != nil {
		t.Fatal(err)
	}
	s, err := h.shop.State(t.Context(), boss, row.Sheet)
	if err != nil {
		t.Fatal(err)
	}
	return s.Readings
}
