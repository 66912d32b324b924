package web

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"etabli.example/locale"
	"etabli.example/trade/customer"
	"etabli.example/trade/order"
	"etabli.example/trade/staff"
	"etabli.example/trade/watch"
	"etabli.example/web/component"
	"etabli.example/workshop"
)

// receptionPage is the whole reception; htmx asks for parts of it.
type receptionPage struct {
	Page
	Act    component.Act
	Sheet  string
	Notice string
	Saved  string // "Brouillon de 10 h 12 repris."
	Steps  []receptionStep

	Words   component.Field // the search for the customer
	Found   []component.CustomerLine
	Nobody  bool
	Chosen  *chosenCustomer
	Contact []component.Field // name, phone, e-mail
	Further []component.Field // address, language, how they want to be told
	Opened  bool              // something in Further is wrong

	Watches  []chosenWatch // known watches of the customer
	WatchID  string
	Pick     bool   // one of Watches is to be chosen first
	Back     string // said of a watch seen before
	F        map[string]component.Field
	Calibres []string
	Features component.Choices

	Symptoms    []component.Choice
	Questions   []component.Choices // for the customer
	Answered    int                 // of them
	interviewed                     // what the answers may call for
	PDF, Easy   string              // addresses of the same questions: on paper, in easy-to-read language
	Rows        []markRow
	Row         markRow
	RowsNext    int
	Marks       string // what is wrong with the marks
	Drawing     component.Condition
	Accessories component.Choices
	Wishes      component.Choices
	Asked       component.Choices
	AskedTicks  []component.Field // consent, and whether to keep it
	AskedOpen   bool
	Waiting     *lentPage // pictures a telephone took already; nil while there is none
}

type receptionStep struct {
	Word, Href, Key string
	Done            bool
}

// chosenCustomer is the known customer, masked until opened.
type chosenCustomer struct {
	ID, Name, Line string
	Open           bool // something in the contact is wrong
}

type chosenWatch struct {
	Href, Title, Detail string
	Current             bool
}

// markRow is one defect of the condition.
type markRow struct {
	No                        int
	Zone, Defect, Grade, Note component.Field
}

func (s *Server) receptionPage(r *http.Request, in *intake, words string) *receptionPage {
	t := s.printer(r)
	s.defaults(r, in)
	p := &receptionPage{Page: Page{Title: "reception.title"}, Act: newAct(-1), Sheet: in.sheet, Notice: in.notice, Found: choosing(in.found), Nobody: in.nobody}
	if e := in.values.Get("entry"); e != "" {
		p.Act.Entry = e // the same form again: it still makes one order
	}
	if !in.saved.IsZero() {
		p.Saved = t.T("reception.draft_of", t.DateTime(in.saved))
	}
	p.customer(t, in, words)
	p.watch(t, in)
	p.movement(t, in)
	if who, err := s.actor(r); err == nil {
		_ = p.interview(s, r, who, in) // without it the form still takes the watch in
	}
	p.condition(t, in)
	p.deposit(t, in)
	p.asked(t, in)
	p.waiting(s, r)
	p.focus(in)
	p.Steps = stepsOf(t, in)
	return p
}

// asked is what the person asks for; what they asked to keep last time is ticked.
func (p *receptionPage) asked(t *locale.Printer, in *intake) {
	p.Asked = in.ticks(t, "asked", "customer.asked", "asked.", customer.Accommodations())
	for _, name := range []string{"asked_consent", "asked_keep"} {
		f := in.field(t, name, "customer."+name)
		f.Type, f.Checked = "checkbox", in.get(name) != ""
		p.AskedTicks = append(p.AskedTicks, f)
	}
	p.AskedOpen = len(in.values["asked"]) > 0 // an error too is seen then
}

// waiting shows the pictures that a telephone took for this order already. What
// cannot be read is no reason to refuse the form.
func (p *receptionPage) waiting(s *Server, r *http.Request) {
	who, err := s.actor(r)
	if err != nil {
		return
	}
	if thumbs, err := s.shop.Pictures(r.Context(), who, p.Sheet); err == nil && len(thumbs) > 0 {
		p.Waiting = &lentPage{Sheet: p.Sheet}
		p.Waiting.put(s.printer(r), thumbs)
	}
}

// promiseDays is how far ahead a watch is promised unless somebody says otherwise.
const promiseDays = 14

// defaults fills in what is nearly always so; never a tick that costs money.
func (s *Server) defaults(r *http.Request, in *intake) {
	for name, v := range map[string]string{"purpose": "repair", "channel": "counter", "promised": s.promiseDay(r)} {
		if !in.values.Has(name) {
			in.values.Set(name, v)
		}
	}
}

