package web_test

import (
	"maps"
	"net/url"
	"strings"
	"testing"

	"etabli.example/ident"
	"etabli.example/trade/order"
	"etabli.example/trade/price"
	"etabli.example/trade/staff"
)

// prices sets the house's price of operations.
func (d *desk) prices(gross map[string]string) {
	d.t.Helper()
	for code, amount := range gross {
		want(d.t, d.post("paul", "/prices", url.Values{"operation": {code}, "gross": {amount}, "vat": {"2000"}}), 303)
	}
}

// The solutions are told, recorded, and once diagnosed one click makes the quote.
func TestAdvice(t *testing.T) {
	d := newDesk(t)
	j := d.diagnosed(t)
	want(t, j.get("nadia", j.at("/advice")), 200, "Réviser", "Échanger le mouvement", "Ne pas réparer", "Fourchette indicative", "Compléter le devis")
	want(t, j.submit("samir", "/advice", "/advice", url.Values{"do": {"firm"}, "solution": {"service"}}), 409, "Aucun prix de la maison", "REV-AUTO")
	d.prices(map[string]string{"REV-AUTO": "290", "ET": "20", "JOI": "35", "POL": "60"})
	page := want(t, j.get("samir", j.at("/advice")), 200, "290,00", "En faire le devis", "24 mois", "Recommandé")
	want(t, j.submit("nadia", "/advice", "/advice", url.Values{"do": {"tell"}}), 303)
	if a := j.state().Advice; a == nil || len(a.Solutions) != 3 || a.Solutions[0].Min != 290_00 {
		t.Fatalf("recorded %+v", a)
	}
	form := carried(page)
	maps.Copy(form, url.Values{"do": {"firm"}, "solution": {"service"}})
	form.Set("seen", carried(want(t, j.get("samir", j.at("/advice")), 200)).Get("seen"))
	want(t, j.post("samir", j.at("/advice"), form), 303)
	want(t, j.post("samir", j.at("/advice"), form), 303) // sent twice
	s := j.state()
	if len(s.Quotes) != 1 {
		t.Fatalf("%d versions", len(s.Quotes))
	}
	q := s.LastQuote()
	if q.Totals(nil).Gross != 290_00 || q.Summary != "Les huiles ont séché." || len(q.Lines) != 4 || q.Lines[1].Kind != order.Recommended || q.Lines[0].List != 290_00 {
		t.Errorf("quote %+v", q)
	}
	want(t, j.submit("nadia", "/advice", "/advice", url.Values{"do": {"refuse"}, "operation": {""}, "other": {" "}, "why": {"Trop cher"}}), 422, "Trop cher", "Dites ce qui")
	want(t, j.submit("nadia", "/advice", "/advice", url.Values{"do": {"refuse"}, "operation": {"ET"}, "why": {"Jamais dans l’eau"}}), 303)
	want(t, j.get("nadia", j.at("/advice")), 200, "Jamais dans l’eau", "étanchéité seul</b>")
	want(t, j.submit("nadia", "/advice", "/advice", url.Values{"do": {"firm"}, "solution": {"regulate"}}), 422)
	want(t, j.get("", j.at("/advice")), 303)
	want(t, d.get("nadia", "/orders/PAR-26-999999-Z/advice"), 404)
}

// A solution with a line to price opens the quote's form with the rest filled in.
func TestAdvice_completedByHand(t *testing.T) {
	d := newDesk(t)
	j := d.diagnosed(t)
	d.prices(map[string]string{"ECH-AUTO": "220"})
	want(t, j.get("samir", j.at("/quote?solution=service")), 200, "Révision complète automatique simple", "Modifié, pas encore gardé")
	want(t, j.get("samir", j.at("/quote?solution=exchange")), 200, "Échange mouvement automatique", "220,00")
	if n := len(j.state().Quotes); n != 0 {
		t.Errorf("%d versions written by looking", n)
	}
}

