// Package staff knows the people of the house, their roles and what each role
// may do: one table of rights that every action is checked against. It does not
// know how anybody signs in, and holds no session.
package staff

import (
	"slices"
	"strings"
	"unicode/utf8"

	"etabli.example/fault"
)

// Role is what a person is employed as.
type Role string

// The roles of a workshop.
const (
	Counter       Role = "counter"
	Technician    Role = "technician"
	Watchmaker    Role = "watchmaker"
	Manager       Role = "manager"
	Administrator Role = "administrator"
)

// Roles lists every role, in the order they are shown.
func Roles() []Role { return []Role{Counter, Technician, Watchmaker, Manager, Administrator} }

// Right is something a person may do.
type Right string

// The rights. A right is named for the act, not for the page.
const (
	See          Right = "see"           // boards, orders, measurements: no identity of customers
	SeeCustomer  Right = "see_customer"  // a customer's name, phone, address
	Receive      Right = "receive"       // open orders, describe watches, print receipts
	Prediagnose  Right = "prediagnose"   // question the customer, propose actions
	Note         Right = "note"          // write on a sheet
	Measure      Right = "measure"       // keep readings, checks and water tests
	Diagnose     Right = "diagnose"      // establish the final diagnosis
	Quote        Right = "quote"         // price and send a quote
	Approve      Right = "approve"       // approve a quote beyond the house's limits
	Answer       Right = "answer"        // record the customer's answer given in the shop
	Prepare      Right = "prepare"       // work plan and workstation
	Work         Right = "work"          // steps, findings, parts
	WorkBeyond   Right = "work_beyond"   // work beyond the technician's perimeter
	Control      Right = "control"       // final control
	Return       Right = "return"        // hand the watch back or send it
	Route        Right = "route"         // subcontractor, transfer, unrepaired, abandoned
	Complain     Right = "complain"      // open and close complaints
	Correct      Right = "correct"       // correct an entry
	ManageStock  Right = "manage_stock"  // parts and supplies
	ManageTools  Right = "manage_tools"  // instruments and their verification
	SeeFigures   Right = "see_figures"   // statistics
	ManagePrices Right = "manage_prices" // the price list
	ManagePeople Right = "manage_people" // accounts and roles
	Tutor        Right = "tutor"         // countersign what another person's work proves
	Operate      Right = "operate"       // what runs the house: failed messages, sign-ins, seals, erasures
	Erase        Right = "erase"         // a customer's data: hand them out, erase them
	ManageRules  Right = "manage_rules"  // bench rules, the house's own values of a calibre, the makers' documents
)

// Rights lists every right, in the order of the matrix.
func Rights() []Right {
	return []Right{See, SeeCustomer, Receive, Prediagnose, Note, Measure, Diagnose, Quote, Approve, Answer, Prepare, Work, WorkBeyond,
		Control, Return, Route, Complain, Correct, ManageStock, ManageTools, SeeFigures, ManagePrices, ManagePeople, ManageRules, Tutor, Operate, Erase}
}

// matrix is the one place where rights are given.
var matrix = map[Role][]Right{
	Counter:       {See, SeeCustomer, Receive, Prediagnose, Note, Quote, Answer, Return, Route, Complain, Correct},
	Technician:    {See, Note, Prediagnose, Measure, Diagnose, Quote, Prepare, Work, Control, Correct, ManageStock, ManageTools},
	Watchmaker:    {See, Note, Prediagnose, Measure, Diagnose, Quote, Prepare, Work, WorkBeyond, Control, Correct, ManageStock, ManageTools, ManageRules, Tutor},
	Manager:       {See, SeeCustomer, Receive, Prediagnose, Note, Measure, Diagnose, Quote, Approve, Answer, Prepare, Work, WorkBeyond, Control, Return, Route, Complain, Correct, ManageStock, ManageTools, SeeFigures, ManagePrices, ManageRules, Tutor, Erase},
	Administrator: {See, SeeFigures, ManagePrices, ManagePeople, ManageRules, Operate},
}

// MayRole reports whether role r gives the right.
func MayRole(r Role, right Right) bool { return slices.Contains(matrix[r], right) }

// Person is somebody employed by the house.
type Person struct {
	House  string
	ID     string
	Login  string // lower case, unique in the house
	Name   string
	Email  string
	Lang   string // "fr" or "en"
	Roles  []Role
	Bench  string // usual bench, may be empty
	Secret string // argon2id hash of the password; empty: no sign-in by password
	Active bool
}

// Initials returns up to two capitals for the person's chip.
func (p Person) Initials() string {
	var b strings.Builder
	for i, w := range strings.Fields(p.Name) {
		if i < 2 {
			b.WriteString(strings.ToUpper(string([]rune(w)[:1])))
		}
	}
	return b.String()
}

// Check returns what is wrong with the person's own facts.
func (p Person) Check() error {
	var bad fault.Problems
	bad.Text("name", p.Name, 80)
	bad.Text("email", p.Email, 254)
	bad.Text("bench", p.Bench, 60)
	bad.Text("login", p.Login, 40)
	if n := len([]rune(strings.TrimSpace(p.Name))); n < 2 || n > 80 {
		bad.Add("name", "staff.name_length")
	}
	if p.Login == "" || p.Login != strings.ToLower(p.Login) || strings.ContainsAny(p.Login, " \t\n/:") || utf8.RuneCountInString(p.Login) > 40 {
		bad.Add("login", "staff.login_form")
	}
	if len(p.Roles) == 0 {
		bad.Add("roles", "staff.no_role")
	}
	for _, r := range p.Roles {
		if !slices.Contains(Roles(), r) {
			bad.Add("roles", "staff.unknown_role", string(r))
		}
	}
	return bad.Err()
}

// Actor is who does something, right now: a person at a bench, a customer on
// the customer's page, or the house's own clockwork.
type Actor struct {
	ID    string // person id, or CustomerID, or SystemID
	Roles []Role
	Bench string
}

// The two actors that are not employed here.
const (
	CustomerID = "customer"
	SystemID   = "system"
)

// Customer and System act where no employed person does.
func Customer() Actor { return Actor{ID: CustomerID} }

// System is the house's own clockwork: expiry, seals, reminders.
func System() Actor { return Actor{ID: SystemID} }

// Actor returns the person as an actor at bench (the usual one if empty).
func (p Person) Actor(bench string) Actor {
	if bench == "" {
		bench = p.Bench
	}
	return Actor{ID: p.ID, Roles: p.Roles, Bench: bench}
}

// May reports whether the actor has the right.
func (a Actor) May(right Right) bool {
	return slices.ContainsFunc(a.Roles, func(r Role) bool { return MayRole(r, right) })
}

// Must returns a Denied fault where the actor has not the right.
func (a Actor) Must(right Right) error {
	if a.May(right) {
		return nil
	}
	return fault.New(fault.Denied, "staff.denied", fault.Word("right."+string(right)))
}