// promiseDay is two weeks from now, or the first day after on which the site is open.
func (s *Server) promiseDay(r *http.Request) string {
	d := s.shop.Now().In(s.shop.Zone).AddDate(0, 0, promiseDays)
	if who, err := s.actor(r); err == nil {
		if open, err := s.shop.OpenDay(r.Context(), who, d); err == nil {
			d = open
		}
	}
	return d.Format(time.DateOnly)
}

// field makes the field called name with what was typed and what is wrong.
func (in *intake) field(t *locale.Printer, name, label string) component.Field {
	f := component.Field{Name: name, Label: t.T(label), Value: in.values.Get(name), Error: in.errors[name], AutoComplete: "off"}
	if m, bad := in.faults[name]; bad {
		f.Repair = repairOf(m)
	}
	return f
}

// ticks is a list to tick in, with what was ticked and what is wrong with it.
func (in *intake) ticks(t *locale.Printer, name, legend, prefix string, codes []string) component.Choices {
	return component.Choices{Name: name, Legend: t.T(legend), Multiple: true, Error: in.errors[name], Choices: choicesOf(t, prefix, codes, in.values[name]...)}
}

func (p *receptionPage) customer(t *locale.Printer, in *intake, words string) {
	p.Words = component.Field{Name: "q", Label: t.T("reception.find_customer"), Type: "search", Value: words, AutoComplete: "off", AccessKey: "1", Placeholder: t.T("reception.find_hint")}
	c := in.customer()
	all := customerFields(t, c, "customer.", in.errors)
	p.Contact, p.Further = all[:4], all[4:]
	for _, f := range p.Further {
		p.Opened = p.Opened || f.Error != ""
	}
	if in.file == nil {
		return
	}
	known := in.file.Customer
	p.Chosen = &chosenCustomer{ID: known.ID, Name: known.FullName(), Line: known.MaskedPhone()}
	if known.Channel != "" {
		p.Chosen.Line = t.T("reception.customer_line", known.MaskedPhone(), t.T("customer.channel."+known.Channel), len(in.file.Watches))
	}
	for _, f := range all {
		p.Chosen.Open = p.Chosen.Open || f.Error != ""
	}
}

func (p *receptionPage) watch(t *locale.Printer, in *intake) {
	p.F = map[string]component.Field{}
	p.WatchID = in.get("watch.id")
	for _, name := range []string{"brand", "model", "reference", "case_no", "calibre"} {
		p.F["watch."+name] = in.field(t, "watch."+name, "watch."+name)
	}
	calibre := p.F["watch.calibre"]
	calibre.List = "calibres"
	p.F["watch.calibre"] = calibre
	if v := in.get("watch.calibre"); v != "" {
		p.Calibres = calibreNames(v)
	}
	if in.file == nil {
		return
	}
	p.Pick = len(in.file.Watches) > 0 && p.WatchID == "" && !in.newWatch && in.get("watch.brand") == "" && len(in.errors) == 0
	base := "/reception?customer=" + in.file.Customer.ID + "&watch="
	for _, x := range in.file.Watches {
		p.Watches = append(p.Watches, chosenWatch{Href: base + x.ID, Title: x.Title(), Detail: watchDetail(t, x), Current: x.ID == p.WatchID})
	}
	p.Watches = append(p.Watches, chosenWatch{Href: base + "new", Title: t.T("reception.other_watch"), Current: in.newWatch})
	for _, o := range in.file.Orders {
		if p.WatchID != "" && o.WatchID == p.WatchID {
			p.Back = t.T("reception.seen_before", t.Date(o.Opened), shortNumber(o.Number))
			break
		}
	}
}

// movement is what the calibre says, and the case.
func (p *receptionPage) movement(t *locale.Printer, in *intake) {
	if p.F == nil {
		p.F = map[string]component.Field{}
	}
	sel := func(name, label, prefix string, codes []string, empty string) {
		f := in.field(t, name, label)
		f.Type, f.Choices = "select", choicesOf(t, prefix, codes, f.Value)
		if empty != "" {
			f.Choices = append([]component.Choice{{Label: t.T(empty)}}, f.Choices...)
		}
		p.F[name] = f
	}
	var kinds []string
	for _, k := range watch.Kinds() {
		kinds = append(kinds, string(k))
	}
	if in.get("watch.kind") == "" {
		in.values.Set("watch.kind", string(watch.Unknown))
	}
	sel("watch.kind", "watch.kind", "watch.kind.", kinds, "")
	sel("watch.material", "watch.material", "watch.material.", watch.Materials(), "watch.material.none")
	for name, unit := range map[string]string{"watch.bph": "unit.bph", "watch.water": "unit.bar", "weight": "unit.g", "watch.lift": "", "fineness": ""} {
		label := name
		if name == "weight" || name == "fineness" {
			label = "watch." + name
		}
		f := in.field(t, name, label)
		f.InputMode = "decimal"
		switch {
		case unit != "":
			f.Unit = t.T(unit)
		case name == "watch.lift":
			f.Unit = "°"
		default:
			f.Unit = "‰"
		}
		p.F[name] = f
	}
	p.Features = in.ticks(t, "watch.function", "watch.functions", "watch.function.", functionsOffered)
}

