package component

// StageBar is the railway track of an order's stages: done, current with the
// hand pointing at it, to come. Template "stagebar".
type StageBar struct {
	Label   string // accessible name: "Étape en cours : Contrôle"
	Stages  []string
	Current int // index into Stages; len(Stages) where all is done
}

// Cell is one stage of a StageBar.
type Cell struct {
	Word  string
	State string // "done", "now" or "coming"
	At    int    // counted from 1
}

// Cells returns the stages with how far they are.
func (b StageBar) Cells() []Cell {
	out := make([]Cell, len(b.Stages))
	for i, w := range b.Stages {
		state := "coming"
		if i < b.Current {
			state = "done"
		}
		if i == b.Current {
			state = "now"
		}
		out[i] = Cell{Word: w, State: state, At: i + 1}
	}
	return out
}

// Track heads a column of the board: one filled cell per watch, as many cells
// as the stage has places. Template "track".
type Track struct {
	Name    string
	Watches int
	Places  int
	Note    string // "âge médian 2 j"
	Full    string // said where there are more watches than places
}

// Over reports whether the stage holds more than it has places for.
func (t Track) Over() bool { return t.Places > 0 && t.Watches > t.Places }

// Cells returns, place by place, whether it is taken; at most 24 are drawn.
func (t Track) Cells() []bool {
	n := min(max(t.Places, t.Watches), 24)
	out := make([]bool, n)
	for i := range out {
		out[i] = i < t.Watches
	}
	return out
}
