package web_test

import (
	"context"
	"errors"
	"net/url"
	"regexp"
	"testing"
	"time"

	"etabli.example/mail"
)

type refusing struct{}

func (refusing) Send(context.Context, mail.Message) error { return errors.New("550 no such mailbox") }

// A message that fails eight times waits for the administrator, who sees why,
// has it tried again, or leaves it undone with a reason that the sheet keeps.
func TestFollowPage(t *testing.T) {
	d := newDesk(t)
	d.admin(t)
	want(t, d.get("ines", "/follow"), 200, "Tout est parti")
	want(t, d.get("paul", "/follow"), 403)
	j := d.diagnosed(t)
	want(t, j.submit("samir", "/quote", "/quote", set(lines([4]string{"obligatory", "Révision", "1", "290"}), "do", "save")), 303)
	want(t, j.submit("nadia", "/quote", "/quote/send", url.Values{"channel": {"email"}}), 200)
	clock := d.shop.Now
	fail := func() {
		for i := range 8 {
			d.shop.Now = func() time.Time { return clock().Add(time.Duration(i) * 24 * time.Hour) }
			if _, err := d.shop.Follow(t.Context(), refusing{}); err != nil {
				t.Fatal(err)
			}
		}
		d.shop.Now = clock
	}
	fail()
	page := d.get("ines", "/follow")
	want(t, page, 200, "550 no such mailbox", j.number)
	id := regexp.MustCompile(`name="id" value="([^"]+)"`).FindStringSubmatch(page.Body.String())
	if id == nil {
		t.Fatal("nothing to decide")
	}
	row := url.Values{"id": {id[1]}}
	want(t, d.post("paul", "/follow/again", row), 403)
	want(t, d.post("ines", "/follow/again", row), 303)
	want(t, d.get("ines", "/follow"), 200, "En attente")
	want(t, d.post("ines", "/follow/drop", set(row, "why", "trop tôt")), 404) // it is not given up
	fail()
	want(t, d.post("ines", "/follow/drop", set(row, "why", " ")), 422)
	want(t, d.post("ines", "/follow/drop", set(row, "why", "Le client a été appelé.")), 303)
	want(t, d.get("ines", "/follow"), 200, "Tout est parti")
	want(t, d.get("nadia", "/orders/"+j.number), 200, "Le client a été appelé.")
}