// interview reads the customer's words into symptoms to be confirmed, and asks the
// questions whose answer would change what is proposed.
func (p *receptionPage) interview(s *Server, r *http.Request, who staff.Actor, in *intake) error {
	if in.get("request") == "" {
		return nil
	}
	q, err := s.questionnaire(r, who, in)
	if err != nil {
		return err
	}
	t := s.printer(r)
	p.Symptoms = s.understood(t, in, q)
	p.Questions = questionsOf(t, q, false)
	for _, x := range q.Questions {
		if x.Choice != "" {
			p.Answered++
		}
	}
	p.interviewed = interviewedOf(t, q)
	a := asked(askingIn(in.values))
	p.PDF = "/questionnaire.pdf?" + a.Encode()
	a.Set("easy", "1")
	p.Easy = "/questionnaire?" + a.Encode()
	return nil
}

// questionnaire is what to ask the customer, with what they answered.
func (s *Server) questionnaire(r *http.Request, who staff.Actor, in *intake) (workshop.Interview, error) {
	a := askingIn(in.values)
	if a.Words == "" {
		return workshop.Interview{}, nil
	}
	return s.shop.Interview(r.Context(), who, a)
}

// understood offers what the words and the answers stand for, to be confirmed;
// what was ticked off stays off.
func (s *Server) understood(t *locale.Printer, in *intake, q workshop.Interview) []component.Choice {
	var out []component.Choice
	put := func(v, label string, chosen bool) {
		id, _, _ := strings.Cut(v, "|")
		if slices.ContainsFunc(out, func(c component.Choice) bool { return strings.HasPrefix(c.Value, id+"|") }) {
			return
		}
		if slices.Contains(in.values[offeredField], v) || len(in.values[offeredField]) == 0 && len(in.values["symptom"]) > 0 {
			chosen = slices.Contains(in.values["symptom"], v)
		}
		out = append(out, component.Choice{Value: v, Label: label, Chosen: chosen})
	}
	for _, x := range s.shop.Understand(in.get("request"), watch.Kind(in.get("watch.kind")), in.values["watch.function"]).Understood {
		put(x.ID+"|"+strconv.FormatFloat(x.Value, 'f', -1, 64)+"|"+x.Unit, symptomLine(t, x.ID, x.Value, x.Unit), !x.Negated)
	}
	for _, x := range q.Questions {
		for _, o := range x.Observed() {
			put(observed(o), observationLine(t, o), true)
		}
	}
	return out
}

func (p *receptionPage) condition(t *locale.Printer, in *intake) {
	marks := in.marks()
	for i := range max(len(marks)+1, 3) {
		var m order.Mark
		if i < len(marks) {
			m = marks[i]
		}
		p.Rows = append(p.Rows, markRowOf(t, i+1, m))
	}
	p.RowsNext = len(p.Rows) + 1
	p.Marks = in.errors["marks"]
	p.Drawing = drawingOf(t, marks)
}

func markRowOf(t *locale.Printer, no int, m order.Mark) markRow {
	scope := "m" + strconv.Itoa(no)
	field := func(name, label string) component.Field {
		return component.Field{Name: name, Scope: scope, Label: t.T(label, no), AutoComplete: "off"}
	}
	row := markRow{No: no, Zone: field("mark_zone", "reception.mark_zone"), Defect: field("mark_defect", "reception.mark_defect"),
		Grade: field("mark_grade", "reception.mark_grade"), Note: field("mark_note", "reception.mark_note")}
	row.Zone.Type, row.Defect.Type, row.Grade.Type = "select", "select", "select"
	row.Zone.Choices = append([]component.Choice{{Label: t.T("reception.no_mark")}}, choicesOf(t, "zone.", order.Zones(), m.Zone)...)
	row.Defect.Choices = choicesOf(t, "defect.", order.Defects(), m.Defect)
	for g := 1; g <= 4; g++ {
		row.Grade.Choices = append(row.Grade.Choices, component.Choice{Value: strconv.Itoa(g), Label: t.T("web.condition.grade", g, 4), Chosen: g == m.Grade})
	}
	row.Note.Value = m.Note
	return row
}

