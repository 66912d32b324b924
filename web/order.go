package web

import (
	"html/template"
	"net/http"
	"strconv"
	"strings"

	"etabli.example/fault"
	"etabli.example/locale"
	"etabli.example/trade/order"
	"etabli.example/trade/staff"
	"etabli.example/web/component"
	"etabli.example/workshop"
)

func (s *Server) orderRoutes() {
	s.handle("GET /orders/{number}", s.needs(s.order))
	s.handle("GET /orders/{number}/opened", s.needs(s.orderOpened))
	s.orderActRoutes()
}

// orderPage is an order's sheet: where it stands, everything written on it,
// and what can be done now.
type orderPage struct {
	Page
	Number    string
	Sheet     string
	Watch     string
	Calibre   string
	Promise   string
	Forecast  string // when it will be ready, as the queue tells
	Stages    component.StageBar
	Prints    []component.Button
	Picture   *component.Photo
	Facts     []fact
	Owner     []fact // empty where the person may not see identities
	OwnerHref string
	Whose     []fact // who has the watch
	Wishes    []string
	Tabs      []orderTab
	Timeline  component.Timeline
	Empty     string // said where the tab has nothing
	Next      orderNext
	Notice    string // why a form was not written
	Kept      []fact // what was typed into a form that the sheet no longer offers
	Forms     orderForms
	Moves     []orderMove
	Links     []component.Button // the order's other pages
	Entry     *orderEntry
	Figures   *orderFigures
	Broken    bool
	Act       component.Act
}

// fact is one line of what is known.
type fact struct{ Name, Value string }

type orderTab struct {
	Word, Href string
	Current    bool
}

// orderNext is the panel of the next action.
type orderNext struct {
	Title, Text string
	Do          *component.Button // nil where the order waits for nobody here
	Post        string            // address of the form the button submits; "" for a link
	Number      string
}

// orderFigures is before and after, with the polar plot where there is one.
type orderFigures struct {
	Before, After string // heads of the columns
	Rows          []figureRow
	Polar         template.HTML
	Drawn         string // caption of the plot
}

type figureRow struct {
	Name, Before, After string
	Verdict             *component.Verdict
}

// order is GET /orders/{number}: tab, entry.
func (s *Server) order(w http.ResponseWriter, r *http.Request) error {
	row, err := s.named(r)
	if err != nil {
		return err
	}
	p, err := s.orderPage(r, row.Sheet, typed{})
	if err != nil {
		return err
	}
	return s.page(w, r, "order/order", p)
}

// typed is what came with a form that was refused.
type typed struct {
	form   string // which form
	values map[string][]string
	errors map[string]string
	notice string
}

// value returns what was typed into a field of the form that was refused.
func (t typed) value(form, name, otherwise string) string {
	if t.form == form && len(t.values[name]) > 0 {
		return t.values[name][0]
	}
	return otherwise
}

func (t typed) err(form, name string) string {
	if t.form == form {
		return t.errors[name]
	}
	return ""
}

func (s *Server) orderPage(r *http.Request, sheet string, in typed) (*orderPage, error) {
	who, err := s.actor(r)
	if err != nil {
		return nil, err
	}
	v, err := s.shop.Sheet(r.Context(), who, sheet)
	if err != nil {
		return nil, err
	}
	people, err := s.shop.People(r.Context())
	if err != nil {
		return nil, err
	}
	t := s.printer(r)
	p := &orderPage{Page: Page{Title: v.Number}, Number: v.Number, Sheet: sheet, Watch: v.Watch.Title(), Calibre: v.Watch.CalibreTitle(),
		Act: newAct(v.Seq), Notice: in.notice, Broken: v.Broken != nil}
	p.Promise, p.Forecast = promiseLine(t, v.State, s.shop.Today()), s.forecast(r, v.State)
	p.Stages = stageBar(t, v.Stage)
	p.facts(t, v)
	tab := r.URL.Query().Get("tab")
	p.Tabs = orderTabs(v.Number, tab)
	p.Timeline = (&teller{t: t, v: v, now: s.shop.Now()}).timeline(tab)
	p.Timeline.Chain = chainLine(t, v)
	if len(p.Timeline.Days) == 0 {
		p.Empty = t.T("order.tab_empty")
	}
	if err := s.askedFor(r, who, p, sheet); err != nil {
		return nil, err
	}
	p.Next = s.nextOf(t, v, who)
	p.Moves = s.movesOf(t, v, who, in)
	p.Forms = formsOf(t, v, who, people, in)
	p.Kept = p.orphaned(t, in)
	p.Links = s.orderLinks(t, v.Number)
	p.Prints = s.prints(t, v.Number, who, papersOf(v.State)...)
	p.Figures = figuresOf(t, v.State)
	if n, err := strconv.ParseInt(r.FormValue("entry_no"), 10, 64); err == nil {
		p.Entry = s.entryOf(t, v, who, n, in)
	}
	return p, nil
}