// What is beyond the limits waits in the manager's queue; the order says so, and
// nothing goes to the customer before.
func TestApprovals(t *testing.T) {
	d := newDesk(t)
	j := d.diagnosed(t)
	want(t, d.post("samir", "/prices/terms", url.Values{"approve_above": {"250"}}), 403)
	want(t, d.post("paul", "/prices/terms", url.Values{"approve_above": {"25O"}, "most_discount": {"120"}, "hours": {"8"}}), 422, `value="25O"`, "lettre O", "0 à 100")
	want(t, d.post("paul", "/prices/terms", url.Values{"approve_above": {"250"}, "most_discount": {"7,5"}, "hours": {"8"}, "guarantee_service": {"12"}}), 303)
	if terms, err := d.shop.Terms(t.Context()); err != nil || terms.MostDiscount != 750 || terms.ApproveAbove != 250_00 || terms.Guarantees["service"] != 12 {
		t.Fatal(terms, err)
	}
	d.prices(map[string]string{"REV-AUTO": "290"})
	save := lines([4]string{"obligatory", "Révision", "1", "260"})
	save.Set("line_operation", "REV-AUTO")
	save.Set("do", "save")
	want(t, j.submit("samir", "/quote", "/quote", save), 303)
	want(t, j.get("samir", j.at("/quote")), 200, "attend l’accord du chef d’atelier", "260,00", "au-dessus de", "Remise de")
	want(t, j.get("nadia", j.at("")), 200, "approuver le devis")
	want(t, j.submit("nadia", "/quote", "/quote/send", url.Values{"channel": {"counter"}}), 409, "attend un accord")
	want(t, d.get("paul", "/board"), 200, "Devis à approuver")
	want(t, d.get("samir", "/approvals"), 200, j.number, "approuver un devis hors limites")
	form := carried(want(t, d.get("paul", "/approvals"), 200, j.number, "Samir Benali", "10,4"))
	maps.Copy(form, url.Values{"order": {j.number}, "version": {"1"}, "hash": {j.state().LastQuote().Hash}, "words": {""}})
	want(t, d.post("paul", "/approvals", set(maps.Clone(form), "do", "return")), 422, "motif")
	remark := set(set(set(maps.Clone(form), "do", "remark"), "words", "Client de vingt ans"), "entry", ident.New())
	want(t, d.post("samir", "/approvals", remark), 303)
	want(t, d.post("samir", "/approvals", set(set(maps.Clone(form), "do", "approve"), "entry", ident.New())), 403)
	want(t, d.post("paul", "/approvals", set(set(maps.Clone(form), "do", "approve"), "hash", "forged")), 409)
	yes := set(set(maps.Clone(form), "do", "approve"), "entry", ident.New())
	want(t, d.post("paul", "/approvals", yes), 303)
	want(t, d.post("paul", "/approvals", yes), 303)
	want(t, d.get("paul", "/approvals"), 200, "Aucun devis n’attend")
	want(t, j.get("samir", j.at("/quote")), 200, "Approuvé par Paul Morel", "Client de vingt ans")
	want(t, j.submit("nadia", "/quote", "/quote/send", url.Values{"channel": {"counter"}}), 200)
}

// A file is tried first; what is wrong is said line by line and nothing is taken
// over by halves; what goes out comes back in.
func TestPricesFile(t *testing.T) {
	d := newDesk(t)
	d.prices(map[string]string{"POL": "60"})
	good := "operation;family;case;gross;from;until\nPOL;;;65,00;" + d.shop.Today() + ";\nREV-AUTO;2824;diver;310;2026-12-01;2027-06-30\n"
	want(t, d.post("samir", "/prices/import", url.Values{"text": {good}, "do": {"try"}}), 403)
	want(t, d.post("paul", "/prices/import", url.Values{"text": {" "}, "do": {"try"}}), 422)
	want(t, d.post("paul", "/prices/import", url.Values{"text": {good}, "do": {"try"}}), 200, "Nouveaux", "60,00", "65,00", "310,00", "Importer 2 prix", "Plongée")
	count := func() int {
		l, err := d.shop.Prices(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return len(l)
	}
	if count() != 1 {
		t.Fatal("a trial wrote")
	}
	bad := good + "NOPE;;;1;2026-01-01;\n"
	want(t, d.post("paul", "/prices/import", url.Values{"text": {bad}, "do": {"keep"}}), 200, "Ligne 4", "Opération inconnue")
	if count() != 1 {
		t.Fatal("half a file was taken over")
	}
	want(t, d.post("paul", "/prices/import", url.Values{"text": {good}, "do": {"keep"}}), 303)
	if count() != 2 {
		t.Fatalf("%d prices", count())
	}
	out := want(t, d.get("nadia", "/prices.csv"), 200, "REV-AUTO,,2824,diver,310.00,20,2026-12-01,2027-06-30")
	rows, wrong, err := price.ReadCSV([]byte(out), func(string) bool { return true })
	if err != nil || len(wrong) > 0 || len(rows) != 2 {
		t.Error(rows, wrong, err)
	}
	want(t, d.get("nadia", "/prices/display.pdf"), 200, "%PDF")
	if err := d.shop.SavePrice(t.Context(), staff.System(), price.Price{Operation: "POL", Gross: 1, VAT: 2000, From: "2026-02-30"}); err == nil {
		t.Error("a price from a day that does not exist")
	}
	if page := want(t, d.get("paul", "/prices"), 200, "2824", "Plongée"); strings.Contains(page, "60,00") {
		t.Error("a replaced price is shown")
	}
}
