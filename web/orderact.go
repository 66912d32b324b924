package web

import (
	"errors"
	"mime/multipart"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"etabli.example/fault"
	"etabli.example/journal"
	"etabli.example/locale"
	"etabli.example/money"
	"etabli.example/trade/order"
	"etabli.example/trade/staff"
	"etabli.example/web/component"
	"etabli.example/workshop"
)

func (s *Server) orderActRoutes() {
	for name, do := range map[string]orderDoing{"note": s.doNote, "photo": s.doPhoto, "promise": s.doPromise, "assign": s.doAssign, "correct": s.doCorrect} {
		s.handle("POST /orders/{number}/"+name, s.orderPost(name, do))
	}
	s.handle("POST /orders/{number}/move/{kind}", s.orderPost("move", s.doMove))
}

// mostUpload bounds what one form may bring: a dozen photos as cameras make them.
const mostUpload = 400 << 20

// inMemory is how much of an upload is held in memory; the rest waits on disk.
const inMemory = 8 << 20

// orderDoing makes one act of a form on the sheet.
type orderDoing func(r *http.Request, a workshop.Act) error

// orderPost wraps a form of the sheet: back to the sheet where it was written,
// otherwise the sheet with the form open, what was typed kept and the reason.
func (s *Server) orderPost(name string, do orderDoing) handler {
	return s.needs(func(w http.ResponseWriter, r *http.Request) error {
		if err := readForm(r); err != nil {
			return err
		}
		row, err := s.named(r)
		if err != nil {
			return err
		}
		a, err := s.act(r, row.Sheet)
		if err != nil {
			return err
		}
		form := name
		if k := r.PathValue("kind"); k != "" {
			form = k
		}
		if err := do(r, a); err != nil {
			return s.orderRefused(w, r, row, form, err)
		}
		said := "order.done." + name
		s.toast(w, component.Toast{Text: s.printer(r).T(said)})
		return s.seeOther(w, r, orderHref(row.Number))
	})
}

// readForm reads a form, with files or without, and says so where it is too large.
func readForm(r *http.Request) error {
	err := r.ParseMultipartForm(inMemory)
	var large *http.MaxBytesError
	switch {
	case errors.As(err, &large):
		return fault.New(fault.TooLarge, "web.fault.upload", large.Limit>>20)
	case err != nil && !errors.Is(err, http.ErrNotMultipart):
		return &fault.Error{Kind: fault.Invalid, Op: "web.readForm", Key: "web.fault.form", Err: err}
	}
	return nil
}

// orderRefused shows the sheet again, as it stands now, with the form that was
// not written.
func (s *Server) orderRefused(w http.ResponseWriter, r *http.Request, row order.Row, form string, err error) error {
	kind := fault.KindOf(err)
	if kind != fault.Invalid && kind != fault.TooLarge && kind != fault.Stale && kind != fault.Conflict {
		return err
	}
	in := typed{form: form, values: r.PostForm, notice: s.printer(r).Error(err)}
	if fields, ok := s.fieldErrors(r, err); ok {
		in.errors = fields
	}
	p, perr := s.orderPage(r, row.Sheet, in)
	if perr != nil {
		return perr
	}
	return s.pageStatus(w, r, status[kind], "order/order", p)
}

func (s *Server) doNote(r *http.Request, a workshop.Act) error {
	_, err := s.shop.Note(r.Context(), a, r.PostFormValue("text"), r.PostFormValue("for") != "customer")
	return err
}

func (s *Server) doPromise(r *http.Request, a workshop.Act) error {
	_, err := s.shop.Promise(r.Context(), a, order.Promise{Date: r.PostFormValue("promised"), Why: strings.TrimSpace(r.PostFormValue("why"))})
	return err
}

func (s *Server) doAssign(r *http.Request, a workshop.Act) error {
	_, err := s.shop.Assign(r.Context(), a, r.PostFormValue("person"))
	return err
}

func (s *Server) doCorrect(r *http.Request, a workshop.Act) error {
	of, err := strconv.ParseInt(r.FormValue("entry_no"), 10, 64)
	if err != nil {
		return fault.New(fault.Invalid, "correction.no_entry")
	}
	_, err = s.shop.Correct(r.Context(), a, order.Correction{Of: of, Why: r.PostFormValue("why")})
	return err
}

