package web

import (
	"context"
	"net/http"

	"etabli.example/fault"
	"etabli.example/trade/staff"
	"etabli.example/web/component"
)

// sessionCookie holds the token of a sign-in.
const sessionCookie = "session"

// caller is who sent a request, looked up once.
type caller struct {
	person  staff.Person
	session staff.Session
	err     error
}

type callerKey struct{}

// who returns the person signed in, or an Unauthenticated fault.
func (s *Server) who(r *http.Request) (staff.Person, error) {
	if c, ok := r.Context().Value(callerKey{}).(*caller); ok {
		return c.person, c.err
	}
	return staff.Person{}, fault.New(fault.Unauthenticated, "fault.unauthenticated")
}

// actor returns who acts, at the bench of their session.
func (s *Server) actor(r *http.Request) (staff.Actor, error) {
	p, err := s.who(r)
	if err != nil {
		return staff.Actor{}, err
	}
	return p.Actor(r.Context().Value(callerKey{}).(*caller).session.Bench), nil
}

// mostOfStranger bounds what somebody who is not signed in may send: a sign-in, an
// answer on the customer's page.
const mostOfStranger = 1 << 20

// signing looks the session up and puts the caller beside the visit. It bounds
// what a request may bring, since reading a form keeps its files on disk.
func (s *Server) signing(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		c := &caller{err: fault.New(fault.Unauthenticated, "fault.unauthenticated")}
		if cookie, err := r.Cookie(sessionCookie); err == nil && s.shop != nil {
			c.person, c.session, c.err = s.shop.Whose(r.Context(), cookie.Value)
		}
		if c.err == nil {
			r.Body = bound(w, r, mostUpload)
		} else {
			r.Body = http.MaxBytesReader(w, r.Body, mostOfStranger) // no more is read of a stranger than that
		}
		next.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), callerKey{}, c)))
	})
}

// needs wraps a handler that only signed-in people reach: others are led to the
// sign-in and back.
func (s *Server) needs(h handler) handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		_, err := s.who(r)
		if fault.Is(err, fault.Unauthenticated) && r.Method == http.MethodGet {
			return s.seeOther(w, r, "/signin?back="+queryEscape(r.URL.RequestURI()))
		}
		if err != nil {
			return err
		}
		return h(w, r)
	}
}

// chip is the person in the bar.
func (s *Server) chip(r *http.Request) *Person {
	p, err := s.who(r)
	if err != nil {
		return nil
	}
	role := ""
	if len(p.Roles) > 0 {
		role = "role." + string(p.Roles[0])
	}
	return &Person{Name: p.Name, Initials: p.Initials(), Role: role, Home: "/account"}
}

func (s *Server) accountRoutes() {
	s.handle("GET /{$}", s.home)
	s.handle("GET /signin", s.showSignIn)
	s.handle("POST /signin", s.signIn)
	s.handle("POST /signin/choose", s.choosePerson)
	s.handle("POST /signout", s.signOut)
	s.handle("GET /account", s.needs(s.account))
}

// home leads everybody to the page they work from.
func (s *Server) home(w http.ResponseWriter, r *http.Request) error {
	who, err := s.who(r)
	if err != nil {
		return s.seeOther(w, r, "/signin")
	}
	if who.Actor("").May(staff.ManagePeople) {
		if how, err := s.shop.Setup(r.Context()); err != nil {
			return err
		} else if how.Waiting() {
			return s.seeOther(w, r, "/setup")
		}
	}
	return s.seeOther(w, r, "/board")
}

type signInPage struct {
	Page
	Demo     bool
	People   []personChoice
	Login    component.Field
	Password component.Field
	BackTo   string
	Refused  string
	Empty    bool // nobody can sign in yet: the first start is to come
}

type personChoice struct{ ID, Name, Initials, Role string }

