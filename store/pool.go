package store

import (
	"context"
	"database/sql"
	"errors"
	"sync"
)

// pool is a set of connections with the statements prepared on them: for most
// of ours, parsing costs more than running. A statement runs unprepared the first
// time and is prepared before the next unit of work begins, because the one
// writing connection is taken while a unit of work runs.
type pool struct {
	db     *sql.DB
	mu     sync.RWMutex
	stmts  map[string]*sql.Stmt
	wanted map[string]bool
	plain  bool // the driver keeps its own prepared statements
}

// mostPrepared bounds what the connections keep: what is asked most is asked
// first, and rare questions of many words need not stay.
const mostPrepared = 96

func newPool(db *sql.DB) *pool {
	return &pool{db: db, stmts: map[string]*sql.Stmt{}, wanted: map[string]bool{}}
}

// begin starts a transaction.
func (p *pool) begin(ctx context.Context, opts *sql.TxOptions) (*sql.Tx, error) {
	if err := p.prepareWanted(ctx); err != nil {
		return nil, err
	}
	return p.db.BeginTx(ctx, opts)
}

func (p *pool) prepareWanted(ctx context.Context) error {
	p.mu.RLock()
	none := len(p.wanted) == 0
	p.mu.RUnlock()
	if none {
		return nil
	}
	p.mu.Lock()
	wanted := p.wanted
	p.wanted = map[string]bool{}
	p.mu.Unlock()
	for text := range wanted {
		st, err := p.db.PrepareContext(ctx, text)
		if err != nil {
			return err
		}
		p.mu.Lock()
		if p.stmts[text] != nil {
			_ = st.Close()
		} else {
			p.stmts[text] = st
		}
		p.mu.Unlock()
	}
	return nil
}

// prepared returns the statement, or nil where it is not prepared yet.
func (p *pool) prepared(text string) *sql.Stmt {
	if p.plain {
		return nil
	}
	p.mu.RLock()
	st := p.stmts[text]
	p.mu.RUnlock()
	if st == nil {
		p.mu.Lock()
		if len(p.stmts)+len(p.wanted) < mostPrepared {
			p.wanted[text] = true
		}
		p.mu.Unlock()
	}
	return st
}

func (p *pool) close() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	var errs []error
	for _, st := range p.stmts {
		errs = append(errs, st.Close())
	}
	return errors.Join(append(errs, p.db.Close())...)
}
