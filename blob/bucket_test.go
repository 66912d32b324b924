package blob_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/johannesboyne/gofakes3"
	"github.com/johannesboyne/gofakes3/backend/s3mem"

	"etabli.example/blob"
	"etabli.example/blob/blobtest"
	"etabli.example/fault"
)

// s3 runs a server that speaks the protocol, with one bucket.
func s3(t *testing.T) (*httptest.Server, *s3mem.Backend) {
	t.Helper()
	back := s3mem.New()
	if err := back.CreateBucket("atelier"); err != nil {
		t.Fatal(err)
	}
	fake := gofakes3.New(back).Server()
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodPut && r.ContentLength <= 0 && r.Header.Get("Content-Length") == "" {
			r.Header.Set("Content-Length", "0") // the fake asks for what Go leaves out of an empty body
		}
		fake.ServeHTTP(w, r)
	}))
	t.Cleanup(srv.Close)
	t.Setenv("AWS_ACCESS_KEY_ID", "key")
	t.Setenv("AWS_SECRET_ACCESS_KEY", "secret")
	return srv, back
}

func address(srv *httptest.Server, rest string) string {
	return "s3://atelier" + rest + "?region=eu-west-3&endpoint=" + url.QueryEscape(srv.URL)
}

func TestBucket(t *testing.T) {
	srv, _ := s3(t)
	var n atomic.Int64
	blobtest.Test(t, func(t *testing.T) blob.Store {
		b, err := blob.OpenBucket(t.Context(), address(srv, fmt.Sprintf("/house/%d", n.Add(1))))
		if err != nil {
			t.Fatal(err)
		}
		return b
	})
}

func TestBucket_Damaged(t *testing.T) {
	srv, back := s3(t)
	b, err := blob.OpenBucket(t.Context(), address(srv, ""))
	if err != nil {
		t.Fatal(err)
	}
	ref, err := b.Put(t.Context(), strings.NewReader("rotor"), 100)
	if err != nil {
		t.Fatal(err)
	}
	name := ref.Hash[:2] + "/" + ref.Hash[2:4] + "/" + ref.Hash
	if _, err := back.PutObject("atelier", name, map[string]string{}, strings.NewReader("motor"), 5, nil); err != nil {
		t.Fatal(err)
	}
	if err := b.Verify(t.Context(), ref.Hash); !fault.Is(err, fault.Internal) {
		t.Errorf("changed content verifies: %v", err)
	}
	if _, err := b.Put(t.Context(), strings.NewReader("rotor"), 100); err != nil || b.Verify(t.Context(), ref.Hash) != nil {
		t.Errorf("putting it again does not heal: %v", err)
	}
}

func TestOpenBucket_Refused(t *testing.T) {
	srv, _ := s3(t)
	gone := address(srv, "")
	for _, c := range []struct {
		address string
		kind    fault.Kind
	}{{"s3://", fault.Invalid}, {"http://atelier?endpoint=https://x", fault.Invalid}, {"s3://atelier", fault.Invalid},
		{"s3://a:b@atelier?endpoint=https://x", fault.Invalid}, {strings.Replace(gone, "atelier", "other", 1), fault.Unavailable}} {
		if _, err := blob.OpenBucket(t.Context(), c.address); !fault.Is(err, c.kind) {
			t.Errorf("%s: %v", c.address, err)
		}
	}
	b, err := blob.OpenBucket(t.Context(), gone)
	if err != nil {
		t.Fatal(err)
	}
	srv.Close()
	ctx := t.Context()
	if _, err := b.Put(ctx, strings.NewReader("x"), 10); !fault.Is(err, fault.Unavailable) {
		t.Errorf("Put on a server that is gone: %v", err)
	}
}
