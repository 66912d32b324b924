package blob

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"math"
	"os"
	"path/filepath"

	"etabli.example/fault"
)

// temp is content on its way in.
type temp interface {
	io.Writer
	Name() string
	Sync() error
	Close() error
}

func createTemp(dir string) (temp, error) { return os.CreateTemp(dir, "put-*") }

// Put implements Store. The order is what makes it hold: bytes to a temporary
// file, fsync, rename, fsync of the directory and of the directories above
// that are new.
func (f *Folder) Put(ctx context.Context, r io.Reader, limit int64) (Ref, error) {
	file, err := f.create(filepath.Join(f.root, incoming))
	if err != nil {
		return Ref{}, diskFault("blob.Put", err)
	}
	name := file.Name()
	defer os.Remove(name) // after the rename there is nothing under this name
	ref, err := receive(ctx, file, r, limit)
	if closeErr := file.Close(); err == nil && closeErr != nil {
		err = diskFault("blob.Put", closeErr)
	}
	if err != nil {
		return Ref{}, err
	}
	if err := f.install(ctx, name, ref); err != nil {
		return Ref{}, diskFault("blob.Put", err)
	}
	return ref, nil
}

// receive copies at most limit bytes into file, and syncs them.
func receive(ctx context.Context, file temp, r io.Reader, limit int64) (Ref, error) {
	sum := sha256.New()
	in := withContext(ctx, r)
	if limit < math.MaxInt64 {
		in = io.LimitReader(in, limit+1)
	}
	src := &sourceReader{r: in}
	size, err := io.Copy(io.MultiWriter(file, sum), src)
	switch {
	case size > limit:
		return Ref{}, fault.New(fault.TooLarge, "blob.too_large", spoken(limit))
	case src.err != nil: // the sender failed, not our disk
		return Ref{}, fault.Wrap("blob.Put: read", src.err)
	case err != nil:
		return Ref{}, diskFault("blob.Put", err)
	}
	if err := file.Sync(); err != nil {
		return Ref{}, diskFault("blob.Put", err)
	}
	return Ref{Hash: hex.EncodeToString(sum.Sum(nil)), Size: size}, nil
}

// spoken is a limit as people say it, rounded down, in powers of ten as package
// locale writes sizes.
func spoken(limit int64) fault.Message {
	switch {
	case limit >= 1_000_000:
		return fault.Message{Key: "blob.mb", Args: []any{limit / 1_000_000}}
	case limit >= 1_000:
		return fault.Message{Key: "blob.kb", Args: []any{limit / 1_000}}
	}
	return fault.Message{Key: "blob.byte", Args: []any{limit}}
}

// install gives the file called name its place, unless sound content is there.
func (f *Folder) install(ctx context.Context, name string, ref Ref) error {
	path := f.path(ref.Hash)
	if err := f.makeShard(filepath.Dir(path)); err != nil {
		return err
	}
	if info, err := os.Stat(path); err != nil || info.Size() != ref.Size || f.Verify(ctx, ref.Hash) != nil {
		if err := os.Rename(name, path); err != nil {
			return err
		}
	} else if err := syncFile(path); err != nil { // it may have come by a copy nobody synced
		return err
	}
	return syncDir(filepath.Dir(path))
}

// makeShard makes the two levels of directories over a file, and their names
// durable. It syncs even where a directory is already there, once in the life
// of a Folder: whoever made it may have died before syncing.
func (f *Folder) makeShard(dir string) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	f.mu.Lock()
	done := f.synced[dir]
	f.mu.Unlock()
	if done {
		return nil
	}
	upper := filepath.Dir(dir)
	for _, d := range []string{upper, f.root} {
		if err := syncDir(d); err != nil {
			return err
		}
	}
	f.mu.Lock()
	f.synced[dir] = true
	f.mu.Unlock()
	return nil
}

// sourceReader remembers the error of what is read, to tell it from the error
// of what is written.
type sourceReader struct {
	r   io.Reader
	err error
}

func (s *sourceReader) Read(p []byte) (int, error) {
	n, err := s.r.Read(p)
	if err != nil && err != io.EOF {
		s.err = err
	}
	return n, err
}
