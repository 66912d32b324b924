package web

import (
	"cmp"
	"net/http"
	"slices"
	"strings"
	"time"

	"etabli.example/locale"
	"etabli.example/trade/order"
	"etabli.example/trade/staff"
	"etabli.example/web/component"
)

func (s *Server) benchRoutes() { s.handle("GET /bench", s.needs(s.bench)) }

// benchPage is what waits for the bench: the person's own watches with what to
// do next, and the queue by stage. Nobody's name stands on it but colleagues'.
type benchPage struct {
	Page
	Mine  []benchWatch
	Due   []benchReminder
	Queue []benchQueue
}

// Nothing stands where the person has no watch.
func (p *benchPage) Nothing() component.Empty {
	return component.Empty{Icon: "bench", Title: p.P.T("bench.none"), Text: p.P.T("bench.none_text")}
}

// benchWatch is one watch with what to do next and where.
type benchWatch struct {
	Number, Watch, Calibre string
	Stage, Promise, Who    string
	Do, Href, Sheet        string
	Flag                   *component.Flag
	Late                   bool
	icon                   string
}

// Icon is the sign of what to do.
func (b benchWatch) Icon() string { return b.icon }

// benchQueue is the watches of a stage that nobody has, or others have.
type benchQueue struct {
	Name    string
	Watches []benchWatch
}

// benchStages are the stages in which the bench has something to do, the order
// of the queue, with the page and the word of what to do next.
var benchStages = []struct {
	stage            order.Stage
	page, word, icon string
}{
	{order.Redo, "work", "bench.do.redo", "undo"},
	{order.InWork, "work", "bench.do.work", "tweezers"},
	{order.InControl, "control", "bench.do.control", "check"},
	{order.Preparing, "prepare", "bench.do.prepare", "driver"},
	{order.Accepted, "prepare", "bench.do.plan", "driver"},
	{order.InDiagnosis, "diagnosis", "bench.do.diagnose", "loupe"},
	{order.Received, "diagnosis", "bench.do.examine", "loupe"},
}

// perStage is the most watches of a stage that the queue shows.
const perStage = 12

// bench is GET /bench.
func (s *Server) bench(w http.ResponseWriter, r *http.Request) error {
	who, err := s.actor(r)
	if err != nil {
		return err
	}
	board, err := s.shop.Board(r.Context(), who, 200)
	if err != nil {
		return err
	}
	t := s.printer(r)
	p := &benchPage{Page: Page{Title: "bench.title"}}
	rows := slices.Clone(board.Rows)
	slices.SortStableFunc(rows, func(a, b order.Row) int { return cmp.Compare(promiseOr(a), promiseOr(b)) })
	for _, st := range benchStages {
		q := benchQueue{Name: "stage." + string(st.stage)}
		for _, row := range rows {
			mine := row.Technician == who.ID
			if row.Stage != st.stage || !mine && len(q.Watches) == perStage {
				continue // not drawn only to be left out
			}
			b := s.benchWatch(t, row, st.page, st.word)
			b.icon, b.Who, b.Flag, b.Late = st.icon, board.People[row.Technician], flagOf(t, row, s.shop.Now(), board.Today), row.Late(board.Today)
			if mine {
				b.Who = ""
				p.Mine = append(p.Mine, b)
			} else {
				q.Watches = append(q.Watches, b)
			}
		}
		if len(q.Watches) > 0 {
			p.Queue = append(p.Queue, q)
		}
	}
	if p.Due, err = s.benchReminders(r, who); err != nil {
		return err
	}
	return s.page(w, r, "bench/bench", p)
}

// benchReminder is a test that waits for its hour.
type benchReminder struct {
	Text, Href, When, Until string
	Come                    bool
}

// mostReminders is how many the page shows: those of the next days.
const mostReminders = 12

func (s *Server) benchReminders(r *http.Request, who staff.Actor) ([]benchReminder, error) {
	all, err := s.shop.Reminders(r.Context(), who)
	if err != nil {
		return nil, err
	}
	t, now := s.printer(r), s.shop.Now()
	var out []benchReminder
	for _, x := range all[:min(len(all), mostReminders)] {
		due := x.Line.Due.In(s.shop.Zone)
		out = append(out, benchReminder{Text: t.T("protocol.reminder", shortNumber(x.Row.Number), t.T("protocol.line."+x.Line.Code)),
			Href: orderHref(x.Row.Number, "protocol"), When: t.DateTime(due), Until: due.UTC().Format(time.RFC3339), Come: x.DueAt(now)})
	}
	return out, nil
}

// promiseOr sorts what nobody promised last.
func promiseOr(r order.Row) string {
	if r.Promised == "" {
		return "9999"
	}
	return r.Promised
}

func (s *Server) benchWatch(t *locale.Printer, row order.Row, page, word string) benchWatch {
	b := benchWatch{Number: shortNumber(row.Number), Watch: strings.TrimSpace(row.Brand + " " + row.Model), Calibre: row.Calibre,
		Stage: "stage." + string(row.Stage), Promise: promiseShort(row), Do: t.T(word), Sheet: orderHref(row.Number)}
	if b.Href = s.orderPageHref(row.Number, page); b.Href == "" {
		b.Href = b.Sheet
	}
	return b
}
