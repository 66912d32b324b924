package web_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"etabli.example/trade/order"
)

func TestReception_opensAnOrderOnce(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	page := want(t, d.get("nadia", "/reception"), http.StatusOK, `autofocus`, `accesskey="6"`)
	form := with(vasseur(), carried(page))
	first := d.post("nadia", "/reception", form)
	want(t, first, http.StatusSeeOther)
	again := d.post("nadia", "/reception", form)
	want(t, again, http.StatusSeeOther)
	if first.Header().Get("Location") != again.Header().Get("Location") {
		t.Errorf("the same form twice: %s, then %s", first.Header().Get("Location"), again.Header().Get("Location"))
	}
	number := strings.Split(first.Header().Get("Location"), "/")[2]
	want(t, d.get("nadia", "/orders/"+number+"/opened"), http.StatusOK, number, "/orders/"+number+"/receipt.pdf")
	for _, doc := range []string{"receipt.pdf", "label.pdf"} {
		w := d.get("nadia", "/orders/"+number+"/"+doc)
		if want(t, w, http.StatusOK); w.Header().Get("Content-Type") != "application/pdf" || !strings.HasPrefix(w.Body.String(), "%PDF-") {
			t.Errorf("%s is no PDF: %s %.20q", doc, w.Header().Get("Content-Type"), w.Body)
		}
	}
	sheet := want(t, d.get("nadia", "/orders/"+number), http.StatusOK, "Claire Vasseur", "06 ·· ·· ·· 47", "Elle retarde de cinq minutes", "Glace", "2 sur 4, saphir", "3 écritures, chaîne intacte", "1\u202f200,00\u00a0€", "ETA 2824-2")
	lacks(t, sheet, "06 39 98 10 47", "⟦")
	rows, err := d.shop.Orders(t.Context(), d.people["nadia"].Actor(""), order.Query{})
	if err != nil || len(rows) != 1 {
		t.Fatalf("%d orders, %v", len(rows), err)
	}
	v, err := d.shop.Sheet(t.Context(), d.people["nadia"].Actor(""), rows[0].Sheet)
	if err != nil {
		t.Fatal(err)
	}
	if len(v.Symptoms) != 1 || v.Symptoms[0] != (order.Symptom{ID: "slow", Value: -43, Unit: "s/d"}) {
		t.Errorf("confirmed symptoms: %+v", v.Symptoms)
	}
	if v.Watch.BPH != 0 && v.Watch.CalibreMaker != "ETA" {
		t.Errorf("calibre: %+v", v.Watch)
	}
}

func TestReception_keepsWhatWasTyped(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	for name, tt := range map[string]struct {
		change []string
		says   []string
	}{
		"nothing at all":          {nil, []string{"Indiquez le nom", "Indiquez la marque", "Écrivez la demande", "Relisez la demande"}},
		"a material of no list":   {[]string{"watch.material", "kryptonite"}, []string{"n’est pas dans la liste"}},
		"a kind of no list":       {[]string{"watch.kind", "sundial"}, []string{"Choisissez dans la liste"}},
		"a function of no list":   {[]string{"watch.function", "flying"}, []string{"Choisissez dans la liste"}},
		"an accessory of no list": {[]string{"accessory", "ship"}, []string{"Choisissez dans la liste"}},
		"a wish of no list":       {[]string{"wish", "moon"}, []string{"Choisissez dans la liste"}},
		"a demand of no list":     {[]string{"asked", "moon"}, []string{"Choisissez dans la liste"}},
		"a symptom of no list":    {[]string{"symptom", "moon|0|"}, []string{"Un symptôme coché n’est pas connu"}},
		"letter O":                {[]string{"declared_value", "12OO"}, []string{`value="12OO"`, "contient la lettre O", `value="declared_value=1200"`}},
		"no way to reach":         {[]string{"customer.phone", ""}, []string{"Il faut un moyen de joindre le client"}},
		"absurd mail":             {[]string{"customer.email", "claire at home"}, []string{`value="claire at home"`, "Cette adresse n’est pas complète"}},
		"gold without weight":     {[]string{"watch.material", "gold"}, []string{"pesez la montre", "l’adresse complète"}},
		"promise in the past":     {[]string{"promised", "2001-02-03"}, []string{`value="2001-02-03"`, "Cette date est passée"}},
		"promise in another age":  {[]string{"promised", "9999-12-31"}, []string{`value="9999-12-31"`, "Vérifiez l’année"}},
		"no date":                 {[]string{"promised", "demain"}, []string{"Date illisible"}},
		"a mark without grade":    {[]string{"mark_grade", "9"}, []string{"Un défaut a une zone"}},
		"not read back":           {[]string{"read_back", ""}, []string{"Relisez la demande au client"}},
		"impossible lift":         {[]string{"watch.lift", "520"}, []string{`value="520"`, "de 20° à 90°"}},
		"words where a figure is": {[]string{"watch.water", "oui"}, []string{`value="oui"`, "pas un nombre"}},
		"markup":                  {[]string{"watch.brand", "<script>", "read_back", ""}, []string{`value="&lt;script&gt;"`}},
	} {
		t.Run(name, func(t *testing.T) {
			form := vasseur()
			if tt.change == nil {
				form = url.Values{}
			}
			form = with(form, carried(want(t, d.get("nadia", "/reception"), http.StatusOK)), tt.change...)
			body := want(t, d.post("nadia", "/reception", form), http.StatusUnprocessableEntity, tt.says...)
			if form.Has("request") && !strings.Contains(body, "Elle retarde de cinq minutes") {
				t.Error("the request is gone")
			}
			for _, hid := range []string{"entry", "sheet"} {
				if got := carried(body).Get(hid); got != form.Get(hid) {
					t.Errorf("%s %q became %q: sent again it would open a second order", hid, form.Get(hid), got)
				}
			}
			lacks(t, body, "⟦")
		})
	}
	if rows, err := d.shop.Orders(t.Context(), d.people["paul"].Actor(""), order.Query{}); err != nil || len(rows) > 0 {
		t.Errorf("half written: %d orders, %v", len(rows), err)
	}
}

