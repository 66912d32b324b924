package blob

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"time"

	"etabli.example/fault"
)

// Folder is a Store in a folder of the local disk. Content lies at
// ab/cd/abcd…, so that no directory grows past what file systems do well, and
// content on its way in lies in tmp, on the same file system.
type Folder struct {
	root   string
	create func(dir string) (temp, error) // os.CreateTemp; replaced where a test fills the disk

	mu     sync.Mutex
	synced map[string]bool // directories whose own name is known to be durable
}

var _ Store = (*Folder)(nil)

// abandoned is the age after which content on its way in belongs to a process
// that died: no upload lasts a day.
const abandoned = 24 * time.Hour

const incoming = "tmp"

// OpenFolder opens the store in dir, making the folder where it is missing, and
// removes what uploads cut off by a crash left there more than a day ago.
func OpenFolder(dir string) (*Folder, error) {
	root, err := filepath.Abs(dir)
	if err != nil {
		return nil, diskFault("blob.OpenFolder", err)
	}
	if err := makeRoot(root); err != nil {
		return nil, diskFault("blob.OpenFolder", err)
	}
	f := &Folder{root: root, create: createTemp, synced: map[string]bool{}}
	f.sweep(time.Now().Add(-abandoned))
	return f, nil
}

// makeRoot makes the folder with all that is missing above it, and the names of
// what it made durable.
func makeRoot(root string) error {
	top := root // what was there before us
	for {
		_, err := os.Stat(top)
		if !errors.Is(err, fs.ErrNotExist) || top == filepath.Dir(top) {
			break
		}
		top = filepath.Dir(top)
	}
	if err := os.MkdirAll(filepath.Join(root, incoming), 0o700); err != nil {
		return err
	}
	for d := root; ; d = filepath.Dir(d) {
		if err := syncDir(d); err != nil {
			return err
		}
		if d == top {
			return nil
		}
	}
}

// sweep removes what was left in tmp before the given time. What cannot be
// removed is left for the next start: it harms nobody.
func (f *Folder) sweep(before time.Time) {
	names, _ := os.ReadDir(filepath.Join(f.root, incoming))
	for _, n := range names {
		if info, err := n.Info(); err == nil && info.ModTime().Before(before) {
			os.Remove(filepath.Join(f.root, incoming, n.Name()))
		}
	}
}

func (f *Folder) path(hash string) string {
	return filepath.Join(f.root, hash[:2], hash[2:4], hash)
}

// Open implements Store.
func (f *Folder) Open(ctx context.Context, hash string) (io.ReadCloser, error) {
	if err := ready(ctx, hash); err != nil {
		return nil, err
	}
	file, err := os.Open(f.path(hash))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, notFound(hash)
	}
	if err != nil {
		return nil, diskFault("blob.Open", err)
	}
	return file, nil
}

// Stat implements Store.
func (f *Folder) Stat(ctx context.Context, hash string) (Ref, error) {
	if err := ready(ctx, hash); err != nil {
		return Ref{}, err
	}
	info, err := os.Stat(f.path(hash))
	if errors.Is(err, fs.ErrNotExist) {
		return Ref{}, notFound(hash)
	}
	if err != nil {
		return Ref{}, diskFault("blob.Stat", err)
	}
	return Ref{Hash: hash, Size: info.Size()}, nil
}

// List implements Store. Files that are not ours are passed over.
func (f *Folder) List(ctx context.Context, visit func(Ref) error) error {
	return filepath.WalkDir(f.root, func(path string, d fs.DirEntry, err error) error {
		if ctx.Err() != nil {
			return fault.Wrap("blob.List", ctx.Err())
		}
		if errors.Is(err, fs.ErrNotExist) {
			return nil // deleted while we walked
		}
		if err != nil {
			return diskFault("blob.List", err)
		}
		hash := d.Name()
		if !d.Type().IsRegular() || CheckHash(hash) != nil || path != f.path(hash) {
			return nil
		}
		info, err := d.Info()
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err != nil {
			return diskFault("blob.List", err)
		}
		return visit(Ref{Hash: hash, Size: info.Size()})
	})
}

// Delete implements Store. The removal is durable when it returns: erased bytes
// do not come back after a power cut.
func (f *Folder) Delete(ctx context.Context, hash string) error {
	if err := ready(ctx, hash); err != nil {
		return err
	}
	path := f.path(hash)
	if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return diskFault("blob.Delete", err)
	}
	// Also where it was gone already: whoever removed it may not have got so far.
	if err := syncDir(filepath.Dir(path)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return diskFault("blob.Delete", err)
	}
	return nil
}

// Verify is the package's Verify for this folder.
func (f *Folder) Verify(ctx context.Context, hash string) error { return Verify(ctx, f, hash) }

// ready refuses a malformed hash and a context that has ended.
func ready(ctx context.Context, hash string) error {
	if err := CheckHash(hash); err != nil {
		return err
	}
	return fault.Wrap("blob", ctx.Err())
}
