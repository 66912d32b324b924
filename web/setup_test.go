package web_test

import (
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"

	"etabli.example/cli"
	"etabli.example/fault"
	"etabli.example/trade/staff"
	"etabli.example/web"
)

// newHouse is an empty folder as etabli serve finds it, and the secret that the
// console prints.
func newHouse(t *testing.T) (*desk, string) {
	t.Helper()
	quiet := slog.New(slog.NewTextHandler(io.Discard, nil))
	shop, err := cli.OpenShop(t.Context(), t.TempDir(), quiet)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { shop.Close() })
	token, err := shop.OpenSetup(t.Context())
	if err != nil || len(token) < 20 {
		t.Fatalf("secret %q, %v", token, err)
	}
	d := &desk{t: t, shop: shop.Workshop, tokens: map[string]string{}, people: map[string]staff.Person{}}
	if d.pages, err = web.New(web.Config{Workshop: shop.Workshop, Log: quiet}); err != nil {
		t.Fatal(err)
	}
	return d, token
}

var firstAccount = url.Values{"name": {"Ada Perrin"}, "login": {"Ada"}, "password": {"dix caractères"}, "runs": {"1"}}

// began makes the first administrator and keeps their session.
func (d *desk) began(t *testing.T, token string) {
	t.Helper()
	w := d.post("", "/start/"+token, firstAccount)
	want(t, w, http.StatusSeeOther)
	for _, c := range w.Result().Cookies() {
		if c.Name == "session" {
			d.tokens["ada"] = c.Value
		}
	}
}

// goodSteps is what a new house says, step by step.
var goodSteps = []struct {
	step string
	form url.Values
}{
	{"firm", url.Values{"name": {"Perrin"}, "address": {"1 rue Neuve\n75003 Paris"}, "siren": {"732 829 320 00074"}, "vat": {"FR44 732 829 320"}, "mediator_name": {"Médiation"},
		"mediator_site": {"mediation.example"}, "conditions": {"Un an pour reprendre la montre."}}},
	{"sites", url.Values{"code.0": {"lyo"}, "name.0": {"Lyon"}, "address.0": {"1 rue Neuve"}, "code.1": {"ANN"}, "name.1": {"Annecy"}}},
	{"days", url.Values{"from.1.LYO": {"09:30"}, "to.1.LYO": {"18:30"}, "closed.LYO": {"2026-12-25"}, "from.2.ANN": {"10:00"}, "to.2.ANN": {"12:00"}}},
	{"benches", url.Values{"benches.LYO": {"comptoir\nposte 1"}, "benches.ANN": {"comptoir A"}}},
	{"people", url.Values{"do": {"add"}, "name": {"Nadia Kaci"}, "login": {"nadia"}, "password": {"dix caractères"}, "bench": {"comptoir A"}, "role": {"counter"}}},
	{"numbers", url.Values{"last.LYO": {"0"}, "last.ANN": {"41"}}},
	{"printers", url.Values{"receipt.LYO": {"Brother du comptoir"}}},
}

func TestSetup_nobodyGrabsIt(t *testing.T) {
	t.Parallel()
	d, token := newHouse(t)
	want(t, d.get("", "/signin"), http.StatusOK, "console")
	for _, other := range []string{"x", strings.Repeat("a", len(token)), token[:len(token)-1], token + "a"} {
		lacks(t, want(t, d.get("", "/start/"+other), http.StatusNotFound, "console"), "name=\"password\"")
		want(t, d.post("", "/start/"+other, firstAccount), http.StatusNotFound)
	}
	for _, page := range []string{"/setup", "/setup/firm", "/house", "/people"} {
		want(t, d.get("", page), http.StatusSeeOther)
		if !strings.Contains(page, "/setup") || page == "/setup" {
			continue
		}
		want(t, d.post("", page, goodSteps[0].form), http.StatusUnauthorized)
	}
	if people, _ := d.shop.People(t.Context()); len(people) != 0 {
		t.Fatalf("%d people after strangers tried", len(people))
	}
	want(t, d.get("", "/start/"+token), http.StatusOK, "Ouvrir l’atelier")
	page := want(t, d.post("", "/start/"+token, url.Values{"name": {"Ada <Perrin>"}, "login": {"a da"}, "password": {"court"}}), http.StatusUnprocessableEntity, "Ada &lt;Perrin&gt;", "aria-invalid")
	lacks(t, page, "court")
	d.began(t, token)
	for _, again := range []string{token, "x"} {
		want(t, d.get("", "/start/"+again), http.StatusConflict, "connectez-vous")
		want(t, d.post("", "/start/"+again, firstAccount), http.StatusConflict)
	}
	if next, err := d.shop.OpenSetup(t.Context()); next != "" || err != nil {
		t.Errorf("the next start opens the set-up again: %q %v", next, err)
	}
}