// doPhoto keeps every picture that is one; the first that is none is told.
func (s *Server) doPhoto(r *http.Request, a workshop.Act) error {
	kept, refused, err := s.keepPhotos(r, a, r.PostFormValue("moment"), r.PostFormValue("caption"))
	switch {
	case err != nil:
		return err
	case len(refused) > 0:
		return &fault.Error{Kind: fault.Invalid, Key: "order.photo_refused", Args: []any{strings.Join(refused, " "), kept},
			Fields: fault.Problems{"photos": {Key: "order.photo_refused", Args: []any{strings.Join(refused, " "), kept}}}}
	case kept == 0:
		return &fault.Error{Kind: fault.Invalid, Key: "fault.invalid", Fields: fault.Problems{"photos": {Key: "order.photo_none"}}}
	}
	return nil
}

// keepPhotos puts the pictures of the field "photos" on the sheet, each under
// an id that follows from the form's, so that the form sent twice keeps each
// once. It returns the sentence for each file that is no picture.
func (s *Server) keepPhotos(r *http.Request, a workshop.Act, moment, caption string) (kept int, refused []string, err error) {
	entry := a.Entry
	return eachPhoto(r, s.printer(r), func(i int, f photoFile) error {
		a.Entry, a.Seen = entry+"-p"+strconv.Itoa(i), -1
		_, err := s.shop.AddPhoto(r.Context(), a, f, moment, caption)
		return err
	})
}

// photoFile is a picture of a form.
type photoFile = multipart.File

// eachPhoto gives keep each picture of the field "photos": those it refuses are
// said with the reason, the others are kept all the same.
func eachPhoto(r *http.Request, t *locale.Printer, keep func(i int, f photoFile) error) (kept int, refused []string, err error) {
	if r.MultipartForm == nil {
		return 0, nil, nil
	}
	for i, h := range r.MultipartForm.File["photos"] {
		f, err := h.Open()
		if err != nil {
			return kept, refused, fault.Wrap("web.eachPhoto", err)
		}
		err = keep(i, f)
		f.Close()
		switch kind := fault.KindOf(err); {
		case err == nil:
			kept++
		case kind == fault.Invalid || kind == fault.TooLarge:
			refused = append(refused, t.T("order.photo_of", h.Filename, t.Error(err)))
		default:
			return kept, refused, err
		}
	}
	return kept, refused, nil
}

// moveFields lists, for each move that is made on the sheet itself, the fields
// its form asks for. Moves with a page of their own are not here.
var moveFields = map[journal.Kind][]string{
	order.KindExamined:        {},
	order.KindHandedOut:       {"to", "why", "tracking", "insured"},
	order.KindCameBack:        {"why"},
	order.KindTransferred:     {"to", "why", "tracking", "insured"},
	order.KindArrived:         {"why"},
	order.KindQuoteRecalled:   {"reason"},
	order.KindAbandoned:       {"why"},
	order.KindComplaintOpened: {"about", "words"},
	order.KindComplaintRedo:   {"why"},
	order.KindComplaintClosed: {"outcome", "why"},
}

// doMove makes the move named in the path.
func (s *Server) doMove(r *http.Request, a workshop.Act) error {
	ctx, field := r.Context(), func(name string) string { return strings.TrimSpace(r.PostFormValue(name)) }
	var err error
	switch k := journal.Kind(r.PathValue("kind")); k {
	case order.KindExamined:
		_, err = s.shop.Examine(ctx, a)
	case order.KindHandedOut, order.KindTransferred, order.KindCameBack, order.KindArrived:
		x := order.Routing{To: field("to"), Why: field("why"), Tracking: field("tracking")}
		if v := field("insured"); v != "" {
			if x.Insured, err = money.Parse(v); err != nil {
				return beside("insured", err)
			}
		}
		_, err = s.shop.Route(ctx, a, k, x)
	case order.KindQuoteRecalled:
		_, err = s.shop.RecallQuote(ctx, a, field("reason"))
	case order.KindAbandoned:
		_, err = s.shop.Abandon(ctx, a, order.Handover{Why: field("why")})
	case order.KindComplaintOpened:
		_, err = s.shop.OpenComplaint(ctx, a, field("about"), field("words"))
	case order.KindComplaintRedo:
		_, err = s.shop.CloseComplaint(ctx, a, order.ComplaintFacts{Outcome: "redone", Why: field("why")})
	case order.KindComplaintClosed:
		_, err = s.shop.CloseComplaint(ctx, a, order.ComplaintFacts{Outcome: field("outcome"), Why: field("why")})
	default:
		err = fault.New(fault.NotFound, "web.fault.no_page")
	}
	return err
}

