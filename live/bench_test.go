package live_test

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"strconv"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/coder/websocket"

	"etabli.example/timing/synth"
)

// benches is how many measure at once in BenchmarkBenches, seconds how long;
// ETABLI_BENCHES and ETABLI_BENCH_SECONDS change them.
const benches, benchSeconds = 12, 20

func setting(name string, otherwise int) int {
	if n, err := strconv.Atoi(os.Getenv(name)); err == nil && n > 0 {
		return n
	}
	return otherwise
}

// BenchmarkBenches is that many pages listening at once, each sending 48 kHz as
// a microphone does, after a minute of sound that was already heard. It reports
// how often a page was told something (the slowest page), the longest silence,
// how many frames were lost, and how many benches a core carries by the
// processor time used, the clients' own included.
func BenchmarkBenches(b *testing.B) {
	n, seconds := setting("ETABLI_BENCHES", benches), setting("ETABLI_BENCH_SECONDS", benchSeconds)
	x := benchSound(60 + float64(seconds))
	for b.Loop() {
		bench := newBench(b)
		told := make([]updates, n)
		var ready, all sync.WaitGroup
		begin := make(chan struct{})
		ready.Add(n)
		for i := range n {
			all.Go(func() { told[i] = bench.listener(i, x, seconds, &ready, begin) })
		}
		ready.Wait()
		before := processor()
		close(begin)
		all.Wait()
		used := processor() - before
		slowest, longest, lost := 1e9, time.Duration(0), 0
		for _, u := range told {
			slowest = min(slowest, float64(u.n)/u.over.Seconds())
			longest = max(longest, u.longest)
			lost += u.lost
		}
		b.ReportMetric(slowest, "updates/s")
		b.ReportMetric(float64(longest.Milliseconds()), "ms-longest")
		b.ReportMetric(float64(lost), "lost")
		b.ReportMetric(float64(n)*float64(seconds)/used.Seconds(), "benches/core")
	}
}

func benchSound(seconds float64) []float32 {
	c, _ := synth.Make(synth.Watch{BPH: 28800, RateSD: 3, AmplitudeDeg: 287, BeatErrorMS: .2, LiftDeg: 50}, synth.Options{Rate: 48000, Seconds: seconds, SNR: 25, Seed: 7})
	return c.Channels[0]
}

func processor() time.Duration {
	var u syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &u) // cannot fail on this process
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// updates is what one page was told.
type updates struct {
	n       int
	over    time.Duration
	longest time.Duration // between two
	lost    int           // readings that miss sound
}

// listener is one page: a minute of sound at once, then the rest in real time.
func (b *bench) listener(i int, x []float32, seconds int, ready *sync.WaitGroup, begin <-chan struct{}) (u updates) {
	ctx, cancel := context.WithTimeout(b.Context(), 10*time.Minute)
	defer cancel()
	c, _, err := websocket.Dial(ctx, b.url(), nil)
	if err != nil {
		ready.Done()
		b.Error(err)
		return u
	}
	defer c.CloseNow()
	c.SetReadLimit(1 << 22)
	p := &page{b, c, ctx}
	p.say(start("session", fmt.Sprintf("bench-%08d", i), "rate", 48000))
	var counting atomic.Bool
	var caughtUp sync.Once
	done := make(chan struct{})
	go func() {
		defer close(done)
		var last time.Time
		for {
			_, m, err := c.Read(ctx)
			if err != nil {
				return
			}
			now := time.Now()
			var a answer
			if err := json.Unmarshal(m, &a); err != nil {
				b.Error(err)
			}
			if a.Reading.ToS > 59 {
				caughtUp.Do(ready.Done)
			}
			if !counting.Load() {
				last = now
				continue
			}
			if len(a.Reading.Notices) > 0 {
				u.lost++
			}
			u.n++
			u.longest = max(u.longest, now.Sub(last))
			last = now
		}
	}()
	p.frames(0, x[:60*48000])
	<-begin
	counting.Store(true)
	from, at := time.Now(), 60*48000
	for at < len(x) && time.Since(from) < time.Duration(seconds)*time.Second {
		due := min(len(x), 60*48000+int(time.Since(from).Seconds()*48000))
		if due-at >= 2048 {
			p.frames(at, x[at:at+2048])
			at += 2048
			continue
		}
		time.Sleep(10 * time.Millisecond)
	}
	u.over = time.Since(from)
	counting.Store(false)
	_ = c.CloseNow() // ends the reader
	<-done
	return u
}
