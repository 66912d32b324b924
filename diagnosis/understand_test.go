package diagnosis

import (
	"math"
	"strings"
	"testing"
)

func TestUnderstand(t *testing.T) {
	for _, c := range []struct {
		says string
		want []string // findings; with - where they must be denied, with ! where they must not be met
	}{
		{"elle avance de dix minutes et s'arrête la nuit", []string{"fast", "fast_strong", "stops_night"}},
		{"ne s'arrête pas", []string{"-stops", "!dead"}},
		{"it does not stop any more", []string{"-stops"}},
		{"s'arête la nuit et retardde", []string{"stops", "slow"}},
		{"won't run unless shaken", []string{"runs_when_shaken"}},
		{"elle ne marche que si je la secoue", []string{"runs_when_shaken"}},
		{"no condensation, not magnetised", []string{"-condensation", "magnetised_no"}},
		{"sans buée ni rouille", []string{"-condensation", "-seen_rust"}},
		{"la trotteuse saute de 4 secondes", []string{"eol_jump"}},
		{"the second hand jumps every four seconds", []string{"eol_jump"}},
		{"La date ne change plus", []string{"date_stuck"}},
		{"la date change à midi", []string{"date_noon"}},
		{"la tige sort à chaque réglage", []string{"stem_pulls_out"}},
		{"les aiguilles se touchent", []string{"hands_touch_seen"}},
		{"masse bruyante", []string{"rotor_noise"}},
		{"mise à l'heure très molle", []string{"set_loose"}},
		{"remontage qui craque et saute", []string{"wind_slips"}},
		{"pile vide au bout de trois mois", []string{"battery_short"}},
		{"tombée sur le carrelage", []string{"shock"}},
		{"un pas par seconde", []string{"!stops"}},
		{"does not wind, and stops", []string{"stops"}},
	} {
		t.Run(c.says, func(t *testing.T) {
			got := map[string]bool{}
			for _, s := range Understand(c.says) {
				got[s.ID] = s.Negated
				if s.Name.FR == "" || s.Name.EN == "" {
					t.Errorf("%s has no name", s.ID)
				}
			}
			for _, w := range c.want {
				id := strings.TrimLeft(w, "-!")
				negated, met := got[id]
				switch w[0] {
				case '!':
					if met && !negated {
						t.Errorf("%s was read", id)
					}
				case '-':
					if !met || !negated {
						t.Errorf("%s not denied: %v", id, got)
					}
				default:
					if !met || negated {
						t.Errorf("%s not read: %v", id, got)
					}
				}
			}
		})
	}
}

func TestUnderstandRates(t *testing.T) {
	for _, c := range []struct {
		says string
		want float64 // s/d
	}{
		{"10 min par jour", 600},
		{"avance de 10 min par jour", 600},
		{"retarde de 5 minutes par semaine", -42.9},
		{"loses 5 minutes a week", -42.9},
		{"gains half an hour a day", 1800},
		{"perd une demi-heure par jour", -1800},
		{"elle prend dix minutes par jour", 600},
		{"+25 s/d", 25},
		{"−12 s/j", -12},
		{"20 seconds fast per day", 20},
		{"runs 2 minutes slow every 24 hours", -120},
		{"gains 10 seconds a minute", 14400},
		{"went from +2 to +38 s/d", 38},
		{"retarde de 1,5 s par jour", -1.5},
	} {
		t.Run(c.says, func(t *testing.T) {
			for _, s := range Understand(c.says) {
				if s.Unit == "s/d" {
					if math.Abs(s.Value-c.want) > 0.11 {
						t.Errorf("got %g s/d, want %g", s.Value, c.want)
					}
					return
				}
			}
			t.Errorf("no rate in %+v", Understand(c.says))
		})
	}
}

// FuzzUnderstand: whatever is typed is read without a fall, and a reading
// names findings that exist.
func FuzzUnderstand(f *testing.F) {
	for _, s := range []string{"", "s'arrête la nuit", "10min/j", "-", "#winding", "ne ne pas pas", "1.2.3,4 s/d", "½ h par j", "\x00\xff"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, y := range Understand(s) {
			if _, ok := Finding(y.ID); !ok || math.IsNaN(y.Value) || math.IsInf(y.Value, 0) {
				t.Errorf("%q: %+v", s, y)
			}
		}
	})
}

// FuzzReadCase: any input is a case or an error, and any case has an answer.
func FuzzReadCase(f *testing.F) {
	f.Add(`{"watch":{"kind":"quartz"},"findings":{"quartz":{"coil_kohm":"OL","battery_v":"1,55"}}}`)
	f.Add(`{"findings":{"timing":[{"position":3,"rate_s_per_day":1e308}],"checks":{"magnetised":true}}}`)
	f.Add(`null`)
	f.Add(`[]`)
	f.Fuzz(func(t *testing.T, s string) {
		c, err := ReadCase(strings.NewReader(s))
		if err != nil {
			return
		}
		r := Diagnose(c)
		if r.Answer == "" {
			t.Error("no answer")
		}
		for _, x := range r.Causes {
			if math.IsNaN(x.Probability) || x.Perimeter == "" {
				t.Errorf("%+v", x)
			}
		}
	})
}

// TestLongTextIsCut: what is pasted by the page is read clause by clause, none
// longer than a thought, and no word longer than words are.
func TestLongTextIsCut(t *testing.T) {
	for _, w := range []string{"stop ", "the big hand stops and the spring is broken ", "10 min par jour ", "a", "1", "s'", "é", "arrêtée, "} {
		n := 0
		for _, ts := range clauses(strings.Repeat(w, 100_000/len(w))) {
			n += len(ts)
			if len(ts) > 2*longestClause {
				t.Fatalf("%q: a clause of %d words", w, len(ts))
			}
			for _, x := range ts {
				if len([]rune(x.word)) > longestWord {
					t.Fatalf("%q: a word of %d letters", w, len(x.word))
				}
			}
		}
		if n == 0 {
			t.Errorf("%q: nothing read", w)
		}
	}
}
