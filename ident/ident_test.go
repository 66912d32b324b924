package ident

import (
	"encoding/base64"
	"math"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestNew_growsAndIsUnique(t *testing.T) {
	t.Parallel()
	const writers, each = 8, 2000
	all := make([][]string, writers)
	var wg sync.WaitGroup
	for w := range writers {
		wg.Go(func() {
			for range each {
				all[w] = append(all[w], New())
			}
		})
	}
	wg.Wait()
	for _, ids := range all {
		if !slices.IsSorted(ids) {
			t.Error("one goroutine saw ids go down")
		}
	}
	ids := slices.Concat(all...)
	slices.Sort(ids)
	if n := len(slices.Compact(ids)); n != writers*each {
		t.Errorf("%d different ids, want %d", n, writers*each)
	}
}

func TestNew_shape(t *testing.T) {
	t.Parallel()
	before := time.Now().Truncate(time.Millisecond)
	id := New()
	if !ValidID(id) || url.PathEscape(id) != id || strings.ToLower(id) != id {
		t.Errorf("%q is no id", id)
	}
	at, ok := TimeOf(id)
	// An id may borrow from the future only after a burst of 2^79; a second is slack for a slow machine.
	if !ok || at.Before(before) || at.After(time.Now().Add(time.Second)) {
		t.Errorf("TimeOf(%q) = %v, %v; made at %v", id, at, ok, before)
	}
}

func TestMaker_growsWhateverTheClockDoes(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		var m maker
		last := ""
		for _, ms := range rapid.SliceOfN(rapid.Int64Range(-5, maxMillis+5), 1, 40).Draw(t, "clock") {
			id := m.next(time.UnixMilli(ms))
			if id <= last || !ValidID(id) {
				t.Fatalf("%q after %q", id, last)
			}
			last = id
		}
	})
}

func TestMaker_carries(t *testing.T) {
	t.Parallel()
	now := time.UnixMilli(1_795_489_744_000)
	m := maker{drawn: true, millis: uint64(now.UnixMilli()), hi: 41, lo: math.MaxUint64}
	before := encode(m.millis, m.hi, m.lo)
	if id := m.next(now); id <= before || m.hi != 42 {
		t.Errorf("%q after %q, hi %d", id, before, m.hi)
	}
	m.hi, m.lo = math.MaxUint16, math.MaxUint64
	before = encode(m.millis, m.hi, m.lo)
	id := m.next(now)
	if id <= before {
		t.Errorf("%q after %q", id, before)
	}
	if at, _ := TimeOf(id); !at.Equal(now.Add(time.Millisecond)) {
		t.Errorf("a full millisecond gave %v", at)
	}
}

func TestEncode_keepsOrderAndTime(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		a := rapid.Uint64Range(0, maxMillis).Draw(t, "a")
		b := rapid.Uint64Range(0, maxMillis).Draw(t, "b")
		hi, lo := rapid.Uint16().Draw(t, "hi"), rapid.Uint64().Draw(t, "lo")
		ida, idb := encode(a, hi, lo), encode(b, lo16(lo), lo)
		if a < b && ida >= idb {
			t.Fatalf("%d < %d but %s ≥ %s", a, b, ida, idb)
		}
		if at, ok := TimeOf(ida); !ok || at.UnixMilli() != int64(a) {
			t.Fatalf("TimeOf(%s) = %v, %v; want %d", ida, at, ok, a)
		}
	})
}

func lo16(v uint64) uint16 { return uint16(v) }

func TestValidID_refuses(t *testing.T) {
	t.Parallel()
	good := "01hzy3v7q8s9d0f1g2h3j4k5m6"
	if !ValidID(good) {
		t.Fatalf("%q refused", good)
	}
	for _, s := range []string{"", good[1:], good + "0", "8" + good[1:], strings.ToUpper(good), good[:25] + "l", good[:25] + "/", good[:24] + "é"} {
		if ValidID(s) {
			t.Errorf("%q accepted", s)
		}
		if _, ok := TimeOf(s); ok {
			t.Errorf("TimeOf(%q) is ok", s)
		}
	}
}

func TestToken(t *testing.T) {
	t.Parallel()
	a, b := Token(), Token()
	if a == b {
		t.Error("the same token twice")
	}
	raw, err := base64.RawURLEncoding.DecodeString(a)
	if err != nil || len(raw) != 32 {
		t.Errorf("token %q: %d bytes, %v", a, len(raw), err)
	}
}

func TestHashToken(t *testing.T) {
	t.Parallel()
	// FIPS 180-4's example: SHA-256 of "abc".
	const want = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
	if got := HashToken("abc"); got != want {
		t.Errorf("HashToken = %s", got)
	}
}
