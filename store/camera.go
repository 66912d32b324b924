package store

import (
	"context"

	"etabli.example/trade/order"
)

func scanCamera(r scanner) (c order.Camera, err error) {
	var until int64
	err = r.Scan(&c.House, &c.Hash, &c.Sheet, &c.Person, &until)
	c.Until = instant(until)
	return c, err
}

func scanSnapshot(r scanner) (s order.Snapshot, err error) {
	var taken int64
	err = r.Scan(&s.House, &s.Sheet, &s.ID, &s.Hash, &s.Thumb, &s.Width, &s.Height, &taken)
	s.Taken = instant(taken)
	return s, err
}

const (
	sqlCameraPut = `insert into camera (house, hash, sheet, person, until) values ($1, $2, $3, $4, $5) on conflict (house, hash) do update set` +
		` sheet = excluded.sheet, person = excluded.person, until = excluded.until`
	sqlCamera      = `select house, hash, sheet, person, until from camera where house = $1 and hash = $2`
	sqlSnapshotPut = `insert into snapshot (house, sheet, id, hash, thumb, width, height, taken) values ($1, $2, $3, $4, $5, $6, $7, $8)` +
		` on conflict (house, sheet, id) do update set taken = snapshot.taken`
	sqlSnapshots       = `select house, sheet, id, hash, thumb, width, height, taken from snapshot where house = $1 and sheet = $2 order by id asc`
	sqlSnapshotsDelete = `delete from snapshot where house = $1 and sheet = $2`
	sqlSnapshotDelete  = `delete from snapshot where house = $1 and sheet = $2 and id = $3`
)

// PutCamera writes a telephone's leave to take pictures.
func (t *Tx) PutCamera(ctx context.Context, c order.Camera) error {
	_, err := t.exec(ctx, sqlCameraPut, t.house, c.Hash, c.Sheet, c.Person, micros(c.Until))
	return err
}

// Camera returns the leave of a token's hash, run out or not.
func (t *Tx) Camera(ctx context.Context, hash string) (order.Camera, error) {
	return one(ctx, t, "store.Camera", scanCamera, sqlCamera, t.house, hash)
}

// PutSnapshot keeps a picture for an order that is not opened yet; the same id
// again changes nothing.
func (t *Tx) PutSnapshot(ctx context.Context, s order.Snapshot) error {
	_, err := t.exec(ctx, sqlSnapshotPut, t.house, s.Sheet, s.ID, s.Hash, s.Thumb, s.Width, s.Height, micros(s.Taken))
	return err
}

// Snapshots returns the pictures that wait for a sheet, in the order of their ids.
func (t *Tx) Snapshots(ctx context.Context, sheet string) ([]order.Snapshot, error) {
	return list(ctx, t, scanSnapshot, sqlSnapshots, t.house, sheet)
}

// DeleteSnapshot drops one picture that waits; DeleteSnapshots all of a sheet.
func (t *Tx) DeleteSnapshot(ctx context.Context, sheet, id string) error {
	_, err := t.exec(ctx, sqlSnapshotDelete, t.house, sheet, id)
	return err
}

// DeleteSnapshots drops the pictures that wait for a sheet: they are on it now.
func (t *Tx) DeleteSnapshots(ctx context.Context, sheet string) error {
	_, err := t.exec(ctx, sqlSnapshotsDelete, t.house, sheet)
	return err
}
