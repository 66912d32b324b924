package store

import (
	"database/sql"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"etabli.example/store/pgtest"
)

// These sort what they have found on PostgreSQL: it merges no two walks.
var sortingPostgres = map[string]string{
	"sqlFigureWaiting":    "groups of open orders",
	"sqlFigureDue":        "groups of open orders",
	"sqlFigureClosed":     "groups of days",
	"sqlAfterClaim":       "what may be claimed now",
	"findOrdersWalkSQL":   "at most widestWindow",
	"findCustomersWalk":   "at most widestWindow",
	"findCustomersByEarW": "at most widestWindow",
}

// These walk the index of what is found already, or a table of one row a house.
var onlyHouse = regexp.MustCompile(`^Index Cond: \(\w*\.?\(?house\)? (=|>) \$\d+(::text)?\)$`)

// slowPostgres says which step of a plan grows with all that ever was; "" where
// none does. What could not be otherwise is seen because the planner was told to
// dislike it.
func slowPostgres(name string, plan []string) string {
	for i, step := range plan {
		step = strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(step), "->"))
		switch {
		case strings.HasPrefix(step, "Seq Scan"):
			return step
		case strings.HasPrefix(step, "Index") && strings.Contains(step, "Scan using"):
			if i+1 == len(plan) || !strings.Contains(plan[i+1], "Index Cond:") {
				return step
			}
		case onlyHouse.MatchString(step) && !excused(wholeHouse, name) && !strings.HasPrefix(name, "sqlHouseOf"):
			return step
		case strings.HasPrefix(step, "Sort Key") && !excused(sorting, name) && !excused(sortingPostgres, name):
			return step
		}
	}
	return ""
}

// fillTables puts so many rows of one house into every table: nine in ten closed,
// no two alike.
func fillTables(t testing.TB, db *sql.DB, rows int) {
	t.Helper()
	columns := map[string][][2]string{}
	found, err := db.Query(`select table_name, column_name, data_type from information_schema.columns where table_schema = 'public' and table_name not like 'goose%' order by ordinal_position`)
	if err != nil {
		t.Fatal(err)
	}
	for found.Next() {
		var table, name, kind string
		if err := found.Scan(&table, &name, &kind); err != nil {
			t.Fatal(err)
		}
		value := map[string]string{"text": "'" + name + "' || i", "boolean": "i % 10 <> 0"}[kind]
		if value == "" {
			value = "i"
		}
		if name == "house" {
			value = "'main'"
		}
		columns[table] = append(columns[table], [2]string{name, value})
	}
	for table, list := range columns {
		var names, values []string
		for _, c := range list {
			names, values = append(names, c[0]), append(values, c[1])
		}
		if _, err := db.Exec(fmt.Sprintf("insert into %s (%s) select %s from generate_series(1, %d) i", table, strings.Join(names, ", "), strings.Join(values, ", "), rows)); err != nil {
			t.Fatal(table, err)
		}
	}
	if _, err := db.Exec("analyze"); err != nil {
		t.Fatal(err)
	}
}

// PostgreSQL finds along the same indexes what SQLite does, each statement
// whatever its arguments.
func TestStatementsUseIndexesOnPostgres(t *testing.T) {
	s, err := Open(t.Context(), Options{URL: pgtest.URL(t), Writers: 1})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	db := s.write.db
	fillTables(t, db, 3000)
	for _, off := range []string{"enable_seqscan = off", "enable_bitmapscan = off", "enable_hashagg = off", "plan_cache_mode = force_generic_plan"} {
		if _, err := db.Exec("set " + off); err != nil {
			t.Fatal(err)
		}
	}
	all := statements(t)
	for _, name := range slices.Sorted(maps.Keys(all)) {
		sort := "off"
		if excused(sorting, name) || excused(sortingPostgres, name) {
			sort = "on"
		}
		if _, err := db.Exec("set enable_sort = " + sort); err != nil {
			t.Fatal(err)
		}
		plan := planOnPostgres(t, db, all[name])
		if step := slowPostgres(name, plan); step != "" {
			t.Errorf("%s: %s\n\t%s\n\t%s", name, step, all[name], strings.Join(plan, "\n\t"))
		}
	}
	for text, want := range map[string]string{
		`select seq from entry where recorded < $1`:                                 "Seq Scan",
		`select seq from entry where house = $1 and recorded < $2`:                  "Index Cond",
		`select seq from entry where house = $1 and id = $2`:                        "",
		`select id from watch where house = $1 and customer = $2 order by year asc`: "Sort Key",
	} {
		if got := slowPostgres("a bad statement", planOnPostgres(t, db, text)); (got == "") != (want == "") || !strings.HasPrefix(got, want) {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}

func planOnPostgres(t testing.TB, db *sql.DB, text string) (plan []string) {
	t.Helper()
	if _, err := db.Exec("prepare plan as " + text); err != nil {
		t.Fatalf("%v: %s", err, text)
	}
	defer func() { _, _ = db.Exec("deallocate plan") }()
	execute := "explain (costs off) execute plan"
	var args []string
	for n := 1; strings.Contains(text, fmt.Sprintf("$%d", n)); n++ {
		args = append(args, "'1'")
	}
	if len(args) > 0 {
		execute += "(" + strings.Join(args, ", ") + ")"
	}
	rows, err := db.Query(execute)
	if err != nil {
		t.Fatalf("%v: %s", err, text)
	}
	defer rows.Close()
	for rows.Next() {
		var line string
		if err := rows.Scan(&line); err != nil {
			t.Fatal(err)
		}
		plan = append(plan, line)
	}
	return plan
}
