package order

import "time"

// Camera is a telephone lent to the counter as its camera for a while: a page
// without an account takes pictures for one sheet, in the name of the person who
// asked for it. Only the hash of its token is kept.
type Camera struct {
	House  string
	Hash   string // SHA-256 of the token
	Sheet  string
	Person string
	Until  time.Time
}

// The bounds of a camera: how long its page opens, and how many pictures may
// wait for an order that is not opened yet.
const (
	CameraLife    = 15 * time.Minute
	MostSnapshots = 40
)

// Snapshot is a picture taken for a sheet before the order is opened.
type Snapshot struct {
	House, Sheet  string
	ID            string // of the entry it will be
	Hash, Thumb   string
	Width, Height int
	Taken         time.Time
}

// Photo is the snapshot as the entry says it.
func (s Snapshot) Photo() Photo {
	return Photo{Hash: s.Hash, Thumb: s.Thumb, Width: s.Width, Height: s.Height, Moment: "intake"}
}
