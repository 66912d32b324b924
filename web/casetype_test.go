package web_test

import (
	"net/url"
	"testing"
)

// Opening a watch: what matters for each type of case, the numbers seen and a
// picture; at casing, what matters for the case as it was opened.
func TestUncasing(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	j := d.examined(t, leLocle)
	page := want(t, j.get("samir", j.at("/diagnosis")), 200, "Fond clipsé", "assage de tige en face", "inconnu ici", "Numéro lu sur la boîte")
	lacks(t, page, "⟦")
	form := with(url.Values{"case_type": {"snap_back"}, "gasket": {"worn"}, "crystal": {"good"}, "case_no": {"B 1234"}, "tools": {"couteau"}}, carried(page))
	want(t, d.upload("samir", j.at("/diagnosis/uncase"), form, map[string][]byte{"x.jpg": []byte("no picture")}), 422, "B 1234", "class=\"msg\"")
	if j.state().Uncased != nil {
		t.Error("opened with a picture that is none")
	}
	want(t, d.upload("samir", j.at("/diagnosis/uncase"), form, map[string][]byte{"x.png": picture(t)}), 303)
	s := j.state()
	if u := s.Uncased; u == nil || u.CaseNo != "B 1234" || u.Photo == "" || len(s.Photos) != 1 || s.Photos[0].Hash != u.Photo || s.Watch.CaseNo != "B 1234" {
		t.Errorf("opened %+v, photos %v, case %q", s.Uncased, s.Photos, s.Watch.CaseNo)
	}
	want(t, j.get("samir", j.at("")), 200, "oîte n° B 1234")
}
