package web

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"strings"
)

//go:embed static
var staticFiles embed.FS

// asset is one file ready to be sent.
type asset struct {
	kind   string // content type
	plain  []byte
	packed []byte // gzip; nil where it does not pay
}

// assets is the embedded files under one content hash. The hash is part of the
// address, so that a browser may keep a file for ever and relative addresses
// inside CSS and modules need no rewriting.
type assets struct {
	hash  string
	files map[string]asset
}

func loadAssets(fsys fs.FS) (*assets, error) {
	a := &assets{files: map[string]asset{}}
	sum := sha256.New()
	err := fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		body, err := fs.ReadFile(fsys, name)
		if err != nil {
			return err
		}
		sum.Write([]byte(name + "\x00"))
		sum.Write(body)
		a.files[name] = newAsset(name, body)
		return nil
	})
	a.hash = hex.EncodeToString(sum.Sum(nil))[:12]
	return a, err
}

func newAsset(name string, body []byte) asset {
	f := asset{kind: kindOf(name), plain: body}
	if !strings.HasSuffix(name, ".woff2") && len(body) > 512 {
		var b bytes.Buffer
		z, _ := gzip.NewWriterLevel(&b, gzip.BestCompression) // the level is valid
		_, _ = z.Write(body)                                  // a bytes.Buffer does not fail
		_ = z.Close()
		f.packed = b.Bytes()
	}
	return f
}

// kindOf does not ask the machine: its tables differ and a module with the
// wrong type is refused.
func kindOf(name string) string {
	switch path.Ext(name) {
	case ".js":
		return "text/javascript; charset=utf-8"
	case ".css":
		return "text/css; charset=utf-8"
	case ".svg":
		return "image/svg+xml"
	case ".woff2":
		return "font/woff2"
	case ".json":
		return "application/json"
	case ".txt":
		return "text/plain; charset=utf-8"
	}
	if t := mime.TypeByExtension(path.Ext(name)); t != "" {
		return t
	}
	return "application/octet-stream"
}

// url returns the address of a file of web/static.
func (a *assets) url(name string) string { return "/static/" + a.hash + "/" + name }

// ServeHTTP sends /static/{hash}/{name...}. A file asked for under an old hash
// is sent too, but not to be kept.
func (a *assets) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	f, ok := a.files[r.PathValue("name")]
	if !ok {
		http.NotFound(w, r)
		return
	}
	h := w.Header()
	h.Set("Content-Type", f.kind)
	h.Set("Cache-Control", "no-cache")
	if r.PathValue("hash") == a.hash {
		h.Set("Cache-Control", "public, max-age=31536000, immutable")
	}
	body := f.plain
	if f.packed != nil {
		h.Add("Vary", "Accept-Encoding")
		if strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
			h.Set("Content-Encoding", "gzip")
			body = f.packed
		}
	}
	if r.Method != http.MethodHead {
		_, _ = w.Write(body) // the browser went away; nothing to do about it
	}
}
