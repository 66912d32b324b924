package journal

import (
	"crypto/sha256"
	"encoding/hex"
)

// Saying points at words of or about a person, which never stand in an entry:
// the store keeps text and salt in a row that can be erased, and the entry
// holds only SHA-256(salt ‖ text).
type Saying struct {
	ID   string `json:"id"`
	Hash string `json:"hash"`
}

// SayingHash is the hash an entry holds of a person's words.
func SayingHash(salt, text string) string {
	sum := sha256.Sum256([]byte(salt + text))
	return hex.EncodeToString(sum[:])
}

// Said is the row that holds a person's words, apart from the book.
type Said struct {
	House  string
	ID     string
	Person string // whose words, or about whom
	Text   string
	Salt   string
	Expiry string // ISO date after which it is removed; empty while the order lives
}

// Saying returns what an entry holds of the words.
func (s Said) Saying() Saying { return Saying{ID: s.ID, Hash: SayingHash(s.Salt, s.Text)} }
