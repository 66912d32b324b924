package workshop

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"sync"
	"time"

	"etabli.example/fault"
	"etabli.example/ident"
	"etabli.example/trade/order"
	"etabli.example/trade/staff"
)

// SetupSteps are what a new house says of itself once it has an administrator,
// in the order they are asked for.
func SetupSteps() []string {
	return []string{"firm", "sites", "days", "benches", "people", "numbers", "printers"}
}

// Setup is how far the first start has come.
type Setup struct {
	Done     []string  `json:"done"`
	Finished time.Time `json:"finished,omitzero"`
	Begun    bool      `json:"-"` // false for a house that never went through it
}

// Has reports whether a step was done.
func (s Setup) Has(step string) bool { return slices.Contains(s.Done, step) }

// Next is the first step that was not done; "" where all were.
func (s Setup) Next() string {
	for _, step := range SetupSteps() {
		if !s.Has(step) {
			return step
		}
	}
	return ""
}

// Waiting reports whether the first start was begun and not finished.
func (s Setup) Waiting() bool { return s.Begun && s.Finished.IsZero() }

const setupKey = "setup"

// gate holds the secret that the first start asks for: it is told to whoever
// sits at the machine, ends with the process, and opens nothing once there is
// an administrator.
type gate struct {
	mu   sync.Mutex
	hash string
}

// OpenSetup returns the secret of the first start, "" where the house has an
// administrator who can sign in. A new one replaces the one before.
func (w *Workshop) OpenSetup(ctx context.Context) (string, error) {
	governed, err := w.Governed(ctx)
	if err != nil || governed {
		return "", err
	}
	token := ident.Token()
	w.setup.mu.Lock()
	defer w.setup.mu.Unlock()
	w.setup.hash = ident.HashToken(token)
	return token, nil
}

// Governed reports whether the house has an administrator who can sign in.
func (w *Workshop) Governed(ctx context.Context) (yes bool, err error) {
	err = w.Book.View(ctx, func(ctx context.Context, tx Tx) error { yes, err = governed(ctx, tx); return err })
	return yes || w.Demo, err
}

func governed(ctx context.Context, tx Tx) (bool, error) {
	people, err := tx.People(ctx)
	return slices.ContainsFunc(people, func(p staff.Person) bool {
		return p.Active && p.Secret != "" && slices.Contains(p.Roles, staff.Administrator)
	}), err
}

// CheckSetup refuses a secret that does not open the first start.
func (w *Workshop) CheckSetup(ctx context.Context, token string) error {
	yes, err := w.Governed(ctx)
	if err != nil {
		return err
	}
	if yes {
		return fault.New(fault.Conflict, "setup.governed")
	}
	w.setup.mu.Lock()
	defer w.setup.mu.Unlock()
	if w.setup.hash == "" || ident.HashToken(token) != w.setup.hash { // equal hashes, so that time tells nothing of the secret
		return fault.New(fault.NotFound, "setup.wrong_address")
	}
	return nil
}

// Begin makes the first administrator, for whoever has the secret, and signs
// them in. Of two who come at once only one finds the house without one.
func (w *Workshop) Begin(ctx context.Context, token string, p staff.Person, password, agent string) (string, error) {
	if err := w.CheckSetup(ctx, token); err != nil {
		return "", err
	}
	p.ID, p.Active = ident.New(), true
	if !slices.Contains(p.Roles, staff.Administrator) {
		p.Roles = append(p.Roles, staff.Administrator)
	}
	if err := beginner(p, password); err != nil {
		return "", err
	}
	p.Secret = HashPassword(password)
	text, err := json.Marshal(Setup{})
	if err != nil {
		return "", fault.Wrap("workshop.Begin", err)
	}
	err = w.Book.Do(ctx, func(ctx context.Context, tx Tx) error {
		yes, err := governed(ctx, tx)
		if err != nil {
			return err
		}
		if yes {
			return fault.New(fault.Conflict, "setup.governed")
		}
		if same, err := tx.PersonByLogin(ctx, p.Login); err == nil {
			p.ID = same.ID // somebody entered at the command line without this right
		}
		if err := tx.PutPerson(ctx, p); err != nil {
			return err
		}
		return tx.PutSetting(ctx, setupKey, string(text))
	})
	if err != nil {
		return "", err
	}
	w.setup.mu.Lock()
	w.setup.hash = ""
	w.setup.mu.Unlock()
	return w.open(ctx, p, agent)
}

// beginner says everything that is wrong with the first account at once.
func beginner(p staff.Person, password string) error {
	var bad fault.Problems
	for _, err := range []error{p.Check(), CheckPassword(password)} {
		if e, ok := err.(*fault.Error); ok {
			for field, m := range e.Fields {
				bad.Add(field, m.Key, m.Args...)
			}
			if len(e.Fields) == 0 {
				bad.Add("password", e.Key, e.Args...)
			}
		}
	}
	return bad.Err()
}

// Setup returns how far the first start has come.
func (w *Workshop) Setup(ctx context.Context) (s Setup, err error) {
	err = w.Book.View(ctx, func(ctx context.Context, tx Tx) error { s, err = setupIn(ctx, tx); return err })
	return s, err
}

func setupIn(ctx context.Context, tx Tx) (s Setup, err error) {
	text, err := tx.Setting(ctx, setupKey)
	if err != nil || text == "" {
		return s, err
	}
	s.Begun = true
	return s, fault.Wrap("workshop.setup", json.Unmarshal([]byte(text), &s))
}

// SetupStep does one step of the first start and notes that it was done, in one
// unit of work: what was said is kept whatever comes after.
func (w *Workshop) SetupStep(ctx context.Context, who staff.Actor, step string, do func(context.Context) error) error {
	if err := who.Must(staff.ManagePeople); err != nil {
		return err
	}
	if !slices.Contains(SetupSteps(), step) {
		return fault.New(fault.NotFound, "web.fault.no_page")
	}
	return w.Book.Do(ctx, func(ctx context.Context, tx Tx) error {
		if err := do(ctx); err != nil {
			return err
		}
		s, err := setupIn(ctx, tx)
		if err != nil || !s.Begun || s.Has(step) {
			return err
		}
		s.Done = append(s.Done, step)
		if s.Next() == "" {
			s.Finished = w.Now().UTC().Truncate(time.Second)
		}
		text, err := json.Marshal(s)
		if err != nil {
			return fault.Wrap("workshop.SetupStep", err)
		}
		return tx.PutSetting(ctx, setupKey, string(text))
	})
}

// SaveIdentity saves the firm as a first start asks for it: nothing that the
// law wants on a document is left for later.
func (w *Workshop) SaveIdentity(ctx context.Context, who staff.Actor, f Firm) error {
	var bad fault.Problems
	if e, ok := f.Check().(*fault.Error); ok {
		bad = e.Fields
	}
	if strings.TrimSpace(f.SIREN) == "" {
		bad.Add("siren", "firm.siret_needed")
	}
	if strings.TrimSpace(f.Mediator.Site) == "" && strings.TrimSpace(f.Mediator.Address) == "" {
		bad.Add("mediator_site", "firm.mediator_reached")
	}
	if err := bad.Err(); err != nil {
		return err
	}
	return w.SaveFirm(ctx, who, f)
}

// anyOrder reports whether the house ever had an order.
func anyOrder(ctx context.Context, tx Tx) (bool, error) {
	rows, err := tx.Orders(ctx, order.Query{Limit: 1})
	return len(rows) > 0, err
}
