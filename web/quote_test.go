package web_test

import (
	"bytes"
	"log/slog"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"etabli.example/ident"
	"etabli.example/trade/customer"
	"etabli.example/trade/order"
	"etabli.example/trade/staff"
	"etabli.example/trade/watch"
	"etabli.example/web"
	"etabli.example/workshop"
)

// job is one order of a desk, and how far it has come.
type job struct {
	*desk
	sheet, number string
}

// diagnosed receives a watch and diagnoses it: the bench's part before a quote.
func (d *desk) diagnosed(t *testing.T) *job {
	t.Helper()
	j := &job{desk: d, sheet: ident.New()}
	in := workshop.Intake{Customer: customer.Customer{Given: "Claire", Name: "Vasseur", Phone: "06 39 98 10 47", Email: "claire@mail.example"},
		Watch: watch.Watch{Brand: "Tissot", Model: "Le Locle", Kind: watch.Automatic, WaterBar: 3}, Request: "Elle s’arrête la nuit."}
	in.Purpose, in.Channel, in.ReadBack, in.Wishes = "repair", "counter", true, []string{"return_parts"}
	in.Ceiling = 100 * 100
	s, err := d.shop.Receive(t.Context(), j.by("nadia"), in)
	if err != nil {
		t.Fatal(err)
	}
	j.number = s.Number
	if _, err := d.shop.Examine(t.Context(), j.by("samir")); err != nil {
		t.Fatal(err)
	}
	x := order.Diagnosis{Causes: []string{"OIL_DIRTY"}, Why: "Constaté.", Perimeter: "technician", Operations: []string{"REV-AUTO"}, Summary: "Les huiles ont séché."}
	if _, err := d.shop.Diagnose(t.Context(), j.by("samir"), x); err != nil {
		t.Fatal(err)
	}
	return j
}

func (j *job) by(login string) workshop.Act {
	p := j.people[login]
	return workshop.Act{Who: p.Actor(""), Sheet: j.sheet, Seen: -1}
}

func (j *job) at(page string) string { return "/orders/" + j.number + page }

// state reads the sheet.
func (j *job) state() order.State {
	j.t.Helper()
	v, err := j.shop.Sheet(j.t.Context(), j.people["paul"].Actor(""), j.sheet)
	if err != nil {
		j.t.Fatal(err)
	}
	return v.State
}

// submit opens a page and posts a form of it with what the page carried.
func (j *job) submit(login, page, to string, form url.Values) *httptest.ResponseRecorder {
	j.t.Helper()
	v := carried(want(j.t, j.get(login, j.at(page)), http.StatusOK))
	maps.Copy(v, form)
	return j.post(login, j.at(to), v)
}

// lines are the fields of a quote's lines: kind, label, quantity, price.
func lines(rows ...[4]string) url.Values {
	v := url.Values{"until": {"2040-01-31"}, "free": {"1"}, "summary": {"Les huiles ont séché."}}
	for i, r := range rows {
		for name, x := range map[string]string{"line_id": ident.New()[:4] + string(rune('a'+i)), "line_kind": r[0], "line_fr": r[1], "line_qty": r[2],
			"line_price": r[3], "line_vat": "2000", "line_operation": "", "line_en": ""} {
			v.Add(name, x)
		}
	}
	return v
}

func set(v url.Values, name, value string) url.Values {
	v.Set(name, value)
	return v
}

func TestQuote_form(t *testing.T) {
	d := newDesk(t)
	j := d.diagnosed(t)
	for name, c := range map[string]struct {
		form   url.Values
		status int
		has    []string
	}{
		"a letter in the price stays, with the repair": {set(lines([4]string{"obligatory", "Révision", "1", "29O"}), "do", "save"), 422, []string{`value="29O"`, "lettre O"}},
		"a quantity of none":                           {set(lines([4]string{"obligatory", "Révision", "0", "290"}), "do", "save"), 422, []string{"nombre entier", `value="Révision"`}},
		"a nameless line":                              {set(lines([4]string{"obligatory", "", "1", "290"}), "do", "save"), 422, []string{"Nommez la prestation"}},
		"no line at all":                               {set(lines(), "do", "save"), 422, []string{"aucune ligne"}},
		"a date of the past":                           {set(set(lines([4]string{"obligatory", "Révision", "1", "290"}), "until", "2020-01-01"), "do", "save"), 422, []string{"est passée"}},
		"a date that is none":                          {set(set(lines([4]string{"obligatory", "Révision", "1", "290"}), "until", "demain"), "do", "save"), 422, []string{"Date illisible"}},
		"an operation is added without saving":         {set(lines([4]string{"obligatory", "Révision", "1", "290"}), "do", "add:POL"), 200, []string{"Polissage boîte", "de 40 € à 120 €", `value="Révision"`}},
		"a line is taken away":                         {set(lines([4]string{"obligatory", "Révision", "1", "290"}, [4]string{"cosmetic", "Polissage", "1", "60"}), "do", "remove:2"), 200, []string{"290,00", "Modifié, pas encore gardé"}},
		"totals per rate":                              {set(lines([4]string{"obligatory", "Révision", "2", "60"}, [4]string{"cosmetic", "Polissage", "1", "60"}), "do", "sum"), 200, []string{"120,00", "100,00", "20,00", "180,00"}},
	} {
		t.Run(name, func(t *testing.T) {
			j.t = t
			want(t, j.submit("samir", "/quote", "/quote", c.form), c.status, c.has...)
			if n := len(j.state().Quotes); n != 0 {
				t.Errorf("%d versions written", n)
			}
		})
	}
}

