package component

// Act is what a form carries unseen: the number of the last entry its reader
// saw, and the id of the entry it will make, so that a double click writes once
// and a stale page writes nothing. Template "act".
type Act struct {
	Seen  int64
	Entry string
}
