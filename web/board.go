package web

import (
	"net/http"
	"slices"
	"strings"
	"time"

	"etabli.example/locale"
	"etabli.example/trade/order"
	"etabli.example/trade/staff"
	"etabli.example/web/component"
	"etabli.example/workshop"
)

func (s *Server) boardRoutes() {
	s.handle("GET /board", s.needs(s.board))
	s.handle("GET /orders", s.needs(s.orders))
}

// mostCards is how many cards of a stage the board shows: more are a list.
const mostCards = 40

// boardColumns are the columns, left to right, by the stage that names each.
// Stages off the spine stand where somebody has to take them up; a flag says which.
var boardColumns = []struct {
	head   order.Stage
	stages []order.Stage
}{
	{order.Received, []order.Stage{order.Complaint, order.Received, order.Announced, order.Transferred}},
	{order.InDiagnosis, []order.Stage{order.InDiagnosis}},
	{order.QuoteSent, []order.Stage{order.QuoteSent, order.Declined, order.Withdrawn, order.Expired}},
	{order.WaitingParts, []order.Stage{order.WaitingParts}},
	{order.Preparing, []order.Stage{order.Accepted, order.Preparing}},
	{order.InWork, []order.Stage{order.InWork, order.Redo, order.AtSubcontractor}},
	{order.InControl, []order.Stage{order.InControl}},
	{order.Ready, []order.Stage{order.Ready}},
}

type boardPage struct {
	Page
	Next       *boardNext
	Tallies    []component.Tally
	Columns    []boardColumn
	Open       int
	MayReceive bool
	Alerts     int         // open
	Held       int         // quotes this person may approve
	Firm       *firmNotice // nil where documents can be printed
}

// firmNotice says that the firm's identity is incomplete, and who can help it.
type firmNotice struct {
	Text string
	Fill bool // this person can
}

// firmNotice is for whoever can fill the identity in or needs a document.
func (s *Server) firmNotice(r *http.Request, who staff.Actor, lacks error) *firmNotice {
	if lacks == nil || !who.May(staff.ManagePeople) && !who.May(staff.Receive) && !who.May(staff.Quote) {
		return nil
	}
	t := s.printer(r)
	return &firmNotice{Text: t.Error(lacks), Fill: who.May(staff.ManagePeople)}
}

// boardNext is the one thing this person should do now.
type boardNext struct {
	Icon, Title, Text string
	Open              component.Button
}

type boardColumn struct {
	Track component.Track
	Cards []component.WatchCard
	More  *component.Link // where the column does not hold all
}

func (s *Server) board(w http.ResponseWriter, r *http.Request) error {
	who, err := s.actor(r)
	if err != nil {
		return err
	}
	b, err := s.shop.Board(r.Context(), who, mostCards)
	if err != nil {
		return err
	}
	now, t := s.shop.Now(), s.printer(r)
	p := &boardPage{Page: Page{Title: "board.title"}, MayReceive: who.May(staff.Receive)}
	p.Columns = columnsOf(t, b, now)
	for _, n := range b.Counts {
		p.Open += n
	}
	p.Tallies = talliesOf(t, b)
	p.Firm, p.Alerts, p.Held = s.firmNotice(r, who, b.Firm), b.Alerts, b.Held
	if row, ok := nextFor(who, b.Rows, b.Today, now); ok {
		p.Next = boardNextOf(t, row, now, b.Today)
	}
	return s.page(w, r, "board/board", p)
}

// columnsOf deals the rows out. A track has the places of its stage; those without
// a bound share one scale, the fullest column.
func columnsOf(t *locale.Printer, b workshop.Board, now time.Time) []boardColumn {
	var out []boardColumn
	fullest := 8
	rows := slices.Clone(b.Rows)
	slices.SortStableFunc(rows, func(x, y order.Row) int { return strings.Compare(urgency(x), urgency(y)) })
	for _, c := range boardColumns {
		n := 0
		for _, st := range c.stages {
			n += b.Counts[st]
		}
		col := boardColumn{Track: component.Track{Name: t.T("board.column." + string(c.head)), Watches: n}}
		var ages []int
		for _, row := range rows {
			if slices.Contains(c.stages, row.Stage) {
				ages = append(ages, days(now.Sub(row.StageSince)))
				col.Cards = append(col.Cards, cardOf(t, row, b, now))
			}
		}
		col.Track.Note = ageNote(t, ages, n)
		if len(col.Cards) < n {
			col.More = &component.Link{Href: "/orders?stage=" + string(c.head), Text: t.T("board.more", n-len(col.Cards))}
		}
		fullest = max(fullest, n)
		out = append(out, col)
	}
	for i := range out {
		tr := &out[i].Track
		if tr.Places = b.Places[boardColumns[i].head]; tr.Places == 0 {
			tr.Places = fullest // no bound: the scale alone
		}
		if tr.Over() {
			tr.Full = t.T("board.over", tr.Places)
		}
	}
	return out
}

// urgency sorts the cards of a column: complaints, then by promise, those
// without one last.
func urgency(r order.Row) string {
	switch {
	case r.Stage == order.Complaint:
		return "0"
	case r.Promised == "":
		return "9"
	}
	return r.Promised
}

// ageNote says how long watches have stood there; nothing where not all are read.
func ageNote(t *locale.Printer, ages []int, n int) string {
	switch {
	case n == 0:
		return t.T("board.nothing")
	case len(ages) < n:
		return t.T("board.urgent_first")
	}
	slices.Sort(ages)
	return t.T("board.median", ages[len(ages)/2])
}

