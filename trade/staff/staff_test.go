package staff_test

import (
	"strings"
	"testing"

	"etabli.example/fault"
	"etabli.example/trade/staff"
)

// The whole matrix, role by role: a right given or taken anywhere fails here.
func TestMatrix(t *testing.T) {
	want := map[staff.Role]string{
		staff.Counter:       "see see_customer receive prediagnose note quote answer return route complain correct",
		staff.Technician:    "see note prediagnose measure diagnose quote prepare work control correct manage_stock manage_tools",
		staff.Watchmaker:    "see note prediagnose measure diagnose quote prepare work work_beyond control correct manage_stock manage_tools manage_rules tutor",
		staff.Manager:       "see see_customer receive prediagnose note measure diagnose quote approve answer prepare work work_beyond control return route complain correct manage_stock manage_tools see_figures manage_prices manage_rules tutor erase",
		staff.Administrator: "see see_figures manage_prices manage_people manage_rules operate",
	}
	for _, role := range staff.Roles() {
		allowed := strings.Fields(want[role])
		for _, right := range staff.Rights() {
			may := false
			for _, a := range allowed {
				may = may || a == string(right)
			}
			if got := staff.MayRole(role, right); got != may {
				t.Errorf("%s %s: got %v, want %v", role, right, got, may)
			}
			if err := (staff.Actor{ID: "x", Roles: []staff.Role{role}}).Must(right); (err == nil) != may || err != nil && !fault.Is(err, fault.Denied) {
				t.Errorf("Must(%s) for %s: %v", right, role, err)
			}
		}
	}
}

// The bench never sees who the customer is.
func TestBenchSeesNoIdentity(t *testing.T) {
	for _, role := range []staff.Role{staff.Technician, staff.Watchmaker, staff.Administrator} {
		if staff.MayRole(role, staff.SeeCustomer) {
			t.Errorf("%s sees customers", role)
		}
	}
}

func TestCustomerAndSystemHaveNoRight(t *testing.T) {
	for _, a := range []staff.Actor{staff.Customer(), staff.System(), {}} {
		for _, right := range staff.Rights() {
			if a.May(right) {
				t.Errorf("%q may %s", a.ID, right)
			}
		}
	}
}

func TestPersonCheck(t *testing.T) {
	good := staff.Person{Login: "nadia", Name: "Nadia Kaci", Roles: []staff.Role{staff.Counter}}
	if err := good.Check(); err != nil {
		t.Fatal(err)
	}
	for name, spoil := range map[string]func(*staff.Person){
		"no name": func(p *staff.Person) { p.Name = " " }, "a login with a space": func(p *staff.Person) { p.Login = "n k" },
		"a login in capitals": func(p *staff.Person) { p.Login = "Nadia" }, "no role": func(p *staff.Person) { p.Roles = nil },
		"an invented role": func(p *staff.Person) { p.Roles = []staff.Role{"king"} },
	} {
		p := good
		spoil(&p)
		if !fault.Is(p.Check(), fault.Invalid) {
			t.Errorf("%s passes", name)
		}
	}
}
