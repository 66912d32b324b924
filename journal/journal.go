// Package journal is the book's paper: sheets of entries that are only ever
// added to, each carrying the hash of the one before. It knows how an entry is
// written, hashed and checked; it does not know what any kind of entry means,
// nor where entries are kept.
package journal

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"
	"unicode/utf8"
)

// Kind names a kind of entry, e.g. "received"; its meaning belongs to the trade.
type Kind string

// Hash is a SHA-256 in lower-case hexadecimal; empty before the first entry.
type Hash string

// Draft is a fact that somebody wants written: everything but its place.
type Draft struct {
	ID       string          `json:"id"`              // made by whoever writes, unique in the house: a repeated append is recognised
	Kind     Kind            `json:"kind"`            // what
	Version  int             `json:"v"`               // version of the kind's data
	By       string          `json:"by"`              // person id, or "customer", or "system"
	Bench    string          `json:"bench,omitempty"` // where
	Happened time.Time       `json:"happened"`        // as claimed, UTC, microseconds
	Keys     []string        `json:"keys,omitempty"`  // what it touches: "stage", "quote/3", "step/12"
	Blobs    []string        `json:"blobs,omitempty"` // content hashes it names
	Data     json.RawMessage `json:"data"`            // the kind's own facts
}

// Entry is a fact as it stands on its sheet.
type Entry struct {
	Draft
	House    string
	Sheet    string
	Seq      int64     // 1, 2, 3… without gaps
	Recorded time.Time // our clock, UTC, microseconds
	Prev     Hash      // hash of entry Seq-1; empty for the first
	Hash     Hash      // SHA-256(Prev ‖ "\n" ‖ Text)
	Text     string    // what was hashed, byte for byte
}

// written is the text of an entry: its field order is part of the format.
type written struct {
	House    string    `json:"house"`
	Sheet    string    `json:"sheet"`
	Seq      int64     `json:"seq"`
	Recorded time.Time `json:"recorded"`
	Draft
}

// Write gives draft its place after the entry prev (zero for an empty sheet)
// of the named sheet and hashes it. The instant recorded is rounded to
// microseconds, as stores keep it. What it returns is what Read gives of its text.
func Write(house, sheet string, prev Entry, d Draft, recorded time.Time) (Entry, error) {
	if err := d.check(); err != nil {
		return Entry{}, err
	}
	d.Happened = d.Happened.UTC().Truncate(time.Microsecond)
	if len(d.Keys) == 0 {
		d.Keys = nil
	}
	if len(d.Blobs) == 0 {
		d.Blobs = nil
	}
	data, err := json.Marshal(d.Data) // compact, as it will stand in the text
	if err != nil {
		return Entry{}, fmt.Errorf("journal: data of %s: %w", d.Kind, err)
	}
	d.Data = data
	w := written{House: house, Sheet: sheet, Seq: prev.Seq + 1, Recorded: recorded.UTC().Truncate(time.Microsecond), Draft: d}
	text, err := json.Marshal(w)
	if err != nil {
		return Entry{}, fmt.Errorf("journal: write %s: %w", d.Kind, err)
	}
	return w.entry(string(text), prev.Hash), nil
}

// entry is what was written, with its text and the hash before it.
func (w written) entry(text string, prev Hash) Entry {
	return Entry{Draft: w.Draft, House: w.House, Sheet: w.Sheet, Seq: w.Seq, Recorded: w.Recorded,
		Prev: prev, Hash: Sum(prev, text), Text: text}
}

func (d Draft) check() error {
	switch {
	case d.ID == "":
		return errors.New("journal: an entry needs an id")
	case d.Kind == "" || d.Version < 1:
		return errors.New("journal: an entry needs a kind and a version")
	case d.By == "":
		return errors.New("journal: an entry says who")
	case d.Happened.IsZero():
		return errors.New("journal: an entry says when")
	case len(d.Data) == 0:
		return errors.New("journal: an entry has data, {} at least")
	}
	for _, text := range slices.Concat([]string{d.ID, string(d.Kind), d.By, d.Bench}, d.Keys, d.Blobs) {
		if !utf8.ValidString(text) {
			return errors.New("journal: an entry is text (UTF-8)")
		}
	}
	return nil
}

// Read parses the text of an entry that follows the hash prev, and computes its hash.
func Read(text string, prev Hash) (Entry, error) {
	var w written
	if err := json.Unmarshal([]byte(text), &w); err != nil {
		return Entry{}, fmt.Errorf("journal: read: %w", err)
	}
	return w.entry(text, prev), nil
}

// Sum is the hash of an entry's text that follows prev.
func Sum(prev Hash, text string) Hash {
	h := sha256.New()
	h.Write([]byte(prev))
	h.Write([]byte("\n"))
	h.Write([]byte(text))
	return Hash(hex.EncodeToString(h.Sum(nil)))
}

// Decode reads the entry's data into v, which must be of the kind's type.
func (d Draft) Decode(v any) error {
	if err := json.Unmarshal(d.Data, v); err != nil {
		return fmt.Errorf("journal: data of %s v%d: %w", d.Kind, d.Version, err)
	}
	return nil
}

// A Break is a place where a sheet does not hold.
type Break struct {
	Seq int64
	Why string // "gap", "prev", "hash", "sheet", "unreadable"
}

// Error implements error.
func (b Break) Error() string { return fmt.Sprintf("entry %d: %s", b.Seq, b.Why) }

// Check reads a sheet from its first entry and returns the first break, or nil
// where the chain is whole: seqs without gaps, each entry hashed over the one
// before, every text belonging to this sheet.
func Check(house, sheet string, entries []Entry) error {
	var prev Hash
	for i, e := range entries {
		want := int64(i + 1)
		got, err := Read(e.Text, prev)
		switch {
		case err != nil:
			return Break{want, "unreadable"}
		case e.Seq != want || got.Seq != want:
			return Break{want, "gap"}
		case got.House != house || got.Sheet != sheet || e.Sheet != sheet:
			return Break{want, "sheet"}
		case e.Prev != prev:
			return Break{want, "prev"}
		case e.Hash != got.Hash:
			return Break{want, "hash"}
		}
		prev = e.Hash
	}
	return nil
}

// Touches reports whether any of the entries touches any of the keys: after a
// lost race a decision may be appended without asking only if none does.
func Touches(entries []Entry, keys []string) bool {
	for _, e := range entries {
		for _, k := range e.Keys {
			for _, want := range keys {
				if k == want {
					return true
				}
			}
		}
	}
	return false
}
