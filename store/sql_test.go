package store

import (
	"fmt"
	"go/ast"
	"go/constant"
	"go/parser"
	"go/token"
	"go/types"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// statements returns every SQL statement of the package by name: the constants
// that begin with sql, read off the source, and what the builders write for every
// question that can be asked.
func statements(t testing.TB) map[string]string {
	t.Helper()
	all := map[string]string{}
	for name, text := range constants(t) {
		if strings.HasPrefix(name, "sql") && !strings.HasPrefix(name, "sqlite") {
			all[name] = text
		}
	}
	if len(all) < 50 {
		t.Fatalf("only %d statements found in the source", len(all))
	}
	for bits := range 1 << 7 {
		on := func(i int) bool { return bits>>i&1 == 1 }
		f := ordersFilter{on(0), on(1), on(2), on(3), on(4), on(5), on(6)}
		all[fmt.Sprintf("ordersSQL(%+v)", f)] = ordersSQL(f)
	}
	for into := range bulkTables {
		all[fmt.Sprintf("bulkSQL(%d)", into)] = bulkSQL(into, 1)
	}
	for words := 1; words <= mostWords; words++ {
		for name, build := range map[string]func(int) string{"findOrdersWalkSQL": findOrdersWalkSQL, "findOrdersDriveSQL": findOrdersDriveSQL,
			"findCustomersWalkSQL": findCustomersWalkSQL, "findCustomersDriveSQL": findCustomersDriveSQL,
			"findCustomersByEarWalkSQL": findCustomersByEarWalkSQL, "findCustomersByEarDriveSQL": findCustomersByEarDriveSQL} {
			all[fmt.Sprintf("%s(%d)", name, words)] = build(words)
		}
	}
	return all
}

func sources(t testing.TB) (*token.FileSet, []*ast.File) {
	t.Helper()
	names, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	fset := token.NewFileSet()
	var files []*ast.File
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(fset, name, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, f)
	}
	return fset, files
}

// constants returns the string constants of the package; what they are not made
// of (imports) need not resolve.
func constants(t testing.TB) map[string]string {
	t.Helper()
	fset, files := sources(t)
	conf := types.Config{Error: func(error) {}, IgnoreFuncBodies: true, Importer: noImports{}}
	pkg, _ := conf.Check("store", fset, files, nil)
	all := map[string]string{}
	for _, name := range pkg.Scope().Names() {
		if c, ok := pkg.Scope().Lookup(name).(*types.Const); ok && c.Val().Kind() == constant.String {
			all[name] = constant.StringVal(c.Val())
		}
	}
	return all
}

type noImports struct{}

func (noImports) Import(path string) (*types.Package, error) { return nil, fmt.Errorf("no %s", path) }

// words allowed in a statement: the portable subset, and nothing else.
var allowed = strings.Fields(`select from where and or not exists insert into values on conflict do update set delete returning
	order by group asc desc limit join as with union all distinct in count false true excluded`)

var (
	quoted   = regexp.MustCompile(`'[^']*'`)
	place    = regexp.MustCompile(`\$(\d+)`)
	word     = regexp.MustCompile(`[a-z_]+`)
	strange  = regexp.MustCompile(`[^a-z0-9_$ ,.()=<>*+/-]`)
	ordering = regexp.MustCompile(`order by ([^()]*?)(?: limit|$|\))`)
)

// unportable says why a statement is outside the subset; "" where it is in it.
func unportable(text string, names []string) string {
	bare := quoted.ReplaceAllString(text, "0")
	if c := strange.FindString(bare); c != "" {
		return fmt.Sprintf("the character %q", c)
	}
	for _, w := range word.FindAllString(place.ReplaceAllString(bare, "0"), -1) {
		if len(w) > 1 && !slices.Contains(allowed, w) && !slices.Contains(names, w) {
			return "the word " + w
		}
	}
	next := 1
	for _, m := range place.FindAllStringSubmatch(text, -1) {
		switch n := m[1]; {
		case n == fmt.Sprint(next):
			next++
		case len(n) > 1 && n[0] == '0' || fmt.Sprintf("%03s", n) >= fmt.Sprintf("%03d", next):
			return fmt.Sprintf("$%s where $%d was due", n, next)
		}
	}
	for _, m := range ordering.FindAllStringSubmatch(bare, -1) {
		for _, key := range strings.Split(m[1], ", ") {
			if !strings.HasSuffix(key, " asc") && !strings.HasSuffix(key, " desc") {
				return "an order without direction: " + key
			}
		}
	}
	return ""
}