func TestQuote_saveSendAnswer(t *testing.T) {
	j := newDesk(t).diagnosed(t)
	form := lines([4]string{"obligatory", "Révision complète", "1", "290"}, [4]string{"cosmetic", "Polissage", "1", "60"})
	form.Set("do", "save")
	page := want(t, j.get("samir", j.at("/quote")), 200, "Révision complète automatique simple") // suggested from the diagnosis
	first := carried(page)
	maps.Copy(first, form)
	want(t, j.post("samir", j.at("/quote"), first), 303)
	want(t, j.post("samir", j.at("/quote"), first), 303) // sent twice
	if n := len(j.state().Quotes); n != 1 {
		t.Fatalf("%d versions after a double submit", n)
	}
	stale := set(maps.Clone(first), "entry", ident.New())
	stale.Set("summary", "Ce que je tapais encore")
	want(t, j.post("paul", j.at("/quote"), stale), 409, "Ce que je tapais encore")

	if w := j.submit("samir", "/quote", "/quote/answer", url.Values{"do": {"accept"}}); w.Code == 303 {
		t.Error("a quote that was never sent was accepted")
	}
	sent := want(t, j.submit("nadia", "/quote", "/quote/send", url.Values{"channel": {"counter"}}), 200, "<svg class=\"qr\"", "/c/")
	if strings.Contains(want(t, j.get("nadia", j.at("/quote")), 200), "/c/") {
		t.Error("the link is shown again")
	}
	_ = sent
	q := j.state().LastQuote()
	answer := url.Values{"do": {"accept"}, "version": {"1"}, "hash": {"forged"}, "mode": {"counter"}, "chosen": {q.Lines[1].ID}}
	want(t, j.submit("nadia", "/quote", "/quote/answer", answer), 409, "a changé")
	want(t, j.submit("samir", "/quote", "/quote/answer", set(maps.Clone(answer), "hash", q.Hash)), 403)
	want(t, j.submit("nadia", "/quote", "/quote/answer", set(answer, "hash", q.Hash)), 303)
	if s := j.state(); s.Stage != order.Accepted || s.LastQuote().Total != 350_00 {
		t.Errorf("stage %s, total %d", s.Stage, s.LastQuote().Total)
	}
	want(t, j.get("samir", j.at("/quote")), 200, "ne change plus")
}

func TestQuote_recallCeilingAndUnknown(t *testing.T) {
	j := newDesk(t).diagnosed(t)
	want(t, j.submit("samir", "/quote", "/quote", set(lines([4]string{"obligatory", "Révision", "1", "290"}), "do", "save")), 303)
	want(t, j.submit("paul", "/quote", "/quote/ceiling", url.Values{}), 409, "dépasse le plafond")
	want(t, j.submit("paul", "/quote", "/quote", set(lines([4]string{"obligatory", "Réglage", "1", "90"}), "do", "save")), 303)
	want(t, j.submit("nadia", "/quote", "/quote/send", url.Values{"channel": {"email"}}), 200)
	want(t, j.submit("nadia", "/quote", "/quote/recall", url.Values{"reason": {" "}}), 422, "quote/recall")
	want(t, j.submit("nadia", "/quote", "/quote/recall", url.Values{"reason": {"Une pièce de plus."}}), 303)
	want(t, j.submit("paul", "/quote", "/quote/ceiling", url.Values{}), 303)
	if st := j.state().Stage; st != order.Accepted {
		t.Errorf("stage %s", st)
	}
	want(t, j.get("nadia", "/orders/PAR-26-999999-Z/quote"), 404)
	want(t, j.get("", j.at("/quote")), 303)
	want(t, j.get("nadia", j.at("/quote.pdf")), 200, "%PDF")
}

// visitor is a customer's phone: it keeps its cookies.
type visitor struct {
	*job
	path    string
	cookies []*http.Cookie
}

