package journal_test

import (
	"bytes"
	"crypto/ed25519"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"etabli.example/journal"
)

func sealed(t interface{ Fatal(...any) }, n int) (journal.Seal, string) {
	_, key, err := ed25519.GenerateKey(nil)
	if err != nil {
		t.Fatal(err)
	}
	var tree journal.Tree
	var heads bytes.Buffer
	for i := range n {
		h := journal.Head{Sheet: fmt.Sprintf("s%03d", i), Seq: int64(i + 1), Hash: journal.Sum("", fmt.Sprint(i))}
		tree.Add(h)
		_ = journal.WriteHead(&heads, h)
	}
	s := journal.Seal{Version: 1, House: "main", At: time.Date(2026, 11, 24, 2, 0, 0, 0, time.UTC), Sheets: n, Root: tree.Root()}.Sign(key)
	first, err := json.Marshal(s)
	if err != nil {
		t.Fatal(err)
	}
	return s, string(first) + "\n" + heads.String()
}

func TestReadSeal(t *testing.T) {
	for _, n := range []int{0, 1, 2, 3, 7, 8, 100} {
		want, file := sealed(t, n)
		heads := 0
		got, err := journal.ReadSeal(strings.NewReader(file), func(journal.Head) error { heads++; return nil })
		if err != nil || got != want || heads != n {
			t.Errorf("%d sheets: %v, %d heads", n, err, heads)
		}
	}
}

// Any changed byte of a seal's file is found, and a line left out.
func TestReadSealFindsAnyChange(t *testing.T) {
	_, file := sealed(t, 9)
	rapid.Check(t, func(rt *rapid.T) {
		b := []byte(file)
		i := rapid.IntRange(0, len(b)-1).Draw(rt, "byte")
		x := rapid.Byte().Draw(rt, "value")
		if b[i] == x {
			return
		}
		was := b[i]
		b[i] = x
		s, err := journal.ReadSeal(bytes.NewReader(b), func(journal.Head) error { return nil })
		if err == nil && !json.Valid(bytes.SplitN(b, []byte("\n"), 2)[0]) {
			rt.Fatal("what is no seal was read")
		}
		want, _ := journal.ReadSeal(strings.NewReader(file), func(journal.Head) error { return nil })
		if err == nil && s != want {
			rt.Fatalf("byte %d from %q to %q changed the seal unnoticed", i, was, x)
		}
	})
	lines := strings.SplitAfter(file, "\n")
	for i := 1; i < 10; i++ {
		cut := strings.Join(append(append([]string{}, lines[:i]...), lines[i+1:]...), "")
		if _, err := journal.ReadSeal(strings.NewReader(cut), func(journal.Head) error { return nil }); err == nil {
			t.Errorf("line %d is not missed", i)
		}
	}
}

func TestSealOfAnotherKey(t *testing.T) {
	a, _ := sealed(t, 3)
	b, _ := sealed(t, 3)
	if a.Fingerprint() == b.Fingerprint() || a.Short() != b.Short() || len(a.Short()) != 24 {
		t.Errorf("%s %s %s", a.Fingerprint(), b.Fingerprint(), a.Short())
	}
	a.Key = b.Key
	if a.Check() == nil {
		t.Error("another key's name passes")
	}
}

func FuzzReadSeal(f *testing.F) {
	_, file := sealed(f, 3)
	f.Add(file)
	f.Fuzz(func(t *testing.T, text string) {
		s, err := journal.ReadSeal(strings.NewReader(text), func(journal.Head) error { return nil })
		if err == nil && s.Check() != nil {
			t.Fatal("an unsigned seal was read")
		}
	})
}
