package staff

import "time"

// Attempt is something that was refused to somebody: an act their role does not
// allow, a sign-in that failed, more tries than the house allows.
type Attempt struct {
	House   string
	ID      string
	At      time.Time
	Why     string // AttemptDenied, AttemptSignIn, AttemptTooMany
	Person  string // id; "" for a stranger
	Address string // of the network; "" where it is not known
	Route   string // what was asked for, as a pattern
	Number  string // of the order it was about, if any
}

// Why something was refused.
const (
	AttemptDenied  = "denied"
	AttemptSignIn  = "sign_in"
	AttemptTooMany = "too_many"
	Exported       = "exported" // not refused: a person's data were handed out
)
