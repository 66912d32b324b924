package diagnosis

import (
	"encoding/json"
	"errors"
	"os"
	"slices"
	"strings"
	"testing"
)

// TestContract holds ReadCase and Report to what etabli diagnose --json promises.
func TestContract(t *testing.T) {
	for _, c := range []struct {
		name, in string
		answer   string
		safety   bool
	}{
		{"the whole input", `{"watch":{"brand":"ETA","calibre":"2824-2","kind":"automatic","bph":28800,"lift_angle_deg":50},"context":"portée tous les jours, jamais révisée","findings":{"symptoms":["retarde de 2 minutes par jour","s'arrête la nuit"],"timing":[{"position":"CH","winding":"full","rate_s_per_day":-60,"amplitude_deg":190,"beat_error_ms":0.3,"trace":"noisy"},{"position":"6H","winding":"unknown","rate_s_per_day":null,"amplitude_deg":null,"beat_error_ms":null,"trace":"unknown"}],"quartz":{"battery_v":null,"consumption_ua":null,"circuit_only_ua":null,"coil_kohm":null,"coil_reading":null,"min_start_v":null,"fitted_cell":null,"rate_s_per_month":null},"power_reserve_h":22,"checks":{"winding":"normal","setting":"normale","rotor":"libre","magnetised":"non","condensation":"non","water_test":"ok","timegrapher_lift_angle_deg":50}}}`, AnswerCauses, false},
		{"nothing", `{}`, AnswerAskMore, false},
		{"everything null", `{"watch":null,"context":null,"findings":null}`, AnswerAskMore, false},
		{"null inside", `{"watch":{"brand":null,"calibre":null,"kind":null},"findings":{"symptoms":null,"timing":null,"quartz":null,"power_reserve_h":null,"checks":null}}`, AnswerAskMore, false},
		{"unknown members", `{"version":3,"watch":{"kind":"quartz","colour":"blue"},"findings":{"symptoms":["second hand jumps four seconds"],"smell":"none","checks":{"hands":"fine"}},"extra":[1,2]}`, AnswerCauses, false},
		{"a leaking cell beside any answer", `{"watch":{"kind":"quartz"},"findings":{"symptoms":["la pile a coulé, sels verts"]}}`, AnswerCauses, true},
		{"radium", `{"watch":{"kind":"manual"},"context":"radium dial","findings":{"symptoms":["stops"]}}`, AnswerOutOfPerimeter, true},
		{"connected", `{"watch":{"brand":"Garmin","kind":"quartz"},"findings":{"symptoms":["will not pair with the phone"]}}`, AnswerOutOfPerimeter, true},
		{"a chronograph by its calibre", `{"watch":{"calibre":"ETA 7750"},"findings":{"symptoms":["stops"]}}`, AnswerOutOfPerimeter, false},
		{"regulation named", `{"watch":{"kind":"automatic"},"findings":{"timing":[{"position":"CH","winding":"full","rate_s_per_day":38,"amplitude_deg":285,"beat_error_ms":0.2,"trace":"clean"},{"position":"6H","winding":"full","rate_s_per_day":36,"amplitude_deg":262,"beat_error_ms":0.2,"trace":"clean"},{"position":"9H","winding":"full","rate_s_per_day":40,"amplitude_deg":260,"beat_error_ms":0.2,"trace":"clean"}],"checks":{"magnetised":"no"}}}`, AnswerNoFault, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			in, err := ReadCase(strings.NewReader(c.in))
			if err != nil {
				t.Fatal(err)
			}
			for _, lang := range []string{"fr", "en"} {
				out := decode(t, Diagnose(in).In(lang))
				if out["answer"] != c.answer {
					t.Errorf("%s: %v, want %s", lang, out["answer"], c.answer)
				}
				if n := len(out["safety"].([]any)); c.safety != (n > 0) {
					t.Errorf("%s: %d safety notes", lang, n)
				}
				shape(t, out)
			}
		})
	}
}

func decode(t *testing.T, r Report) map[string]any {
	t.Helper()
	data, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	var out map[string]any
	if err := json.Unmarshal(data, &out); err != nil {
		t.Fatal(err)
	}
	return out
}

// shape holds an output to its members and their types: lists are lists where
// they are empty, every cause carries its perimeter.
func shape(t *testing.T, out map[string]any) {
	t.Helper()
	if !slices.Contains([]string{AnswerCauses, AnswerNoFault, AnswerAskMore, AnswerOutOfPerimeter}, out["answer"].(string)) {
		t.Errorf("answer %v", out["answer"])
	}
	for i, x := range out["causes"].([]any) {
		c := x.(map[string]any)
		if !slices.Contains([]string{Technician, Watchmaker, Manufacturer}, c["perimeter"].(string)) {
			t.Errorf("%v: perimeter %v", c["id"], c["perimeter"])
		}
		if p := c["probability"].(float64); p < 0 || p > 1 {
			t.Errorf("%v: probability %v", c["id"], p)
		}
		if _, ok := CauseByID(c["id"].(string)); !ok {
			t.Errorf("%v is no cause", c["id"])
		}
		for _, member := range []string{"for", "against"} {
			if _, ok := c[member].([]any); !ok {
				t.Errorf("%v: %s is no list", c["id"], member)
			}
		}
		if c["confirm"].(string) == "" || c["remedy"].(string) == "" {
			t.Errorf("%v: nothing to confirm it or to remedy it", c["id"])
		}
		if i == 0 && out["answer"] == AnswerNoFault {
			if info, _ := CauseByID(c["id"].(string)); !info.innocent() {
				t.Errorf("no fault, and %v first", c["id"])
			}
		}
	}
	for _, x := range out["next_tests"].([]any) {
		n := x.(map[string]any)
		if n["id"] == "" || n["label"] == "" || n["minutes"].(float64) <= 0 {
			t.Errorf("test %v", n)
		}
		if _, ok := n["settles"].([]any); !ok {
			t.Errorf("test %v settles no list", n["id"])
		}
	}
}

func TestNotACase(t *testing.T) {
	for _, in := range []string{"", "null", "[]", "12", `"x"`, "{", `{"watch":`, "\x00"} {
		if _, err := ReadCase(strings.NewReader(in)); !errors.Is(err, ErrNotACase) {
			t.Errorf("%q: %v", in, err)
		}
	}
}

// TestExample: the example in the repository is a case and has an answer.
func TestExample(t *testing.T) {
	f, err := os.Open("testdata/example.json")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	c, err := ReadCase(f)
	if err != nil {
		t.Fatal(err)
	}
	shape(t, decode(t, Diagnose(c).In("fr")))
}
