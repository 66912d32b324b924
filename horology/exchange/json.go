package exchange

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"fmt"
	"io"
	"time"
)

//go:embed session.schema.json
var schema []byte

// Schema is the JSON Schema (2020-12) of a session.
func Schema() []byte { return bytes.Clone(schema) }

// EncodeJSON writes s. It refuses what Check refuses.
func EncodeJSON(w io.Writer, s Session) error {
	if err := s.Check(); err != nil {
		return err
	}
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	return e.Encode(s)
}

// DecodeJSON reads one session and nothing behind it; a key that is not known
// is refused, so that nothing is lost unsaid.
func DecodeJSON(r io.Reader) (Session, error) {
	d := json.NewDecoder(io.LimitReader(r, MaxBytes))
	d.DisallowUnknownFields()
	var s Session
	if err := d.Decode(&s); err != nil {
		return Session{}, fmt.Errorf("%w: %w", ErrNotASession, err)
	}
	if _, err := d.Token(); err != io.EOF {
		return Session{}, fmt.Errorf("%w: more follows", ErrNotASession)
	}
	if s.Readings == nil {
		return Session{}, fmt.Errorf("%w: no readings", ErrNotASession)
	}
	for i := range s.Readings {
		if at := s.Readings[i].At; at != nil {
			u := at.UTC()
			s.Readings[i].At = &u
		}
	}
	return s, s.Check()
}

// instant is how a moment is written: no finer than nanoseconds, UTC.
const instant = time.RFC3339Nano