func (j *job) visitor() *visitor {
	j.t.Helper()
	link, err := j.shop.LinkFor(j.t.Context(), j.by("nadia"))
	if err != nil {
		j.t.Fatal(err)
	}
	u, err := url.Parse(link)
	if err != nil {
		j.t.Fatal(err)
	}
	return &visitor{job: j, path: u.Path}
}

func (v *visitor) send(method, path string, form url.Values) *httptest.ResponseRecorder {
	v.t.Helper()
	r := httptest.NewRequest(method, path, strings.NewReader(form.Encode()))
	if form != nil {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	for _, c := range v.cookies {
		r.AddCookie(c)
	}
	w := httptest.NewRecorder()
	v.pages.ServeHTTP(w, r)
	for _, c := range w.Result().Cookies() {
		if c.Name == "proof" {
			v.cookies = append(v.cookies, c)
		}
	}
	return w
}

func (v *visitor) open() *httptest.ResponseRecorder {
	v.t.Helper()
	return v.send(http.MethodGet, v.path, nil)
}

// press posts a form of the page.
func (v *visitor) press(do string, form url.Values) *httptest.ResponseRecorder {
	v.t.Helper()
	all := url.Values{"do": {do}, "entry": {ident.New()}}
	maps.Copy(all, form)
	return v.send(http.MethodPost, v.path, all)
}

// quoted is a job whose quote was sent.
func (d *desk) quoted(t *testing.T) *job {
	t.Helper()
	j := d.diagnosed(t)
	want(t, j.submit("samir", "/quote", "/quote", set(lines([4]string{"obligatory", "Révision", "1", "290"}, [4]string{"recommended", "Joints", "1", "45"}), "do", "save")), 303)
	want(t, j.submit("nadia", "/quote", "/quote/send", url.Values{"channel": {"counter"}}), 200)
	return j
}

func TestCustomerPage_proof(t *testing.T) {
	j := newDesk(t).quoted(t)
	v := j.visitor()
	w := v.open()
	body := want(t, w, 200, "trois derniers chiffres")
	for _, secret := range []string{"Tissot", "Vasseur", j.number, "290"} {
		if strings.Contains(body, secret) {
			t.Errorf("%q is shown before any proof", secret)
		}
	}
	if h := w.Header(); !strings.Contains(h.Get("X-Robots-Tag"), "noindex") || h.Get("Cache-Control") != "no-store" {
		t.Errorf("headers %v", h)
	}
	for range 5 {
		want(t, v.press("prove", url.Values{"proof": {"000"}}), 422, `value="000"`, "pas cela")
	}
	want(t, v.press("prove", url.Values{"proof": {"047"}}), 429, "Trop d’essais")
	want(t, v.send(http.MethodGet, "/c/"+ident.Token(), nil), 404)

	other := j.visitor()
	want(t, other.press("accept", url.Values{"start_now": {"1"}}), 422) // no proof: no act
	want(t, other.press("prove", url.Values{"proof": {" 0 47 "}}), 303)
	page := want(t, other.open(), 200, "Tissot Le Locle", "attend votre accord", "Accepter avec obligation de paiement")
	for _, secret := range []string{"Vasseur", "Claire", "Samir", "06 39"} {
		if strings.Contains(page, secret) {
			t.Errorf("the customer's page shows %q", secret)
		}
	}
	forged := &visitor{job: j, path: v.path, cookies: []*http.Cookie{{Name: "proof", Value: other.cookies[0].Value}}}
	want(t, forged.open(), 200, "trois derniers chiffres") // a proof opens its own link only
}

var ticked = regexp.MustCompile(`name="chosen"[^>]*checked`)

func TestCustomerPage_answer(t *testing.T) {
	j := newDesk(t).quoted(t)
	v := j.visitor()
	v.press("prove", url.Values{"proof": {"047"}})
	page := want(t, v.open(), 200, "290,00")
	if ticked.MatchString(page) {
		t.Error("an option is ticked beforehand")
	}
	q := j.state().LastQuote()
	form := url.Values{"version": {"1"}, "hash": {q.Hash}, "chosen": {q.Lines[1].ID}}
	if page = want(t, v.press("sum", form), 200, "335,00"); !ticked.MatchString(page) {
		t.Error("the option ticked is lost when the total is worked out again")
	}
	want(t, v.press("withdraw", nil), 409) // nothing was accepted yet
	want(t, v.open(), 200, "Vous choisissez", "au plus tôt le")
	want(t, v.press("accept", set(set(maps.Clone(form), "start_now", "1"), "hash", "other")), 409, "a changé")
	want(t, v.press("ask", url.Values{"text": {" "}}), 422)
	want(t, v.press("ask", url.Values{"text": {"Gardez-vous le cadran ?"}}), 303)
	want(t, v.open(), 200, "Gardez-vous le cadran")
	accept := set(set(maps.Clone(form), "start_now", "1"), "entry", ident.New())
	want(t, v.press("accept", accept), 303)
	want(t, v.press("accept", accept), 303) // sent twice
	if s := j.state(); s.Stage != order.Accepted || s.LastQuote().Total != 335_00 {
		t.Fatalf("stage %s, total %d", s.Stage, s.LastQuote().Total)
	}
	want(t, v.open(), 200, "Accepté le", "Renoncer au contrat ici", "335,00")
	want(t, v.press("withdraw", nil), 200, "Confirmer la rétractation")
	if st := j.state().Stage; st != order.Accepted {
		t.Fatalf("asking to withdraw withdrew: %s", st)
	}
	want(t, v.press("confirm", nil), 303)
	want(t, v.open(), 200, "Rétractation reçue le")
	want(t, v.press("confirm", nil), 409)
	want(t, v.send(http.MethodGet, v.path+"/report.pdf", nil), 404)
}

func TestCustomerPage_decline(t *testing.T) {
	j := newDesk(t).quoted(t)
	v := j.visitor()
	v.press("prove", url.Values{"proof": {"047"}})
	want(t, v.press("decline", url.Values{"version": {"1"}, "reason": {"Trop cher."}}), 303)
	if s := j.state(); s.Stage != order.Declined || s.LastQuote().Reason != "Trop cher." {
		t.Errorf("stage %s, reason %q", s.Stage, s.LastQuote().Reason)
	}
}

// admin adds an administrator to the desk.
func (d *desk) admin(t *testing.T) {
	t.Helper()
	p, err := d.shop.SavePerson(t.Context(), staff.System(), staff.Person{Login: "ines", Name: "Inès Roche", Roles: []staff.Role{staff.Administrator}, Active: true}, "")
	if err != nil {
		t.Fatal(err)
	}
	d.people["ines"] = p
	if d.tokens["ines"], err = d.shop.Choose(t.Context(), p.ID, "test"); err != nil {
		t.Fatal(err)
	}
}

func TestOffice(t *testing.T) {
	d := newDesk(t)
	d.admin(t)
	want(t, d.get("samir", "/prices"), 200, "tenir les tarifs")
	price := url.Values{"operation": {"POL"}, "kind": {""}, "gross": {"6O"}, "vat": {"2000"}, "from": {""}}
	want(t, d.post("paul", "/prices", price), 422, `value="6O"`, "lettre O")
	want(t, d.post("samir", "/prices", set(maps.Clone(price), "gross", "60")), 403)
	want(t, d.post("paul", "/prices", set(maps.Clone(price), "gross", "60")), 303)
	want(t, d.post("paul", "/prices", set(set(maps.Clone(price), "gross", "60"), "operation", "NOPE")), 422, "Choisissez une opération")
	want(t, d.get("paul", "/prices"), 200, "60,00")

	want(t, d.get("paul", "/people"), 403)
	want(t, d.get("samir", "/people/rights"), 200, "intervenir")
	person := url.Values{"login": {"Lea"}, "name": {"Léa Petit"}, "role": {"counter"}, "active": {"1"}, "password": {"court"}}
	want(t, d.post("ines", "/people", person), 422, `value="Léa Petit"`, "minuscules")
	want(t, d.post("ines", "/people", set(maps.Clone(person), "login", "lea")), 422, "10")
	want(t, d.post("ines", "/people", set(set(maps.Clone(person), "login", "lea"), "password", "dix caractères")), 303)
	want(t, d.get("ines", "/people"), 200, "Léa Petit")
	me := url.Values{"id": {d.people["ines"].ID}, "login": {"ines"}, "name": {"Inès Roche"}, "role": {"counter"}, "active": {"1"}}
	want(t, d.post("ines", "/people", me), 422, "vous retirer l’administration")
	want(t, d.get("paul", "/outbox"), 404) // only the demonstration has one
}

func TestCustomerPage_secretStaysOutOfTheLog(t *testing.T) {
	d := newDesk(t)
	j := d.quoted(t)
	var log bytes.Buffer
	pages, err := web.New(web.Config{Workshop: d.shop, Log: slog.New(slog.NewTextHandler(&log, nil))})
	if err != nil {
		t.Fatal(err)
	}
	d.pages = pages
	v := j.visitor()
	want(t, v.open(), 200)
	if got := log.String(); !strings.Contains(got, "/c/") || strings.Contains(got, strings.TrimPrefix(v.path, "/c/")) {
		t.Errorf("the log holds the link's secret, or nothing: %s", got)
	}
}
