package web_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"etabli.example/ident"
	"etabli.example/trade/order"
	"etabli.example/trade/staff"
	"etabli.example/trade/stock"
	"etabli.example/workshop"
)

// unseenField are the fields a form carries unseen.
var unseenField = regexp.MustCompile(`name="(seen|entry)" value="([^"]*)"`)

// carry reads the unseen fields of the first form of a page.
func carry(t *testing.T, body string) url.Values {
	t.Helper()
	v := url.Values{}
	for _, m := range unseenField.FindAllStringSubmatch(body, 2) {
		v.Set(m[1], m[2])
	}
	if v.Get("entry") == "" {
		t.Fatal("the page's form carries no entry")
	}
	return v
}

func but(v url.Values, pairs ...string) url.Values {
	out := url.Values{}
	for k := range v {
		out.Set(k, v.Get(k))
	}
	for i := 0; i < len(pairs); i += 2 {
		out.Set(pairs[i], pairs[i+1])
	}
	return out
}

// answered checks status, what the page says and what it must not.
func answered(t *testing.T, name string, code int, body string, want int, says ...string) {
	t.Helper()
	if code != want {
		t.Errorf("%s: status %d, want %d\n%.600s", name, code, want, body)
	}
	for _, s := range says {
		if text, absent := strings.CutPrefix(s, "!"); strings.Contains(body, text) == absent {
			t.Errorf("%s: %q", name, s)
		}
	}
	if strings.Contains(body, "⟦") {
		t.Errorf("%s: a word is missing: %.200s", name, body[strings.Index(body, "⟦"):])
	}
}

func TestStockPages(t *testing.T) {
	d := newDesk(t)
	page := d.get("samir", "/stock")
	answered(t, "an empty stock", page.Code, page.Body.String(), 200, "Aucun lot en stock", "Mettre le lot en stock")
	form := but(carry(t, page.Body.String()), "do", "receive", "code", "pile bouton", "label", "Pile 377", "lot", "L-12", "place", "tiroir 3", "qty", "2", "unit", "piece", "origin", "maker")

	bad := d.post("samir", "/stock", but(form, "qty", "12 O", "lot", ""))
	answered(t, "a slip of the finger", bad.Code, bad.Body.String(), 422, "tiroir 3", "12 O")
	denied := d.post("nadia", "/stock", form)
	answered(t, "the counter receives no parts", denied.Code, denied.Body.String(), 403)
	for range 2 { // a double click writes once
		w := d.post("samir", "/stock", form)
		answered(t, "a receipt", w.Code, w.Body.String(), 303)
	}
	list := d.get("nadia", "/stock")
	answered(t, "the list", list.Code, list.Body.String(), 200, "Pile 377", "L-12", "tiroir 3", "tenir le stock")
	if n := strings.Count(list.Body.String(), ">L-12<"); n != 1 {
		t.Errorf("%d lots of one receipt", n)
	}
	sheet := regexp.MustCompile(`href="(/stock/[0-9a-z]{26})"`).FindStringSubmatch(list.Body.String())
	if sheet == nil {
		t.Fatal("the list leads to no lot")
	}
	lot := d.get("samir", sheet[1])
	answered(t, "its sheet", lot.Code, lot.Body.String(), 200, "Lot reçu", "Compter un lot", "chaîne intacte")
	count := but(carry(t, lot.Body.String()), "do", "count", "found", "1")
	w := d.post("samir", sheet[1], count)
	answered(t, "a difference without a reason", w.Code, w.Body.String(), 422, "La fiche dit 2")
	w = d.post("samir", sheet[1], but(count, "why", "tombée au sol"))
	answered(t, "a count", w.Code, w.Body.String(), 303)
	w = d.post("samir", sheet[1], but(count, "entry", ident.New(), "why", "recompté", "found", "2"))
	answered(t, "a stale count", w.Code, w.Body.String(), 409, "pendant votre saisie", "recompté")
	w = d.post("samir", "/stock", but(form, "entry", ident.New(), "do", "minimum", "part", "PIL|Pile 377", "level", "5"))
	answered(t, "a minimum", w.Code, w.Body.String(), 303)
	w = d.get("samir", "/stock")
	answered(t, "below it", w.Code, w.Body.String(), 200, "Sous le seuil")
	w = d.get("samir", "/stock/00000000000000000000000000")
	answered(t, "an unknown lot", w.Code, w.Body.String(), 404, "Aucun lot de ce numéro")
}