// beside puts the sentence of err beside a field.
func beside(field string, err error) error {
	var f *fault.Error
	if !errors.As(err, &f) {
		return err
	}
	return &fault.Error{Kind: fault.Invalid, Key: "fault.invalid", Fields: fault.Problems{field: {Key: f.Key, Args: f.Args}}}
}

// orderForms are the forms anybody may need on any order.
type orderForms struct {
	Note, Photo, Promise, Assign *orderForm
}

// orderForm is one form of the sheet, open where it was refused.
type orderForm struct {
	Title   string
	Action  string
	Open    bool
	Fields  []component.Field
	Choices *component.Choices
	Submit  component.Button
	Files   bool
	Error   string // beside the file field
	Refused string // why it cannot be used
	Act     component.Act
}

// formsOf builds the forms with what was typed.
func formsOf(t *locale.Printer, v workshop.SheetView, who staff.Actor, people []staff.Person, in typed) orderForms {
	action := func(name string) string { return orderHref(v.Number, name) }
	form := func(name string, refused error, fields ...component.Field) *orderForm {
		f := &orderForm{Title: t.T("order.form." + name), Action: action(name), Open: in.form == name, Fields: fields, Act: newAct(v.Seq),
			Submit: component.Button{Text: t.T("order.submit." + name)}, Refused: t.Error(refused)}
		for i := range f.Fields {
			f.Fields[i].Error, f.Fields[i].Scope = in.err(name, f.Fields[i].Name), name
		}
		return f
	}
	note := form("note", who.Must(staff.Note), component.Field{Name: "text", Label: t.T("order.note_text"), Type: "textarea", Value: in.value("note", "text", ""), AccessKey: "w"})
	note.Choices = &component.Choices{Name: "for", Legend: t.T("order.note_for"), Choices: []component.Choice{
		{Value: "internal", Label: t.T("order.note_internal"), Chosen: in.value("note", "for", "internal") == "internal"},
		{Value: "customer", Label: t.T("order.note_customer"), Chosen: in.value("note", "for", "") == "customer"}}}
	var moments []component.Choice
	for _, m := range order.Moments() {
		moments = append(moments, component.Choice{Value: m, Label: t.T("order.moment." + m), Chosen: in.value("photo", "moment", momentNow(v.State)) == m})
	}
	photo := form("photo", who.Must(staff.Note), component.Field{Name: "moment", Label: t.T("order.photo_moment"), Type: "select", Choices: moments},
		component.Field{Name: "caption", Label: t.T("order.photo_caption"), Value: in.value("photo", "caption", "")})
	photo.Files, photo.Error = true, in.err("photo", "photos")
	closed := v.Stage.Closed()
	var refused error
	if !who.May(staff.Receive) && !who.May(staff.Prepare) {
		refused = who.Must(staff.Receive)
	}
	promise := form("promise", refused, component.Field{Name: "promised", Label: t.T("reception.promised"), Type: "date", Value: in.value("promise", "promised", v.Promised)},
		component.Field{Name: "why", Label: t.T("word.reason"), Value: in.value("promise", "why", ""), Help: t.T("order.promise_help")})
	assign := form("assign", nil, component.Field{Name: "person", Label: t.T("order.technician"), Type: "select", Choices: takers(people, in.value("assign", "person", v.Technician))})
	if !who.May(staff.Work) && !who.May(staff.Receive) {
		assign.Refused = t.Error(who.Must(staff.Work))
	}
	f := orderForms{Note: note, Photo: photo}
	if !closed {
		f.Promise, f.Assign = promise, assign
	}
	return f
}

