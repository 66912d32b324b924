// Package fill tells plausible orders in any number, for trying a house under
// load: every entry is what the trade's own decisions answer, on a chain as real as
// any. It writes nothing anywhere (who asks for an order keeps it), and it is no
// demonstration: nobody would read these.
package fill

import (
	"fmt"
	"math/rand/v2"
	"time"

	"etabli.example/ident"
	"etabli.example/journal"
	"etabli.example/trade/customer"
	"etabli.example/trade/order"
	"etabli.example/trade/staff"
	"etabli.example/trade/watch"
)

// Told is one order with what belongs to it.
type Told struct {
	Customer *customer.Customer // nil where they are known from an order before
	Watch    watch.Watch
	Said     journal.Said
	Entries  []journal.Entry
	State    order.State
}

// Teller tells orders, the oldest first. It is not for several goroutines.
type Teller struct {
	House  string
	Site   string
	Zone   *time.Location
	Team   []staff.Person
	Number func(year int) (seq int, err error) // the next number of a year
	Light  bool                                // twelve or thirteen entries, closed; otherwise forty at least
	Open   bool                                // none of those that are not light is closed

	rand  *rand.Rand
	known []customer.Customer
	told  int
}

// Start makes what a teller says depend on the seed alone.
func (t *Teller) Start(seed uint64) { t.rand = rand.New(rand.NewPCG(seed, 1)) }

// Next tells the order that was opened at the instant.
func (t *Teller) Next(opened time.Time) (Told, error) {
	s := &story{t: t, at: opened}
	owner := t.owner(&s.told, opened)
	s.told.Watch = t.watch(owner, opened)
	s.begin(owner)
	switch {
	case !t.Light:
		s.service()
	case t.told%10 < 3:
		s.declined()
	default:
		s.battery()
	}
	t.told++
	s.told.State = s.s
	if s.err != nil {
		return s.told, fmt.Errorf("fill: %w", s.err)
	}
	return s.told, nil
}

// owner is somebody known in two of three cases.
func (t *Teller) owner(told *Told, at time.Time) customer.Customer {
	if len(t.known) > 200 && t.rand.IntN(3) > 0 {
		return t.known[t.rand.IntN(len(t.known))]
	}
	c := customer.Customer{House: t.House, ID: ident.New(), Name: pick(t.rand, surnames), Given: pick(t.rand, givens), Lang: "fr", Created: at,
		Phone: fmt.Sprintf("06 39 98 %02d %02d", t.rand.IntN(100), t.rand.IntN(100)), Channel: "sms"}
	place := pick(t.rand, places)
	c.City, c.Postcode = place[0], place[1]
	if t.rand.IntN(4) == 0 {
		c.Lang = "en"
	}
	told.Customer = &c
	if len(t.known) < 5000 {
		t.known = append(t.known, c)
	} else {
		t.known[t.rand.IntN(len(t.known))] = c
	}
	return c
}

func (t *Teller) watch(owner customer.Customer, at time.Time) watch.Watch {
	p := pick(t.rand, pieces)
	if t.Light && t.told%10 >= 3 {
		p = pick(t.rand, quartz)
	} else if !t.Light {
		p = pick(t.rand, automatic)
	}
	w := p
	w.House, w.ID, w.Customer, w.Created = t.House, ident.New(), owner.ID, at
	w.CaseNo = fmt.Sprintf("%c%07d", 'A'+rune(t.rand.IntN(26)), t.rand.IntN(10_000_000))
	w.Year = at.Year() - 3 - t.rand.IntN(25)
	return w
}

// who returns somebody who has the role.
func (t *Teller) who(r staff.Role) staff.Actor {
	from := t.rand.IntN(len(t.Team))
	for i := range t.Team {
		p := t.Team[(from+i)%len(t.Team)]
		for _, has := range p.Roles {
			if has == r || has == staff.Manager {
				return p.Actor("")
			}
		}
	}
	return staff.Actor{ID: staff.SystemID, Roles: []staff.Role{r}}
}

func pick[T any](r *rand.Rand, list []T) T { return list[r.IntN(len(list))] }
