package journal

import (
	"bufio"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"
)

// Head is the last entry of a sheet at one moment.
type Head struct {
	Sheet string
	Seq   int64
	Hash  Hash
}

// Seal says, signed, where every sheet of a house stood at one moment. Kept away
// from the database, it shows later that a sheet was cut short or rewritten, even by
// whoever owns the database. It does not show who wrote what, nor that anything was
// true, nor what was written after it.
type Seal struct {
	Version   int       `json:"version"`
	House     string    `json:"house"`
	At        time.Time `json:"at"`
	Sheets    int       `json:"sheets"`
	Root      string    `json:"root"`     // of the Merkle tree over the heads, hexadecimal
	Previous  string    `json:"previous"` // root of the seal before; empty for the first
	Key       string    `json:"key"`      // public half of the key that signed, base64
	Signature string    `json:"signature,omitempty"`
}

// text is what is signed: the seal without its signature.
func (s Seal) text() []byte {
	s.Signature = ""
	b, _ := json.Marshal(s) // strings, numbers and a time always marshal
	return b
}

// Sign signs the seal.
func (s Seal) Sign(key ed25519.PrivateKey) Seal {
	s.Key = base64.StdEncoding.EncodeToString(key.Public().(ed25519.PublicKey))
	s.Signature = base64.StdEncoding.EncodeToString(ed25519.Sign(key, s.text()))
	return s
}

// Check returns an error where the signature is not of the key that the seal
// names. Whether that key is the house's is for the caller to know: see Fingerprint.
func (s Seal) Check() error {
	// strict: the spare bits of the last character would be anybody's to change
	key, errKey := base64.StdEncoding.Strict().DecodeString(s.Key)
	sig, errSig := base64.StdEncoding.Strict().DecodeString(s.Signature)
	if errKey != nil || errSig != nil || len(key) != ed25519.PublicKeySize || !ed25519.Verify(key, s.text(), sig) {
		return errors.New("journal: the seal's signature is not valid")
	}
	return nil
}

// Fingerprint is how people compare a key: the first sixteen bytes of its SHA-256,
// in groups of four digits.
func (s Seal) Fingerprint() string {
	sum := sha256.Sum256([]byte(s.Key))
	return grouped(hex.EncodeToString(sum[:16]))
}

// Short is the root as documents print it: its first ten bytes.
func (s Seal) Short() string {
	if len(s.Root) < 20 {
		return ""
	}
	return grouped(s.Root[:20])
}

func grouped(digits string) string {
	var parts []string
	for ; len(digits) > 4; digits = digits[4:] {
		parts = append(parts, digits[:4])
	}
	return strings.Join(append(parts, digits), "-")
}

// Tree computes the root over heads given one by one, in ascending order of sheet,
// holding no more than one hash a level. The zero value is empty.
type Tree struct {
	levels []*[32]byte
	n      int
}

// Add takes the next head.
func (t *Tree) Add(h Head) {
	node := sha256.Sum256([]byte("\x00" + h.Sheet + "\n" + strconv.FormatInt(h.Seq, 10) + "\n" + string(h.Hash)))
	t.n++
	for i := 0; ; i++ {
		if i == len(t.levels) {
			t.levels = append(t.levels, nil)
		}
		if t.levels[i] == nil {
			t.levels[i] = &node
			return
		}
		node, t.levels[i] = join(*t.levels[i], node), nil
	}
}

// Root returns the root, hexadecimal; of no heads, the hash of nothing.
func (t *Tree) Root() string {
	var root *[32]byte
	for _, level := range t.levels {
		switch {
		case level == nil:
		case root == nil:
			root = level
		default:
			both := join(*level, *root)
			root = &both
		}
	}
	if root == nil {
		empty := sha256.Sum256(nil)
		root = &empty
	}
	return hex.EncodeToString(root[:])
}

// Len is how many heads were added.
func (t *Tree) Len() int { return t.n }

// join is an inner node; the first byte keeps it apart from a head (RFC 6962).
func join(l, r [32]byte) [32]byte {
	return sha256.Sum256(append(append([]byte{1}, l[:]...), r[:]...))
}

// WriteHead writes one line of a seal's file.
func WriteHead(w io.Writer, h Head) error {
	_, err := fmt.Fprintf(w, "%s\t%d\t%s\n", h.Sheet, h.Seq, h.Hash)
	return err
}

// ReadSeal reads a seal's file: the seal on the first line, then a head a line. Each
// head is given to f. The error says where the file was changed: its heads are not
// those that were signed.
func ReadSeal(r io.Reader, f func(Head) error) (Seal, error) {
	var s Seal
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, 1<<20)
	if !lines.Scan() {
		return s, errors.Join(errors.New("journal: an empty seal"), lines.Err())
	}
	if err := json.Unmarshal(lines.Bytes(), &s); err != nil {
		return s, fmt.Errorf("journal: not a seal: %w", err)
	}
	if err := s.Check(); err != nil {
		return s, err
	}
	var t Tree
	last := ""
	for lines.Scan() {
		parts := strings.Split(lines.Text(), "\t")
		if len(parts) != 3 {
			return s, errors.New("journal: a damaged seal")
		}
		seq, err := strconv.ParseInt(parts[1], 10, 64)
		if err != nil || parts[0] <= last && last != "" {
			return s, errors.New("journal: a damaged seal")
		}
		last = parts[0]
		h := Head{parts[0], seq, Hash(parts[2])}
		t.Add(h)
		if err := f(h); err != nil {
			return s, err
		}
	}
	if err := lines.Err(); err != nil {
		return s, err
	}
	if t.Len() != s.Sheets || t.Root() != s.Root {
		return s, errors.New("journal: the heads in this file are not those that were sealed")
	}
	return s, nil
}
