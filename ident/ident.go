// Package ident makes and reads the names of things: time-ordered ids, secret
// tokens for links and sessions, and the order numbers people speak on the
// phone. It does not hand out sequence numbers (the store does, at issue) and
// keeps no secret.
package ident

import (
	"crypto/rand"
	"encoding/binary"
	"sync"
	"time"
)

// crockford is Douglas Crockford's base-32 alphabet in lower case: no i, l, o or u.
const crockford = "0123456789abcdefghjkmnpqrstvwxyz"

// IDLength is the length of every id that New returns.
const IDLength = 26

// maxMillis is the largest instant that fits the id's 48-bit clock (year 10889).
const maxMillis = 1<<48 - 1

// maker hands out ids that always grow, even within one millisecond and when
// the clock steps back. The zero value is ready; it is safe for concurrent use.
type maker struct {
	mu     sync.Mutex
	drawn  bool // false until the first id
	millis uint64
	hi     uint16 // the upper 16 of the 80 random bits
	lo     uint64 // the lower 64
}

var process maker

// New returns an id of 26 lower-case characters, safe in a URL and a file
// name: 48 bits of milliseconds since 1970 and 80 random bits in Crockford's
// base 32, so that text order is time order. Within one process each id is
// greater than the one before.
func New() string { return process.next(time.Now()) }

func (m *maker) next(now time.Time) string {
	ms := uint64(max(now.UnixMilli(), 0))
	m.mu.Lock()
	defer m.mu.Unlock()
	if ms > m.millis && m.millis < maxMillis || !m.drawn {
		m.drawn = true
		m.millis = min(ms, maxMillis)
		m.draw()
	} else {
		m.step()
	}
	return encode(m.millis, m.hi, m.lo)
}

// draw takes fresh randomness, leaving the top bit free so that step has room.
func (m *maker) draw() {
	var b [10]byte
	rand.Read(b[:]) // never fails: crypto/rand ends the process instead
	m.hi = binary.BigEndian.Uint16(b[:2]) & 0x7fff
	m.lo = binary.BigEndian.Uint64(b[2:])
}

// step adds a random amount to the 80 bits: greater than before, and the next
// id still cannot be guessed from this one.
func (m *maker) step() {
	var b [4]byte
	rand.Read(b[:])
	lo := m.lo + uint64(binary.BigEndian.Uint32(b[:])) + 1
	if lo < m.lo {
		m.hi++
		if m.hi == 0 { // 2^79 ids in one millisecond: borrow the next one
			m.millis++
		}
	}
	m.lo = lo
}

// encode writes 48+80 bits as 26 characters; the first carries only three bits.
func encode(millis uint64, hi uint16, lo uint64) string {
	var out [IDLength]byte
	top := millis<<16 | uint64(hi)
	for i := IDLength - 1; i >= 0; i-- {
		out[i] = crockford[lo&31]
		lo = lo>>5 | top<<59
		top >>= 5
	}
	return string(out[:])
}

// ValidID reports whether s has the shape of an id made by New.
func ValidID(s string) bool {
	if len(s) != IDLength || s[0] > '7' {
		return false
	}
	for i := range len(s) {
		if digit(s[i]) < 0 {
			return false
		}
	}
	return true
}

// TimeOf returns the instant, in UTC to the millisecond, at which id was made;
// false where id is not one of ours.
func TimeOf(id string) (time.Time, bool) {
	if !ValidID(id) {
		return time.Time{}, false
	}
	var millis int64
	for i := range 10 { // ten characters of five bits hold the clock: 50 bits, the top two zero
		millis = millis<<5 | int64(digit(id[i]))
	}
	return time.UnixMilli(millis).UTC(), true
}

func digit(c byte) int {
	for i := range len(crockford) {
		if crockford[i] == c {
			return i
		}
	}
	return -1
}