// The way back in a browser leads to a form that opened an order already: changed
// and sent again it is no longer that order, and is not taken for it.
func TestReception_changedAfterItWasSent(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	form := with(vasseur(), carried(want(t, d.get("nadia", "/reception"), http.StatusOK)))
	want(t, d.post("nadia", "/reception", form), http.StatusSeeOther)
	other := with(form, url.Values{}, "watch.brand", "Omega")
	page := want(t, d.post("nadia", "/reception", other), http.StatusConflict, "Ce formulaire a déjà ouvert un dossier", `value="Omega"`)
	want(t, d.post("nadia", "/reception", with(other, carried(page))), http.StatusSeeOther)
	rows, err := d.shop.Orders(t.Context(), d.people["nadia"].Actor(""), order.Query{})
	if err != nil || len(rows) != 2 || rows[0].Brand == rows[1].Brand {
		t.Errorf("orders: %+v %v", rows, err)
	}
	want(t, d.post("nadia", "/reception", form), http.StatusSeeOther) // the first as it was: still that order
	if rows, err := d.shop.Orders(t.Context(), d.people["nadia"].Actor(""), order.Query{}); err != nil || len(rows) != 2 {
		t.Errorf("%d orders, %v", len(rows), err)
	}
}

func TestReception_repair(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	form := with(vasseur(), url.Values{}, "declared_value", "12OO", "repair", "declared_value=1200")
	body := want(t, d.post("nadia", "/reception", form), http.StatusOK, `name="declared_value" value="1200"`, "Elle retarde")
	lacks(t, body, "12OO")
}

func TestReception_knownCustomer(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.received(vasseur())
	w := d.get("nadia", "/reception?q=vasseur")
	want(t, w, http.StatusSeeOther) // one customer of that name: chosen
	page := want(t, d.get("nadia", w.Header().Get("Location")), http.StatusOK, `name="customer.id"`, `name="watch.id"`, "déjà venue le", "06 ·· ·· ·· 47", `value="ETA 2824-2"`)
	if !regexp.MustCompile(`<textarea[^>]*name="request"[^>]*autofocus`).MatchString(page) {
		t.Error("the cursor is not in the request")
	}
	form := with(url.Values{"customer.id": {between(page, `name="customer.id" value="`)}, "watch.id": {between(page, `name="watch.id" value="`)}, "watch.brand": {"Tissot"}, "watch.model": {"Le Locle"},
		"watch.calibre": {"ETA 2824-2"}, "watch.kind": {"automatic"}, "request": {"Elle s’arrête encore"}, "read_back": {"1"}, "purpose": {"warranty"}, "channel": {"counter"}}, carried(page))
	want(t, d.post("nadia", "/reception", form), http.StatusSeeOther)
	who := d.people["nadia"].Actor("")
	found, err := d.shop.FindCustomers(t.Context(), who, "vasseur")
	if err != nil || len(found) != 1 {
		t.Fatalf("%d customers, %v", len(found), err)
	}
	f, err := d.shop.CustomerFile(t.Context(), who, found[0].ID)
	if err != nil || len(f.Watches) != 1 || len(f.Orders) != 2 || f.Customer.Phone != "06 39 98 10 47" || f.Watches[0].CaseNo != "" {
		t.Errorf("watches %d, orders %d, %+v, %v", len(f.Watches), len(f.Orders), f, err)
	}
}

