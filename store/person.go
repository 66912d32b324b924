package store

import (
	"context"
	"encoding/json"

	"etabli.example/trade/staff"
)

const personColumns = `house, id, login, name, email, lang, roles, bench, secret, active`

func scanPerson(r scanner) (p staff.Person, err error) {
	var roles string
	if err = r.Scan(&p.House, &p.ID, &p.Login, &p.Name, &p.Email, &p.Lang, &roles, &p.Bench, &p.Secret, &p.Active); err != nil {
		return p, err
	}
	return p, json.Unmarshal([]byte(roles), &p.Roles)
}

const (
	sqlPersonPut = `insert into person (` + personColumns + `) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict (house, id) do update set` +
		` login = excluded.login, name = excluded.name, email = excluded.email, lang = excluded.lang, roles = excluded.roles,` +
		` bench = excluded.bench, secret = excluded.secret, active = excluded.active`
	sqlPerson        = `select ` + personColumns + ` from person where house = $1 and id = $2`
	sqlPersonByLogin = `select ` + personColumns + ` from person where house = $1 and login = $2`
	sqlPeople        = `select ` + personColumns + ` from person where house = $1 order by login asc`
)

// PutPerson writes a person; Conflict where another has the login.
func (t *Tx) PutPerson(ctx context.Context, p staff.Person) error {
	roles, err := jsonText(p.Roles)
	if err != nil {
		return err
	}
	_, err = t.exec(ctx, sqlPersonPut, t.house, p.ID, p.Login, p.Name, p.Email, p.Lang, roles, p.Bench, p.Secret, p.Active)
	return err
}

// Person returns one person of the house.
func (t *Tx) Person(ctx context.Context, id string) (staff.Person, error) {
	return one(ctx, t, "store.Person", scanPerson, sqlPerson, t.house, id)
}

// PersonByLogin returns the person who signs in so.
func (t *Tx) PersonByLogin(ctx context.Context, login string) (staff.Person, error) {
	return one(ctx, t, "store.PersonByLogin", scanPerson, sqlPersonByLogin, t.house, login)
}

// People returns everybody of the house, by login.
func (t *Tx) People(ctx context.Context) ([]staff.Person, error) {
	return list(ctx, t, scanPerson, sqlPeople, t.house)
}
