package customer

import "time"

// Alias says that a customer was entered twice: who has ID is Survivor. Nothing
// of either row is changed, so that taking the alias away undoes it exactly.
type Alias struct {
	House    string
	ID       string
	Survivor string
	Who      string // the person who said so
	At       time.Time
}