func between(page, before string) string {
	_, after, _ := strings.Cut(page, before)
	v, _, _ := strings.Cut(after, `"`)
	return v
}

func TestReception_badPhotoDoesNotKeepTheOrderFromOpening(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	page := want(t, d.get("nadia", "/reception"), http.StatusOK)
	form := with(vasseur(), carried(page))
	files := map[string][]byte{"cadran.png": picture(t), "facture.txt": []byte("not a photo")}
	body := want(t, d.upload("nadia", "/reception", form, files), http.StatusOK, "facture.txt", "n’est pas une photo", "PAR-")
	lacks(t, body, "cadran.png")
	want(t, d.upload("nadia", "/reception", form, files), http.StatusOK) // a reload keeps neither twice
	rows, _ := d.shop.Orders(t.Context(), d.people["paul"].Actor(""), order.Query{})
	v, err := d.shop.Sheet(t.Context(), d.people["paul"].Actor(""), rows[0].Sheet)
	if err != nil || len(v.Photos) != 1 || len(rows) != 1 {
		t.Fatalf("%d photos, %d orders, %v", len(v.Photos), len(rows), err)
	}
	w := d.get("samir", "/blob/"+v.Photos[0].Hash)
	want(t, w, http.StatusOK)
	for header, value := range map[string]string{"Content-Type": "image/jpeg", "X-Content-Type-Options": "nosniff", "Cache-Control": "immutable", "Content-Disposition": "inline"} {
		if !strings.Contains(w.Header().Get(header), value) {
			t.Errorf("%s: %q", header, w.Header().Get(header))
		}
	}
	want(t, d.get("", "/blob/"+v.Photos[0].Hash), http.StatusSeeOther)
	want(t, d.get("samir", "/blob/"+strings.Repeat("0", 64)), http.StatusNotFound)
}

func TestReception_rights(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	want(t, d.get("", "/reception"), http.StatusSeeOther)
	want(t, d.get("samir", "/reception"), http.StatusForbidden, "recevoir une montre")
	want(t, d.post("samir", "/reception", vasseur()), http.StatusForbidden)
	want(t, d.get("samir", "/reception/customers?q=vas"), http.StatusForbidden)
}

func TestReception_draft(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	kept := url.Values{"request": {"Elle avance"}, "watch.brand": {"Seiko"}, "entry": {"x"}}
	want(t, d.do("nadia", http.MethodPut, "/draft/reception", "application/x-www-form-urlencoded", strings.NewReader(kept.Encode())), http.StatusNoContent)
	body := want(t, d.get("nadia", "/reception"), http.StatusOK, "Elle avance", `value="Seiko"`, "Brouillon du")
	if carried(body).Get("entry") == "x" {
		t.Error("the draft brought an old entry's id back")
	}
	lacks(t, want(t, d.get("paul", "/reception"), http.StatusOK), "Elle avance")
	want(t, d.do("nadia", http.MethodPut, "/draft/reception", "application/x-www-form-urlencoded", strings.NewReader("a="+strings.Repeat("b", 100<<10))), http.StatusRequestEntityTooLarge)
	want(t, d.post("nadia", "/draft/reception/drop", url.Values{"back": {"/reception"}}), http.StatusSeeOther)
	lacks(t, want(t, d.get("nadia", "/reception"), http.StatusOK), "Elle avance")
	want(t, d.post("nadia", "/draft/reception/drop", url.Values{"back": {"/reception"}}), http.StatusSeeOther)
}

func TestReception_parts(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.received(vasseur())
	want(t, d.get("nadia", "/reception/customers?q=vas"), http.StatusOK, "Claire Vasseur", "/reception?customer=")
	want(t, d.get("nadia", "/reception/customers?q=zzzz"), http.StatusOK, "Personne de ce nom")
	want(t, d.get("nadia", "/reception/understood?request="+url.QueryEscape("Elle retarde de cinq minutes par semaine")), http.StatusOK, `name="symptom"`, "s/j")
	want(t, d.get("nadia", "/reception/calibre?watch.calibre=2824"), http.StatusOK, `<option value="ETA 2824-2">`)
	want(t, d.get("nadia", "/reception/movement?watch.calibre="+url.QueryEscape("ETA 2824-2")), http.StatusOK, `value="28800"`, `value="50"`, `<option value="automatic" selected>`)
	want(t, d.get("nadia", "/reception/mark?row=4"), http.StatusOK, `name="mark_zone"`, "f-m4-mark_zone")
	want(t, d.get("nadia", "/reception/drawing?mark_zone=lug_7&mark_defect=dent&mark_grade=3"), http.StatusOK, `translate(-56 104)`)
	want(t, d.get("nadia", "/reception/drawing?mark_zone=nowhere&mark_defect=x&mark_grade=99"), http.StatusOK)
}
