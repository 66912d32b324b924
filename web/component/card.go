package component

// WatchCard is one watch on the board. It carries at most one flag, the most
// urgent. Template "watchcard".
type WatchCard struct {
	Href       string
	Number     string // "004217-K"
	Technician string // initials; "" where nobody has it
	Promise    string // "27/11" or a word
	Brand      string
	Model      string // with its calibre
	Flag       *Flag
	Late       bool
}

// Flag is a short remark with its sign. Template "flag".
type Flag struct {
	Icon      string
	Text      string
	Judgement Judgement // Outside ruby, Inconclusive brass; "" is plain ink
}

// Class returns the flag's colour class.
func (f Flag) Class() string { return string(f.Judgement) }

// Tally is a large count with what it counts, in the board's head. Template "tally".
type Tally struct {
	Count  string
	Title  string
	Detail string
	Href   string
	Judgement
}

// Tone returns the tally's colour class; plain ink for the zero value.
func (t Tally) Tone() string { return string(t.Judgement) }

// Empty stands where a list has nothing in it: what would be here, how it gets
// here, and one action. Template "empty".
type Empty struct {
	Icon   string
	Title  string
	Text   string
	Action *Button
}

// Toast is the one note at the foot of the page, with the way back. Template "toast".
type Toast struct {
	Text string `json:"t"`
	Undo string `json:"u,omitempty"` // path that is posted to; "" where there is no way back
	Word string `json:"w,omitempty"` // "Refaire"
}
