package web_test

import (
	"net/http"
	"net/url"
	"strconv"
	"testing"
	"time"

	"etabli.example/ident"
	"etabli.example/trade/order"
	"etabli.example/trade/stock"
	"etabli.example/workshop"
)

// A part taken by mistake goes back into its lot when the order's entry is
// corrected, even where it was the last piece.
func TestACorrectedPartGoesBack(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	samir := d.people["samir"].Actor("poste 2")
	lot, err := d.shop.ReceiveLot(t.Context(), workshop.Act{Who: samir, Seen: -1}, stock.Receipt{Code: "JTF", Label: "Joint torique", Lot: "J 1", Place: "x", Quantity: 1, Unit: "piece", Origin: "generic"})
	if err != nil {
		t.Fatal(err)
	}
	o := orderInWork(t, d)
	s, err := d.shop.Part(t.Context(), workshop.Act{Who: samir, Sheet: o.Sheet, Seen: -1}, order.PartUsed{Code: "JTF", Lot: "J 1", Origin: "generic", Old: "returned"})
	if err != nil {
		t.Fatal(err)
	}
	part := s.Parts[len(s.Parts)-1].Seq
	form := url.Values{"entry_no": {strconv.FormatInt(part, 10)}, "why": {"mauvaise enveloppe"}, "entry": {ident.New()}}
	for range 2 { // the button is pressed twice
		want(t, d.post("samir", "/orders/"+o.Number+"/correct", form), http.StatusSeeOther)
	}
	v, err := d.shop.Lot(t.Context(), samir, lot.Sheet)
	if err != nil || v.OnHand != 1 || v.Used != 0 || v.Ended {
		t.Errorf("lot %+v %v", v.State, err)
	}
	want(t, d.get("samir", "/stock/"+lot.Sheet), http.StatusOK, "Pièce remise", o.Number)
	want(t, d.post("samir", "/orders/"+o.Number+"/correct", url.Values{"entry_no": {strconv.FormatInt(part, 10)}, "why": {"encore"}, "entry": {ident.New()}}), http.StatusConflict)
	if v, _ = d.shop.Lot(t.Context(), samir, lot.Sheet); v.OnHand != 1 {
		t.Errorf("%d on hand after a second correction", v.OnHand)
	}
}

// What is past its date is not fitted, though its lot is typed by hand.
func TestAnExpiredLotIsRefused(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	samir := d.people["samir"].Actor("poste 2")
	now := d.shop.Now
	d.shop.Now = func() time.Time { return now().AddDate(-1, 0, 0) }
	lot, err := d.shop.ReceiveLot(t.Context(), workshop.Act{Who: samir, Seen: -1}, stock.Receipt{Code: "JTF", Label: "Joint torique", Lot: "J 9", Place: "x", Quantity: 5, Unit: "piece", Origin: "generic",
		Expiry: now().AddDate(0, -1, 0).Format(time.DateOnly)})
	if err != nil {
		t.Fatal(err)
	}
	d.shop.Now = now
	o := orderInWork(t, d)
	w := d.post("samir", "/orders/"+o.Number+"/work/part", url.Values{"code": {"JTF"}, "lot": {"j 9"}, "origin": {"generic"}, "old": {"returned"}, "entry": {ident.New()}})
	want(t, w, http.StatusUnprocessableEntity, "est périmé depuis le", `value="j 9"`)
	if v, _ := d.shop.Lot(t.Context(), samir, lot.Sheet); v.OnHand != 5 {
		t.Errorf("%d on hand", v.OnHand)
	}
}