// orphaned returns what was typed into a form that is not on the page: somebody
// moved the order on meanwhile. Nothing typed is lost.
func (p *orderPage) orphaned(t *locale.Printer, in typed) []fact {
	if in.form == "" || in.form == "note" || in.form == "photo" || in.form == "correct" {
		return nil
	}
	for _, m := range p.Moves {
		if m.Kind == in.form && m.Form != nil {
			return nil
		}
	}
	if in.form == "promise" && p.Forms.Promise != nil || in.form == "assign" && p.Forms.Assign != nil {
		return nil
	}
	var out []fact
	for _, name := range []string{"to", "words", "why", "reason", "tracking", "insured"} {
		if v := in.value(in.form, name, ""); v != "" {
			out = append(out, fact{t.T("order.field." + name), v})
		}
	}
	return out
}

// facts fills what the left column says.
// askedFor adds what the person asked for, where this person may know.
func (s *Server) askedFor(r *http.Request, who staff.Actor, p *orderPage, sheet string) error {
	if !who.May(staff.SeeCustomer) {
		return nil
	}
	a, err := s.shop.Accommodation(r.Context(), who, sheet)
	var said []string
	for _, x := range a.Asked {
		said = append(said, s.printer(r).T("asked."+x))
	}
	if len(said) > 0 {
		p.Owner = append(p.Owner, fact{s.printer(r).T("customer.asked"), strings.Join(said, ", ")})
	}
	return err
}

func (p *orderPage) facts(t *locale.Printer, v workshop.SheetView) {
	add := func(list *[]fact, key, value string) {
		if value != "" && value != "0" {
			*list = append(*list, fact{t.T(key), value})
		}
	}
	w := v.Watch
	add(&p.Facts, "watch.kind", t.T("watch.kind."+string(w.Kind)))
	add(&p.Facts, "watch.reference", w.Reference)
	add(&p.Facts, "watch.case_no", w.CaseNo)
	add(&p.Facts, "watch.movement_no", w.MovementNo)
	add(&p.Facts, "watch.calibre", w.CalibreTitle())
	if w.BPH > 0 {
		add(&p.Facts, "watch.bph", t.BPH(int(w.BPH)))
	}
	if w.LiftDeg > 0 {
		add(&p.Facts, "watch.lift", t.LiftAngle(w.LiftDeg))
	}
	if w.WaterBar > 0 {
		add(&p.Facts, "watch.water", t.Bar(w.WaterBar))
	}
	if w.Material != "" {
		add(&p.Facts, "watch.material", t.T("watch.material."+w.Material))
	}
	if w.Beyond != "" {
		add(&p.Facts, "watch.perimeter", t.T("watch.beyond."+strings.ReplaceAll(w.Beyond, "-", "_")))
	}
	add(&p.Facts, "order.accessories", wordsOf(t, "accessory.", v.Accessories))
	p.Wishes = nil
	for _, x := range v.Wishes {
		p.Wishes = append(p.Wishes, t.T("wish."+x))
	}
	if c := v.Customer; c != nil {
		p.OwnerHref = "/customers/" + c.ID
		add(&p.Owner, "word.name", c.FullName())
		add(&p.Owner, "customer.phone", c.MaskedPhone())
		if c.Channel != "" {
			add(&p.Owner, "customer.prefers", t.T("customer.channel."+c.Channel))
		}
		if v.DeclaredValue > 0 {
			add(&p.Owner, "reception.declared_value", t.Money(v.DeclaredValue))
		}
		if v.Ceiling > 0 {
			add(&p.Owner, "reception.ceiling", t.Money(v.Ceiling))
		}
	}
	add(&p.Whose, "order.technician", v.People[v.Technician])
	if n := len(v.Photos); n > 0 {
		x := v.Photos[0]
		p.Picture = &component.Photo{Href: "/blob/" + x.Hash, Src: "/blob/" + x.Thumb, Alt: t.T("order.picture", v.Watch.Title()), Caption: x.Caption}
	}
}

