package web_test

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"etabli.example/locale"
	"etabli.example/trade/order"
	"etabli.example/trade/staff"
	"etabli.example/workshop"
)

func TestOrder_theBenchSeesNoIdentity(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	n := d.received(vasseur())
	counter := want(t, d.get("nadia", "/orders/"+n), http.StatusOK, "Claire Vasseur", "/customers/")
	bench := want(t, d.get("samir", "/orders/"+n), http.StatusOK, "▒▒▒", "Prendre en diagnostic", "Tissot Le Locle")
	want(t, d.get("samir", "/orders/"+n+"/receipt.pdf"), http.StatusForbidden)
	want(t, d.get("samir", "/orders/"+n+"/receipt.pdf?copy=bench"), http.StatusOK, "%PDF-")
	want(t, d.get("samir", "/orders/"+n+"/receipt.pdf?copy=mine"), http.StatusUnprocessableEntity)
	lacks(t, bench, `receipt.pdf"`, "Vasseur", "/customers/", "06 39 98", "1\u202f200,00")
	if !strings.Contains(counter, "Pour qui peut") {
		t.Error("the counter is not told whose the next act is")
	}
	for _, page := range []string{"/orders/" + n, "/orders", "/board", "/search?q=tissot", "/counter", "/counter?q=tissot"} {
		lacks(t, want(t, d.get("samir", page), http.StatusOK), "Vasseur")
	}
	want(t, d.get("samir", "/counter?q=vasseur"), http.StatusOK)
}

func TestOrder_unknown(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	for _, n := range []string{"PAR-26-000999-X", "nonsense", "PAR-26-000001-V"} {
		want(t, d.get("nadia", "/orders/"+n), http.StatusNotFound, n)
		want(t, d.post("nadia", "/orders/"+n+"/note", url.Values{"text": {"x"}}), http.StatusNotFound)
	}
	want(t, d.get("", "/orders/PAR-26-000001-V"), http.StatusSeeOther)
}

func TestOrder_noteIsWrittenOnce(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	n := d.received(vasseur())
	page := want(t, d.get("samir", "/orders/"+n), http.StatusOK)
	form := with(url.Values{"text": {"Couronne dure"}, "for": {"internal"}}, carried(page))
	for range 2 {
		want(t, d.post("samir", "/orders/"+n+"/note", form), http.StatusSeeOther)
	}
	body := want(t, d.get("samir", "/orders/"+n+"?tab=notes"), http.StatusOK, "Couronne dure", "Note interne", "Samir B., poste 2")
	if c := strings.Count(body, "Couronne dure"); c != 1 {
		t.Errorf("the note stands %d times", c)
	}
	lacks(t, want(t, d.get("samir", "/orders/"+n+"?tab=photos"), http.StatusOK, "Rien de ce genre"), "Couronne dure")
	want(t, d.post("samir", "/orders/"+n+"/note", with(form, nil, "text", "Couronne cassée")), http.StatusConflict, "déjà été envoyé") // the way back, and another word
	page = want(t, d.get("samir", "/orders/"+n), http.StatusOK)
	want(t, d.post("samir", "/orders/"+n+"/note", with(url.Values{"text": {"  "}}, carried(page))), http.StatusUnprocessableEntity, "Écrivez la note")
}

func TestOrder_staleKeepsWhatWasTyped(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	n := d.received(vasseur())
	seen := carried(want(t, d.get("nadia", "/orders/"+n), http.StatusOK))
	later := with(url.Values{"promised": {"2040-01-10"}, "why": {"pièce attendue"}}, carried(want(t, d.get("paul", "/orders/"+n), http.StatusOK)))
	want(t, d.post("paul", "/orders/"+n+"/promise", later), http.StatusSeeOther)
	form := with(url.Values{"promised": {"2041-02-11"}, "why": {"retard du fournisseur"}}, seen)
	body := want(t, d.post("nadia", "/orders/"+n+"/promise", form), http.StatusConflict, "Quelqu’un a écrit", `value="2041-02-11"`, "retard du fournisseur", "10/01/2040")
	want(t, d.post("nadia", "/orders/"+n+"/promise", with(form, carried(body))), http.StatusSeeOther)
	want(t, d.get("nadia", "/orders/"+n), http.StatusOK, "11/02/2041")
}

