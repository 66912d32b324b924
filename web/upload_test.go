package web_test

import (
	"bytes"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
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

// served is the desk's pages on a real connection: only there does an answer that
// comes too early get lost.
func (d *desk) served(t *testing.T) *httptest.Server {
	t.Helper()
	s := httptest.NewServer(d.pages)
	t.Cleanup(s.Close)
	return s
}

// large is a form with one file of n bytes, made while it is sent.
func large(form url.Values, field string, n int64) (io.Reader, string) {
	var head bytes.Buffer
	m := multipart.NewWriter(&head)
	for name, values := range form {
		for _, v := range values {
			_ = m.WriteField(name, v) // a bytes.Buffer does not fail
		}
	}
	_, _ = m.CreateFormFile(field, "big.bin")
	end := "\r\n--" + m.Boundary() + "--\r\n"
	return io.MultiReader(&head, io.LimitReader(zeros{}, n), strings.NewReader(end)), m.FormDataContentType()
}

type zeros struct{}

func (zeros) Read(b []byte) (int, error) { clear(b); return len(b), nil }

// An upload over the limit gets its sentence, and not a connection that breaks.
func TestLargeUploadIsAnswered(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	d := newDesk(t)
	j := d.examined(t, leLocle)
	s := d.served(t)
	for _, sc := range []struct {
		name, path, field string
		size              int64
		form              url.Values
		status            int
		says              []string
	}{
		{"a sound over its limit", j.at("/measure/file"), "sound", 70 << 20, with(about, nil, "position", "6H"), 422, []string{"dépasse 64 Mo", `data-position="6H"`}},
		{"a sound over every limit", j.at("/measure/file?position=6H"), "sound", 420 << 20, about, 422, []string{"dépasse 64 Mo", `data-position="6H"`}},
		{"a photo of 60 MB", "/orders/" + j.number + "/photo", "photos", 60_000_000, url.Values{"moment": {"intake"}, "caption": {"couronne tordue"}}, 422, []string{"25 Mo", `value="couronne tordue"`}},
		{"photos over every limit", "/orders/" + j.number + "/photo", "photos", 420 << 20, nil, 413, []string{"dépasse 400 Mo"}},
		{"an order nobody has", "/orders/PAR-26-999999-9/photo", "photos", 60_000_000, nil, 404, []string{"Introuvable"}},
	} {
		t.Run(sc.name, func(t *testing.T) {
			body, kind := large(sc.form, sc.field, sc.size)
			r, err := http.NewRequest(http.MethodPost, s.URL+sc.path, body)
			if err != nil {
				t.Fatal(err)
			}
			r.Header.Set("Content-Type", kind)
			r.Header.Set("Accept-Language", "fr")
			r.AddCookie(&http.Cookie{Name: "session", Value: d.tokens["samir"]})
			w, err := s.Client().Do(r)
			if err != nil {
				t.Fatal(err)
			}
			defer w.Body.Close()
			page, err := io.ReadAll(w.Body)
			if err != nil || w.StatusCode != sc.status {
				t.Fatalf("status %d, %v", w.StatusCode, err)
			}
			for _, said := range sc.says {
				if !strings.Contains(spaces.Replace(string(page)), said) {
					t.Errorf("lacks %q:\n%.1500s", said, mainOf(string(page)))
				}
			}
		})
	}
}
