package customer

import "time"

// Link is a customer's way to the page of one order, without an account. Only
// the hash of its token is kept; wrong proofs are counted: five lock the link for a while,
// twenty close it for good, since the proof is short.
type Link struct {
	House  string
	Hash   string // SHA-256 of the token
	Sheet  string
	Until  time.Time
	Wrong  int
	Locked time.Time // no try before; zero where it is open
}

// The lock: each five wrong proofs in a row, a quarter of an hour. A proof of
// three digits has a thousand values: twenty tries guess it once in fifty.
const (
	LinkTries = 5
	LinkLock  = 15 * time.Minute
	LinkMost  = 20
)
