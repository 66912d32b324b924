// Package blobtest holds what every blob.Store must do, whatever it keeps its
// bytes in. It is a suite for tests and no store itself.
package blobtest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/iotest"

	"etabli.example/blob"
	"etabli.example/fault"

	"github.com/google/go-cmp/cmp"
)

// Test runs the suite on stores that open makes, each of them empty.
func Test(t *testing.T, open func(t *testing.T) blob.Store) {
	for name, check := range map[string]func(*testing.T, blob.Store){
		"what is put comes back":                  comesBack,
		"the limit is the last size that passes":  limit,
		"a failing sender leaves nothing":         failingSender,
		"an ended context leaves nothing":         endedContext,
		"the same content is stored once":         once,
		"the same content from many at once":      manyAtOnce,
		"what is not there is not found":          missing,
		"malformed hashes are refused":            malformed,
		"the list is whole and in order":          list,
		"the list stops with its caller's error":  listStops,
		"what is listed can be deleted meanwhile": listDelete,
		"what is deleted is gone":                 deleted,
		"sound content verifies":                  verifies,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			check(t, open(t))
		})
	}
}

func put(t *testing.T, s blob.Store, content string) blob.Ref {
	t.Helper()
	ref, err := s.Put(t.Context(), strings.NewReader(content), math.MaxInt64)
	if err != nil {
		t.Fatalf("Put: %v", err)
	}
	return ref
}

func read(t *testing.T, s blob.Store, hash string) string {
	t.Helper()
	r, err := s.Open(t.Context(), hash)
	if err != nil {
		t.Fatalf("Open: %v", err)
	}
	defer r.Close()
	content, err := io.ReadAll(r)
	if err != nil {
		t.Fatalf("read: %v", err)
	}
	return string(content)
}

func refs(t *testing.T, s blob.Store) []blob.Ref {
	t.Helper()
	var got []blob.Ref
	if err := s.List(t.Context(), func(r blob.Ref) error { got = append(got, r); return nil }); err != nil {
		t.Fatalf("List: %v", err)
	}
	return got
}

func wantKind(t *testing.T, err error, kind fault.Kind, key string) {
	t.Helper()
	var f *fault.Error
	if !errors.As(err, &f) || f.Kind != kind || f.Key != key {
		t.Errorf("error is %v, want %v %s", err, kind, key)
	}
}

func wantEmpty(t *testing.T, s blob.Store) {
	t.Helper()
	if got := refs(t, s); len(got) != 0 {
		t.Errorf("store holds %v, want nothing", got)
	}
}

func comesBack(t *testing.T, s blob.Store) {
	for _, content := range []string{"", "a", "tic\x00tac\n", strings.Repeat("montre ", 200_000)} {
		want := blob.Ref{Hash: blob.HashOf([]byte(content)), Size: int64(len(content))}
		if got := put(t, s, content); got != want {
			t.Errorf("Put of %d bytes gives %v, want %v", len(content), got, want)
		}
		if got, err := s.Stat(t.Context(), want.Hash); err != nil || got != want {
			t.Errorf("Stat gives %v, %v, want %v", got, err, want)
		}
		if read(t, s, want.Hash) != content {
			t.Errorf("%d bytes came back changed", len(content))
		}
	}
}

func limit(t *testing.T, s blob.Store) {
	for _, c := range []struct {
		size  int
		limit int64
		pass  bool
	}{{0, 0, true}, {1, 0, false}, {9, 10, true}, {10, 10, true}, {11, 10, false}, {1 << 20, 10, false}, {1, -1, false}} {
		content := bytes.Repeat([]byte{'x'}, c.size)
		ref, err := s.Put(t.Context(), bytes.NewReader(content), c.limit)
		if c.pass {
			if err != nil {
				t.Errorf("%d bytes with limit %d: %v", c.size, c.limit, err)
			} else if err := s.Delete(t.Context(), ref.Hash); err != nil {
				t.Error(err)
			}
			continue
		}
		wantKind(t, err, fault.TooLarge, "blob.too_large")
	}
	wantEmpty(t, s)
}

func failingSender(t *testing.T, s blob.Store) {
	cut := errors.New("the line was cut")
	_, err := s.Put(t.Context(), io.MultiReader(strings.NewReader("half a pho"), iotest.ErrReader(cut)), 1000)
	if !errors.Is(err, cut) {
		t.Errorf("error is %v, want the sender's", err)
	}
	wantEmpty(t, s)
}

func endedContext(t *testing.T, s blob.Store) {
	ctx, cancel := context.WithCancel(t.Context())
	r := io.MultiReader(strings.NewReader("one"), readFunc(func([]byte) (int, error) { cancel(); return 0, nil }), strings.NewReader("two"))
	if _, err := s.Put(ctx, r, 1000); !errors.Is(err, context.Canceled) {
		t.Errorf("Put gives %v, want %v", err, context.Canceled)
	}
	wantEmpty(t, s)
	if _, err := s.Open(ctx, blob.HashOf(nil)); !errors.Is(err, context.Canceled) {
		t.Errorf("Open gives %v, want %v", err, context.Canceled)
	}
}

