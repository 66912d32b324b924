package diagnosis

// The answers of a diagnosis.
const (
	AnswerCauses         = "causes"           // ranked causes; the first is worth confirming
	AnswerNoFault        = "no_fault"         // nothing to repair: regulation, wear, measurement, normal behaviour
	AnswerAskMore        = "ask_more"         // not enough to tell; the causes are provisional
	AnswerOutOfPerimeter = "out_of_perimeter" // a complication, connected electronics or radium
)

// The perimeters: who may carry out the remedy.
const (
	Technician   = "technician"
	Watchmaker   = "watchmaker"
	Manufacturer = "manufacturer"
)

// Result is what a diagnosis says. It is a proposal: a person confirms or
// rejects it.
type Result struct {
	Answer     string
	Why        Text    // the answer in one sentence
	Causes     []Cause // most probable first; empty only when nothing at all is known or out of perimeter
	NextTests  []Test  // most settling per minute and risk first
	Safety     []Text
	Gaps       []Text    // contradictions and gaps in what was given
	Understood []Symptom // what was read in the words, to be confirmed by a person
	Derived    []Symptom // what the figures say
}

// Cause is one ranked cause with its reasons.
type Cause struct {
	ID          string
	Name        Text
	Probability float64 // 0 to 1, over all causes of the kind of watch
	Prior       float64 // the same before readings and checks: words alone
	Perimeter   string  // technician, watchmaker or manufacturer: who may do the remedy here
	For         []Text
	Against     []Text
	Physics     Text
	Confirm     Text
	Remedy      Text
	Operations  []string // operation codes that remedy it
	Parts       []string // part codes that the remedy may need
	Source      string
	Confidence  string // high, medium or low: how well the row is founded
	Provisional bool   // true with ask_more: listed, not proposed
}

// Test is a test worth doing next.
type Test struct {
	ID      string
	Label   Text
	Minutes int
	Gain    float64  // share of the present uncertainty that it would remove, 0 to 1
	Settles []string // ids of the causes it would decide between
	Opens   bool     // the watch must be opened
	Meaning Text     // how to read the outcome
}

// Symptom is a finding read from words or figures.
type Symptom struct {
	ID      string
	Name    Text
	Value   float64 // in Unit; 0 with an empty Unit where there is no figure
	Unit    string  // s/d, h, deg, ms, V…
	Negated bool
	Words   string // the words it was read from
}
