package order

import (
	"strings"

	"etabli.example/fault"
	"etabli.example/journal"
	"etabli.example/trade/staff"
)

// Kinds of entry that anybody writes: notes, messages, corrections, erasures.
const (
	KindNote      journal.Kind = "note"
	KindMessage   journal.Kind = "message"
	KindDocument  journal.Kind = "document"
	KindCorrected journal.Kind = "corrected"
	KindErased    journal.Kind = "erased"
	KindDropped   journal.Kind = "dropped"
)

// NoteRef is a note: its words lie outside the sheet.
type NoteRef struct {
	Seq      int64          `json:"-"`
	By       string         `json:"-"`
	Words    journal.Saying `json:"words"`
	Internal bool           `json:"internal"` // never shown to the customer
}

// WriteNote puts a note on the sheet.
func WriteNote(n NoteRef) Decision {
	return func(s State, f Facts) ([]journal.Draft, error) {
		if f.Who.ID != staff.CustomerID {
			if err := f.Who.Must(staff.Note); err != nil {
				return nil, err
			}
		}
		if s.Stage == None {
			return nil, fault.New(fault.Conflict, "order.not_received")
		}
		if n.Words.ID == "" {
			return nil, fault.New(fault.Invalid, "note.empty")
		}
		return f.one(KindNote, nil, n)
	}
}

// MessageSent says that the customer was told something.
type MessageSent struct {
	Template string `json:"template"`
	Channel  string `json:"channel"`
}

// Tell records a message sent to the customer.
func Tell(m MessageSent) Decision {
	return func(s State, f Facts) ([]journal.Draft, error) {
		if m.Template == "" || m.Channel == "" {
			return nil, fault.New(fault.Invalid, "order.unknown_choice")
		}
		return f.one(KindMessage, nil, m)
	}
}

// Dropped says that something which should have followed an entry (a message, a
// document) was left undone, and why.
type Dropped struct {
	What string `json:"what"`
	Why  string `json:"why"`
}

// Drop records what was left undone.
func Drop(d Dropped) Decision {
	return func(_ State, f Facts) ([]journal.Draft, error) {
		if err := f.Who.Must(staff.Operate); err != nil {
			return nil, err
		}
		if d.What == "" || strings.TrimSpace(d.Why) == "" {
			return nil, fault.New(fault.Invalid, "order.why_needed")
		}
		return f.one(KindDropped, nil, d)
	}
}

// DocumentIssued says that a document was made, by hash.
type DocumentIssued struct {
	Name string `json:"name"` // "receipt", "label", "quote", "report"
	Hash string `json:"hash"`
	Lang string `json:"lang"`
}

// Issue records a document.
func Issue(d DocumentIssued) Decision {
	return func(s State, f Facts) ([]journal.Draft, error) {
		if d.Hash == "" || d.Name == "" {
			return nil, fault.New(fault.Invalid, "order.unknown_choice")
		}
		return f.one(KindDocument, nil, d, d.Hash)
	}
}

// Correction says that an earlier entry is wrong, and why; the earlier one
// stays legible. What is right is written by an entry of the same kind.
type Correction struct {
	Of  int64  `json:"of"`
	Why string `json:"why" max:"500"`
}

// CanCorrect returns nil where entries of the kind can be struck. A move of the
// stage cannot: it is moved on; nor the choice of a reading: the other is chosen.
func CanCorrect(of journal.Kind) error {
	if isMove(of) || of == KindCorrected || of == KindErased || of == KindReadingChosen {
		return fault.New(fault.Conflict, "correction.not_this_kind")
	}
	return nil
}

// Correct strikes an entry. A move of the stage cannot be struck: it is moved on.
func Correct(c Correction, of journal.Kind) Decision {
	return func(s State, f Facts) ([]journal.Draft, error) {
		if err := f.Who.Must(staff.Correct); err != nil {
			return nil, err
		}
		switch {
		case c.Of < 1 || c.Of > s.Seq:
			return nil, fault.New(fault.NotFound, "correction.no_entry")
		case s.Corrected[c.Of] != 0:
			return nil, fault.New(fault.Conflict, "correction.already")
		case CanCorrect(of) != nil:
			return nil, CanCorrect(of)
		case strings.TrimSpace(c.Why) == "":
			return nil, &fault.Error{Kind: fault.Invalid, Key: "fault.invalid", Fields: fault.Problems{"why": {Key: "order.why_needed"}}}
		}
		return f.one(KindCorrected, nil, c)
	}
}

// Erasure says that a person's words or a picture were erased, by whom and why.
type Erasure struct {
	Saying string `json:"saying,omitempty"`
	Blob   string `json:"blob,omitempty"`
	Why    string `json:"why"`
}

// Erase records that words or a picture were erased.
func Erase(x Erasure) Decision {
	return func(s State, f Facts) ([]journal.Draft, error) {
		if f.Who.ID != staff.SystemID {
			if err := f.Who.Must(staff.Route); err != nil {
				return nil, err
			}
		}
		if x.Saying == "" && x.Blob == "" || strings.TrimSpace(x.Why) == "" {
			return nil, fault.New(fault.Invalid, "order.why_needed")
		}
		return f.one(KindErased, nil, x)
	}
}

func applyCorrected(s *State, e journal.Entry, c Correction) {
	if s.Corrected == nil {
		s.Corrected = map[int64]int64{}
	}
	s.Corrected[c.Of] = e.Seq
	s.recount(c.Of)
	strike := func(seq int64) bool { return seq == c.Of }
	s.Photos = without(s.Photos, func(p Photo) bool { return strike(p.Seq) })
	s.Checks = without(s.Checks, func(x Check) bool { return strike(x.Seq) })
	s.Waters = without(s.Waters, func(x WaterTest) bool { return strike(x.Seq) })
	s.Electric = without(s.Electric, func(x Electric) bool { return strike(x.Seq) })
	s.Treatments = without(s.Treatments, func(x Treatment) bool { return strike(x.Seq) })
	s.Adjustments = without(s.Adjustments, func(x Adjustment) bool { return strike(x.Seq) })
	s.Findings = without(s.Findings, func(x Finding) bool { return strike(x.Seq) })
	s.Parts = without(s.Parts, func(x PartUsed) bool { return strike(x.Seq) })
	s.Notes = without(s.Notes, func(x NoteRef) bool { return strike(x.Seq) })
	if s.Diagnosis != nil && s.Diagnosis.Seq == c.Of {
		s.Diagnosis = nil
	}
}

// recount strikes a reading; the latest of the same position that was not struck
// counts again.
func (s *State) recount(struck int64) {
	for i := range s.Readings {
		r := &s.Readings[i]
		if r.Seq != struck {
			continue
		}
		counted := r.Counts
		r.Counts, r.Chosen = false, nil
		for j := len(s.Readings) - 1; counted && j >= 0; j-- {
			o := &s.Readings[j]
			if o.alike(*r) && s.Corrected[o.Seq] == 0 {
				o.Counts = true
				break
			}
		}
	}
}

func without[T any](list []T, drop func(T) bool) []T {
	out := list[:0:0]
	for _, x := range list {
		if !drop(x) {
			out = append(out, x)
		}
	}
	return out
}

func applyErased(s *State, _ journal.Entry, x Erasure) {
	if s.Erased == nil {
		s.Erased = map[string]bool{}
	}
	if x.Saying != "" {
		s.Erased[x.Saying] = true
	}
	if x.Blob != "" {
		s.Erased[x.Blob] = true
	}
}
