package store

import (
	"context"
	"database/sql"
	"errors"
	"testing"
)

// ErrLostRace stands for an engine's error of a lost race.
var ErrLostRace = errors.New("a lost race")

// Tamper runs any statement past the store.
func (s *Store) Tamper(t testing.TB, text string) {
	t.Helper()
	if _, err := s.write.db.Exec(text); err != nil {
		t.Fatal(err)
	}
}

// Pragmas returns a pragma of the writing connection and of a reading one.
func (s *Store) Pragmas(t testing.TB, name string) (values []string) {
	t.Helper()
	for _, db := range []*sql.DB{s.write.db, s.read.db} {
		var v string
		if err := db.QueryRowContext(context.Background(), "pragma "+name).Scan(&v); err != nil {
			t.Fatal(err)
		}
		values = append(values, v)
	}
	return values
}

// LoseRaces makes the store take ErrLostRace for what its engine says.
func (s *Store) LoseRaces() {
	classify := s.engine.classify
	s.engine.classify = func(err error) class {
		if errors.Is(err, ErrLostRace) {
			return again
		}
		return classify(err)
	}
}
