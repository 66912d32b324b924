package staff

import "time"

// Session is a sign-in that lasts: only the hash of its token is kept.
type Session struct {
	House   string
	Hash    string // SHA-256 of the cookie's token
	Person  string
	Bench   string
	Created time.Time
	Expires time.Time
	Agent   string // what browser, shortened, so that a person recognises it on the list
}

// Draft is what a person had typed into a form and not yet sent.
type Draft struct {
	House  string
	Person string
	Form   string // "reception", "quote/<sheet>"
	Text   string // the form's values, JSON
	Saved  time.Time
}
