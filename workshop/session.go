package workshop

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"strings"
	"sync"
	"time"

	"golang.org/x/crypto/argon2"

	"etabli.example/fault"
	"etabli.example/ident"
	"etabli.example/trade/staff"
)

// sessionLife is how long a sign-in lasts without being renewed.
const sessionLife = 14 * 24 * time.Hour

// HashPassword makes what is stored of a password: argon2id, 64 MiB, one pass,
// four lanes (RFC 9106, second recommended option lowered in passes), salted.
func HashPassword(password string) string {
	salt := make([]byte, 16)
	rand.Read(salt) // never fails
	key := argon2.IDKey([]byte(password), salt, 1, 64*1024, 4, 32)
	e := base64.RawStdEncoding
	return fmt.Sprintf("$argon2id$v=19$m=65536,t=1,p=4$%s$%s", e.EncodeToString(salt), e.EncodeToString(key))
}

func passwordFits(secret, password string) bool {
	parts := strings.Split(secret, "$")
	if len(parts) != 6 || parts[1] != "argon2id" {
		return false
	}
	e := base64.RawStdEncoding
	salt, err1 := e.DecodeString(parts[4])
	want, err2 := e.DecodeString(parts[5])
	if err1 != nil || err2 != nil {
		return false
	}
	got := argon2.IDKey([]byte(password), salt, 1, 64*1024, 4, uint32(len(want)))
	return subtle.ConstantTimeCompare(got, want) == 1
}

// CheckPassword returns what is wrong with a password somebody wants to use.
func CheckPassword(password string) error {
	if n := len([]rune(password)); n < 10 || n > 200 {
		var bad fault.Problems
		bad.Add("password", "staff.password_length", 10)
		return bad.Err()
	}
	return nil
}

// tries counts failed sign-ins per login, so that guessing is slow: five
// failures make the login wait, doubling from one second to fifteen minutes.
type tries struct {
	mu sync.Mutex
	by map[string]attempt
}

type attempt struct {
	failed int
	until  time.Time
}

func (t *tries) wait(login string, now time.Time) time.Duration {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.by[login].until.Sub(now)
}

func (t *tries) note(login string, ok bool, now time.Time) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if ok {
		delete(t.by, login)
		return
	}
	if t.by == nil {
		t.by = map[string]attempt{}
	}
	if len(t.by) > 10_000 { // an attacker who invents logins must not fill memory
		clear(t.by)
	}
	a := t.by[login]
	a.failed++
	if a.failed >= 5 {
		a.until = now.Add(min(time.Second<<min(a.failed-5, 20), 15*time.Minute))
	}
	t.by[login] = a
}

// SignIn opens a session for whoever knows the password and returns the
// cookie's token. One sentence answers a wrong login and a wrong password.
func (w *Workshop) SignIn(ctx context.Context, login, password, agent string) (string, error) {
	login = strings.ToLower(strings.TrimSpace(login))
	now := w.Now()
	if wait := w.signIns.wait(login, now); wait > 0 {
		return "", fault.New(fault.Unavailable, "staff.too_many_tries", int(wait.Seconds())+1)
	}
	var p staff.Person
	err := w.Book.View(ctx, func(ctx context.Context, tx Tx) (err error) {
		p, err = tx.PersonByLogin(ctx, login)
		return err
	})
	if err != nil && !fault.Is(err, fault.NotFound) {
		return "", err
	}
	secret := p.Secret
	if secret == "" {
		secret = nobody() // the same work is done where there is no such person
	}
	ok := passwordFits(secret, password) && p.Active && p.Secret != ""
	w.signIns.note(login, ok, now)
	if !ok {
		return "", fault.New(fault.Unauthenticated, "staff.wrong_password")
	}
	return w.open(ctx, p, agent)
}

var nobody = sync.OnceValue(func() string { return HashPassword(ident.Token()) })

// Choose opens a session by one click; in the demo only.
func (w *Workshop) Choose(ctx context.Context, person, agent string) (string, error) {
	if !w.Demo {
		return "", fault.New(fault.Denied, "staff.demo_only")
	}
	p, err := w.Person(ctx, person)
	if err != nil {
		return "", err
	}
	return w.open(ctx, p, agent)
}

func (w *Workshop) open(ctx context.Context, p staff.Person, agent string) (string, error) {
	token := ident.Token()
	if len(agent) > 120 {
		agent = agent[:120]
	}
	s := staff.Session{Hash: ident.HashToken(token), Person: p.ID, Bench: p.Bench, Created: w.Now(), Expires: w.Now().Add(sessionLife), Agent: agent}
	err := w.Book.Do(ctx, func(ctx context.Context, tx Tx) error { return tx.PutSession(ctx, s) })
	return token, err
}

// SignOut ends a session.
func (w *Workshop) SignOut(ctx context.Context, token string) error {
	return w.Book.Do(ctx, func(ctx context.Context, tx Tx) error { return tx.DeleteSession(ctx, ident.HashToken(token)) })
}

// Whose returns the person of a session that has not run out.
func (w *Workshop) Whose(ctx context.Context, token string) (staff.Person, staff.Session, error) {
	var p staff.Person
	var s staff.Session
	err := w.Book.View(ctx, func(ctx context.Context, tx Tx) (err error) {
		if s, err = tx.Session(ctx, ident.HashToken(token)); err != nil {
			return err
		}
		p, err = tx.Person(ctx, s.Person)
		return err
	})
	if fault.Is(err, fault.NotFound) || err == nil && (w.Now().After(s.Expires) || !p.Active) {
		return p, s, fault.New(fault.Unauthenticated, "fault.unauthenticated")
	}
	return p, s, err
}

// Person returns one person.
func (w *Workshop) Person(ctx context.Context, id string) (p staff.Person, err error) {
	err = w.Book.View(ctx, func(ctx context.Context, tx Tx) error { p, err = tx.Person(ctx, id); return err })
	return p, err
}

// People returns everybody employed, active or not.
func (w *Workshop) People(ctx context.Context) (ps []staff.Person, err error) {
	err = w.Book.View(ctx, func(ctx context.Context, tx Tx) error { ps, err = tx.People(ctx); return err })
	return ps, err
}

// SavePerson makes or changes an account. An empty password keeps the old one.
func (w *Workshop) SavePerson(ctx context.Context, who staff.Actor, p staff.Person, password string) (staff.Person, error) {
	if err := who.Must(staff.ManagePeople); err != nil && who.ID != staff.SystemID {
		return p, err
	}
	if err := p.Check(); err != nil {
		return p, err
	}
	if password != "" {
		if err := CheckPassword(password); err != nil {
			return p, err
		}
		p.Secret = HashPassword(password)
	}
	if p.ID == "" {
		p.ID = ident.New()
	}
	err := w.Book.Do(ctx, func(ctx context.Context, tx Tx) error {
		if same, err := tx.PersonByLogin(ctx, p.Login); err == nil && same.ID != p.ID {
			var bad fault.Problems
			bad.Add("login", "staff.login_taken")
			return bad.Err()
		}
		if old, err := tx.Person(ctx, p.ID); err == nil && password == "" {
			p.Secret = old.Secret
		}
		return tx.PutPerson(ctx, p)
	})
	return p, err
}