func cardOf(t *locale.Printer, r order.Row, b workshop.Board, now time.Time) component.WatchCard {
	c := component.WatchCard{Href: orderHref(r.Number), Number: shortNumber(r.Number), Technician: initials(b.People[r.Technician]),
		Promise: promiseShort(r), Brand: r.Brand, Model: watchLine(r), Flag: flagOf(t, r, now, b.Today), Late: r.Late(b.Today)}
	if r.Stage == order.Ready {
		c.Promise = t.T("board.ready")
	}
	return c
}

// watchLine is the model with the calibre's own name; its maker is mostly the brand's supplier.
func watchLine(r order.Row) string {
	parts := []string{}
	if r.Model != "" {
		parts = append(parts, r.Model)
	}
	if _, name, ok := strings.Cut(r.Calibre, " "); ok {
		parts = append(parts, name)
	} else if r.Calibre != "" {
		parts = append(parts, r.Calibre)
	}
	return strings.Join(parts, ", ")
}

func initials(name string) string { return staff.Person{Name: name}.Initials() }

// talliesOf counts over every open order; it names those it has read, the soonest
// promised.
func talliesOf(t *locale.Printer, b workshop.Board) []component.Tally {
	var late, due []string
	for _, r := range b.Rows {
		switch {
		case r.Late(b.Today):
			late = append(late, shortNumber(r.Number))
		case r.DueToday(b.Today):
			due = append(due, shortNumber(r.Number))
		}
	}
	quotes, longest := 0, 0
	for _, x := range b.Answers {
		if x.Days >= answerOverdue {
			quotes, longest = quotes+x.Count, max(longest, x.Days)
		}
	}
	tone := func(n int, j component.Judgement) component.Judgement {
		if n == 0 {
			return ""
		}
		return j
	}
	quoteNote := t.T("board.all_answered")
	if quotes > 0 {
		quoteNote = t.T("board.longest", longest)
	}
	return []component.Tally{
		{Count: t.Int(int64(b.Late)), Title: t.T("board.late", b.Late), Detail: someOf(t, late, b.Late), Judgement: tone(b.Late, component.Outside)},
		{Count: t.Int(int64(b.Due)), Title: t.T("board.due", b.Due), Detail: someOf(t, due, b.Due), Judgement: tone(b.Due, component.Inconclusive)},
		{Count: t.Int(int64(quotes)), Title: t.T("board.quotes", quotes), Detail: quoteNote, Href: "/orders?stage=quote_sent", Judgement: tone(quotes, component.Outside)},
	}
}

// someOf names the first two of n and counts the others.
func someOf(t *locale.Printer, numbers []string, n int) string {
	numbers = numbers[:min(len(numbers), 2)]
	switch {
	case n == 0:
		return t.T("board.none")
	case n <= len(numbers) || len(numbers) == 0:
		return strings.Join(numbers, ", ")
	}
	return strings.Join(numbers, ", ") + " " + t.T("board.and_more", n-len(numbers))
}

// nextFor picks what this person should do first: what is theirs before what
// anybody could take, late before due, then by promise.
func nextFor(who staff.Actor, rows []order.Row, today string, now time.Time) (best order.Row, ok bool) {
	rank := func(r order.Row) (mine, urgency int, promise string) {
		if r.Technician != who.ID {
			mine = 1
		}
		switch {
		case r.Late(today):
		case r.DueToday(today):
			urgency = 1
		case r.Stage == order.QuoteSent:
			urgency = 3
		default:
			urgency = 2
		}
		if promise = r.Promised; promise == "" {
			promise = "9999"
		}
		return mine, urgency, promise
	}
	for _, r := range rows {
		n := order.NextAt(r.Stage)
		if n.Act == "" || !who.May(n.Right) || n.Customer && days(now.Sub(r.StageSince)) < answerOverdue {
			continue
		}
		m, u, d := rank(r)
		bm, bu, bd := rank(best)
		if !ok || m < bm || m == bm && (u < bu || u == bu && d < bd) {
			best, ok = r, true
		}
	}
	return best, ok
}

func boardNextOf(t *locale.Printer, r order.Row, now time.Time, today string) *boardNext {
	act := order.NextAt(r.Stage).Act
	n := &boardNext{Icon: actIcon(act), Title: t.T("board.next", t.T("order.next."+act), shortNumber(r.Number)),
		Open: component.Button{Text: t.T("word.open"), Href: orderHref(r.Number), Weight: "p", Key: t.T("board.key.enter"), ID: "next"}}
	watch := strings.TrimSpace(r.Brand + " " + r.Model)
	switch {
	case r.Late(today):
		n.Text = t.T("board.next_late", watch, t.Day(r.Promised))
	case r.Promised != "":
		n.Text = t.T("board.next_promised", watch, t.Day(r.Promised))
	default:
		n.Text = t.T("board.next_waiting", watch, days(now.Sub(r.StageSince)))
	}
	return n
}

// actIcon is the sign of an act an order waits for.
func actIcon(act string) string {
	icons := map[string]string{"examine": "loupe", "measure": "trace", "diagnose": "loupe", "quote": "quote", "answer": "voice", "prepare": "bench",
		"parts": "parcel", "start": "driver", "work": "tweezers", "finish": "check", "control": "check", "measure_after": "trace",
		"check_after": "check", "return": "hand", "return_unrepaired": "hand", "came_back": "parcel", "arrived": "parcel", "complaint": "voice", "receive": "parcel"}
	if i, ok := icons[act]; ok {
		return i
	}
	return "next"
}
