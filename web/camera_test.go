package web_test

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/jpeg"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"etabli.example/ident"
	"etabli.example/trade/order"
)

var cameraAt = regexp.MustCompile(`/camera/[\w-]{43}`)

// geotagged is a JPEG as a telephone makes it: with a place in its EXIF.
func geotagged(t *testing.T) []byte {
	t.Helper()
	var plain bytes.Buffer
	if err := jpeg.Encode(&plain, image.NewRGBA(image.Rect(0, 0, 64, 48)), nil); err != nil {
		t.Fatal(err)
	}
	exif := append([]byte("Exif\x00\x00MM\x00*\x00\x00\x00\x08\x00\x00"), []byte("GPSLatitude 48.8630 secret place")...)
	out := append([]byte{0xff, 0xd8, 0xff, 0xe1}, binary.BigEndian.AppendUint16(nil, uint16(len(exif)+2))...)
	return append(append(out, exif...), plain.Bytes()[2:]...)
}

func (d *desk) lend(login, sheet string) string {
	d.t.Helper()
	body := want(d.t, d.post(login, "/camera", url.Values{"sheet": {sheet}}), http.StatusOK, "Visez ce code")
	return cameraAt.FindString(body)
}

func TestCamera_takesPicturesBeforeTheOrderIsOpened(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	page := want(t, d.get("nadia", "/reception"), http.StatusOK)
	form := with(vasseur(), carried(page))
	sheet := form.Get("sheet")
	camera := d.lend("nadia", sheet)
	if camera == "" {
		t.Fatal("no address for the telephone")
	}
	lacks(t, want(t, d.get("", camera), http.StatusOK, "0 photo reçue", "noindex"), "Nadia")
	want(t, d.get("nadia", "/camera/pictures?n=0&sheet="+sheet), http.StatusNoContent)
	entry := url.Values{"entry": {ident.New()}}
	files := map[string][]byte{"cadran.jpg": geotagged(t)}
	want(t, d.upload("", camera, entry, files), http.StatusSeeOther)
	want(t, d.upload("", camera, entry, files), http.StatusSeeOther) // sent twice, kept once
	want(t, d.get("", camera), http.StatusOK, "1 photo reçue")
	want(t, d.get("nadia", "/camera/pictures?n=0&sheet="+sheet), http.StatusOK, "1 photo reçue", "/blob/")
	want(t, d.upload("", camera, nil, map[string][]byte{"a.txt": []byte("no picture")}), http.StatusUnprocessableEntity, "n’est pas une photo")

	// The draft remembers which sheet the picture waits for.
	want(t, d.do("nadia", http.MethodPut, "/draft/reception", "application/x-www-form-urlencoded", strings.NewReader(form.Encode())), http.StatusNoContent)
	again := want(t, d.get("nadia", "/reception"), http.StatusOK, "1 photo reçue")
	if carried(again).Get("sheet") != sheet {
		t.Error("the draft forgot its sheet")
	}
	want(t, d.upload("nadia", "/reception", form, nil), http.StatusSeeOther)
	boss := d.people["paul"].Actor("")
	s, err := d.shop.State(t.Context(), boss, sheet)
	if err != nil || len(s.Photos) != 1 || s.Photos[0].Moment != "intake" {
		t.Fatalf("%+v %v", s.Photos, err)
	}
	if b := d.get("nadia", "/blob/"+s.Photos[0].Hash).Body.Bytes(); bytes.Contains(b, []byte("GPS")) || bytes.Contains(b, []byte("Exif")) {
		t.Error("the picture still says where it was taken")
	}
	// A draft whose order was opened is none any more, even where the answer was lost.
	want(t, d.do("nadia", http.MethodPut, "/draft/reception", "application/x-www-form-urlencoded", strings.NewReader(form.Encode())), http.StatusNoContent)
	if carried(want(t, d.get("nadia", "/reception"), http.StatusOK)).Get("sheet") == sheet {
		t.Error("the form of an order that is open came back")
	}
	// And the telephone goes on, on the sheet itself.
	want(t, d.upload("", camera, url.Values{"entry": {ident.New()}}, files), http.StatusSeeOther)
	if s, err = d.shop.State(t.Context(), boss, sheet); err != nil || len(s.Photos) != 2 {
		t.Fatalf("%d photos, %v", len(s.Photos), err)
	}
}

func TestCamera_isLentForAQuarterOfAnHour(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	camera := d.lend("nadia", ident.New())
	now := d.shop.Now
	d.shop.Now = func() time.Time { return now().Add(order.CameraLife + time.Second) }
	want(t, d.get("", camera), http.StatusNotFound, "n’est plus ouverte")
	want(t, d.upload("", camera, nil, map[string][]byte{"a.jpg": geotagged(t)}), http.StatusNotFound)
	d.shop.Now = now
	want(t, d.get("", "/camera/"+ident.Token()), http.StatusNotFound)
	want(t, d.post("", "/camera", url.Values{"sheet": {ident.New()}}), http.StatusUnauthorized)
	want(t, d.post("nadia", "/camera", url.Values{"sheet": {"x"}}), http.StatusUnprocessableEntity)
}
