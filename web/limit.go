package web

import (
	"context"
	"maps"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"

	"etabli.example/fault"
	"etabli.example/ident"
	"etabli.example/trade/staff"
	"etabli.example/workshop"
)

// limiter counts what each network address tries: a bucket that holds a minute's
// tries and fills again as time goes by.
type limiter struct {
	mu sync.Mutex
	by map[string]bucket
}

type bucket struct {
	left float64
	at   time.Time
}

// mostBuckets bounds what addresses somebody invents can fill.
const mostBuckets = 50_000

// take takes one try of so many a minute; otherwise it says how long to wait.
func (l *limiter) take(key string, aMinute int, now time.Time) (wait time.Duration, ok bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.by == nil {
		l.by = map[string]bucket{}
	}
	if len(l.by) > mostBuckets {
		l.forget(now)
	}
	b, known := l.by[key]
	if !known {
		b = bucket{left: float64(aMinute), at: now}
	}
	rate := float64(aMinute) / float64(time.Minute)
	b.left = min(float64(aMinute), b.left+rate*float64(max(now.Sub(b.at), 0)))
	b.at = now
	if ok = b.left >= 1; ok {
		b.left--
	} else {
		wait = time.Duration((1 - b.left) / rate)
	}
	l.by[key] = b
	return wait, ok
}

// forget makes room. First go the addresses that have been quiet for a minute,
// whose buckets are full again; then those that have tries left, so that whoever
// ran out of them cannot buy new ones with invented addresses.
func (l *limiter) forget(now time.Time) {
	for _, over := range []func(bucket) bool{
		func(b bucket) bool { return now.Sub(b.at) >= time.Minute },
		func(b bucket) bool { return b.left >= 1 },
		func(bucket) bool { return true },
	} {
		if len(l.by) <= mostBuckets {
			return
		}
		maps.DeleteFunc(l.by, func(_ string, b bucket) bool { return over(b) })
	}
}

// limited names what a request tries that nobody may try as often as they like,
// and how often one address may.
func limited(r *http.Request, l workshop.TryLimits) (what string, aMinute int) {
	switch path := r.URL.Path; {
	case r.Method == http.MethodPost && path == "/signin", strings.HasPrefix(path, "/start/"):
		return "sign_in", l.SignIn
	case strings.HasPrefix(path, "/c/"), strings.HasPrefix(path, "/camera/"):
		return "link", l.Link
	}
	return "", 0
}

const tooMany = "web.fault.too_many"

// limiting refuses who tries too often to sign in or to open a customer's page.
func (s *Server) limiting(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if what, _ := limited(r, workshop.TryLimits{}); what == "" || s.shop == nil {
			next.ServeHTTP(w, r)
			return
		}
		limits, err := s.shop.TryLimits(r.Context())
		what, aMinute := limited(r, limits)
		wait, ok := s.limits.take(what+" "+s.address(r).String(), aMinute, s.shop.Now())
		if err == nil && ok {
			next.ServeHTTP(w, r)
			return
		}
		s.wrap(func(w http.ResponseWriter, r *http.Request) error {
			if err != nil {
				return err
			}
			seconds := int(wait.Seconds()) + 1
			w.Header().Set("Retry-After", strconv.Itoa(seconds))
			if seconds > 1 || wait > 0 {
				s.noteAttempt(r, staff.AttemptTooMany, what)
			}
			return fault.New(fault.Unavailable, tooMany, seconds)
		}).ServeHTTP(w, r)
	})
}

// attemptsMost is how many refusals of one address a minute are kept: more tell
// nothing more, and must not fill the disk.
const attemptsMost = 10

// noteAttempt keeps that something was refused, for the administrator to see.
func (s *Server) noteAttempt(r *http.Request, why, route string) {
	s.metrics.refused.WithLabelValues(why).Inc()
	if s.shop == nil {
		return
	}
	from := s.address(r)
	if _, ok := s.limits.take("attempt "+from.String(), attemptsMost, s.shop.Now()); !ok {
		return
	}
	a := staff.Attempt{Why: why, Route: route}
	if from.IsValid() {
		a.Address = from.String()
	}
	if who, err := s.who(r); err == nil {
		a.Person = who.ID
	}
	if n, err := ident.ParseNumber(r.PathValue("number")); err == nil {
		a.Number = n.String()
	}
	if err := s.shop.NoteAttempt(context.WithoutCancel(r.Context()), a); err != nil {
		s.log.Error("attempt", "error", logError(err))
	}
}