func TestOrder_formsRefused(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	n := d.received(vasseur())
	for name, tt := range map[string]struct {
		who, path string
		form      url.Values
		status    int
		says      string
	}{
		"promise without reason":      {"nadia", "promise", url.Values{"promised": {"2040-01-01"}}, 422, "Écrivez le motif"},
		"promise past":                {"nadia", "promise", url.Values{"promised": {"2001-01-01"}, "why": {"oubli gardé"}}, 422, "oubli gardé"},
		"hand out to nobody":          {"nadia", "move/handed_out", url.Values{"why": {"cadran à refaire"}}, 422, "cadran à refaire"},
		"insured for a word":          {"nadia", "move/transferred", url.Values{"to": {"LYO"}, "insured": {"12OO"}}, 422, "contient la lettre O"},
		"no such move":                {"nadia", "move/teleported", url.Values{}, 404, "Aucune page"},
		"a move of another stage":     {"nadia", "move/came_back", url.Values{}, 409, "Reçu"},
		"examined without the right":  {"nadia", "move/examined", url.Values{}, 403, "établir un diagnostic"},
		"complaint before the return": {"nadia", "move/complaint_opened", url.Values{"about": {"timing"}, "words": {"encore en retard"}}, 409, "encore en retard"},
		"no photo":                    {"nadia", "photo", url.Values{"moment": {"intake"}}, 422, "au moins une photo"},
		"strike what moves":           {"nadia", "correct", url.Values{"entry_no": {"1"}, "why": {"erreur"}}, 409, "ne se raye pas"},
		"strike what is not there":    {"nadia", "correct", url.Values{"entry_no": {"99"}, "why": {"erreur"}}, 404, ""},
	} {
		t.Run(name, func(t *testing.T) {
			want(t, d.post(tt.who, "/orders/"+n+"/"+tt.path, tt.form), tt.status, tt.says)
		})
	}
}

func TestOrder_correctionStaysLegible(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	n := d.received(vasseur())
	body := want(t, d.get("nadia", "/orders/"+n+"?entry_no=2"), http.StatusOK, "n°\u00a02, État à l’arrivée", "Rayer cette écriture")
	want(t, d.post("nadia", "/orders/"+n+"/correct?entry_no=2", with(url.Values{"why": {"ce n’est pas la glace"}}, carried(body))), http.StatusSeeOther)
	body = want(t, d.get("nadia", "/orders/"+n+"?entry_no=2"), http.StatusOK, "Correction de l’écriture 2", `class="e corrected"`, "Rayée par l’écriture 4")
	lacks(t, body, "Rayer cette écriture")
	want(t, d.get("nadia", "/orders/"+n+"?entry_no=7777"), http.StatusOK)
	want(t, d.get("nadia", "/orders/"+n+"?entry_no=-1"), http.StatusOK)
}

func TestOrder_wholeRoute(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	n := d.received(vasseur())
	move := func(who, kind string, form url.Values, says string) {
		t.Helper()
		seen := carried(want(t, d.get(who, "/orders/"+n), http.StatusOK))
		want(t, d.post(who, "/orders/"+n+"/move/"+kind, with(form, seen)), http.StatusSeeOther)
		want(t, d.get("paul", "/orders/"+n), http.StatusOK, says)
	}
	move("nadia", "handed_out", url.Values{"to": {"Cadrans Dupuis"}, "why": {"cadran à refaire"}}, "Cadrans Dupuis")
	move("nadia", "came_back", url.Values{}, "Retour du sous-traitant")
	want(t, d.post("paul", "/orders/"+n+"/assign", with(url.Values{"person": {d.people["samir"].ID}}, carried(want(t, d.get("paul", "/orders/"+n), http.StatusOK)))), http.StatusSeeOther)
	want(t, d.get("paul", "/orders/"+n), http.StatusOK, "À Samir Benali", "mesurer à l’arrivée")
	want(t, d.upload("samir", "/orders/"+n+"/photo", with(url.Values{"moment": {"movement"}, "caption": {"Huile sèche"}}, carried(want(t, d.get("samir", "/orders/"+n), http.StatusOK))), map[string][]byte{"a.png": picture(t)}), http.StatusSeeOther)
	want(t, d.get("samir", "/orders/"+n+"?tab=photos"), http.StatusOK, "Huile sèche", "/blob/")
}

