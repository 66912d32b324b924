package journal

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"time"

	"etabli.example/fault"
)

// Reader says how one kind of entry is read into a state S, up to which version
// of its data, and of which competences of RNCP37858 (C1–C19) it is evidence.
type Reader[S any] struct {
	Version  int
	Apply    func(*S, Entry) error
	Evidence []string
}

// Readers is the one list of what a kind of sheet can hold.
type Readers[S any] map[Kind]Reader[S]

// Reads makes the reader of a kind, up to version, from a function that takes
// the kind's data, decoded.
func Reads[S, T any](version int, f func(*S, Entry, T), evidence ...string) Reader[S] {
	return Reader[S]{Version: version, Evidence: evidence, Apply: func(s *S, e Entry) error {
		var data T
		if err := e.Decode(&data); err != nil {
			return err
		}
		f(s, e, data)
		return nil
	}}
}

// Apply reads the entry that follows number last. A kind that nobody knows, a
// version of tomorrow or data that does not parse is an error, never skipped.
func (r Readers[S]) Apply(s *S, last int64, e Entry) error {
	if e.Seq != last+1 {
		return fmt.Errorf("journal: entry %d follows %d", e.Seq, last)
	}
	k, ok := r[e.Kind]
	if !ok || e.Version < 1 || e.Version > k.Version {
		return fmt.Errorf("journal: entry %d: unknown kind %s v%d", e.Seq, e.Kind, e.Version)
	}
	if err := k.Apply(s, e); err != nil {
		return fmt.Errorf("journal: entry %d: %w", e.Seq, err)
	}
	return nil
}

// Kinds lists the kinds, sorted.
func (r Readers[S]) Kinds() []Kind { return slices.Sorted(maps.Keys(r)) }

// EvidenceOf returns the competences that entries of the kind are evidence of.
func (r Readers[S]) EvidenceOf(k Kind) []string { return slices.Clone(r[k].Evidence) }

// Author is who writes an entry, when, and under which id.
type Author struct {
	EntryID string
	By      string
	Bench   string
	Now     time.Time
}

// Draft makes the draft of an entry of kind k, at the kind's newest version. Every
// text of data is held to the rule for what is typed (fault.Problems.Words).
func (r Readers[S]) Draft(a Author, k Kind, keys []string, data any, blobs ...string) (Draft, error) {
	var bad fault.Problems
	if bad.Words(data); len(bad) > 0 {
		return Draft{}, bad.Err()
	}
	b, err := json.Marshal(data)
	if err != nil {
		return Draft{}, fmt.Errorf("journal: draft of %s: %w", k, err)
	}
	return Draft{ID: a.EntryID, Kind: k, Version: r[k].Version, By: a.By, Bench: a.Bench, Happened: a.Now, Keys: keys, Blobs: blobs, Data: b}, nil
}
