package web_test

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"io"
	"log/slog"
	"maps"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"etabli.example/cli/shoptest"
	"etabli.example/trade/staff"
	"etabli.example/web"
	"etabli.example/workshop"
)

// desk is a house with its pages: a real store, people who signed in, nothing
// received yet.
type desk struct {
	t      *testing.T
	shop   *workshop.Workshop
	pages  http.Handler
	tokens map[string]string // login → session
	people map[string]staff.Person
}

// testFirm is an invented house: papers name it in full.
var testFirm = workshop.Firm{Name: "Atelier Essai", Trade: "horlogers", Address: []string{"1 rue du Test", "75003 Paris"}, Phone: "01 99 00 00 00",
	Email: "atelier@essai.example", Site: "essai.example", Legal: "EI", SIREN: "000 000 000", VAT: "FR12000000000",
	Mediator: workshop.Mediator{Name: "Médiateur d’essai", Site: "mediateur.example"}}

func newDesk(t *testing.T) *desk {
	t.Helper()
	quiet := slog.New(slog.NewTextHandler(io.Discard, nil))
	var err error
	shop := shoptest.Open(t, quiet)
	shop.Demo = true
	if err := shop.SaveFirm(t.Context(), staff.System(), testFirm); err != nil {
		t.Fatal(err)
	}
	d := &desk{t: t, shop: shop.Workshop, tokens: map[string]string{}, people: map[string]staff.Person{}}
	for _, p := range []staff.Person{{Login: "nadia", Name: "Nadia Kaci", Roles: []staff.Role{staff.Counter}, Bench: "comptoir"},
		{Login: "samir", Name: "Samir Benali", Roles: []staff.Role{staff.Technician}, Bench: "poste 2"},
		{Login: "paul", Name: "Paul Morel", Roles: []staff.Role{staff.Manager}}} {
		p.Active = true
		p, err := shop.SavePerson(t.Context(), staff.System(), p, "")
		if err != nil {
			t.Fatal(err)
		}
		if d.tokens[p.Login], err = shop.Choose(t.Context(), p.ID, "test"); err != nil {
			t.Fatal(err)
		}
		d.people[p.Login] = p
	}
	if d.pages, err = web.New(web.Config{Workshop: shop.Workshop, Log: quiet}); err != nil {
		t.Fatal(err)
	}
	return d
}

// do sends one request as somebody and returns status, body and headers.
func (d *desk) do(login, method, path, kind string, body io.Reader) *httptest.ResponseRecorder {
	d.t.Helper()
	r := httptest.NewRequest(method, path, body)
	if kind != "" {
		r.Header.Set("Content-Type", kind)
	}
	r.Header.Set("Accept-Language", "fr")
	if token := d.tokens[login]; token != "" {
		r.AddCookie(&http.Cookie{Name: "session", Value: token})
	}
	w := httptest.NewRecorder()
	d.pages.ServeHTTP(w, r)
	return w
}

func (d *desk) get(login, path string) *httptest.ResponseRecorder {
	d.t.Helper()
	return d.do(login, http.MethodGet, path, "", nil)
}

func (d *desk) post(login, path string, form url.Values) *httptest.ResponseRecorder {
	d.t.Helper()
	return d.do(login, http.MethodPost, path, "application/x-www-form-urlencoded", strings.NewReader(form.Encode()))
}

// upload posts a form with files of the field "photos".
func (d *desk) upload(login, path string, form url.Values, files map[string][]byte) *httptest.ResponseRecorder {
	d.t.Helper()
	var b bytes.Buffer
	m := multipart.NewWriter(&b)
	for name, values := range form {
		for _, v := range values {
			_ = m.WriteField(name, v) // a bytes.Buffer does not fail
		}
	}
	for _, name := range slices.Sorted(maps.Keys(files)) { // as a browser that sends the form again
		content := files[name]
		f, err := m.CreateFormFile("photos", name)
		if err != nil {
			d.t.Fatal(err)
		}
		_, _ = f.Write(content)
	}
	m.Close()
	return d.do(login, http.MethodPost, path, m.FormDataContentType(), &b)
}