// Every kind of entry, stage, move and act that the trade knows has its words,
// and every move of a person has a form on the sheet or a page.
func TestOrder_wordsForAllOfTheTrade(t *testing.T) {
	t.Parallel()
	for _, lang := range locale.Languages() {
		p := locale.For(lang)
		keys := []string{}
		for _, k := range order.Kinds() {
			keys = append(keys, "entry."+string(k))
		}
		for _, st := range order.Stages() {
			keys = append(keys, "stage."+string(st))
			if act := order.NextAt(st).Act; act != "" {
				keys = append(keys, "order.next."+act, "order.do."+act, "order.why_next."+act)
			}
		}
		for _, act := range []string{"measure", "start", "finish", "measure_after", "check_after", "quote"} {
			keys = append(keys, "order.next."+act, "order.do."+act, "order.why_next."+act)
		}
		for _, m := range order.Moves() {
			if m.Right != "" && m.From != order.None && m.From != order.Announced {
				keys = append(keys, "order.move."+string(m.By))
			}
		}
		for prefix, codes := range map[string][]string{"zone.": order.Zones(), "defect.": order.Defects(), "wish.": order.WishesOffered(), "accessory.": order.AccessoriesOffered(),
			"order.purpose.": order.Purposes(), "order.channel.": order.Channels(), "order.moment.": order.Moments(), "entry.phase.": order.Phases(), "order.complaint.": order.ComplaintAbouts(),
			"entry.method.": order.WaterMethods(), "entry.case.": order.CaseTypes(), "entry.state.": order.FindingStates(), "entry.item.": append(order.CheckItems("quartz"), order.CheckItems("automatic")...)} {
			for _, c := range codes {
				keys = append(keys, prefix+c)
			}
		}
		for _, k := range keys {
			if !p.Has(k) {
				t.Errorf("%s has no %s", lang, k)
			}
		}
	}
}

func TestBoard(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	want(t, d.get("samir", "/board"), http.StatusOK, "Rien ne vous attend", "aucune montre")
	n := d.received(vasseur())
	short := n[len("PAR-26-"):]
	want(t, d.get("samir", "/board"), http.StatusOK, "Ensuite : prendre en diagnostic, "+short, "/orders/"+n, "Le Locle, 2824-2")
	lacks(t, want(t, d.get("samir", "/board"), http.StatusOK), "nouvelle réception", "⟦")
	want(t, d.get("nadia", "/board"), http.StatusOK, "nouvelle réception", "Rien ne vous attend")
	want(t, d.get("", "/board"), http.StatusSeeOther)
}

