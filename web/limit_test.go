package web

import (
	"strconv"
	"testing"
	"time"
)

func TestLimiter(t *testing.T) {
	now := time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)
	var l limiter
	for i := range 30 {
		if _, ok := l.take("a", 30, now); !ok {
			t.Fatal("refused at", i)
		}
	}
	wait, ok := l.take("a", 30, now)
	if ok || wait.Round(time.Millisecond) != 2*time.Second {
		t.Error("the thirty-first of the minute:", ok, wait)
	}
	if _, ok := l.take("b", 30, now); !ok {
		t.Error("one address pays for another")
	}
	if _, ok := l.take("a", 30, now.Add(1900*time.Millisecond)); ok {
		t.Error("too soon")
	}
	if _, ok := l.take("a", 30, now.Add(2100*time.Millisecond)); !ok {
		t.Error("having waited")
	}
	if _, ok := l.take("a", 30, now.Add(-time.Hour)); ok {
		t.Error("a clock that goes back gives nothing away")
	}
}

// Whoever ran out of tries cannot buy new ones with invented addresses, and what
// those take is given back.
func TestLimiterIsNotFlushed(t *testing.T) {
	now := time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)
	var l limiter
	for range 30 {
		l.take("a", 30, now)
	}
	for i := range mostBuckets + 10 {
		l.take(strconv.Itoa(i), 30, now)
	}
	if _, ok := l.take("a", 30, now); ok {
		t.Error("invented addresses gave new tries to one that had none left")
	}
	if len(l.by) > mostBuckets+1 {
		t.Errorf("%d addresses are held", len(l.by))
	}
	for i := range mostBuckets + 10 {
		l.take("later"+strconv.Itoa(i), 30, now.Add(2*time.Minute))
	}
	if _, held := l.by["a"]; held {
		t.Error("an address that has been quiet for two minutes is still held where room is wanted")
	}
}
