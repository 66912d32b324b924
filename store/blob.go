package store

import "context"

type noted struct {
	media string
	size  int64
}

func scanNoted(r scanner) (n noted, err error) { return n, r.Scan(&n.media, &n.size) }

const (
	sqlBlobPut = `insert into blob (house, hash, media, size) values ($1, $2, $3, $4)` +
		` on conflict (house, hash) do update set media = excluded.media, size = excluded.size`
	sqlBlob = `select media, size from blob where house = $1 and hash = $2`
)

// PutBlob notes a blob's size in bytes and media type; entries name it by hash.
func (t *Tx) PutBlob(ctx context.Context, hash, media string, size int64) error {
	_, err := t.exec(ctx, sqlBlobPut, t.house, hash, media, size)
	return err
}

// Blob returns what was noted.
func (t *Tx) Blob(ctx context.Context, hash string) (media string, size int64, err error) {
	n, err := one(ctx, t, "store.Blob", scanNoted, sqlBlob, t.house, hash)
	return n.media, n.size, err
}