// wordsOf names a list of codes, or is empty.
func wordsOf(t *locale.Printer, prefix string, codes []string) string {
	names := make([]string, len(codes))
	for i, c := range codes {
		names[i] = t.T(prefix + c)
	}
	return strings.Join(names, ", ")
}

func promiseLine(t *locale.Printer, s order.State, today string) string {
	switch {
	case s.Promised == "":
		return t.T("order.no_promise")
	case s.Promised < today && !s.Stage.Closed() && s.Stage != order.Ready:
		return t.T("order.promise_late", t.Day(s.Promised))
	case s.PromisedFirst != "" && s.PromisedFirst != s.Promised:
		return t.T("order.promise_moved", t.Day(s.Promised), t.Day(s.PromisedFirst))
	}
	return t.T("order.promise_on", t.Day(s.Promised))
}

func stageBar(t *locale.Printer, now order.Stage) component.StageBar {
	b := component.StageBar{Label: t.T("order.stage_now", fault.Word("stage."+string(now)))}
	for i, st := range order.Spine() {
		word := "order.spine." + string(st)
		if st == now.OnSpine() {
			b.Current = i
			if st != now {
				word = "stage." + string(now) // the bar says what really is
			}
		}
		b.Stages = append(b.Stages, t.T(word))
	}
	return b
}

// orderTabs are the filters of the timeline.
func orderTabs(number, now string) []orderTab {
	var out []orderTab
	for _, name := range []string{"", "measures", "photos", "parts", "notes"} {
		tab := orderTab{Word: "order.tab." + name, Href: orderHref(number), Current: name == now}
		if name == "" {
			tab.Word = "order.tab.all"
		} else {
			tab.Href += "?tab=" + name
		}
		out = append(out, tab)
	}
	return out
}

func chainLine(t *locale.Printer, v workshop.SheetView) string {
	if v.Broken != nil {
		return t.T("order.chain_broken", len(v.Entries), v.Broken.Error())
	}
	return t.T("order.chain_whole", len(v.Entries))
}

// actPages names the page on which each act is done.
var actPages = map[string]string{"measure": "measure", "diagnose": "diagnosis", "quote": "quote", "answer": "quote", "prepare": "prepare",
	"parts": "prepare", "start": "prepare", "work": "work", "finish": "work", "measure_after": "measure", "check_after": "checks", "control": "control",
	"return": "return", "return_unrepaired": "return"}

// actMoves names the acts that are a move without a page of its own.
var actMoves = map[string]string{"examine": string(order.KindExamined), "came_back": string(order.KindCameBack), "arrived": string(order.KindArrived)}

