package blob_test

import (
	"errors"
	"math"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"etabli.example/blob"
	"etabli.example/blob/blobtest"
	"etabli.example/fault"
	"etabli.example/locale"

	"pgregory.net/rapid"
)

func open(t *testing.T) (*blob.Folder, string) {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "data", "house", "blobs") // all made by us
	f, err := blob.OpenFolder(dir)
	if err != nil {
		t.Fatal(err)
	}
	return f, dir
}

func put(t *testing.T, f *blob.Folder, content string) blob.Ref {
	t.Helper()
	ref, err := f.Put(t.Context(), strings.NewReader(content), math.MaxInt64)
	if err != nil {
		t.Fatal(err)
	}
	return ref
}

func TestFolder(t *testing.T) {
	t.Parallel()
	blobtest.Test(t, func(t *testing.T) blob.Store { f, _ := open(t); return f })
}

func TestFolder_Layout(t *testing.T) {
	t.Parallel()
	f, dir := open(t)
	ref := put(t, f, "rotor")
	content, err := os.ReadFile(filepath.Join(dir, ref.Hash[:2], ref.Hash[2:4], ref.Hash))
	if err != nil || string(content) != "rotor" {
		t.Errorf("file holds %q, %v", content, err)
	}
	if left, _ := os.ReadDir(filepath.Join(dir, "tmp")); len(left) != 0 {
		t.Errorf("tmp holds %v", left)
	}
	again, err := blob.OpenFolder(dir)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := again.Stat(t.Context(), ref.Hash); err != nil || got != ref {
		t.Errorf("opened again, Stat gives %v, %v", got, err)
	}
}

func TestFolder_Foreign(t *testing.T) {
	t.Parallel()
	f, dir := open(t)
	ref := put(t, f, "rotor")
	other := blob.HashOf([]byte("elsewhere"))
	for _, name := range []string{"README", other, filepath.Join(ref.Hash[:2], other), filepath.Join("tmp", other)} {
		if err := os.WriteFile(filepath.Join(dir, name), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	calls := 0
	err := f.List(t.Context(), func(got blob.Ref) error {
		if calls++; got != ref {
			t.Errorf("List shows %v", got)
		}
		return nil
	})
	if err != nil || calls != 1 {
		t.Errorf("List gives %v after %d calls, want nil after 1", err, calls)
	}
}

func TestFolder_Damage(t *testing.T) {
	t.Parallel()
	for name, damage := range map[string]string{"changed": "rotoR", "cut short": "roto", "emptied": ""} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f, dir := open(t)
			ref := put(t, f, "rotor")
			path := filepath.Join(dir, ref.Hash[:2], ref.Hash[2:4], ref.Hash)
			if err := os.WriteFile(path, []byte(damage), 0o600); err != nil {
				t.Fatal(err)
			}
			err := f.Verify(t.Context(), ref.Hash)
			var e *fault.Error
			if !errors.As(err, &e) || e.Key != "blob.damaged" {
				t.Errorf("Verify gives %v, want blob.damaged", err)
			}
			put(t, f, "rotor")
			if err := f.Verify(t.Context(), ref.Hash); err != nil {
				t.Errorf("Put again did not heal: %v", err)
			}
		})
	}
}

func TestOpenFolder_Sweep(t *testing.T) {
	t.Parallel()
	_, dir := open(t)
	old, fresh := filepath.Join(dir, "tmp", "put-old"), filepath.Join(dir, "tmp", "put-fresh")
	for path, age := range map[string]time.Duration{old: 25 * time.Hour, fresh: time.Hour} {
		if err := os.WriteFile(path, []byte("half"), 0o600); err != nil {
			t.Fatal(err)
		}
		at := time.Now().Add(-age)
		if err := os.Chtimes(path, at, at); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := blob.OpenFolder(dir); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(old); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("what a crash left a day ago is still there (%v)", err)
	}
	if _, err := os.Stat(fresh); err != nil {
		t.Errorf("what another process may be writing is gone: %v", err)
	}
}

func TestOpenFolder_File(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(path, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := blob.OpenFolder(path); err == nil {
		t.Error("a file was opened as a folder")
	}
}

// What is kept is readable by the service alone.
func TestFolder_Private(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("Windows has no file modes")
	}
	f, dir := open(t)
	put(t, f, "face")
	err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := d.Info()
		if err == nil && info.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s has mode %v", path, info.Mode())
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// Any sequence of puts and deletes leaves what a map would hold.
func TestFolder_Model(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		dir, err := os.MkdirTemp(t.TempDir(), "model")
		if err != nil {
			rt.Fatal(err)
		}
		f, err := blob.OpenFolder(dir)
		if err != nil {
			rt.Fatal(err)
		}
		model := map[blob.Ref]bool{}
		for range rapid.IntRange(1, 6).Draw(rt, "steps") {
			content := []byte(rapid.SampledFrom([]string{"", "a", "b", "tic", "tac"}).Draw(rt, "content"))
			ref := blob.Ref{Hash: blob.HashOf(content), Size: int64(len(content))}
			if rapid.Bool().Draw(rt, "put") {
				if got, err := f.Put(t.Context(), strings.NewReader(string(content)), 3); err != nil || got != ref {
					rt.Fatalf("Put gives %v, %v, want %v", got, err, ref)
				}
				model[ref] = true
			} else {
				if err := f.Delete(t.Context(), ref.Hash); err != nil {
					rt.Fatal(err)
				}
				delete(model, ref)
			}
		}
		count := 0
		err = f.List(t.Context(), func(r blob.Ref) error {
			if count++; !model[r] {
				rt.Errorf("List shows %v, which is not there", r)
			}
			return nil
		})
		if err != nil || count != len(model) {
			rt.Errorf("List shows %d, %v, want %d", count, err, len(model))
		}
	})
}

// Every sentence of the package is there, with the limit as people say it.
func TestWords(t *testing.T) {
	t.Parallel()
	f, _ := open(t)
	for limit, want := range map[int64]string{3: "3\u00a0octets", 2048: "2\u00a0ko", 10 << 20: "10\u00a0Mo"} {
		_, err := f.Put(t.Context(), strings.NewReader(strings.Repeat("x", 11<<20)), limit)
		if got := locale.For(locale.FR).Error(err); !strings.Contains(got, want) {
			t.Errorf("over %d bytes, a person reads %q, want %q in it", limit, got, want)
		}
	}
}

func FuzzCheckHash(f *testing.F) {
	f.Add("")
	f.Add("../../etc/passwd")
	f.Add(blob.HashOf(nil))
	f.Fuzz(func(t *testing.T, hash string) {
		if blob.CheckHash(hash) == nil && (len(hash) != 64 || strings.Trim(hash, "0123456789abcdef") != "") {
			t.Errorf("%q passes", hash)
		}
	})
}
