package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"etabli.example/trade/order"
	"etabli.example/workshop"
)

func TestAccommodation_isAskedKeptWithConsentAndPurged(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	nadia := d.people["nadia"].Actor("")
	page := want(t, d.get("nadia", "/reception"), http.StatusOK, "Ce que la personne demande", "grands caractères")
	form := with(vasseur(), carried(page))
	form["asked"] = []string{"written", "large_print"}
	want(t, d.post("nadia", "/reception", form), http.StatusUnprocessableEntity, "Rien ne se note sans son accord")
	// Not in a draft either.
	want(t, d.do("nadia", http.MethodPut, "/draft/reception", "application/x-www-form-urlencoded", strings.NewReader(form.Encode())), http.StatusNoContent)
	if text, _, _ := d.shop.Draft(t.Context(), nadia.ID, "reception"); strings.Contains(text, "large_print") {
		t.Error("what was asked lies in a draft without consent")
	}
	form.Set("asked_consent", "1")
	want(t, d.post("nadia", "/reception", form), http.StatusSeeOther)
	sheet := form.Get("sheet")
	row, err := d.shop.Row(t.Context(), sheet)
	if err != nil {
		t.Fatal(err)
	}
	want(t, d.get("nadia", "/orders/"+row.Number), http.StatusOK, "échanger par écrit, documents en grands caractères")
	lacks(t, want(t, d.get("samir", "/orders/"+row.Number), http.StatusOK), "échanger par écrit")
	v, err := d.shop.Sheet(t.Context(), nadia, sheet)
	if err != nil || !v.Accommodation {
		t.Errorf("the sheet does not say that something was offered: %v", err)
	}
	for _, e := range v.Entries {
		if strings.Contains(e.Text, "large_print") {
			t.Error("the sheet says what was asked")
		}
	}
	back := workshop.Act{Who: nadia, Sheet: sheet, Seen: -1}
	if _, err := d.shop.HandBackUnrepaired(t.Context(), back, order.Handover{To: "customer", Why: "Le client la reprend."}); err != nil {
		t.Fatal(err)
	}
	if a, err := d.shop.Accommodation(t.Context(), nadia, sheet); err != nil || len(a.Asked) > 0 {
		t.Errorf("%v is still there after the watch went, %v", a.Asked, err)
	}
}

func TestAccommodation_isRememberedWhereAskedFor(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	form := with(vasseur(), carried(want(t, d.get("nadia", "/reception"), http.StatusOK)))
	form["asked"], form["asked_consent"], form["asked_keep"] = []string{"seat"}, []string{"1"}, []string{"1"}
	want(t, d.post("nadia", "/reception", form), http.StatusSeeOther)
	row, err := d.shop.Row(t.Context(), form.Get("sheet"))
	if err != nil {
		t.Fatal(err)
	}
	want(t, d.get("nadia", "/reception?customer="+row.Customer), http.StatusOK, `name="asked" value="seat" checked`)
}

func TestAccessRegister(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	want(t, d.get("", "/accessibility"), http.StatusOK, "pas encore rempli", "Atelier Essai")
	want(t, d.get("nadia", "/accessibility/edit"), http.StatusForbidden)
	want(t, d.get("paul", "/accessibility/edit"), http.StatusOK)
	form := url.Values{"services": {"Comptoir bas, boucle magnétique."}, "building": {"Attestation de 2019."}}
	want(t, d.post("paul", "/accessibility/edit", form), http.StatusUnprocessableEntity, "Comptoir bas", "doit le dire")
	form.Set("training", "Toute l’équipe, mars 2026.")
	want(t, d.post("nadia", "/accessibility/edit", form), http.StatusForbidden)
	want(t, d.post("paul", "/accessibility/edit", form), http.StatusSeeOther)
	want(t, d.get("", "/accessibility"), http.StatusOK, "Comptoir bas", "mars 2026", "À jour au")
	want(t, d.get("nadia", "/write"), http.StatusOK, "ni envoyé ni gardé")
}