// nextOf is what this person should do now, or whom the order waits for.
func (s *Server) nextOf(t *locale.Printer, v workshop.SheetView, who staff.Actor) orderNext {
	next := v.State.Next()
	if next.Act == "" {
		return orderNext{Title: t.T("order.nothing_next"), Text: t.T("order.nothing_next_text")}
	}
	n := orderNext{Title: t.T("order.todo", t.T("order.next."+next.Act)), Text: t.T("order.why_next." + next.Act), Number: v.Number}
	if v.Stage == order.Expired {
		n.Text = t.T("order.why_next.expired")
	}
	b := &component.Button{Text: t.T("order.do." + next.Act), Icon: actIcon(next.Act), Weight: "p", ID: "next"}
	if err := who.Must(next.Right); err != nil {
		b.Weight, b.Refused = "", t.T("order.for_right", fault.Word("right."+string(next.Right)))
		n.Do = b
		return n
	}
	switch move, page := actMoves[next.Act], actPages[next.Act]; {
	case move != "":
		n.Post = orderHref(v.Number, "move", move)
	case next.Act == "receive":
		b.Href = "/reception?announced=" + v.Number
	case next.Act == "approve":
		b.Href = "/approvals#" + v.Number
	case next.Act == "complaint":
		b.Href = "#moves"
	default:
		if b.Href = s.orderPageHref(v.Number, page); b.Href == "" {
			return n
		}
	}
	n.Do = b
	return n
}

// orderPages are the pages an order has beside its sheet.
var orderPages = []struct{ page, icon string }{{"measure", "trace"}, {"checks", "check"}, {"diagnosis", "loupe"}, {"advice", "quote"}, {"quote", "quote"},
	{"prepare", "bench"}, {"work", "tweezers"}, {"shelf", "file"}, {"control", "check"}, {"return", "hand"}, {"competences", "bench"}}

func (s *Server) orderLinks(t *locale.Printer, number string) []component.Button {
	var out []component.Button
	for _, x := range orderPages {
		if href := s.orderPageHref(number, x.page); href != "" {
			out = append(out, component.Button{Text: t.T("order.page." + x.page), Icon: x.icon, Href: href, Weight: "q"})
		}
	}
	return out
}

// prints are the papers of the order, where the house can print them.
func (s *Server) prints(t *locale.Printer, number string, who staff.Actor, more ...string) []component.Button {
	var out []component.Button
	for _, doc := range append([]string{"receipt", "label"}, more...) {
		if href := s.orderPageHref(number, doc+".pdf"); href != "" {
			if doc == "receipt" && !who.May(staff.SeeCustomer) {
				href += "?copy=bench" // the copy that names nobody
			}
			out = append(out, component.Button{Text: t.T("order.print." + doc), Icon: "print", Href: href})
		}
	}
	return out
}

// papersOf are the papers beyond those of the deposit that this stage has: the
// report once the watch has passed, else the quote where there is one.
func papersOf(s order.State) []string {
	switch {
	case s.Stage == order.Ready || s.Stage == order.Returned || s.Stage == order.Sent:
		return []string{"report"}
	case len(s.Quotes) > 0:
		return []string{"quote"}
	}
	return nil
}

// openedPage is what a reception ends with: the number, large, and the papers.
type openedPage struct {
	Page
	Number, Short, Watch, Promise string
	Href                          string
	Prints                        []component.Button
	Warnings                      []string
	Again                         string // address of the next reception
	Receipts, Labels              string // printers, as the site calls them
}

// orderOpened is GET /orders/{number}/opened.
func (s *Server) orderOpened(w http.ResponseWriter, r *http.Request) error {
	row, err := s.named(r)
	if err != nil {
		return err
	}
	who, err := s.actor(r)
	if err != nil {
		return err
	}
	return s.page(w, r, "order/opened", s.openedPage(r, who, row))
}

func (s *Server) openedPage(r *http.Request, who staff.Actor, row order.Row) *openedPage {
	t := s.printer(r)
	p := &openedPage{Page: Page{Title: "order.opened.title"}, Number: row.Number, Short: shortNumber(row.Number), Href: orderHref(row.Number),
		Watch: strings.TrimSpace(row.Brand + " " + row.Model), Prints: s.prints(t, row.Number, who), Again: "/reception"}
	if row.Promised != "" {
		p.Promise = t.T("order.promise_on", t.Day(row.Promised))
	}
	if len(p.Prints) > 0 {
		p.Prints[0].Weight, p.Prints[0].AccessKey, p.Prints[0].Key = "p", "p", "Alt P"
	}
	if at, err := s.shop.SiteOf(r.Context(), who); err == nil { // without it the papers print all the same
		p.Receipts, p.Labels = at.ReceiptPrinter, at.LabelPrinter
	}
	return p
}
