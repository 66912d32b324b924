package journal_test

import (
	"encoding/json"
	"testing"
	"time"

	"etabli.example/journal"
)

type tally struct{ Sum, Seq int64 }

var readers = journal.Readers[tally]{
	"plus": journal.Reads(2, func(s *tally, e journal.Entry, d struct{ N int64 }) { s.Sum, s.Seq = s.Sum+d.N, e.Seq }, "C1"),
}

func TestReaders(t *testing.T) {
	at := time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)
	draft, err := readers.Draft(journal.Author{EntryID: "e1", By: "p1", Now: at}, "plus", []string{"sum"}, struct{ N int64 }{5})
	if err != nil || draft.Version != 2 {
		t.Fatalf("draft %+v, %v", draft, err)
	}
	first, err := journal.Write("main", "s", journal.Entry{}, draft, at)
	if err != nil {
		t.Fatal(err)
	}
	var s tally
	if err := readers.Apply(&s, 0, first); err != nil || s.Sum != 5 {
		t.Fatalf("%+v, %v", s, err)
	}
	if err := readers.Apply(&s, 1, first); err == nil {
		t.Error("an entry was read out of its place")
	}
	for name, spoil := range map[string]func(*journal.Entry){
		"an unknown kind":        func(e *journal.Entry) { e.Kind = "minus" },
		"a version of tomorrow":  func(e *journal.Entry) { e.Version = 3 },
		"data of another shape":  func(e *journal.Entry) { e.Data = json.RawMessage(`{"N":"five"}`) },
		"a version that is none": func(e *journal.Entry) { e.Version = 0 },
	} {
		e := first
		spoil(&e)
		if err := readers.Apply(&s, 0, e); err == nil {
			t.Errorf("%s was read", name)
		}
	}
	if k := readers.Kinds(); len(k) != 1 || k[0] != "plus" || readers.EvidenceOf("plus")[0] != "C1" || readers.EvidenceOf("minus") != nil {
		t.Errorf("kinds %v", k)
	}
}