// markPlaces is where each zone is on the drawing: case radius 100, y down.
var markPlaces = map[string]struct {
	x, y float64
	back bool
}{
	"crystal": {34, -46, false}, "bezel": {-66, -66, false}, "case": {-98, 26, false}, "crown": {112, 0, false}, "dial": {-34, 34, false},
	"hands": {16, -16, false}, "lug_1": {56, -104, false}, "lug_5": {56, 104, false}, "lug_7": {-56, 104, false}, "lug_11": {-56, -104, false},
	"bracelet": {0, 142, false}, "back": {0, 40, true},
}

// drawingOf puts the numbered marks on the watch, beside one another where a
// zone has several.
func drawingOf(t *locale.Printer, marks []order.Mark) component.Condition {
	c := component.Condition{Label: t.T("reception.drawing", len(marks))}
	taken := map[string]int{}
	for i, m := range marks {
		at := markPlaces[m.Zone]
		n := float64(taken[m.Zone])
		taken[m.Zone]++
		c.Defects = append(c.Defects, component.Defect{Mark: i + 1, Place: t.T("zone."+known1(m.Zone, order.Zones())) + ".", Text: t.T("defect." + known1(m.Defect, order.Defects())), Grade: m.Grade,
			Back: at.back, X: at.x + 22*n, Y: at.y + 6*n})
	}
	return c
}

// known1 returns v where it is offered, else the first that is.
func known1(v string, offered []string) string {
	if slices.Contains(offered, v) {
		return v
	}
	return offered[0]
}

func (p *receptionPage) deposit(t *locale.Printer, in *intake) {
	request := in.field(t, "request", "reception.request")
	request.Type, request.Rows, request.AccessKey, request.Help = "textarea", 3, "3", t.T("reception.request_help")
	p.F["request"] = request
	read := in.field(t, "read_back", "reception.read_back")
	read.Type, read.Checked = "checkbox", in.get("read_back") != ""
	p.F["read_back"] = read
	for name, unit := range map[string]string{"declared_value": "reception.euro", "ceiling": "reception.euro_gross"} {
		f := in.field(t, name, "reception."+name)
		f.Unit, f.InputMode = t.T(unit), "decimal"
		p.F[name] = f
	}
	value := p.F["declared_value"]
	value.AccessKey = "6"
	p.F["declared_value"] = value
	promised := in.field(t, "promised", "reception.promised")
	promised.Type = "date"
	p.F["promised"] = promised
	for name, codes := range map[string][]string{"purpose": order.Purposes(), "channel": order.Channels()} {
		f := in.field(t, name, "order."+name)
		f.Type, f.Choices = "select", choicesOf(t, "order."+name+".", codes, f.Value)
		p.F[name] = f
	}
	p.Accessories = in.ticks(t, "accessory", "reception.accessories", "accessory.", order.AccessoriesOffered())
	p.Wishes = in.ticks(t, "wish", "order.wishes", "wish.", order.WishesOffered())
}

// focus puts the cursor where the next thing is to be typed, and the keys Alt 1
// to Alt 6 on the first field of each step.
func (p *receptionPage) focus(in *intake) {
	on := func(name string) {
		f := p.F[name]
		f.AutoFocus = true
		p.F[name] = f
	}
	brand := p.F["watch.brand"]
	brand.AccessKey = "2"
	p.F["watch.brand"] = brand
	if len(p.Rows) > 0 {
		p.Rows[0].Zone.AccessKey = "4"
	}
	switch {
	case len(in.errors) > 0:
	case p.Chosen == nil && in.get("customer.name") == "":
		p.Words.AutoFocus = len(p.Found) == 0
	case p.Pick:
	case in.get("watch.brand") == "":
		on("watch.brand")
	default:
		on("request")
	}
}

// stepsOf is the head's list of steps, ticked where something stands there.
func stepsOf(t *locale.Printer, in *intake) []receptionStep {
	done := map[string]bool{"customer": in.file != nil || in.get("customer.name") != "", "watch": in.get("watch.brand") != "",
		"request": in.get("request") != "" && in.get("read_back") != "", "condition": len(in.marks()) > 0, "deposit": in.get("declared_value") != ""}
	var out []receptionStep
	for i, name := range []string{"customer", "watch", "request", "condition", "photos", "deposit"} {
		out = append(out, receptionStep{Word: t.T("reception.step." + name), Href: "#step-" + name, Key: "Alt " + strconv.Itoa(i+1), Done: done[name]})
	}
	return out
}
