//go:build unix

package blob

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"etabli.example/fault"
)

// brokenTemp is a real file on a disk that fails after left more bytes, or when
// it is synced or closed.
type brokenTemp struct {
	*os.File
	left                    int
	onWrite, onSync, onShut error
}

func (b *brokenTemp) Write(p []byte) (int, error) {
	if b.onWrite == nil {
		return b.File.Write(p)
	}
	n := min(b.left, len(p))
	b.left -= n
	if n, err := b.File.Write(p[:n]); err != nil || n < len(p) {
		return n, errors.Join(err, b.onWrite)
	}
	return len(p), nil
}

func (b *brokenTemp) Sync() error { return errors.Join(b.File.Sync(), b.onSync) }

func (b *brokenTemp) Close() error { return errors.Join(b.File.Close(), b.onShut) }

func TestFolder_FailingDisk(t *testing.T) {
	t.Parallel()
	full := &os.PathError{Op: "write", Path: "x", Err: syscall.ENOSPC}
	for name, c := range map[string]struct {
		broken brokenTemp
		key    string
		kind   fault.Kind
	}{
		"no room for the bytes":     {brokenTemp{onWrite: full, left: 10}, "blob.disk_full", fault.Unavailable},
		"no room found when synced": {brokenTemp{onSync: full}, "blob.disk_full", fault.Unavailable},
		"no room found when closed": {brokenTemp{onShut: full}, "blob.disk_full", fault.Unavailable},
		"over the quota":            {brokenTemp{onWrite: syscall.EDQUOT}, "blob.disk_full", fault.Unavailable},
		"turned read-only":          {brokenTemp{onSync: syscall.EROFS}, "blob.read_only", fault.Unavailable},
		"a failing disk":            {brokenTemp{onSync: syscall.EIO}, "fault.internal", fault.Internal},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f, err := OpenFolder(t.TempDir())
			if err != nil {
				t.Fatal(err)
			}
			f.create = func(dir string) (temp, error) {
				file, err := os.CreateTemp(dir, "put-*")
				c.broken.File = file
				return &c.broken, err
			}
			_, err = f.Put(t.Context(), strings.NewReader(strings.Repeat("x", 100)), 1000)
			var e *fault.Error
			if !errors.As(err, &e) || e.Key != c.key || e.Kind != c.kind {
				t.Errorf("Put gives %v, want %v %s", err, c.kind, c.key)
			}
			if left, _ := os.ReadDir(filepath.Join(f.root, incoming)); len(left) != 0 {
				t.Errorf("tmp holds %v", left)
			}
			f.create = createTemp
			if _, err := f.Put(t.Context(), strings.NewReader("room again"), 1000); err != nil {
				t.Errorf("with room again, Put gives %v", err)
			}
		})
	}
}
