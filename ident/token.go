package ident

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
)

// Token returns a new secret of 32 random bytes in unpadded base64url (43
// characters), for links without account and for sessions. Give it to the
// person, store HashToken of it.
func Token() string {
	var b [32]byte
	rand.Read(b[:]) // never fails: crypto/rand ends the process instead
	return base64.RawURLEncoding.EncodeToString(b[:])
}

// HashToken returns the SHA-256 of t in hexadecimal. A token has 256 bits of
// entropy, so a plain hash is enough; a password is not hashed with this.
func HashToken(t string) string {
	sum := sha256.Sum256([]byte(t))
	return hex.EncodeToString(sum[:])
}