func (s *Server) signInPage(r *http.Request) (*signInPage, error) {
	p := &signInPage{Page: Page{Title: "account.signin.title", Bare: true}, Demo: s.shop.Demo, BackTo: local(r.FormValue("back"))}
	t := s.printer(r)
	p.Login = component.Field{Name: "login", Label: t.T("account.login"), AutoComplete: "username", AutoFocus: !p.Demo, Value: r.PostFormValue("login")}
	p.Password = component.Field{Name: "password", Label: t.T("account.password"), Type: "password", AutoComplete: "current-password"}
	if !p.Demo {
		governed, err := s.shop.Governed(r.Context())
		p.Empty = !governed
		return p, err
	}
	people, err := s.shop.People(r.Context())
	for _, x := range people {
		if x.Active && len(x.Roles) > 0 {
			p.People = append(p.People, personChoice{x.ID, x.Name, x.Initials(), "role." + string(x.Roles[0])})
		}
	}
	return p, err
}

func (s *Server) showSignIn(w http.ResponseWriter, r *http.Request) error {
	p, err := s.signInPage(r)
	if err != nil {
		return err
	}
	return s.page(w, r, "account/signin", p)
}

func (s *Server) signIn(w http.ResponseWriter, r *http.Request) error {
	token, err := s.shop.SignIn(r.Context(), r.PostFormValue("login"), r.PostFormValue("password"), r.UserAgent())
	if err == nil {
		return s.signedOn(w, r, token)
	}
	if k := fault.KindOf(err); k != fault.Unauthenticated && k != fault.Unavailable {
		return err
	}
	s.noteAttempt(r, staff.AttemptSignIn, "POST /signin")
	p, perr := s.signInPage(r)
	if perr != nil {
		return perr
	}
	p.Refused = s.printer(r).Error(err)
	return s.refuse(w, r, "account/signin", p)
}

func (s *Server) choosePerson(w http.ResponseWriter, r *http.Request) error {
	token, err := s.shop.Choose(r.Context(), r.PostFormValue("person"), r.UserAgent())
	if err != nil {
		return err
	}
	return s.signedOn(w, r, token)
}

func (s *Server) signedOn(w http.ResponseWriter, r *http.Request, token string) error {
	s.setCookie(w, sessionCookie, token, 14*24*3600)
	return s.seeOther(w, r, r.PostFormValue("back"))
}

func (s *Server) signOut(w http.ResponseWriter, r *http.Request) error {
	if c, err := r.Cookie(sessionCookie); err == nil {
		if err := s.shop.SignOut(r.Context(), c.Value); err != nil {
			return err
		}
	}
	s.setCookie(w, sessionCookie, "", -1)
	return s.seeOther(w, r, "/signin")
}

type accountPage struct {
	Page
	sessionList
	Me    staff.Person
	Roles []string
	Links []component.Link // the pages of the office this person may open
}

func (s *Server) account(w http.ResponseWriter, r *http.Request) error {
	me, err := s.who(r)
	if err != nil {
		return err
	}
	p := &accountPage{Page: Page{Title: "account.title"}, Me: me}
	if p.sessionList, err = s.sessionsOf(r, me.Actor(""), me.ID); err != nil {
		return err
	}
	for _, role := range me.Roles {
		p.Roles = append(p.Roles, "role."+string(role))
	}
	for _, x := range officePages {
		if me.Actor("").May(x.right) && hasRoute(s.mux, x.href) {
			p.Links = append(p.Links, component.Link{Href: x.href, Text: s.printer(r).T(x.word)})
		}
	}
	return s.page(w, r, "account/account", p)
}

// officePages are the pages that no bar leads to, with the right each asks for.
var officePages = []struct {
	word, href string
	right      staff.Right
}{{"price.title", "/prices", staff.See}, {"setup.title", "/setup/sites", staff.ManagePeople}, {"people.title", "/people", staff.ManagePeople}, {"people.rights", "/people/rights", staff.See},
	{"outbox.title", "/outbox", staff.SeeCustomer},
	{"trust.title", TrustPath, staff.Operate}, {"follow.title", "/follow", staff.Operate}, {"security.title", "/security", staff.Operate}}