// Two who have the address at once: one is made administrator.
func TestSetup_oneOfTwo(t *testing.T) {
	t.Parallel()
	d, token := newHouse(t)
	var group sync.WaitGroup
	var mu sync.Mutex
	made := 0
	for _, login := range []string{"ada", "eve", "mal"} {
		group.Go(func() {
			_, err := d.shop.Begin(t.Context(), token, staff.Person{Name: "Une Personne", Login: login, Lang: "fr"}, "dix caractères", "test")
			mu.Lock()
			defer mu.Unlock()
			if err == nil {
				made++
			} else if k := fault.KindOf(err); k != fault.Conflict && k != fault.NotFound {
				t.Error(err)
			}
		})
	}
	group.Wait()
	people, err := d.shop.People(t.Context())
	if made != 1 || len(people) != 1 || err != nil {
		t.Errorf("%d were let in, %d people: %v", made, len(people), err)
	}
}

// Each step is kept at once; after an interruption the next sign-in leads to
// the first that is left; the first order has the number that was said.
func TestSetup_toTheFirstOrder(t *testing.T) {
	t.Parallel()
	d, token := newHouse(t)
	d.began(t, token)
	for i, step := range goodSteps {
		if i == 3 { // interrupted: the browser is gone, the account signs in again
			w := d.post("", "/signin", url.Values{"login": {"ada"}, "password": {"dix caractères"}})
			want(t, w, http.StatusSeeOther)
			d.tokens["ada"] = w.Result().Cookies()[0].Value
		}
		w := d.get("ada", "/")
		if w.Header().Get("Location") != "/setup" {
			t.Fatalf("%s is left and home leads to %s", step.step, w.Header().Get("Location"))
		}
		if w = d.get("ada", "/setup"); w.Header().Get("Location") != "/setup/"+step.step {
			t.Fatalf("%s is left and the set-up leads to %s", step.step, w.Header().Get("Location"))
		}
		want(t, d.get("ada", "/setup/"+step.step), http.StatusOK)
		want(t, d.post("ada", "/setup/"+step.step, step.form), http.StatusSeeOther)
	}
	want(t, d.get("ada", "/setup/done"), http.StatusOK, "L’atelier est prêt")
	if w := d.get("ada", "/"); w.Header().Get("Location") != "/board" {
		t.Errorf("all is done and home leads to %s", w.Header().Get("Location"))
	}
	want(t, d.get("ada", "/setup/benches"), http.StatusOK, "poste 1", "comptoir A")
	f, err := d.shop.Firm(t.Context())
	if err != nil || len(f.Conditions) != 1 || f.SIREN != "732 829 320 00074" {
		t.Errorf("firm %+v %v", f, err)
	}
	w := d.post("", "/signin", url.Values{"login": {"nadia"}, "password": {"dix caractères"}})
	d.tokens["nadia"] = w.Result().Cookies()[0].Value
	want(t, d.get("nadia", "/setup/firm"), http.StatusForbidden)
	want(t, d.post("nadia", "/setup/sites", goodSteps[1].form), http.StatusForbidden)
	if n := d.received(vasseur()); !strings.HasPrefix(n, "ANN-") || !strings.Contains(n, "-000042-") {
		t.Errorf("the first order at Annecy is %s, not its 42nd", n)
	}
	want(t, d.post("ada", "/setup/numbers", url.Values{"last.LYO": {"0"}, "last.ANN": {"7"}}), http.StatusUnprocessableEntity, "la suite ne change plus")
	want(t, d.post("ada", "/setup/numbers", url.Values{"last.LYO": {"0"}, "last.ANN": {"42"}}), http.StatusSeeOther)
	w = d.get("nadia", "/orders/ANN-26-000042-X/receipt.pdf")
	if w.Code == http.StatusInternalServerError {
		t.Error("the receipt fails")
	}
}

