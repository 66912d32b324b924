// Package fault is the one error value of the house: a kind that machines act
// on, and a translation key that people read. It is not a logger and holds no
// sentence in any language; package locale turns Key and Args into words.
package fault

import (
	"errors"
	"fmt"
	"sort"
	"strings"
)

// Kind says what class of failure an error is; edges map it to an HTTP status
// or an exit status.
type Kind uint8

// The kinds. Internal is the zero value: an error that nobody classified.
const (
	Internal        Kind = iota // a defect or a failure of the machine; the cause is never shown
	Invalid                     // what was asked is malformed; Fields says where
	NotFound                    // no such thing
	Conflict                    // the state of things forbids it (a stage move, a duplicate)
	Denied                      // this person may not
	Unauthenticated             // nobody is signed in
	Stale                       // somebody wrote since the person looked
	TooLarge                    // over a limit
	Unavailable                 // try again later
)

var kindNames = [...]string{"internal", "invalid", "not_found", "conflict", "denied", "unauthenticated", "stale", "too_large", "unavailable"}

// String returns the kind's name as used in JSON and logs.
func (k Kind) String() string {
	if int(k) < len(kindNames) {
		return kindNames[k]
	}
	return "internal"
}

// Message is a translation key with its arguments, kept apart from any language.
type Message struct {
	Key  string
	Args []any
}

// Error is the house's error. Key and Args name the sentence a person is
// shown; Fields maps a form field to the sentence shown beside it.
type Error struct {
	Kind   Kind
	Op     string // operation that failed, e.g. "store.Append"; for logs
	Key    string
	Args   []any
	Fields map[string]Message
	Err    error // cause; for logs, never shown
}

// New returns an error of kind k whose sentence is key with args.
func New(k Kind, key string, args ...any) *Error {
	return &Error{Kind: k, Key: key, Args: args}
}

// Wrap returns an internal error of operation op caused by err, or an error
// that keeps err's kind and sentence where err already is a fault. Nil stays nil.
func Wrap(op string, err error) error {
	if err == nil {
		return nil
	}
	var e *Error
	if errors.As(err, &e) {
		return fmt.Errorf("%s: %w", op, err)
	}
	return &Error{Kind: Internal, Op: op, Key: "fault.internal", Err: err}
}

// Error implements error; it is for logs, not for people.
func (e *Error) Error() string {
	var b strings.Builder
	if e.Op != "" {
		b.WriteString(e.Op + ": ")
	}
	b.WriteString(e.Kind.String())
	if e.Key != "" {
		b.WriteString(" " + e.Key)
	}
	if len(e.Fields) > 0 {
		names := make([]string, 0, len(e.Fields))
		for f, m := range e.Fields {
			names = append(names, f+"="+m.Key)
		}
		sort.Strings(names)
		b.WriteString(" [" + strings.Join(names, " ") + "]")
	}
	if e.Err != nil {
		b.WriteString(": " + e.Err.Error())
	}
	return b.String()
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// KindOf returns the kind of the first fault in err's chain; Internal where there is none.
func KindOf(err error) Kind {
	var e *Error
	if errors.As(err, &e) {
		return e.Kind
	}
	return Internal
}

// Is reports whether err is a fault of kind k. A nil error is of no kind.
func Is(err error, k Kind) bool { return err != nil && KindOf(err) == k }

// Problems collects what is wrong with a form: all of it, not the first.
type Problems map[string]Message

// Add notes that field has the problem key. The first problem of a field stays.
func (p *Problems) Add(field, key string, args ...any) {
	if *p == nil {
		*p = Problems{}
	}
	if _, taken := (*p)[field]; !taken {
		(*p)[field] = Message{Key: key, Args: args}
	}
}

// Err returns nil where there is no problem, otherwise one Invalid error that
// carries all of them.
func (p Problems) Err() error {
	if len(p) == 0 {
		return nil
	}
	return &Error{Kind: Invalid, Key: "fault.invalid", Fields: p}
}

// Word is a translation key as an argument of a sentence: it is translated
// where the sentence is.
func Word(key string) Message { return Message{Key: key} }
