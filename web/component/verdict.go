package component

// Judgement is what became of a figure held against its limit.
type Judgement string

// The three judgements. Inconclusive is what the zero value shows: nothing
// stays green because nothing proved it red.
const (
	Inside       Judgement = "ok" // in tolerance
	Outside      Judgement = "no" // out of tolerance
	Inconclusive Judgement = "na" // cannot tell
)

// Name returns the judgement as a CSS class and a locale key (verdict.ok …).
func (j Judgement) Name() string {
	switch j {
	case Inside, Outside:
		return string(j)
	}
	return string(Inconclusive)
}

// Ink returns the custom property a figure's hand and bar are drawn in.
func (j Judgement) Ink() string {
	switch j {
	case Inside:
		return "var(--baize)"
	case Outside:
		return "var(--ruby)"
	}
	return "var(--brass)"
}

// Size is how large a verdict chip is.
type Size string

// The sizes of a verdict chip. Symbol shows the sign alone, for narrow tables,
// with its word as accessible name.
const (
	Medium Size = ""
	Small  Size = "sm"
	Large  Size = "lg"
	Symbol Size = "sym"
)

// Verdict is the chip that says how a figure stands: sign, word, colour.
// Template "verdict".
type Verdict struct {
	Judgement Judgement
	Text      string // replaces the usual word where a more exact one exists
	Size      Size
}

// Tiny returns v in the small size, for dense rows.
func (v Verdict) Tiny() Verdict { v.Size = Small; return v }

// Big returns v in the large size, for the main figure of a bench page.
func (v Verdict) Big() Verdict { v.Size = Large; return v }

// Sign returns v as its sign alone, for narrow tables.
func (v Verdict) Sign() Verdict { v.Size = Symbol; return v }
