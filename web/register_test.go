package web_test

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"etabli.example/ident"
	"etabli.example/trade/register"
)

// The year's register: what is handed over is entered with its slip, once; a wrong
// line is struck and stays legible; whoever checks gets a table.
func TestRegisterOfWaste(t *testing.T) {
	d := newDesk(t)
	today := d.shop.Today()
	year := today[:4]
	slip := url.Values{"do": {"waste"}, "year": {year}, "kind": {"cells"}, "quantity": {"1,5"}, "unit": {"kg"}, "date": {today}, "collector": {"Éco-collecte"}, "slip": {"BSD-0412"}}
	with := func(field, value string) url.Values { return set(set(url.Values{}, "seen", "-1"), field, value) }
	form := func(field, value string) url.Values {
		v := with("year", year)
		for k, x := range slip {
			v[k] = x
		}
		return set(v, field, value)
	}
	want(t, d.get("samir", "/register"), 200, "Rien n’a été remis", "Inscrire au registre")
	want(t, d.post("samir", "/register", form("slip", "")), 422, "numéro du bordereau", "Éco-collecte")
	want(t, d.post("samir", "/register", form("quantity", "beaucoup")), 422, "Éco-collecte", "beaucoup")
	want(t, d.post("samir", "/register", form("quantity", "0")), 422, "au-dessus de zéro")
	want(t, d.post("samir", "/register", form("date", "2999-01-01")), 422, "Une date de cette année")
	want(t, d.post("nadia", "/register", form("slip", "BSD-0412")), http.StatusForbidden)
	once := form("entry", ident.New())
	want(t, d.post("samir", "/register", once), 303)
	want(t, d.post("samir", "/register", once), 303) // a double click
	want(t, d.post("samir", "/register", form("slip", "BSD-0412")), 422, "déjà inscrit")
	body := want(t, d.get("samir", "/register"), 200, "Éco-collecte", "BSD-0412", "1,5 kg", "1 bordereau")
	if n := strings.Count(body, "<td class=\"c\">BSD-0412"); n != 1 {
		t.Errorf("%d lines of one slip", n)
	}
	want(t, d.post("samir", "/register", form("slip", "=2+3")), 303)
	table := want(t, d.get("paul", "/register.csv?year="+year), 200, "Piles usagées;1,5;kg;Éco-collecte;BSD-0412", ";'=2+3;")
	if !strings.HasPrefix(table, "\ufeff") {
		t.Error("a spreadsheet would not take the table for UTF-8")
	}
	of := strconv.FormatInt(d.registered(t).Waste[1].Seq, 10)
	strike := url.Values{"do": {"strike"}, "year": {year}, "of": {of}, "why": {""}}
	want(t, d.post("samir", "/register", strike), 422, "Rayer la ligne")
	want(t, d.post("samir", "/register", set(strike, "why", "faute de frappe")), 303)
	want(t, d.post("samir", "/register", strike), 409)
	want(t, d.get("samir", "/register"), 200, "Rayée : faute de frappe", "1 bordereau")
	want(t, d.post("samir", "/register", set(strike, "of", "99")), http.StatusNotFound)
	want(t, d.post("samir", "/register", url.Values{"do": {"nonsense"}}), 422)
}

func (d *desk) registered(t *testing.T) register.State {
	t.Helper()
	v, err := d.shop.Register(t.Context(), d.people["paul"].Actor(""), 0)
	if err != nil {
		t.Fatal(err)
	}
	return v.State
}

// An incident is reported by two taps, told later, and closed by whoever keeps
// the house's rules; nobody else reads another person's.
func TestIncidents(t *testing.T) {
	d := newDesk(t)
	j := d.working(t)
	page := want(t, j.get("samir", j.at("/work")), 200, "Signaler un incident")
	if !strings.Contains(page, `name="what" value="near.cut"`) {
		t.Error("no button reports a near-miss")
	}
	tap := url.Values{"what": {"near.cut"}, "order": {j.state().Number}, "entry": {ident.New()}, "seen": {"-1"}}
	want(t, d.post("samir", "/register", tap), 303)
	want(t, d.post("samir", "/register", tap), 303)
	want(t, d.post("nadia", "/register", url.Values{"what": {"eye"}}), 303)
	want(t, d.post("nadia", "/register", url.Values{"what": {"flood"}}), 422)
	if s := d.registered(t); len(s.Incidents) != 2 || !s.Incidents[0].Near || s.Incidents[0].Order != j.state().Number || s.Incidents[0].Bench != "poste 2" {
		t.Fatalf("%+v", s.Incidents)
	}
	own := want(t, d.get("samir", "/register"), 200, "Coupure", "Presque-accident", "ceux que vous avez signalés")
	if strings.Contains(mainOf(own), "Projection") {
		t.Error("another person's incident is shown")
	}
	want(t, d.get("paul", "/alerts"), 200, "2 incidents attendent une suite")
	year := d.shop.Today()[:4]
	of := strconv.FormatInt(d.registered(t).Incidents[0].Seq, 10)
	follow := url.Values{"do": {"follow"}, "year": {year}, "of": {of}, "words": {""}}
	want(t, d.post("samir", "/register", follow), 422, "Écrivez quelques mots")
	want(t, d.post("samir", "/register", set(follow, "words", "ouvre-boîte qui glisse")), 303)
	want(t, d.post("nadia", "/register", set(follow, "words", "vu")), http.StatusForbidden)
	want(t, d.post("samir", "/register", set(follow, "do", "close")), http.StatusForbidden)
	want(t, d.post("paul", "/register", set(follow, "words", "tampon neuf")), 303)
	want(t, d.get("paul", "/register"), 200, "ouvre-boîte qui glisse", "tampon neuf", "Clos")
	want(t, d.post("paul", "/register", follow), 409)
}
