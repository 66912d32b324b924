package web

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Every third-party file is the one its manifest names.
func TestVendoredFiles(t *testing.T) {
	for _, m := range []struct{ manifest, root string }{
		{"static/vendor/manifest.json", "static"},
		{"../e2e/axe/manifest.json", "../e2e/axe"},
	} {
		raw, err := os.ReadFile(m.manifest)
		if err != nil {
			t.Fatal(err)
		}
		var files []struct{ File, Package, Version, Licence, SHA256 string }
		if err := json.Unmarshal(raw, &files); err != nil {
			t.Fatal(err)
		}
		if len(files) == 0 {
			t.Errorf("%s names no file", m.manifest)
		}
		for _, f := range files {
			body, err := os.ReadFile(filepath.Join(m.root, f.File))
			if err != nil {
				t.Error(err)
				continue
			}
			sum := sha256.Sum256(body)
			if got := hex.EncodeToString(sum[:]); got != f.SHA256 {
				t.Errorf("%s: sha256 %s, manifest says %s", f.File, got, f.SHA256)
			}
			if f.Package == "" || f.Version == "" || f.Licence == "" {
				t.Errorf("%s: package, version and licence must be named", f.File)
			}
		}
	}
}

// What comes from elsewhere is in the manifest: nothing slips in.
func TestVendoredFolderIsListed(t *testing.T) {
	raw, err := fs.ReadFile(staticFiles, "static/vendor/manifest.json")
	if err != nil {
		t.Fatal(err)
	}
	names, err := fs.Glob(staticFiles, "static/vendor/*.js")
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range names {
		if !bytes.Contains(raw, []byte(strings.TrimPrefix(n, "static/"))) {
			t.Errorf("%s is not in the manifest", n)
		}
	}
}

// An element that outgrows a screenful or two wants to be two.
func TestElementsStaySmall(t *testing.T) {
	names, err := fs.Glob(staticFiles, "static/element/*.js")
	if err != nil || len(names) == 0 {
		t.Fatal(names, err)
	}
	for _, n := range names {
		body, err := fs.ReadFile(staticFiles, n)
		if err != nil {
			t.Fatal(err)
		}
		if lines := bytes.Count(body, []byte("\n")); lines >= 200 {
			t.Errorf("%s has %d lines; under 200 is the rule", n, lines)
		}
		body = bytes.ReplaceAll(body, []byte("http://www.w3.org/2000/svg"), nil) // a name, not an address
		for _, bad := range []string{"eval(", "new Function", "http://", "https://"} {
			if bytes.Contains(body, []byte(bad)) {
				t.Errorf("%s contains %q, which the content security policy refuses", n, bad)
			}
		}
	}
}

// The policy refuses inline styles and scripts: none may stand in a template.
func TestTemplatesHoldNothingInline(t *testing.T) {
	for _, root := range []string{"component", "layout", "page"} {
		err := filepath.WalkDir(root, func(name string, d fs.DirEntry, err error) error {
			if err != nil || !strings.HasSuffix(name, ".html") {
				return err
			}
			body, err := os.ReadFile(name)
			if err != nil {
				return err
			}
			for _, bad := range []string{" style=", "<style", " onclick=", " onchange=", "javascript:", "hx-on"} {
				if bytes.Contains(body, []byte(bad)) {
					t.Errorf("%s contains %q", name, bad)
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}