func TestToolPages(t *testing.T) {
	d := newDesk(t)
	page := d.get("samir", "/tools")
	answered(t, "no tool", page.Code, page.Body.String(), 200, "Aucun outil inscrit")
	form := but(carry(t, page.Body.String()), "name", "Chronocomparateur, poste 9", "kind", "chronocomparateur", "interval", "", "since", "2024-01-10", "instrument", "1")
	w := d.post("samir", "/tools", but(form, "name", "", "interval", "douze"))
	answered(t, "a tool without a name", w.Code, w.Body.String(), 422, "douze")
	w = d.post("nadia", "/tools", form)
	answered(t, "the counter keeps no tools", w.Code, w.Body.String(), 403)
	w = d.post("samir", "/tools", form)
	answered(t, "a tool", w.Code, w.Body.String(), 303)
	at := w.Header().Get("Location")
	tool := d.get("samir", at)
	answered(t, "its sheet", tool.Code, tool.Body.String(), 200, "Échu", "365 jours", "Procédure de vérification")
	if in, err := d.shop.Instruments(t.Context()); err != nil || len(in) != 0 {
		t.Errorf("an instrument that was never verified is offered: %v %v", in, err)
	}
	check := but(carry(t, tool.Body.String()), "do", "verify", "date", d.shop.Today(), "result", "pass", "values", "")
	w = d.post("samir", at, check)
	answered(t, "a verification without figures", w.Code, w.Body.String(), 422, "À remplir")
	w = d.post("samir", at, but(check, "values", "écart 0,02 s/j"))
	answered(t, "a verification", w.Code, w.Body.String(), 303)
	in, err := d.shop.Instruments(t.Context())
	if err != nil || len(in) != 1 || in[0].Name != "Chronocomparateur, poste 9" {
		t.Errorf("instruments %v %v", in, err)
	}
	w = d.post("samir", at, but(check, "entry", ident.New(), "do", "incident", "what", "chute", "stop", "1"))
	answered(t, "a stale incident", w.Code, w.Body.String(), 409, "chute")
	read := but(carry(t, d.get("samir", at).Body.String()), "do", "check", "date", d.shop.Today(), "piece", "Quartz témoin", "quantity", "Marche", "unit", "s/j", "value", "4,2x")
	w = d.post("samir", at, read)
	answered(t, "a check that is no number", w.Code, w.Body.String(), 422, "4,2x", "Ce n’est pas un nombre")
	for i := range 8 {
		value := "4,2" + string(rune('0'+i%3))
		if i > 4 {
			value = "4,9" + string(rune('0'+i%3))
		}
		w = d.post("samir", at, but(read, "value", value, "entry", ident.New(), "seen", "-1"))
		answered(t, "a check", w.Code, w.Body.String(), 303)
	}
	w = d.get("samir", at)
	answered(t, "a drift on the chart", w.Code, w.Body.String(), 200, "a dérivé de 0,7", "s/j depuis le", "<svg class=\"controlchart\"")
	w = d.get("samir", "/tools")
	answered(t, "a drift in the list", w.Code, w.Body.String(), 200, "1 instrument dérive")
	w = d.get("nadia", at)
	answered(t, "seen from the counter", w.Code, w.Body.String(), 200, "À jour", "tenir l’outillage")
	w = d.get("samir", "/tools/nothing")
	answered(t, "an unknown tool", w.Code, w.Body.String(), 404)
}

// A replaced part comes out of the lot it names, once; a lot that cannot cover it
// is refused beside the field, and nothing is written on the order either.
func TestAPartComesOutOfItsLot(t *testing.T) {
	d := newDesk(t)
	samir := d.people["samir"].Actor("poste 2")
	lot, err := d.shop.ReceiveLot(t.Context(), workshop.Act{Who: samir, Seen: -1}, stock.Receipt{Code: "JTF", Label: "Joint torique", Lot: "J 1", Place: "x", Quantity: 1, Unit: "piece", Origin: "generic"})
	if err != nil {
		t.Fatal(err)
	}
	o := orderInWork(t, d)
	part := order.PartUsed{Code: "JTF", Lot: "j-1", Origin: "generic", Old: "returned"}
	act := workshop.Act{Who: samir, Sheet: o.Sheet, Seen: -1, Entry: ident.New()}
	for range 2 {
		if _, err := d.shop.Part(t.Context(), act, part); err != nil {
			t.Fatal(err)
		}
	}
	v, err := d.shop.Lot(t.Context(), samir, lot.Sheet)
	if err != nil || v.OnHand != 0 || v.Used != 1 || !v.Ended {
		t.Errorf("lot %+v %v", v.State, err)
	}
	before, _ := d.shop.State(t.Context(), samir, o.Sheet)
	w := d.post("samir", "/orders/"+o.Number+"/work/part", url.Values{"code": {"JTF"}, "lot": {"J 1"}, "origin": {"generic"}, "old": {"returned"}, "entry": {ident.New()}})
	answered(t, "an empty lot", w.Code, w.Body.String(), http.StatusConflict, "n’en contient plus assez")
	after, _ := d.shop.State(t.Context(), samir, o.Sheet)
	if after.Seq != before.Seq {
		t.Error("the order was written although the lot could not cover it")
	}
	w = d.get("paul", "/orders/"+o.Number+"/competences")
	answered(t, "what the order proves", w.Code, w.Body.String(), 200, "C16", "Samir B.", "!Vasseur")
	w = d.get("samir", "/people/"+samir.ID+"/competences")
	answered(t, "one’s own", w.Code, w.Body.String(), 200, "C11", "Samir Benali", " sur quartz<")
	w = d.get("nadia", "/people/"+samir.ID+"/competences")
	answered(t, "somebody else’s", w.Code, w.Body.String(), 403)
	w = d.get("paul", "/figures")
	answered(t, "figures", w.Code, w.Body.String(), 200, "Dossiers ouverts", "/orders?stage=in_work")
	w = d.get("paul", "/figures/orders?of=accepted")
	answered(t, "behind a figure", w.Code, w.Body.String(), 200, "Acceptés")
	w = d.get("paul", "/figures/orders?of=invented")
	answered(t, "behind no figure", w.Code, w.Body.String(), 404)
	w = d.get("paul", "/figures/diagnosis")
	answered(t, "how right diagnoses were", w.Code, w.Body.String(), 200, "la machine a-t-elle vu juste")
	w = d.get("samir", "/figures")
	answered(t, "figures are the manager’s", w.Code, w.Body.String(), 403)
	w = d.get("samir", "/figures/diagnosis")
	answered(t, "so are these", w.Code, w.Body.String(), 403)
}

