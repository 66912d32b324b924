package mail

import (
	"context"
	"slices"
	"sync"
	"time"
)

// Outbox is a Sender that sends nothing and keeps the latest messages to be
// looked at: the demo's, which must never write to anyone. The oldest message
// is dropped when it is full. It is safe for concurrent use.
type Outbox struct {
	now  func() time.Time
	size int

	mu   sync.Mutex
	kept []Kept // oldest first
	last int
}

var _ Sender = (*Outbox)(nil)

// Kept is a message in an Outbox.
type Kept struct {
	ID int // 1, 2, 3 … in the order of sending
	At time.Time
	Message
}

// NewOutbox returns an Outbox for the size latest messages, at least one, that
// reads the time from now.
func NewOutbox(size int, now func() time.Time) *Outbox {
	return &Outbox{now: now, size: max(1, size)}
}

// Send implements Sender. It refuses what a real sender would refuse.
func (o *Outbox) Send(ctx context.Context, m Message) error {
	if err := m.Check(); err != nil {
		return err
	}
	if err := ctx.Err(); err != nil {
		return unavailable(err)
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	if len(o.kept) == o.size {
		o.kept = slices.Delete(o.kept, 0, 1)
	}
	o.last++
	o.kept = append(o.kept, Kept{ID: o.last, At: o.now(), Message: m})
	return nil
}

// List returns what is kept, the latest first.
func (o *Outbox) List() []Kept {
	o.mu.Lock()
	defer o.mu.Unlock()
	list := slices.Clone(o.kept)
	slices.Reverse(list)
	return list
}

// Get returns the message with that ID, and whether it is still kept.
func (o *Outbox) Get(id int) (Kept, bool) {
	o.mu.Lock()
	defer o.mu.Unlock()
	for _, k := range o.kept {
		if k.ID == id {
			return k, true
		}
	}
	return Kept{}, false
}