// takers are the people a watch can be given to.
func takers(people []staff.Person, now string) []component.Choice {
	var out []component.Choice
	for _, p := range people {
		if p.Active && p.Actor("").May(staff.Work) {
			out = append(out, component.Choice{Value: p.ID, Label: p.Name, Chosen: p.ID == now})
		}
	}
	return out
}

// momentNow is when a photo taken at this stage most likely is.
func momentNow(s order.State) string {
	switch s.Stage {
	case order.InDiagnosis, order.InWork, order.Redo:
		return "finding"
	case order.InControl, order.Ready:
		return "out"
	}
	return "intake"
}

// orderMove is a move as offered: a form, a link to its page, or the reason it
// cannot be made.
type orderMove struct {
	Kind   string
	Form   *orderForm
	Button component.Button
}

// movePages names the page of each move that has one.
var movePages = map[journal.Kind]string{order.KindQuoteSent: "quote", order.KindQuoteAccepted: "quote", order.KindQuoteDeclined: "quote",
	order.KindQuoteWithdrawn: "quote", order.KindCeilingUsed: "quote", order.KindPlanned: "prepare", order.KindPartsAwaited: "prepare",
	order.KindPartsArrived: "prepare", order.KindWorkStarted: "prepare", order.KindWorkDone: "work", order.KindControlPassed: "control",
	order.KindControlRefused: "control", order.KindReturned: "return", order.KindSent: "return", order.KindReturnedUnrepaired: "return"}

func (s *Server) movesOf(t *locale.Printer, v workshop.SheetView, who staff.Actor, in typed) []orderMove {
	next := v.State.Next()
	var out []orderMove
	for _, o := range v.Options {
		name := string(o.By)
		if o.Right == "" || actMoves[next.Act] == name {
			continue
		}
		m := orderMove{Kind: name, Button: component.Button{Text: t.T("order.move." + name), Refused: t.Error(o.Forbidden)}}
		fields, here := moveFields[o.By]
		switch {
		case o.Forbidden != nil:
		case here:
			m.Form = moveForm(t, v, o.By, fields, in)
		default:
			if m.Button.Href = s.orderPageHref(v.Number, movePages[o.By]); m.Button.Href == "" {
				continue
			}
		}
		out = append(out, m)
	}
	slices.SortStableFunc(out, func(a, b orderMove) int { return moveRank(a) - moveRank(b) })
	return out
}

// moveRank puts what can be done before what cannot.
func moveRank(m orderMove) int {
	if m.Button.Refused != "" {
		return 1
	}
	return 0
}

func moveForm(t *locale.Printer, v workshop.SheetView, k journal.Kind, names []string, in typed) *orderForm {
	name := string(k)
	f := &orderForm{Title: t.T("order.move." + name), Action: orderHref(v.Number, "move", name), Open: in.form == name, Act: newAct(v.Seq),
		Submit: component.Button{Text: t.T("order.move." + name)}}
	for _, n := range names {
		x := component.Field{Name: n, Scope: name, Label: t.T("order.field." + n), Value: in.value(name, n, ""), Error: in.err(name, n)}
		switch n {
		case "words":
			x.Type = "textarea"
		case "insured":
			x.Unit, x.InputMode = "€", "decimal"
		case "about":
			x.Type, x.Choices = "select", choicesOf(t, "order.complaint.", order.ComplaintAbouts(), x.Value)
		case "outcome":
			x.Type, x.Choices = "select", choicesOf(t, "order.outcome.", []string{"explained", "refunded", "refused"}, x.Value)
		}
		f.Fields = append(f.Fields, x)
	}
	return f
}

// choicesOf names a list of codes as the choices of a field.
func choicesOf(t *locale.Printer, prefix string, codes []string, chosen ...string) []component.Choice {
	out := make([]component.Choice, len(codes))
	for i, c := range codes {
		out[i] = component.Choice{Value: c, Label: t.T(prefix + c), Chosen: slices.Contains(chosen, c)}
	}
	return out
}
