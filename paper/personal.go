package paper

import (
	"time"

	"etabli.example/locale"
	"etabli.example/timing/strip"
)

// PersonalDataInput is all that the house knows of one person, as it is handed
// to them.
type PersonalDataInput struct {
	Firm   Firm
	At     time.Time
	Name   string
	Facts  [][2]string // what they are known by: label and value
	Orders []PersonalOrder
}

// PersonalOrder is one order of theirs.
type PersonalOrder struct {
	Number, Watch, Stage string
	Entries              []PersonalEntry
}

// PersonalEntry is what was written on its sheet at one moment, and the words
// that were said.
type PersonalEntry struct {
	At    time.Time
	What  string
	Words []string
}

// PersonalData draws what is known of a person in large letters: who asks for
// it may read badly, and pays for no page.
func PersonalData(in PersonalDataInput, lang locale.Lang) ([]byte, error) {
	p := locale.For(lang)
	title := p.T("paper.personal.title")
	return large(about{title: title, author: in.Firm.Name, at: in.At}, title, p, func(s *sheet) []block {
		out := s.opening(in.Firm, in.Name, p.T("paper.personal.say", p.DateLong(in.At)))
		out = append(out, s.facts(in.Facts...)...)
		out = append(out, s.heading(style{head, 15, strip.Main}, p.T("paper.personal.orders", len(in.Orders)), largeInner)...)
		for _, o := range in.Orders {
			out = append(out, gap(8))
			out = append(out, s.heading(bodyBold, joined(", ", o.Number, o.Watch, o.Stage), largeInner)...)
			for _, e := range o.Entries {
				out = append(out, s.para(body, p.DateTime(e.At)+" "+e.What, largeInner)...)
				out = append(out, s.listed(body, e.Words, largeInner)...)
			}
		}
		out = append(out, gap(12))
		return append(out, s.para(body, p.T("paper.personal.rights"), largeInner)...)
	})
}
