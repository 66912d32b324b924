package cli

import (
	"io"
	"os"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"
)

// bar shows on a terminal how far a long task has come; elsewhere it is silent.
// A nil bar shows nothing.
type bar struct{ b *progressbar.ProgressBar }

// progress starts a bar that counts things, or bytes.
func progress(env *Env, what string, bytes bool) *bar {
	out, ok := env.Stderr.(*os.File)
	if !ok || !term.IsTerminal(int(out.Fd())) {
		return nil
	}
	options := []progressbar.Option{progressbar.OptionSetWriter(out), progressbar.OptionSetDescription(what), progressbar.OptionShowCount(),
		progressbar.OptionThrottle(100_000_000), progressbar.OptionClearOnFinish(), progressbar.OptionSetPredictTime(true)}
	if bytes {
		options = append(options, progressbar.OptionShowBytes(true))
	}
	return &bar{progressbar.NewOptions64(-1, options...)}
}

// tell says how much of how much is done; a total below 0 is not known.
func (b *bar) tell(done, total int64) {
	if b == nil {
		return
	}
	if total > 0 && b.b.GetMax64() != total {
		b.b.ChangeMax64(total)
	}
	_ = b.b.Set64(done)
}

// end takes the bar away.
func (b *bar) end() {
	if b != nil {
		_ = b.b.Finish()
	}
}

// counted is a reader that tells how much of it was read.
type counted struct {
	io.Reader
	total, done int64
	tell        func(done, total int64)
}

// Read implements io.Reader.
func (c *counted) Read(p []byte) (int, error) {
	n, err := c.Reader.Read(p)
	c.done += int64(n)
	c.tell(c.done, c.total)
	return n, err
}
