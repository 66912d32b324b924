// Package competence reads sheets for what they prove of the competences C1 to
// C19 of certification RNCP37858: which entry, by whom, on which kind of watch.
// It judges nobody, and never names a customer.
package competence

import (
	"embed"
	"encoding/csv"
	"fmt"
	"strings"
	"sync"
	"time"

	"etabli.example/journal"
	"etabli.example/trade/order"
	"etabli.example/trade/staff"
)

//go:embed data/competences.csv data/activities.csv
var files embed.FS

// Competence is one of the nineteen, with its short label.
type Competence struct {
	Code     string // "C1" to "C19"
	Block    string // "RNCP37858BC01" …
	Activity string // "A1" to "A9"
	FR, EN   string
	Evidence string // what counts as proof, English
}

// Activity is one of the nine.
type Activity struct{ Code, FR, EN string }

var competences = sync.OnceValue(func() []Competence {
	var out []Competence
	for _, r := range rows("data/competences.csv") {
		out = append(out, Competence{r["code"], r["block"], r["activity"], r["fr"], r["en"], r["evidence"]})
	}
	return out
})

var activities = sync.OnceValue(func() []Activity {
	var out []Activity
	for _, r := range rows("data/activities.csv") {
		out = append(out, Activity{r["code"], r["fr"], r["en"]})
	}
	return out
})

// All returns the nineteen competences, in order.
func All() []Competence { return append([]Competence(nil), competences()...) }

// Activities returns the nine activities, in order.
func Activities() []Activity { return append([]Activity(nil), activities()...) }

func rows(name string) []map[string]string {
	b, err := files.ReadFile(name)
	if err != nil {
		panic("competence: " + err.Error()) // embedded
	}
	all, err := csv.NewReader(strings.NewReader(string(b))).ReadAll()
	if err != nil {
		panic("competence: " + name + ": " + err.Error())
	}
	var out []map[string]string
	for _, line := range all[1:] {
		r := map[string]string{}
		for i, column := range all[0] {
			r[column] = line[i]
		}
		out = append(out, r)
	}
	return out
}

// Proof is an entry that is evidence of a competence.
type Proof struct {
	Competence string
	Number     string // of the order; empty where the sheet is a lot's or a tool's
	Sheet      string
	Thing      string // the lot or the tool
	Seq        int64  // of the entry
	Kind       journal.Kind
	At         time.Time                // when it happened
	By         string                   // person id
	Watch      string                   // kind of watch
	How        string                   // "alone", "helped", "watched", or "" where the entry does not say
	Failed     bool                     // refused, or bad after the work: failures count as proof too
	Struck     bool                     // corrected later
	Signed     []order.Countersignature // what tutors said of it
}

// Of reads one order's sheet and returns its proofs in sheet order. What the
// customer or the house's own clockwork wrote proves nothing of anybody.
func Of(entries []journal.Entry) ([]Proof, error) {
	s, err := order.Fold(entries)
	if err != nil {
		return nil, fmt.Errorf("competence: %w", err)
	}
	var out []Proof
	for _, e := range entries {
		if e.By == staff.CustomerID || e.By == staff.SystemID {
			continue
		}
		r, err := reachOf(s, e)
		if err != nil {
			return nil, fmt.Errorf("competence: %w", err)
		}
		for _, c := range r.codes {
			out = append(out, Proof{Competence: c, Number: s.Number, Sheet: s.Sheet, Seq: e.Seq, Kind: e.Kind, At: e.Happened, By: e.By, Watch: string(s.Watch.Kind),
				How: r.how, Failed: r.failed, Struck: s.Corrected[e.Seq] != 0, Signed: signedOn(s, e.Seq, c)})
		}
	}
	return out, nil
}

// signedOn returns what tutors said of one entry's proof of one competence.
func signedOn(s order.State, seq int64, code string) []order.Countersignature {
	var out []order.Countersignature
	for _, x := range s.Countersigned {
		if x.Of == seq && x.Competence == code {
			out = append(out, x)
		}
	}
	return out
}