// schemaText is every migration, without comments.
func schemaText(t testing.TB) string {
	t.Helper()
	var b strings.Builder
	err := fs.WalkDir(schema, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := schema.ReadFile(name)
		for line := range strings.Lines(string(text)) {
			if !strings.HasPrefix(strings.TrimSpace(line), "--") {
				b.WriteString(line)
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return b.String()
}

var named = regexp.MustCompile(`(?m)^create table (\w+) \(|^    (\w+) (?:text|bigint|double precision|boolean|jsonb) not null,?$|^alter table \w+ add column (\w+) `)

func TestStatementsArePortable(t *testing.T) {
	names := []string{"hit", "sheet", "id"}
	for _, m := range named.FindAllStringSubmatch(schemaText(t), -1) {
		names = append(names, m[1]+m[2]+m[3])
	}
	all := statements(t)
	for _, name := range slices.Sorted(maps.Keys(all)) {
		if why := unportable(all[name], names); why != "" {
			t.Errorf("%s: %s\n%s", name, why, all[name])
		}
	}
	t.Logf("%d statements", len(all))
	for text, why := range map[string]string{
		`select number from sheet where house ilike $1`:                                "the word ilike",
		`select now() from sheet`:                                                      "the word now",
		`select seq::text from sheet`:                                                  `the character ":"`,
		`select seq from sheet where house = ?`:                                        `the character "?"`,
		`select seq from sheet where house = $2 and sheet = $1`:                        "$2 where $1 was due",
		`select seq from sheet where house = $1 and sheet = $3`:                        "$3 where $2 was due",
		`select seq from sheet order by seq limit $1`:                                  "an order without direction: seq",
		`insert or replace into sheet values ($1)`:                                     "the word replace",
		`select seq from sheet for update skip locked`:                                 "the word for",
		`select "seq" from sheet`:                                                      `the character "\""`,
		`select seq from sheet where rowid = $1`:                                       "the word rowid",
		`select seq from sheet where house = $1 and sheet = $1 order by seq desc`:      "",
		`select (select seq from sheet order by seq asc limit $1), 'now()' from sheet`: "",
	} {
		if got := unportable(text, names); got != why {
			t.Errorf("%s: %q, want %q", text, got, why)
		}
	}
}

// A migration is tables, indexes and added columns of the five types, every index with its
// directions, every key beginning with the house.
var (
	tableForm = regexp.MustCompile(`(?s)^create table \w+ \(\n((?:    \w+ (?:text|bigint|double precision|boolean|jsonb) not null,\n)+)    primary key \(house(?:, \w+)*\)\n\)$`)
	addForm   = regexp.MustCompile(`^alter table \w+ add column \w+ (?:text|bigint|double precision|boolean|jsonb) not null default (?:false|0|'')$`)
	indexForm = regexp.MustCompile(`^create (?:unique )?index \w+ on \w+ \(house asc(?:, \w+ (?:asc|desc))+\)(?: where (?:not \w+|\w+ <> ''))?$`)
)

func TestSchemaIsPortable(t *testing.T) {
	n := 0
	for _, text := range strings.Split(schemaText(t), ";") {
		text = strings.TrimSpace(text)
		if text == "" {
			continue
		}
		if n++; !tableForm.MatchString(text) && !indexForm.MatchString(text) && !addForm.MatchString(text) {
			t.Errorf("outside the subset: %s", text)
		}
	}
	if n < 30 {
		t.Errorf("only %d statements", n)
	}
	for _, bad := range []string{"create table a (\n    house serial not null,\n    primary key (house)\n)", "create index a on b (house asc, c)", "create index a on b (c asc)", "drop table a", "alter table a add column b text", "alter table a drop column b"} {
		if addForm.MatchString(bad) || tableForm.MatchString(bad) || indexForm.MatchString(bad) {
			t.Errorf("taken as portable: %s", bad)
		}
	}
}

// Every statement reaches the engine under a name that statements finds: no
// text is put together at the call.
func TestStatementsHaveNames(t *testing.T) {
	place := map[string]int{"exec": 1, "rows": 1, "list": 3, "one": 4, "changed": 3, "change": 4} // where each takes its text
	known := regexp.MustCompile(`^(sql[A-Z]\w*|text|\w+SQL|walk|drive)$`)
	calls := 0
	fset, files := sources(t)
	for _, file := range files {
		name := filepath.Base(fset.Position(file.Pos()).Filename)
		ast.Inspect(file, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok {
				return true
			}
			called := last(call.Fun)
			if raw := strings.HasSuffix(called, "Context") && strings.ContainsAny(called[:1], "EQP") && called != "PingContext"; raw &&
				!slices.Contains([]string{"statement.go", "pool.go", "backup.go", "group.go", "postgres.go", "copy.go"}, name) {
				t.Errorf("%s: %s goes past the statements", fset.Position(call.Pos()), called)
			}
			if i, ok := place[called]; ok && len(call.Args) > i {
				calls++
				if text := last(call.Args[i]); !known.MatchString(text) {
					t.Errorf("%s: a statement without name: %q", fset.Position(call.Pos()), text)
				}
			}
			return true
		})
	}
	if calls < 60 {
		t.Errorf("only %d calls seen", calls)
	}
}

// last is the last name of an expression: f of f(x), x.f, x.f[T].
func last(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.Ident:
		return e.Name
	case *ast.SelectorExpr:
		return e.Sel.Name
	case *ast.CallExpr:
		return last(e.Fun)
	case *ast.IndexExpr:
		return last(e.X)
	}
	return ""
}

// The driver is made against one version of its C library; another one compiles
// and may corrupt.
func TestDriverHasItsOwnLibc(t *testing.T) {
	pinned := regexp.MustCompile(`modernc\.org/libc (v\S+)`)
	ours := pinned.FindSubmatch(must(os.ReadFile("../go.mod"))(t))
	dir := strings.TrimSpace(goList(t, "-m", "-f", "{{.Dir}}", "modernc.org/sqlite"))
	theirs := pinned.FindSubmatch(must(os.ReadFile(filepath.Join(dir, "go.mod")))(t))
	if ours == nil || theirs == nil || string(ours[1]) != string(theirs[1]) {
		t.Errorf("go.mod has libc %q, the driver pins %q: go get modernc.org/libc@ that", ours, theirs)
	}
	if in := strings.TrimSpace(goList(t, "-m", "-f", "{{.Version}}", "modernc.org/libc")); theirs != nil && in != string(theirs[1]) {
		t.Errorf("built with libc %s, the driver pins %s", in, theirs[1])
	}
}

// Outside the statements, an engine is told only what is named after it.
func TestEnginesOwnStatementsAreFew(t *testing.T) {
	n := 0
	for name := range constants(t) {
		if strings.HasPrefix(name, "sqlite") || strings.HasPrefix(name, "postgres") {
			n++
		}
	}
	if n == 0 || n > 16 {
		t.Errorf("%d statements of one engine alone", n)
	}
}
