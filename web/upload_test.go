package web_test

import (
	"bytes"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"
	"os"
	"strings"
	"testing"
)

// A form's files wait on disk while it is read; none stays there afterwards.
func TestUploadLeavesNothingBehind(t *testing.T) {
	tmp := t.TempDir()
	t.Setenv("TMPDIR", tmp)
	d := newDesk(t)
	n := d.received(vasseur())
	w := d.upload("nadia", "/orders/"+n+"/photo", url.Values{"moment": {"intake"}}, map[string][]byte{"big.jpg": bytes.Repeat([]byte("no photo "), 4<<20)})
	want(t, w, http.StatusUnprocessableEntity)
	left, err := os.ReadDir(tmp)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range left {
		if strings.HasPrefix(f.Name(), "multipart-") {
			t.Errorf("%s is left behind", f.Name())
		}
	}
}

// read counts what of it was read.
type read struct {
	io.Reader
	n int64
}

func (r *read) Read(b []byte) (int, error) {
	n, err := r.Reader.Read(b)
	r.n += int64(n)
	return n, err
}

// Somebody who is not signed in cannot fill the disk.
func TestStrangerSendsLittle(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	var head bytes.Buffer
	m := multipart.NewWriter(&head)
	if _, err := m.CreateFormFile("login", "login"); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{"/signin", "/signin/choose", "/lang", "/c/nobody", "/orders/1/photo"} {
		body := &read{Reader: io.MultiReader(bytes.NewReader(head.Bytes()), bytes.NewReader(make([]byte, 40<<20)))}
		w := d.do("", http.MethodPost, path, m.FormDataContentType(), body)
		if w.Code < 400 {
			t.Errorf("%s: status %d", path, w.Code)
		}
		if body.n > 2<<20 {
			t.Errorf("%s: %d bytes of a stranger were read", path, body.n)
		}
	}
}