var hidden = regexp.MustCompile(`name="(seen|entry|sheet)" value="([^"]*)"`)

// carried reads what the first form of a page carries unseen.
func carried(page string) url.Values {
	v := url.Values{}
	for _, m := range hidden.FindAllStringSubmatch(page, -1) {
		if !v.Has(m[1]) {
			v.Set(m[1], m[2])
		}
	}
	return v
}

// spaces makes the spaces of our typography plain: other tests hold them.
var spaces = strings.NewReplacer("\u00a0", " ", "\u202f", " ")

// want fails where the answer has another status, or lacks one of the texts.
func want(t *testing.T, w *httptest.ResponseRecorder, status int, texts ...string) string {
	t.Helper()
	body := spaces.Replace(w.Body.String())
	if w.Code != status {
		t.Fatalf("status %d, want %d (to %s)\n%.2500s", w.Code, status, w.Header().Get("Location"), mainOf(body))
	}
	for _, s := range texts {
		if !strings.Contains(body, spaces.Replace(s)) {
			t.Errorf("lacks %q:\n%.2500s", s, mainOf(body))
		}
	}
	return body
}

func mainOf(page string) string {
	if _, after, ok := strings.Cut(page, "<main"); ok {
		return after
	}
	return page
}

// lacks fails where the page has one of the texts.
func lacks(t *testing.T, page string, texts ...string) {
	t.Helper()
	for _, s := range texts {
		if strings.Contains(page, spaces.Replace(s)) {
			t.Errorf("has %q", s)
		}
	}
}

// vasseur is a whole reception as typed at the counter.
func vasseur() url.Values {
	return url.Values{"customer.given": {"Claire"}, "customer.name": {"Vasseur"}, "customer.phone": {"06 39 98 10 47"}, "customer.lang": {"fr"}, "customer.channel": {"sms"},
		"watch.brand": {"Tissot"}, "watch.model": {"Le Locle"}, "watch.calibre": {"ETA 2824-2"}, "watch.kind": {"automatic"}, "watch.material": {"steel"}, "watch.case_no": {"10 448 217"},
		"request": {"Elle retarde de cinq minutes par semaine, dit Claire Vasseur"}, "read_back": {"1"}, "symptom": {"slow|-43|s/d"}, "purpose": {"repair"}, "channel": {"counter"},
		"mark_zone": {"crystal", ""}, "mark_defect": {"scratch", "scratch"}, "mark_grade": {"2", "1"}, "mark_note": {"saphir", ""}, "declared_value": {"1 200"}, "promised": {"2040-01-05"}, "wish": {"no_polish"}}
}

// with returns the form with what a page carries, and with more values set.
func with(form, carried url.Values, more ...string) url.Values {
	out := url.Values{}
	for _, v := range []url.Values{form, carried} {
		for k, x := range v {
			out[k] = x
		}
	}
	for i := 0; i+1 < len(more); i += 2 {
		out.Set(more[i], more[i+1])
	}
	return out
}

// received opens an order over the counter and returns its number.
func (d *desk) received(form url.Values) string {
	d.t.Helper()
	page := want(d.t, d.get("nadia", "/reception"), http.StatusOK)
	w := d.post("nadia", "/reception", with(form, carried(page)))
	want(d.t, w, http.StatusSeeOther)
	number, ok := strings.CutSuffix(strings.TrimPrefix(w.Header().Get("Location"), "/orders/"), "/opened")
	if !ok {
		d.t.Fatalf("sent to %s", w.Header().Get("Location"))
	}
	return number
}

// picture is a photo as a phone would send it.
func picture(t *testing.T) []byte {
	t.Helper()
	img := image.NewRGBA(image.Rect(0, 0, 64, 48))
	for x := range 64 {
		img.Set(x, x%48, color.RGBA{uint8(x * 4), 90, 120, 255})
	}
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
