package web_test

import (
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"etabli.example/ident"
	"etabli.example/trade/staff"
)

var (
	formTag   = regexp.MustCompile(`(?s)<form\b([^>]*)>(.*?)</form>`)
	attribute = regexp.MustCompile(`([\w.-]+)="([^"]*)"`)
	control   = regexp.MustCompile(`(?s)<(input|textarea|select|button)\b([^>]*)>`)
	option    = regexp.MustCompile(`(?s)<option value="([^"]*)"( selected)?`)
)

func attributes(s string) map[string]string {
	out := map[string]string{}
	for _, m := range attribute.FindAllStringSubmatch(s, -1) {
		out[m[1]] = strings.NewReplacer("&#43;", "+", "&amp;", "&", "&#34;", `"`, "&#39;", "'").Replace(m[2])
	}
	return out
}

// shownForm is a form as a page shows it: what it would send, and which of its
// fields a person types words into.
type shownForm struct {
	action string
	values url.Values
	texts  []string
}

func formsIn(page string) []shownForm {
	var out []shownForm
	for _, m := range formTag.FindAllStringSubmatch(page, -1) {
		about := attributes(m[1])
		if !strings.EqualFold(about["method"], "post") || about["action"] == "" {
			continue
		}
		f := shownForm{action: about["action"], values: url.Values{}}
		for _, at := range control.FindAllStringSubmatchIndex(m[2], -1) {
			tag, a := m[2][at[2]:at[3]], attributes(m[2][at[4]:at[5]])
			name, kind := a["name"], a["type"]
			switch {
			case name == "" || kind == "file":
			case tag == "textarea" || tag == "input" && slices.Contains([]string{"", "text", "tel", "email", "search", "password"}, kind):
				f.values.Add(name, a["value"])
				if !slices.Contains(f.texts, name) {
					f.texts = append(f.texts, name)
				}
			case tag == "select":
				end := strings.Index(m[2][at[1]:], "</select>")
				for i, o := range option.FindAllStringSubmatch(m[2][at[1]:at[1]+max(end, 0)], -1) {
					if i == 0 || o[2] != "" || f.values.Get(name) == "" {
						f.values.Set(name, o[1])
					}
				}
			case kind == "radio":
				if !f.values.Has(name) {
					f.values.Set(name, a["value"])
				}
			case kind == "checkbox":
				if strings.Contains(m[2][at[4]:at[5]], " checked") {
					f.values.Add(name, a["value"])
				}
			case tag == "button":
				if !f.values.Has(name) {
					f.values.Set(name, a["value"])
				}
			default:
				f.values.Add(name, a["value"])
			}
		}
		out = append(out, f)
	}
	return out
}

// No form of any page takes twenty thousand letters or a character nobody types,
// and none answers with a failure of ours.
func TestEveryFormBoundsItsTexts(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	admin, err := d.shop.SavePerson(t.Context(), staff.System(), staff.Person{Login: "ines", Name: "Ines Roux", Active: true, Roles: staff.Roles()}, "")
	if err != nil {
		t.Fatal(err)
	}
	if d.tokens["ines"], err = d.shop.Choose(t.Context(), admin.ID, "test"); err != nil {
		t.Fatal(err)
	}
	j := d.examined(t, leLocle)
	q := d.examined(t, newport)
	opened := want(t, d.get("ines", j.at("/diagnosis")), http.StatusOK)
	keep := regexp.MustCompile(`keep=(\w+)#`).FindStringSubmatch(opened)
	pages := []string{"/house", "/people", "/prices", "/stock", "/tools", "/reception", "/orders/" + j.number, j.at("/measure"), q.at("/measure"), j.at("/checks"), q.at("/checks"),
		j.at("/diagnosis"), j.at("/diagnosis?keep=" + keep[1]), j.at("/diagnosis?reject=" + keep[1]), j.at("/quote")}
	seen, tried := map[string]bool{}, 0
	for _, path := range pages {
		for _, f := range formsIn(want(t, d.get("ines", path), http.StatusOK)) {
			for _, field := range f.texts {
				if key := f.action + " " + f.values.Get("do") + " " + field; field == "q" || seen[key] {
					continue
				} else {
					seen[key] = true
				}
				for what, text := range map[string]string{"20 000 letters": strings.Repeat("é", 20000), "NUL": "a\x00b", "no text": "a\xffb"} {
					form := with(f.values, nil, field, text)
					if form.Has("entry") {
						form.Set("entry", ident.New())
					}
					tried++
					if w := d.post("ines", f.action, form); w.Code < 400 || w.Code >= 500 {
						t.Errorf("%s: %s of %s, %s: status %d", path, field, f.action, what, w.Code)
					}
				}
			}
		}
	}
	if tried < 150 {
		t.Errorf("only %d forms were tried", tried)
	}
}

// What is too long is said beside its field, in characters, and stays.
func TestTooLongIsSaidBesideTheField(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	j := d.examined(t, leLocle)
	long := strings.Repeat("é", 4001)
	page := want(t, j.sent("samir", "", "/note", url.Values{"text": {long}, "for": {"internal"}}), http.StatusUnprocessableEntity, "Trop long : 4000 caractères au plus.", long)
	lacks(t, page, "⟦")
	// As many characters as it says, though they are twice as many bytes.
	want(t, j.sent("samir", "", "/note", url.Values{"text": {strings.Repeat("é", 4000)}, "for": {"internal"}}), http.StatusSeeOther)
	want(t, j.sent("samir", "", "/note", url.Values{"text": {"a\x00b"}, "for": {"internal"}}), http.StatusUnprocessableEntity, "caractère invisible")
}
