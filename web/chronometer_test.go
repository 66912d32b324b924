package web_test

import (
	"fmt"
	"net/http"
	"net/url"
	"testing"
	"time"

	"etabli.example/workshop"
)

// A programme of 15 days from the states of the hands, worked by hand:
//
//	rates 2 3 | 0 1 | −1 1 | 4 4 | 5 1 | −4 2 5 | 3 4, the state is their sum
//	M    = (2+3+0+1−1+1+4+4+5+1)/10 = 2
//	V    = (1+1+2+0+4)/5 = 1.6, Vmax = 4
//	D    = (2+3)/2 − (5+1)/2 = −0.5
//	P    = |5 − 2| = |−1 − 2| = 3
//	C    = (5 − (−4))/30 = 0.3
//	R    = 4 − (2+3)/2 = 1.5
//
// each read to ±0.1 s, so that a rate is ±0.1·√2.
func TestProgrammeOfObservedStates(t *testing.T) {
	t.Parallel()
	j := newDesk(t).examined(t, leLocle)
	page := want(t, j.get("samir", j.at("/chronometer")), http.StatusOK, "pas un certificat", "État de départ", "15 jours sans marche")
	lacks(t, page, "⟦", "Vasseur")
	rates := []float64{2, 3, 0, 1, -1, 1, 4, 4, 5, 1, -4, 2, 5, 3, 4}
	begin := j.shop.Now().In(j.shop.Zone).Add(-16 * 24 * time.Hour)
	form := func(day int, ahead float64) url.Values {
		return url.Values{"day": {fmt.Sprint(day)}, "at": {begin.Add(time.Duration(day) * 24 * time.Hour).Format("2006-01-02T15:04")}, "ahead": {fmt.Sprint(ahead)}, "u95": {"0.1"}}
	}
	bad := map[string]url.Values{"plus grande que zéro": with(form(0, 1), nil, "u95", "0"), "rester dans l’heure": with(form(0, 1), nil, "ahead", "9000"), "pas encore passé": with(form(0, 1), nil, "at", "2099-01-01T10:00"), "Écrivez la date": with(form(0, 1), nil, "at", "demain")}
	for says, f := range bad {
		want(t, j.sent("samir", "/chronometer", "/chronometer", f), 422, says)
	}
	ahead := 1.0
	want(t, j.sent("samir", "/chronometer", "/chronometer", form(0, ahead)), http.StatusSeeOther)
	want(t, j.sent("samir", "/chronometer", "/chronometer", with(form(1, 3), nil, "at", begin.Add(40*time.Hour).Format("2006-01-02T15:04"))), 422, "40\u00a0h")
	for i, r := range rates {
		ahead += r
		want(t, j.sent("samir", "/chronometer", "/chronometer", form(i+1, ahead)), http.StatusSeeOther)
		if i == 12 {
			want(t, j.get("samir", j.at("/chronometer")), http.StatusOK, "2 jours sans marche", "Non concluant")
		}
	}
	res, _ := workshop.ChronometerOf(j.state())
	for i, want := range []float64{2, 1.6, 4, -.5, 3, .3, 1.5} {
		if c := res.Criteria[i]; c.Value == nil || *c.Value-want > 1e-9 || want-*c.Value > 1e-9 || c.Verdict != "in" {
			t.Errorf("%s is %v, want %v in", c.Code, c.Value, want)
		}
	}
	if !res.Observed || len(res.Missing) > 0 || res.Verdict != "in" {
		t.Errorf("%+v", res)
	}
	page = want(t, j.get("samir", j.at("/chronometer")), http.StatusOK, "2,0 ±0,1", "0,30 ±", "Dans la tolérance")
	lacks(t, page, "⟦", "sans marche")
}