// orderInWork brings an order to the bench through the acts people use.
func orderInWork(t *testing.T, d *desk) order.State {
	t.Helper()
	paul := d.people["paul"].Actor("")
	sheet := ident.New()
	act := func() workshop.Act { return workshop.Act{Who: paul, Sheet: sheet, Seen: -1} }
	must := func(s order.State, err error) order.State {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	in := workshop.Intake{Request: "Elle retarde beaucoup.", Reception: order.Reception{Purpose: "repair", Channel: "counter", ReadBack: true}}
	in.Customer.Name, in.Customer.Given, in.Customer.Phone, in.Customer.Channel, in.Customer.Lang = "Vasseur", "Claire", "06 39 98 10 47", "phone", "fr"
	in.Watch.Brand, in.Watch.Model, in.Watch.Kind = "Tissot", "Le Locle", "quartz"
	must(d.shop.Receive(t.Context(), act(), in))
	must(d.shop.Examine(t.Context(), act()))
	must(d.shop.Diagnose(t.Context(), act(), order.Diagnosis{Answer: "causes", Causes: []string{"OIL_DIRTY"}, Why: "vu au binoculaire", Perimeter: "technician", Operations: []string{"PIL"}}))
	must(d.shop.Price(t.Context(), act(), order.Quote{Free: true, Lines: []order.QuoteLine{{ID: "1", Kind: order.Obligatory, Operation: "PIL", LabelFR: "Pile", LabelEN: "Cell", Quantity: 1, UnitGross: 1500, VAT: 2000}}}))
	s, _, err := d.shop.SendQuote(t.Context(), act(), "counter")
	must(s, err)
	must(d.shop.Answer(t.Context(), act(), true, order.Answering{Version: s.LastQuote().Version, Hash: s.LastQuote().Hash, Mode: "counter", StartNow: true}))
	plan := workshop.SuggestPlan(s)
	plan.Acknowledged, plan.Level = true, "T"
	if len(plan.Steps) == 0 {
		plan.Steps = []order.Step{{ID: "1.1", LabelFR: "changer", LabelEN: "change"}}
	}
	must(d.shop.Plan(t.Context(), act(), plan))
	ticks := map[string]bool{}
	for _, it := range order.WorkstationItems() {
		ticks[it] = true
	}
	must(d.shop.CheckWorkstation(t.Context(), act(), order.Workstation{Items: ticks}))
	return must(d.shop.StartWork(t.Context(), act()))
}

func TestHousePage(t *testing.T) {
	d := newDesk(t)
	w := d.get("paul", "/house")
	answered(t, "the manager does not keep the accounts", w.Code, w.Body.String(), 403)
	p, err := d.shop.SavePerson(t.Context(), staff.System(), staff.Person{Login: "ines", Name: "Inès Roche", Roles: []staff.Role{staff.Administrator}, Active: true}, "")
	if err != nil {
		t.Fatal(err)
	}
	if d.tokens["ines"], err = d.shop.Choose(t.Context(), p.ID, "test"); err != nil {
		t.Fatal(err)
	}
	w = d.get("ines", "/house")
	answered(t, "the house", w.Code, w.Body.String(), 200, "Atelier Essai", "Médiateur d’essai")
	w = d.post("ines", "/house", url.Values{"name": {"Atelier Neuf"}, "address": {"2 rue du Test\n75003 Paris"}})
	answered(t, "no mediator", w.Code, w.Body.String(), 422, "Atelier Neuf", "Nommez le médiateur")
	w = d.post("ines", "/house", url.Values{"name": {"Atelier Neuf"}, "address": {"2 rue du Test\n75003 Paris"}, "mediator_name": {"Médiation"}})
	answered(t, "saved", w.Code, w.Body.String(), 303)
	if f, err := d.shop.Firm(t.Context()); err != nil || f.Name != "Atelier Neuf" || len(f.Address) != 2 {
		t.Errorf("firm %+v %v", f, err)
	}
}
