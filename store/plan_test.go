package store

import (
	"maps"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

func must(b []byte, err error) func(testing.TB) []byte {
	return func(t testing.TB) []byte {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
}

func goList(t testing.TB, args ...string) string {
	t.Helper()
	return string(must(exec.Command("go", append([]string{"list"}, args...)...).Output())(t))
}

// A step that is held only by the house goes through everything the house has.
// These statements may take one: what they read is short, or they stop at a limit
// while walking in order, or they are nightly work.
var wholeHouse = map[string]string{
	"sqlAfterWaiting":     "what is given up or waiting",
	"sqlSealLast":         "stops at the limit, in the index's order",
	"sqlAttempts":         "stops at the limit, in the index's order",
	"sqlPeople":           "the people of a house",
	"sqlPrices":           "a price list",
	"sqlBoardCounts":      "open orders, along an index that holds only those",
	"sqlRebuildRows":      "rebuild deletes every row",
	"sqlRebuildTerms":     "rebuild deletes every word",
	"sqlRebuildLots":      "rebuild deletes every row",
	"sqlRebuildTools":     "rebuild deletes every row",
	"sqlOrdersHeld":       "quotes that wait, along an index that holds only those",
	"sqlPricesBefore":     "a price list",
	"sqlOrdersAlerted":    "open alerts, along an index that holds only those",
	"sqlOrphan":           "verify looks at every row",
	"sqlLots":             "lots that are not over, along an index that holds only those",
	"sqlMinimums":         "a minimum per part",
	"sqlTools":            "the tools of a house",
	"sqlDocuments":        "stops at the limit, in the index's order",
	"sqlFigureWaiting":    "open orders, along an index that holds only those",
	"sqlFigureDue":        "open orders, along an index that holds only those",
	"sqlSheetCount":       "verify counts the sheets for its progress",
	"sqlForgetAll":        "rebuild deletes every word",
	"sqlHouseOf":          "stops at the first",
	"ordersSQL":           "stops at the limit, in the index's order",
	"findOrdersWalkSQL":   "stops at widestWindow",
	"findCustomersWalk":   "stops at widestWindow",
	"findCustomersByEarW": "stops at widestWindow",
}

// These sort what they have found: few things by their nature or their limit.
var sorting = map[string]string{
	"sqlAfterWaiting":     "what is given up or waiting",
	"findOrdersDriveSQL":  "at most what the rarest word has",
	"findCustomersDrive":  "at most what the rarest word has",
	"findCustomersByEarD": "at most what the rarest word has",
}

func excused(list map[string]string, name string) bool {
	for prefix := range list {
		if strings.HasPrefix(name, prefix) {
			return true
		}
	}
	return false
}

// subquery is a step over what another step has just read.
var subquery = regexp.MustCompile(`^SCAN (hit|h|x|o|c|CONSTANT ROW)$`)

var wholeHouseStep = regexp.MustCompile(`\(house[=>]\?\)$`)

// slow says which step of a plan grows with all that ever was; "" where none does.
func slow(name string, plan []string) string {
	all := strings.Join(plan, " ")
	for _, step := range plan {
		fed := subquery.MatchString(step) && strings.Contains(all, "CO-ROUTINE "+strings.TrimPrefix(step, "SCAN "))
		switch {
		case strings.HasPrefix(step, "SCAN ") && !fed, strings.Contains(step, "AUTOMATIC"):
			return step
		case wholeHouseStep.MatchString(step) && !excused(wholeHouse, name):
			return step
		case strings.HasSuffix(step, "FOR ORDER BY") && !excused(sorting, name):
			return step
		}
	}
	return ""
}

// No page's cost may grow with what is closed: each statement finds what it
// wants, or walks it in order, along an index that begins with the house.
func TestStatementsUseIndexes(t *testing.T) {
	s, err := Open(t.Context(), Options{Path: filepath.Join(t.TempDir(), "plan.db")})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	all := statements(t)
	for _, name := range slices.Sorted(maps.Keys(all)) {
		plan := planOf(t, s, all[name])
		if step := slow(name, plan); step != "" {
			t.Errorf("%s: %s\n\t%s", name, step, strings.Join(plan, "\n\t"))
		}
	}
	for text, want := range map[string]string{
		`select seq from sheet`: "SCAN sheet",
		`select seq from entry where house = $1 and recorded < $2`:                  "SEARCH entry USING INDEX entry_id (house=?)",
		`select seq from entry where house = $1 and id = $2`:                        "",
		`select o.seq from order_row o where o.house = $1 and o.brand = $2`:         "SEARCH o USING INDEX order_ord (house=?)",
		`select id from watch where house = $1 and customer = $2 order by year asc`: "USE TEMP B-TREE FOR ORDER BY",
	} {
		got := slow("a bad statement", planOf(t, s, text))
		if (got == "") != (want == "") || strings.HasPrefix(want, "SCAN") != strings.HasPrefix(got, "SCAN") {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}

func planOf(t testing.TB, s *Store, text string) (plan []string) {
	t.Helper()
	var args []any
	for n := range place.FindAllString(text, -1) {
		if strings.Contains(text, "$"+itoa(n+1)) {
			args = append(args, "1")
		}
	}
	rows, err := s.write.db.QueryContext(t.Context(), "explain query plan "+text, args...)
	if err != nil {
		t.Fatalf("%v: %s", err, text)
	}
	defer rows.Close()
	for rows.Next() {
		var id, parent, unused int
		var detail string
		if err := rows.Scan(&id, &parent, &unused, &detail); err != nil {
			t.Fatal(err)
		}
		plan = append(plan, detail)
	}
	return plan
}

func itoa(n int) string {
	if n < 10 {
		return string(rune('0' + n))
	}
	return itoa(n/10) + itoa(n%10)
}
