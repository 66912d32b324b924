// Package pgtest starts a private PostgreSQL from what Debian installs, for
// tests: one server a test program, one database a test. It knows nothing of
// what is kept there, and is no way to run a workshop.
package pgtest

import (
	"bufio"
	"database/sql"
	"fmt"
	"io"
	"net/url"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver
)

// Server is a running PostgreSQL that ends with the test program, however that ends.
type Server struct {
	Folder string // of its socket
	stop   io.Closer
	done   chan struct{}
}

// script makes a cluster, runs it until its standard input ends, and removes it.
// Data are not flushed to the disk: a killed process loses nothing by that, only
// a power cut would; ETABLI_TEST_PG_FSYNC=on flushes, for measuring.
const script = `set -e
dir=$(mktemp -d /tmp/etabli-pg-XXXXXX)
trap 'rm -rf "$dir"' EXIT
"$1/initdb" -D "$dir/data" -U etabli -A trust -E UTF8 --locale=C --no-sync >"$dir/log" 2>&1 || { cat "$dir/log" >&2; exit 1; }
"$1/postgres" -D "$dir/data" -k "$dir" -c listen_addresses= -c fsync="$2" -c full_page_writes="$2" -c max_connections=400 \
  -c shared_buffers=64MB -c max_wal_size=2GB $3 >>"$dir/log" 2>&1 </dev/null &
pid=$!
for i in $(seq 600); do "$1/pg_isready" -q -h "$dir" && break; kill -0 $pid || { cat "$dir/log" >&2; exit 1; }; sleep 0.05; done
echo "$dir"
cat >/dev/null
kill -INT $pid
wait $pid || true
`

// Start starts a server of its own with further settings (-c name=value); Shared
// is usually enough. Where PostgreSQL is not installed the test is skipped, and
// fails where CI=true.
func Start(t testing.TB, settings ...string) *Server {
	t.Helper()
	s, err := start(settings)
	if err != nil {
		without(t, err)
	}
	t.Cleanup(s.close)
	return s
}

var shared struct {
	once   sync.Once
	server *Server
	err    error
}

// Shared returns the one server of this test program.
func Shared(t testing.TB) *Server {
	t.Helper()
	shared.once.Do(func() { shared.server, shared.err = start(nil) })
	if shared.err != nil {
		without(t, shared.err)
	}
	return shared.server
}

func without(t testing.TB, err error) {
	t.Helper()
	if os.Getenv("CI") == "true" {
		t.Fatalf("PostgreSQL cannot be started, and CI must try it: %v", err)
	}
	t.Skipf("skipped, as PostgreSQL cannot be started here (Debian: apt-get install postgresql): %v", err)
}

func start(settings []string) (*Server, error) {
	found, err := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	if err != nil || len(found) == 0 {
		return nil, fmt.Errorf("no initdb under /usr/lib/postgresql")
	}
	fsync := "off"
	if v := os.Getenv("ETABLI_TEST_PG_FSYNC"); v != "" {
		fsync = v
	}
	args := []string{"sh", "-c", script, "etabli-pg", filepath.Dir(found[len(found)-1]), fsync, strings.Join(settings, " ")}
	if who, err := user.Current(); err == nil && who.Uid == "0" { // it refuses to run as root
		args = append([]string{"runuser", "-u", "postgres", "--"}, args...)
	}
	cmd := exec.Command(args[0], args[1:]...)
	cmd.Dir = "/"
	cmd.Stderr = os.Stderr
	stop, err := cmd.StdinPipe() // closed by the system when this program dies
	if err != nil {
		return nil, err
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		return nil, fmt.Errorf("the server did not start: %w", cmd.Wait())
	}
	s := &Server{Folder: strings.TrimSpace(line), stop: stop, done: make(chan struct{})}
	go func() { defer close(s.done); _ = cmd.Wait() }()
	return s, nil
}

func (s *Server) close() {
	_ = s.stop.Close()
	<-s.done
}

// URL names a database of the server.
func (s *Server) URL(database string) string {
	return "postgres://etabli@/" + url.PathEscape(database) + "?host=" + url.QueryEscape(s.Folder)
}

// Open opens a database past everything, to look at it or to spoil it.
func (s *Server) Open(t testing.TB, database string) *sql.DB {
	t.Helper()
	db, err := sql.Open("pgx", s.URL(database))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}

var counter atomic.Int64

// Database makes an empty database with C collation that goes with the test, and
// returns its name.
func (s *Server) Database(t testing.TB) string {
	t.Helper()
	name := fmt.Sprintf("test_%d", counter.Add(1))
	s.Exec(t, "create database "+name+" template template0 lc_collate 'C' lc_ctype 'C'")
	t.Cleanup(func() { s.Exec(t, "drop database "+name+" with (force)") })
	return name
}

// Exec runs a statement beside all databases of tests.
func (s *Server) Exec(t testing.TB, text string) {
	t.Helper()
	db, err := sql.Open("pgx", s.URL("postgres"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec(text); err != nil {
		t.Fatal(err)
	}
}

// URL makes an empty database on the shared server and names it.
func URL(t testing.TB) string {
	t.Helper()
	s := Shared(t)
	return s.URL(s.Database(t))
}

// Kill ends one connection of a database at random: as an administrator does, or,
// where hard, by kill -9, after which the server ends all others and recovers.
func (s *Server) Kill(t testing.TB, database string, hard bool) {
	t.Helper()
	db, err := sql.Open("pgx", s.URL("postgres"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	var pid int
	const any = `select pid from pg_stat_activity where datname = $1 and pid <> pg_backend_pid() order by random() limit 1`
	if err := db.QueryRow(any, database).Scan(&pid); err != nil {
		return // nobody is connected, or it is recovering
	}
	if !hard {
		_, _ = db.Exec(`select pg_terminate_backend($1)`, pid)
		return
	}
	_ = exec.Command("kill", "-9", fmt.Sprint(pid)).Run()
}
