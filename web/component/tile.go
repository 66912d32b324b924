package component

// Tile shows one figure with everything a figure needs: unit, uncertainty,
// limit, source and verdict. Where Reason is set the figure gives way to a
// dash, the reason and what to do, in the same place. Template "tile".
type Tile struct {
	Name        string // "Marche diurne"
	Figure      string // "+3,2"; without its unit
	Unit        string // "s/j"
	PlusMinus   string // "±0,4"; "" where it is not known
	Verdict     Verdict
	Ruler       *Ruler // nil draws none
	Source      string // where the limit comes from
	Reason      string // why there is no figure
	Remedy      string // what to do about it
	TightToUnit bool   // no space before the unit (the degree sign)
}

// Reading is one position of a strip of readings. Template "readings".
type Reading struct {
	Position string // "12H"
	Rate     string // "+1,4"
	Rest     string // "262°, 0,5 ms"
	Verdict  Verdict
}