type readFunc func([]byte) (int, error)

func (f readFunc) Read(p []byte) (int, error) { return f(p) }

func once(t *testing.T, s blob.Store) {
	first, second := put(t, s, "crown"), put(t, s, "crown")
	if first != second {
		t.Errorf("the second Put gives %v, the first gave %v", second, first)
	}
	if diff := cmp.Diff([]blob.Ref{first}, refs(t, s)); diff != "" {
		t.Errorf("stored (-want +got):\n%s", diff)
	}
}

func manyAtOnce(t *testing.T, s blob.Store) {
	var wg sync.WaitGroup
	for i := range 24 {
		wg.Go(func() {
			content := fmt.Sprintf("balance %d %s", i%3, strings.Repeat("~", 100_000))
			ref, err := s.Put(t.Context(), strings.NewReader(content), math.MaxInt64)
			if err != nil {
				t.Errorf("Put: %v", err)
				return
			}
			if err := blob.Verify(t.Context(), s, ref.Hash); err != nil {
				t.Errorf("Verify: %v", err)
			}
		})
	}
	wg.Wait()
	if got := refs(t, s); len(got) != 3 {
		t.Errorf("store holds %d, want 3", len(got))
	}
}

func missing(t *testing.T, s blob.Store) {
	hash := blob.HashOf([]byte("never put"))
	_, err := s.Open(t.Context(), hash)
	wantKind(t, err, fault.NotFound, "blob.not_found")
	_, err = s.Stat(t.Context(), hash)
	wantKind(t, err, fault.NotFound, "blob.not_found")
	wantKind(t, blob.Verify(t.Context(), s, hash), fault.NotFound, "blob.not_found")
	if err := s.Delete(t.Context(), hash); err != nil {
		t.Errorf("Delete of what is not there: %v", err)
	}
}

func malformed(t *testing.T, s blob.Store) {
	good := put(t, s, "dial").Hash
	for _, hash := range []string{"", ".", "..", "../../etc/passwd", good[:63], good + "0", strings.ToUpper(good),
		"../" + good[3:], good[:2] + "/" + good[3:], good[:63] + "g", good[:63] + "\x00", good[:62] + "é"} {
		_, err := s.Open(t.Context(), hash)
		wantKind(t, err, fault.Invalid, "blob.bad_hash")
		_, err = s.Stat(t.Context(), hash)
		wantKind(t, err, fault.Invalid, "blob.bad_hash")
		wantKind(t, s.Delete(t.Context(), hash), fault.Invalid, "blob.bad_hash")
	}
	if read(t, s, good) != "dial" {
		t.Error("what was stored is gone")
	}
}

func list(t *testing.T, s blob.Store) {
	wantEmpty(t, s)
	var want []blob.Ref
	for i := range 40 {
		want = append(want, put(t, s, strings.Repeat("jewel ", i)))
	}
	slices.SortFunc(want, func(a, b blob.Ref) int { return strings.Compare(a.Hash, b.Hash) })
	if diff := cmp.Diff(want, refs(t, s)); diff != "" {
		t.Errorf("List (-want +got):\n%s", diff)
	}
}

func listStops(t *testing.T, s blob.Store) {
	put(t, s, "one")
	put(t, s, "two")
	enough, calls := errors.New("enough"), 0
	err := s.List(t.Context(), func(blob.Ref) error { calls++; return enough })
	if !errors.Is(err, enough) || calls != 1 {
		t.Errorf("List gives %v after %d calls, want %v after 1", err, calls, enough)
	}
}

func listDelete(t *testing.T, s blob.Store) {
	for i := range 10 {
		put(t, s, strings.Repeat("screw ", i))
	}
	calls := 0
	err := s.List(t.Context(), func(r blob.Ref) error { calls++; return s.Delete(t.Context(), r.Hash) })
	if err != nil || calls != 10 {
		t.Errorf("List gives %v after %d calls, want nil after 10", err, calls)
	}
	wantEmpty(t, s)
}

func deleted(t *testing.T, s blob.Store) {
	kept, gone := put(t, s, "kept"), put(t, s, "gone")
	for range 2 {
		if err := s.Delete(t.Context(), gone.Hash); err != nil {
			t.Fatalf("Delete: %v", err)
		}
	}
	_, err := s.Open(t.Context(), gone.Hash)
	wantKind(t, err, fault.NotFound, "blob.not_found")
	if diff := cmp.Diff([]blob.Ref{kept}, refs(t, s)); diff != "" {
		t.Errorf("left (-want +got):\n%s", diff)
	}
	if again := put(t, s, "gone"); again != gone || read(t, s, gone.Hash) != "gone" {
		t.Error("what was deleted cannot be put again")
	}
}

func verifies(t *testing.T, s blob.Store) {
	if err := blob.Verify(t.Context(), s, put(t, s, "spring").Hash); err != nil {
		t.Errorf("Verify: %v", err)
	}
}
