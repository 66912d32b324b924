package cli

import (
	"io"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"strings"
	"testing"

	"github.com/johannesboyne/gofakes3"
	"github.com/johannesboyne/gofakes3/backend/s3mem"

	"etabli.example/blob"
	"etabli.example/store"
	"etabli.example/workshop/demo"
)

// A workshop whose attachments lie in a bucket verifies, is backed up, and is
// restored into another bucket or a folder.
func TestBucket(t *testing.T) {
	back := s3mem.New()
	if err := back.CreateBucket("atelier"); err != nil {
		t.Fatal(err)
	}
	srv := httptest.NewServer(gofakes3.New(back).Server())
	defer srv.Close()
	t.Setenv("AWS_ACCESS_KEY_ID", "key")
	t.Setenv("AWS_SECRET_ACCESS_KEY", "secret")
	bucket := func(prefix string) string { return "s3://atelier/" + prefix + "?endpoint=" + url.QueryEscape(srv.URL) }
	at := Place{Data: filepath.Join(t.TempDir(), "shop"), Blobs: bucket("first")}
	env := &Env{Stdin: strings.NewReader(""), Stdout: io.Discard, Stderr: io.Discard}
	sound := func(at Place) {
		t.Helper()
		shop, err := OpenShopAt(t.Context(), at, nil)
		if err != nil {
			t.Fatal(err)
		}
		defer shop.Close()
		r, err := shop.Store.Verify(t.Context(), store.VerifyOptions{Blobs: store.BlobsAll, Source: BlobSource(shop)})
		if err != nil || !r.OK() || r.BlobsRead == 0 {
			t.Errorf("%+v: %v, %d attachments read, %v", at, err, r.BlobsRead, r.Flaws)
		}
	}
	shop, err := OpenShopAt(t.Context(), at, nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := demo.Fill(t.Context(), shop.Workshop); err != nil {
		t.Fatal(err)
	}
	shop.Close()
	sound(at)
	archive := filepath.Join(t.TempDir(), "shop.tar")
	if err := backup(t.Context(), env, at, archive); err != nil {
		t.Fatal(err)
	}
	for _, to := range []Place{{Data: filepath.Join(t.TempDir(), "again"), Blobs: bucket("second")}, {Data: filepath.Join(t.TempDir(), "folder")}} {
		if err := restore(t.Context(), env, archive, to); err != nil {
			t.Fatal(err)
		}
		sound(to)
	}
	first, err := blob.OpenBucket(t.Context(), bucket("first"))
	if err != nil {
		t.Fatal(err)
	}
	gone := ""
	if err := first.List(t.Context(), func(r blob.Ref) error { gone = r.Hash; return nil }); err != nil || gone == "" {
		t.Fatal(err)
	}
	if err := first.Delete(t.Context(), gone); err != nil {
		t.Fatal(err)
	}
	shop, err = OpenShopAt(t.Context(), at, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer shop.Close()
	r, err := shop.Store.Verify(t.Context(), store.VerifyOptions{Source: BlobSource(shop)})
	if err != nil || r.OK() {
		t.Errorf("an attachment that is gone is not missed: %v", err)
	}
}
