package blob

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"path"
	"strings"

	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"

	"etabli.example/fault"
)

// Bucket is a Store in a bucket of any server that speaks S3. Content lies under
// the same names as in a Folder, below a prefix. It is read back from the bucket each
// time: nothing is cached here.
type Bucket struct {
	client *minio.Client
	bucket string
	prefix string
	spool  string // where content on its way in lies, until its hash is known
}

var _ Store = (*Bucket)(nil)

// OpenBucket opens s3://BUCKET/PREFIX?endpoint=https://HOST&region=NAME. The keys
// come from AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY. The bucket must be there:
// Unavailable where it is not, or cannot be reached; Invalid where the address is none.
func OpenBucket(ctx context.Context, address string) (*Bucket, error) {
	u, err := url.Parse(address)
	bad := func(why string) error {
		return &fault.Error{Kind: fault.Invalid, Op: "blob.OpenBucket", Key: "blob.bad_address", Err: errors.New(why)}
	}
	if err != nil || u.Scheme != "s3" || u.Host == "" || u.User != nil {
		return nil, bad("want s3://BUCKET/PREFIX?endpoint=https://HOST")
	}
	end, err := url.Parse(u.Query().Get("endpoint"))
	if err != nil || end.Host == "" || end.Scheme != "https" && end.Scheme != "http" {
		return nil, bad("want endpoint=https://HOST")
	}
	client, err := minio.New(end.Host, &minio.Options{Creds: credentials.NewEnvAWS(), Secure: end.Scheme == "https",
		Region: u.Query().Get("region"), BucketLookup: minio.BucketLookupAuto})
	if err != nil {
		return nil, bad(err.Error())
	}
	b := &Bucket{client: client, bucket: u.Host, prefix: strings.Trim(u.Path, "/"), spool: os.TempDir()}
	there, err := client.BucketExists(ctx, b.bucket)
	if err == nil && !there {
		err = fmt.Errorf("no bucket %q", b.bucket)
	}
	return b, unreachable("blob.OpenBucket", err)
}

// unreachable says that the other side failed us: nothing of what was stored is lost.
func unreachable(op string, err error) error {
	var known *fault.Error
	switch {
	case err == nil:
		return nil
	case errors.As(err, &known):
		return fault.Wrap(op, err)
	case errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded):
		return fault.Wrap(op, err)
	}
	return &fault.Error{Kind: fault.Unavailable, Op: op, Key: "blob.unreachable", Err: err}
}

func missing(err error) bool {
	code := minio.ToErrorResponse(err).Code
	return code == minio.NoSuchKey || code == "NotFound"
}

func (b *Bucket) key(hash string) string { return path.Join(b.prefix, hash[:2], hash[2:4], hash) }

// Put implements Store. The name is the hash, so the content is spooled first;
// the server answers once it is durable there, and checks it against our sum.
// Content that is there already is written again, which heals a damaged copy.
func (b *Bucket) Put(ctx context.Context, r io.Reader, limit int64) (Ref, error) {
	file, err := os.CreateTemp(b.spool, "etabli-put-*")
	if err != nil {
		return Ref{}, diskFault("blob.Put", err)
	}
	defer func() { _ = errors.Join(file.Close(), os.Remove(file.Name())) }() // a spool that stays is the system's to sweep
	ref, err := receive(ctx, file, r, limit)
	if err != nil {
		return Ref{}, err
	}
	if _, err := file.Seek(0, io.SeekStart); err != nil {
		return Ref{}, diskFault("blob.Put", err)
	}
	_, err = b.client.PutObject(ctx, b.bucket, b.key(ref.Hash), file, ref.Size,
		minio.PutObjectOptions{ContentType: "application/octet-stream", SendContentMd5: true})
	if err != nil {
		return Ref{}, unreachable("blob.Put", err)
	}
	return ref, nil
}

// Open implements Store.
func (b *Bucket) Open(ctx context.Context, hash string) (io.ReadCloser, error) {
	if err := ready(ctx, hash); err != nil {
		return nil, err
	}
	object, err := b.client.GetObject(ctx, b.bucket, b.key(hash), minio.GetObjectOptions{})
	if err == nil {
		if _, err = object.Stat(); err != nil { // only now the server is asked
			_ = object.Close()
		}
	}
	switch {
	case err == nil:
		return object, nil
	case missing(err):
		return nil, notFound(hash)
	}
	return nil, unreachable("blob.Open", err)
}

// Stat implements Store.
func (b *Bucket) Stat(ctx context.Context, hash string) (Ref, error) {
	if err := ready(ctx, hash); err != nil {
		return Ref{}, err
	}
	info, err := b.client.StatObject(ctx, b.bucket, b.key(hash), minio.StatObjectOptions{})
	if err != nil && missing(err) {
		return Ref{}, notFound(hash)
	}
	if err != nil {
		return Ref{}, unreachable("blob.Stat", err)
	}
	return Ref{Hash: hash, Size: info.Size}, nil
}

// List implements Store. Objects that are not ours are passed over.
func (b *Bucket) List(ctx context.Context, visit func(Ref) error) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop() // ends the listing where visit did
	prefix := b.prefix
	if prefix != "" {
		prefix += "/"
	}
	for info := range b.client.ListObjects(ctx, b.bucket, minio.ListObjectsOptions{Prefix: prefix, Recursive: true}) {
		if info.Err != nil {
			return unreachable("blob.List", info.Err)
		}
		hash := path.Base(info.Key)
		if CheckHash(hash) != nil || info.Key != b.key(hash) {
			continue
		}
		if err := visit(Ref{Hash: hash, Size: info.Size}); err != nil {
			return err
		}
	}
	return fault.Wrap("blob.List", ctx.Err())
}

// Delete implements Store. A bucket that keeps versions keeps this one as well:
// erasing needs a rule there that ends old versions.
func (b *Bucket) Delete(ctx context.Context, hash string) error {
	if err := ready(ctx, hash); err != nil {
		return err
	}
	err := b.client.RemoveObject(ctx, b.bucket, b.key(hash), minio.RemoveObjectOptions{})
	if err != nil && missing(err) {
		return nil
	}
	return unreachable("blob.Delete", err)
}

// Verify is the package's Verify for this bucket.
func (b *Bucket) Verify(ctx context.Context, hash string) error { return Verify(ctx, b, hash) }