func TestSetup_refusals(t *testing.T) {
	t.Parallel()
	d, token := newHouse(t)
	d.began(t, token)
	for _, step := range goodSteps[:2] {
		want(t, d.post("ada", "/setup/"+step.step, step.form), http.StatusSeeOther)
	}
	firm := goodSteps[0].form
	for _, sc := range []struct {
		name, step string
		form       url.Values
		texts      []string
	}{
		{"a SIRET with a wrong key", "firm", with(firm, nil, "siren", "732 829 320 00075"), []string{"sa clé est fausse", "732 829 320 00075"}},
		{"no SIRET", "firm", with(firm, nil, "siren", ""), []string{"SIRET"}},
		{"another firm's VAT number", "firm", with(firm, nil, "vat", "FR12000000000"), []string{"ne correspond pas"}},
		{"a mediator nobody can reach", "firm", with(firm, nil, "mediator_site", ""), []string{"site internet ou l’adresse"}},
		{"no mediator", "firm", with(firm, nil, "mediator_name", ""), []string{"Nommez le médiateur"}},
		{"letters that are none", "sites", url.Values{"code.0": {"P1"}, "name.0": {"Paris"}}, []string{"majuscules", "P1"}},
		{"no site", "sites", url.Values{}, []string{"au moins un site"}},
		{"two sites alike", "sites", url.Values{"code.0": {"PAR"}, "name.0": {"A1"}, "code.1": {"PAR"}, "name.1": {"B2"}}, []string{"ne peuvent pas porter"}},
		{"hours that end before they begin", "days", url.Values{"from.0.LYO": {"19:00"}, "to.0.LYO": {"10:00"}}, []string{"la première avant la seconde"}},
		{"half an hour", "days", url.Values{"from.0.LYO": {"19:00"}}, []string{"la première avant la seconde"}},
		{"a day that is none", "days", url.Values{"closed.LYO": {"2026-02-31"}}, []string{"AAAA-MM-JJ"}},
		{"two benches alike", "benches", url.Values{"benches.LYO": {"poste 1"}, "benches.ANN": {"Poste 1"}}, []string{"ne peuvent pas s’appeler"}},
		{"a person without a password", "people", url.Values{"do": {"add"}, "name": {"Nadia Kaci"}, "login": {"nadia"}, "role": {"counter"}}, []string{"Nadia Kaci"}},
		{"a person without a role", "people", url.Values{"do": {"add"}, "name": {"Nadia Kaci"}, "login": {"nadia"}, "password": {"dix caractères"}}, []string{"Nadia Kaci"}},
		{"a number that is none", "numbers", url.Values{"last.LYO": {"beaucoup"}}, []string{"beaucoup"}},
		{"a number below nothing", "numbers", url.Values{"last.LYO": {"-1"}}, []string{"Un nombre entier"}},
	} {
		t.Run(sc.name, func(t *testing.T) {
			before, err := d.shop.Setup(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			want(t, d.post("ada", "/setup/"+sc.step, sc.form), http.StatusUnprocessableEntity, sc.texts...)
			if after, _ := d.shop.Setup(t.Context()); len(after.Done) != len(before.Done) {
				t.Error("a refused step counts as done")
			}
		})
	}
	want(t, d.get("ada", "/setup/nothing"), http.StatusNotFound)
	want(t, d.post("ada", "/setup/done", nil), http.StatusNotFound)
}