func TestOrders_pages(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	first := d.received(vasseur())
	who := d.people["nadia"].Actor("")
	f, err := d.shop.FindCustomers(t.Context(), who, "vasseur")
	if err != nil {
		t.Fatal(err)
	}
	err = d.shop.Book.Do(t.Context(), func(ctx context.Context, _ workshop.Tx) error {
		for range 52 {
			in := workshop.Intake{Customer: f[0], Request: "Pile à changer", Reception: order.Reception{Purpose: "battery", Channel: "counter", ReadBack: true}}
			in.Watch.Brand = "Casio"
			if _, err := d.shop.Receive(ctx, workshop.Act{Who: who, Seen: -1}, in); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	page := want(t, d.get("samir", "/orders"), http.StatusOK, "50 suivants")
	if n := strings.Count(page, "<tr"); n != 51 {
		t.Errorf("%d rows", n)
	}
	lacks(t, page, first)
	further := strings.ReplaceAll(between(page, `rel="next" href="`), "&amp;", "&")
	page = want(t, d.get("samir", further), http.StatusOK, first, "Première page")
	if n := strings.Count(page, "<tr"); n != 4 {
		t.Errorf("%d rows on the second page", n)
	}
	want(t, d.get("samir", "/orders?stage=ready"), http.StatusOK, "Aucun dossier ici")
	want(t, d.get("samir", "/orders?stage=nowhere"), http.StatusUnprocessableEntity)
	want(t, d.get("samir", "/orders?after=%00%ff"), http.StatusUnprocessableEntity)
	want(t, d.get("samir", "/board"), http.StatusOK, "les plus pressées", "encore 13")
}

func TestSearch(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	n := d.received(vasseur())
	for typed, to := range map[string]string{n: n, strings.ToLower(strings.ReplaceAll(n, "-", "")): n, n[7:]: n, "1": n, "000001": n, "https://etabli.example/orders/" + n: n} {
		w := d.get("samir", "/search?q="+url.QueryEscape(typed))
		if want(t, w, http.StatusSeeOther); w.Header().Get("Location") != "/orders/"+to {
			t.Errorf("%q leads to %s", typed, w.Header().Get("Location"))
		}
	}
	want(t, d.get("samir", "/search?q=tissot"), http.StatusOK, n[7:])
	lacks(t, want(t, d.get("samir", "/search?q=claire"), http.StatusOK), "Vasseur")
	want(t, d.get("nadia", "/search?q=claire"), http.StatusOK, "Claire Vasseur", "06 ·· ·· ·· 47", "Pas encore : elle est arrivée le")
	want(t, d.get("nadia", "/search?q=0639981047"), http.StatusOK, "Pas encore : elle est arrivée le")
	want(t, d.get("nadia", "/search?q=000010"), http.StatusOK, "Aucun dossier pour « 000010 »", "Le plus proche : "+n[7:]+", Tissot Le Locle", "/orders/"+n)
	want(t, d.get("nadia", "/search?q=zzz"), http.StatusOK, "Aucun dossier pour « zzz »")
	want(t, d.get("nadia", "/search?q="), http.StatusOK, "Que cherchez-vous")
	want(t, d.get("nadia", "/search?q="+url.QueryEscape(`<b>"`)), http.StatusOK, "&lt;b&gt;")
}

// A wrong check character is told from a wrong digit: where the character typed
// is that of a number one slip away, that number was meant.
func TestSearch_closest(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	first, second := d.received(vasseur()), d.received(vasseur())
	other := "K"
	if strings.HasSuffix(first, other) || strings.HasSuffix(second, other) {
		other = "M"
	}
	for typed, meant := range map[string]string{
		second[:len(second)-1] + other:                                       second, // the check character is wrong
		second[7:13] + "-" + strings.ToLower(other):                          second,
		strings.Replace(second, "000002", "000003", 1):                       second, // a digit is: the character says which
		strings.ToLower(strings.Replace(first[7:], "000001", "000003", 1)):   first,
		strings.Replace(second[:len(second)-1]+other, "000002", "000020", 1): second, // both are
	} {
		want(t, d.get("nadia", "/search?q="+url.QueryEscape(typed)), http.StatusOK, "Le plus proche : "+meant[7:]+",")
	}
}

func TestCustomer(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.received(vasseur())
	found, err := d.shop.FindCustomers(t.Context(), d.people["nadia"].Actor(""), "vasseur")
	if err != nil || len(found) != 1 {
		t.Fatal(found, err)
	}
	path := "/customers/" + found[0].ID
	want(t, d.get("nadia", path), http.StatusOK, "Claire Vasseur", "06 ·· ·· ·· 47", "Recevoir cette montre", "PAR-26-")
	want(t, d.get("samir", path), http.StatusForbidden, "voir les clients")
	want(t, d.get("nadia", "/customers/nobody"), http.StatusNotFound)
	want(t, d.post("nadia", path, url.Values{"name": {"Vasseur"}, "phone": {"12"}, "city": {"Lyon"}}), http.StatusUnprocessableEntity, `value="12"`, `value="Lyon"`, "6 à 15 chiffres", "<details class=\"open\" open>")
	lacks(t, want(t, d.post("nadia", path, url.Values{"name": {"Vasseur"}, "channel": {"pigeon"}, "lang": {"xx"}}), http.StatusUnprocessableEntity, "Choisissez dans la liste"), "⟦")
	want(t, d.post("nadia", path, url.Values{"name": {"Vasseur-Roy"}, "city": {"Lyon"}}), http.StatusSeeOther)
	c, err := d.shop.CustomerFile(t.Context(), d.people["nadia"].Actor(""), found[0].ID)
	if err != nil || c.Customer.Name != "Vasseur-Roy" || c.Customer.City != "Lyon" || c.Customer.Phone != "06 39 98 10 47" {
		t.Errorf("%+v, %v", c.Customer, err)
	}
	if staff.MayRole(staff.Administrator, staff.Receive) {
		t.Error("the administrator receives watches: the test of the refused form needs another role")
	}
}
