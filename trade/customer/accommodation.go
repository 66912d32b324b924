package customer

import (
	"slices"
	"time"

	"etabli.example/fault"
)

// Accommodation is what a person asked for so as to be served like anyone: chosen
// by them from a list, never the condition behind it. It is kept with their
// consent, for this visit unless they ask otherwise, and never stands on a sheet:
// there, only that something was offered.
type Accommodation struct {
	House    string
	Sheet    string // of the order it was asked for
	Customer string
	Asked    []string // of Accommodations
	Consent  bool     // the person agrees that it is noted; without, nothing is
	Keep     bool     // for the next visits too
	At       time.Time
}

// Accommodations lists what can be asked for.
func Accommodations() []string {
	return []string{"written", "large_print", "plain_words", "sign_language", "read_aloud", "seat", "quiet", "assistance_dog", "companion", "home_collection"}
}

// Check returns what is wrong with what was ticked. Nothing asked is nothing wrong.
func (a Accommodation) Check() error {
	var bad fault.Problems
	for _, x := range a.Asked {
		if !slices.Contains(Accommodations(), x) {
			bad.Add("asked", "fault.choice")
		}
	}
	if len(a.Asked) > 0 && !a.Consent {
		bad.Add("asked_consent", "customer.consent_needed") // GDPR art. 9(2)(a): express consent
	}
	return bad.Err()
}
