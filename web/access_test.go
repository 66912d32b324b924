package web_test

import (
	"flag"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"strings"
	"testing"

	"etabli.example/authority"
	"etabli.example/cli"
	"etabli.example/mail"
)

var updateAccess = flag.Bool("update-access", false, "write testdata/access.txt anew")

// whoAsks are the columns of the table, those who may least first: what one
// changes does not stand in the way of the next.
var whoAsks = []struct{ role, login string }{{"stranger", ""}, {"administrator", "ines"}, {"counter", "nadia"}, {"technician", "samir"}, {"watchmaker", "jeanne"}, {"manager", "paul"}}

const accessHead = `# Who may reach what, as the server answers. A route that is not in this table fails
# TestAccess; so does one that answers somebody otherwise than the table says.
# After reading what changed: go test ./web -run TestAccess -update-access
#   may      it is answered; an order at another stage may refuse it still
#   form     an empty form is refused before the right is asked, which is where the
#            decision is made (trade/order, trade/stock …: their own tests hold that)
#   no       refused for the role (403): kept, and shown to the administrator
#   sign in  led to the sign-in, or refused for want of one
`

// Roles × routes as one table. The routes are the server's own list.
func TestAccess(t *testing.T) {
	z := openFuzzed(t)
	trust, err := authority.Open(t.TempDir(), nil, z.shop.Now())
	if err != nil {
		t.Fatal(err)
	}
	h, err := cli.HandlerWith(t.Context(), z.shop, cli.Serving{Log: z.shop.Log, Outbox: mail.NewOutbox(1, z.shop.Now), Authority: trust})
	if err != nil {
		t.Fatal(err)
	}
	z.handler = h
	var b strings.Builder
	b.WriteString(accessHead)
	row := func(cells ...string) {
		line := fmt.Sprintf("%-58s", cells[0])
		for _, c := range cells[1:] {
			line += fmt.Sprintf(" %-13s", c)
		}
		b.WriteString(strings.TrimRight(line, " ") + "\n")
	}
	head := []string{"#"}
	for _, w := range whoAsks {
		head = append(head, w.role)
	}
	row(head...)
	routes := h.(interface{ Routes() []string }).Routes()
	slices.Sort(routes)
	for _, pattern := range routes {
		if method, _, ok := strings.Cut(pattern, " "); !ok || method == "" || strings.HasPrefix(pattern, "GET /static/") {
			continue // files, addresses nobody has, and the API, whose own tests ask
		}
		cells := []string{pattern}
		for _, w := range whoAsks {
			cells = append(cells, z.access(t, pattern, w.login))
		}
		row(cells...)
	}
	if *updateAccess {
		if err := os.WriteFile("testdata/access.txt", []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	kept, err := os.ReadFile("testdata/access.txt")
	if err != nil {
		t.Fatal(err)
	}
	was, is := strings.Split(string(kept), "\n"), strings.Split(b.String(), "\n")
	for _, line := range is {
		if !slices.Contains(was, line) {
			t.Errorf("not in the table: %s", line)
		}
	}
	for _, line := range was {
		if !slices.Contains(is, line) {
			t.Errorf("no longer so:     %s", line)
		}
	}
}

// access asks with an empty form about orders at several stages: one refusal
// for the role is a refusal.
func (z *fuzzed) access(t *testing.T, pattern, login string) string {
	t.Helper()
	answer := "form"
	tries := min(5, len(z.orders))
	if !strings.Contains(pattern, "{number}") {
		tries = 1
	}
	for i := range tries {
		method, path, _ := strings.Cut(z.address(t, pattern, z.orders[i*len(z.orders)/tries], "note"), " ")
		r := httptest.NewRequest(method, path, strings.NewReader(""))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		if token := z.session(t, login); token != "" {
			r.AddCookie(&http.Cookie{Name: "session", Value: token})
		}
		w := httptest.NewRecorder()
		z.handler.ServeHTTP(w, r)
		switch {
		case w.Code == http.StatusForbidden:
			return "no"
		case w.Code == http.StatusUnauthorized, w.Code == http.StatusSeeOther && strings.HasPrefix(w.Header().Get("Location"), "/signin?back="):
			return "sign in"
		case w.Code < 400 || method == http.MethodGet:
			answer = "may"
		case w.Code >= 500 && w.Code != http.StatusNotImplemented && pattern != "GET /readyz":
			t.Errorf("%s as %q: %d", pattern, login, w.Code)
		}
	}
	return answer
}
