package e2e

import (
	"fmt"
	"testing"
	"time"
)

// arrives is within how much time a picture taken on a telephone is at the counter.
const arrives = 2 * time.Second

// The counter asks for a telephone, points it at the code, and the picture is
// there while the form stands open.
func TestPhoneIsTheCamera(t *testing.T) {
	h := openHouse(t)
	desk, phone := h.open(t, ""), h.open(t, "")
	desk.as("nadia", "fr")
	desk.to("/reception")
	desk.press("Photographier avec un téléphone")
	desk.await(`document.querySelector("#phone .qr")`)
	desk.shot("camera-lent")
	link := eval[string](desk, `document.querySelector("#phone a.plain").href`)
	phone.viewport(390, 844, true)
	phone.setCookie("lang", "fr")
	phone.to(link[len(h.url):])
	phone.shot("camera-phone")
	for n := 1; n <= 2; n++ {
		phone.upload("photos", photoOf(t)) // sent as soon as it is chosen
		phone.await(fmt.Sprintf(`document.querySelector("article [role=status]")?.textContent.startsWith("%d ")`, n))
		taken := time.Now()
		desk.await(fmt.Sprintf(`document.querySelectorAll("#phone .shots img").length === %d`, n))
		if took := time.Since(taken); took > arrives {
			t.Errorf("the picture was at the counter after %v, want %v", took, arrives)
		} else {
			t.Logf("at the counter after %v", took.Round(time.Millisecond))
		}
	}
	desk.shot("camera-taken")
	if broken := eval[int](desk, `[...document.querySelectorAll("#phone .shots img")].filter(i => i.complete && !i.naturalWidth).length`); broken > 0 {
		t.Errorf("%d pictures are not shown", broken)
	}
}
