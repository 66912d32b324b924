package component

import "strconv"

// Cause is one explanation of what was found, with what speaks for and against
// it. Template "cause"; Open draws it whole, otherwise as one line that opens.
type Cause struct {
	ID      string
	Percent int // probability, 0 to 100
	Prior   int // where it stood before the measurements; negative for none
	Name    string
	Scope   string // "à votre niveau", "horloger"
	For     []string
	Against []string
	Physics string // two sentences
	Open    bool
	Accept  *Button // "Retenir cette cause"
	Discard *Button // "Écarter, parce que…"
}

// HasPrior reports whether the tick of before the measurements is drawn.
func (c Cause) HasPrior() bool { return c.Prior >= 0 }

// PriorAt returns the tick's place on the bar.
func (c Cause) PriorAt() string { return strconv.Itoa(min(c.Prior, 99)) + "%" }

// Width returns the bar's length.
func (c Cause) Width() string { return strconv.Itoa(c.Percent) + "%" }

// NextTest is the test that would tell most: the only blued panel. Template "nexttest".
type NextTest struct {
	Title   string // verb and object
	Meaning string // what each result would mean
	Minutes string // "4 min"
	Closed  string // "sans ouvrir"; "" where the watch must be opened
	Start   *Button
	Others  []OtherTest
}

// OtherTest is a test worth doing later.
type OtherTest struct{ Title, Detail, Minutes string }

// Finding is one line of what is known. Template "findings" takes a slice.
type Finding struct{ Icon, Text, Source string }
