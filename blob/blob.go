// Package blob keeps photos, sounds and documents under the hash of their own
// content, so that an entry which names a hash names those bytes for ever. It
// knows nothing of what the bytes mean, of who may see them, nor of which entry
// needs them; it is neither a cache nor a file manager with names.
package blob

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"

	"etabli.example/fault"
)

// Ref names stored content.
type Ref struct {
	Hash string // SHA-256 of the content, 64 lower-case hexadecimal digits
	Size int64  // bytes
}

// Store keeps content by its hash. All methods are safe for concurrent use, by
// several processes as well. Package blobtest holds what every Store must do.
type Store interface {
	// Put stores everything r gives and returns its name. When it returns
	// without error, bytes and name are durable; when it returns an error,
	// nothing is left behind. More than limit bytes is fault.TooLarge
	// (blob.too_large), no space left is fault.Unavailable (blob.disk_full).
	// Storing what is already there changes nothing, or heals a damaged copy.
	Put(ctx context.Context, r io.Reader, limit int64) (Ref, error)
	// Open returns the content of hash; the caller closes it. Unknown content
	// is fault.NotFound, a malformed hash fault.Invalid, here and below.
	Open(ctx context.Context, hash string) (io.ReadCloser, error)
	// Stat returns the Ref of stored content.
	Stat(ctx context.Context, hash string) (Ref, error)
	// List calls f with every Ref, in ascending order of hash, and stops with
	// f's first error. f may delete what it is called with.
	List(ctx context.Context, f func(Ref) error) error
	// Delete removes content for good. Deleting what is not there is no error.
	Delete(ctx context.Context, hash string) error
}

// CheckHash returns fault.Invalid (blob.bad_hash) unless hash is 64 lower-case
// hexadecimal digits. No path can be made to leave the store through such a name.
func CheckHash(hash string) error {
	ok := len(hash) == 2*sha256.Size
	for i := 0; ok && i < len(hash); i++ {
		ok = '0' <= hash[i] && hash[i] <= '9' || 'a' <= hash[i] && hash[i] <= 'f'
	}
	if !ok {
		return fault.New(fault.Invalid, "blob.bad_hash")
	}
	return nil
}

// HashOf returns the name under which a Store keeps content.
func HashOf(content []byte) string {
	sum := sha256.Sum256(content)
	return hex.EncodeToString(sum[:])
}

// Verify reads the content of hash and returns fault.Internal (blob.damaged)
// where it no longer has that hash. Open does not: a page showing forty
// thumbnails need not pay for it, and `etabli verify` does.
func Verify(ctx context.Context, s Store, hash string) error {
	r, err := s.Open(ctx, hash)
	if err != nil {
		return err
	}
	defer r.Close()
	sum := sha256.New()
	if _, err := io.Copy(sum, withContext(ctx, r)); err != nil {
		return fault.Wrap("blob.Verify", err)
	}
	if hex.EncodeToString(sum.Sum(nil)) != hash {
		return &fault.Error{Kind: fault.Internal, Op: "blob.Verify", Key: "blob.damaged",
			Args: []any{hash}, Err: errors.New("content has another hash")}
	}
	return nil
}

func notFound(hash string) error {
	return fault.New(fault.NotFound, "blob.not_found", hash)
}

// contextReader ends a long copy when its context ends.
type contextReader struct {
	ctx context.Context
	r   io.Reader
}

func withContext(ctx context.Context, r io.Reader) io.Reader { return contextReader{ctx, r} }

func (c contextReader) Read(p []byte) (int, error) {
	if err := c.ctx.Err(); err != nil {
		return 0, err
	}
	return c.r.Read(p)
}
