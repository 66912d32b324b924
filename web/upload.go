package web

import (
	"io"
	"net/http"
	"time"
)

// bounded is a request's body of which only so much is taken. What is sent beyond
// that is read and thrown away before the error is returned: a browser shows an
// answer only to what it could send to its end, and otherwise says that the
// connection was reset.
type bounded struct {
	io.ReadCloser
	w    http.ResponseWriter
	most int64
	left int64
	err  error
}

// The rest of a body is thrown away up to this size and for this long.
const (
	mostThrownAway = 4 << 30
	longestThrown  = 2 * time.Minute
)

// bound limits the body of r to most bytes.
func bound(w http.ResponseWriter, r *http.Request, most int64) *bounded {
	return &bounded{ReadCloser: r.Body, w: w, most: most, left: most}
}

// Read returns a *http.MaxBytesError once there is more than the limit.
func (b *bounded) Read(p []byte) (int, error) {
	if b.err != nil {
		return 0, b.err
	}
	if int64(len(p)) > b.left+1 {
		p = p[:b.left+1]
	}
	n, err := b.ReadCloser.Read(p)
	if int64(n) <= b.left {
		b.left, b.err = b.left-int64(n), err
		return n, err
	}
	n, b.left, b.err = int(b.left), 0, &http.MaxBytesError{Limit: b.most}
	b.throwAway()
	return n, b.err
}

// finish reads what a handler left of the body, so that its answer is seen.
func (b *bounded) finish() {
	if b.err == nil {
		b.err = http.ErrBodyReadAfterClose
		b.throwAway()
	}
}

func (b *bounded) throwAway() {
	c := http.NewResponseController(b.w)
	// Where there is no connection to set a time for (a test), the size is limit enough.
	_ = c.SetReadDeadline(time.Now().Add(longestThrown))
	_, _ = io.CopyN(io.Discard, b.ReadCloser, mostThrownAway) // whatever goes wrong, the answer is tried
	_ = c.SetReadDeadline(time.Time{})
}
