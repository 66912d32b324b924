package component

// Defect is one mark of the condition at arrival. Template "conditions" takes a
// slice: the list that says what the drawing shows.
type Defect struct {
	Mark    int     // number on the drawing and in the list
	Place   string  // "Glace, entre 1 h et 2 h."
	Text    string  // "Deux rayures, saphir."
	Grade   int     // 1 to 4
	Current bool    // the one being described
	Back    bool    // on the case back
	X, Y    float64 // where its mark stands; case radius 100, x right, y down
}

// Squares returns the four squares of the grade, filled or not.
func (d Defect) Squares() [4]bool {
	var s [4]bool
	for i := range s {
		s[i] = i < d.Grade
	}
	return s
}

// Condition is the watch drawn from front and back with numbered marks.
// Template "condition" (drawing); give Defects to "conditions" for the list.
type Condition struct {
	Label   string
	Defects []Defect
}

// Side returns the marks of one side.
func (c Condition) Side(back bool) []Defect {
	var out []Defect
	for _, d := range c.Defects {
		if d.Back == back {
			out = append(out, d)
		}
	}
	return out
}
