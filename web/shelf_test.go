package web_test

import (
	"bytes"
	"image"
	"image/png"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"etabli.example/ident"
)

// document sends the form of the shelf with a file.
func (d *desk) document(login string, f url.Values, name string, file []byte) *httptest.ResponseRecorder {
	d.t.Helper()
	var b bytes.Buffer
	m := multipart.NewWriter(&b)
	if !f.Has("entry") {
		f.Set("entry", ident.New())
	}
	f.Set("do", "add")
	for k := range f {
		if err := m.WriteField(k, f.Get(k)); err != nil {
			d.t.Fatal(err)
		}
	}
	w, err := m.CreateFormFile("file", name)
	if err != nil {
		d.t.Fatal(err)
	}
	if _, err := w.Write(file); err != nil {
		d.t.Fatal(err)
	}
	if err := m.Close(); err != nil {
		d.t.Fatal(err)
	}
	return d.do(login, http.MethodPost, "/shelf", m.FormDataContentType(), &b)
}

var shelfFile = regexp.MustCompile(`/shelf/[0-9a-z]+/file`)

// The makers' documents: put on the shelf by who may, checked, found from the
// calibre and the order, served so that nothing in them runs.
func TestShelf(t *testing.T) {
	t.Parallel()
	j := newDesk(t).working(t)
	d := j.desk
	pdf := []byte("%PDF-1.4\n1 0 obj << /Type /Catalog >> endobj\ntrailer << /Root 1 0 R >>\n%%EOF\n")
	said := func(more ...string) url.Values {
		f := url.Values{"maker": {"Sellita"}, "calibre": {"SW200-1"}, "title": {"Fiche SW200 zz"}, "version": {"3.1"}, "licence": {"compte atelier"}, "lang": {"fr"}}
		for i := 0; i < len(more); i += 2 {
			f.Set(more[i], more[i+1])
		}
		return f
	}
	want(t, d.document("samir", said(), "a.pdf", pdf), http.StatusForbidden)
	for name, c := range map[string]struct {
		f    url.Values
		file string
		say  string
	}{
		"a script inside":       {said(), string(pdf) + "2 0 obj << /S /JavaScript /JS (x) >> endobj\n%%EOF", "contient un programme"},
		"a page named so":       {said(), "<html><script>alert(1)</script>", "ni un PDF ni une image"},
		"half a PDF":            {said(), "%PDF-1.4 1 0 obj", "pas un PDF entier"},
		"nothing":               {said(), "", "Choisissez un fichier"},
		"a script as a link":    {said("url", "javascript:alert(1)"), "", "commence par https"},
		"no licence":            {said("licence", ""), string(pdf), "à quel titre"},
		"nothing to replace":    {said("replaces", ident.New()), string(pdf), "ne peut pas être remplacé"},
		"larger than it may be": {said(), string(pdf[:len(pdf)-6]) + strings.Repeat(" ", 25_000_001), "dépasse 25"},
	} {
		w := d.document("paul", c.f, "x.pdf", []byte(c.file))
		if (w.Code != http.StatusUnprocessableEntity && w.Code != http.StatusRequestEntityTooLarge) || !strings.Contains(w.Body.String(), c.say) || !strings.Contains(w.Body.String(), "Fiche SW200 zz") {
			t.Errorf("%s: %d, %q not said or what was typed is lost", name, w.Code, c.say)
		}
	}
	lacks(t, want(t, d.get("samir", "/shelf"), http.StatusOK), "SW200")

	first := said("entry", ident.New())
	for range 2 { // sent twice: there once
		want(t, d.document("paul", first, "x.pdf", pdf), http.StatusSeeOther)
	}
	page := want(t, d.get("samir", "/calibres/Sellita/SW200-1"), http.StatusOK, "Fiche SW200 zz", "version 3.1", "licence : compte atelier")
	if n := strings.Count(page, "Fiche SW200 zz"); n != 1 {
		t.Errorf("on the shelf %d times", n)
	}
	file := shelfFile.FindString(page)
	w := d.get("samir", file)
	h := w.Result().Header
	if w.Code != http.StatusOK || !bytes.Equal(w.Body.Bytes(), pdf) || h.Get("Content-Type") != "application/pdf" || h.Get("X-Content-Type-Options") != "nosniff" ||
		!strings.HasPrefix(h.Get("Content-Disposition"), "inline; ") || !strings.Contains(h.Get("Content-Security-Policy"), "default-src 'none'") || strings.Contains(h.Get("Content-Security-Policy"), "script") {
		t.Errorf("%d %v", w.Code, h)
	}
	if w := d.get("", file); w.Code != http.StatusSeeOther {
		t.Errorf("a stranger reads it: %d", w.Code)
	}

	// What could not be looked into is saved, never opened.
	want(t, d.document("paul", said("title", "Chiffré zz"), "x.pdf", []byte("%PDF-1.4\ntrailer << /Root 1 0 R /Encrypt 9 0 R >>\n%%EOF\n")), http.StatusSeeOther)
	page = want(t, d.get("samir", "/shelf?maker=sellita&calibre=sw200+1"), http.StatusOK, "Chiffré zz", "n’a pas pu être contrôlé")
	if h := d.get("samir", shelfFile.FindString(page)).Result().Header; !strings.HasPrefix(h.Get("Content-Disposition"), "attachment; ") || !strings.HasSuffix(h.Get("Content-Security-Policy"), "sandbox") {
		t.Errorf("an encrypted file is opened: %v", h)
	}

	// A picture is drawn anew; a newer version replaces the older, which says so.
	var picture bytes.Buffer
	if err := png.Encode(&picture, image.NewGray(image.Rect(0, 0, 20, 20))); err != nil {
		t.Fatal(err)
	}
	old := strings.Split(file, "/")[2]
	want(t, d.document("paul", said("title", "Plan zz", "replaces", old), "x.html", append(picture.Bytes(), "<script>"...)), http.StatusSeeOther)
	page = want(t, d.get("samir", "/shelf?maker=Sellita"), http.StatusOK, "Remplacé par", "Plan zz")
	if w := d.get("samir", shelfFile.FindString(page)); w.Result().Header.Get("Content-Type") != "image/jpeg" || bytes.Contains(w.Body.Bytes(), []byte("<script>")) {
		t.Error("a picture is not drawn anew")
	}
	w = d.post("paul", "/shelf", url.Values{"do": {"withdraw"}, "id": {old}, "why": {""}})
	want(t, w, http.StatusUnprocessableEntity, "Dites pourquoi")

	// From the order: of its brand and its calibre, with what the tablet keeps.
	want(t, d.document("paul", url.Values{"maker": {"TISSOT"}, "title": {"De la marque zz"}, "licence": {"x"}}, "x.pdf", pdf), http.StatusSeeOther)
	page = want(t, d.get("samir", j.at("/shelf")), http.StatusOK, "De la marque zz", `data-keep="`+j.at("/shelf")+` /shelf/`)
	lacks(t, page, "SW200")
	lacks(t, page, "⟦")
	want(t, d.get("samir", j.at("/work")), http.StatusOK, j.at("/shelf"), `data-keep="/orders/`)
}
