package web

import (
	"errors"
	"io"
	"net/http"
	"slices"
	"strings"
	"time"

	"etabli.example/fault"
	"etabli.example/horology/exchange"
	"etabli.example/locale"
	"etabli.example/trade/order"
	"etabli.example/web/component"
	"etabli.example/workshop"
)

func (s *Server) importRoutes() {
	s.handle("GET /orders/{number}/import", s.needs(s.importForm))
	s.handle("POST /orders/{number}/import/preview", s.needs(s.importPreview))
	s.handle("POST /orders/{number}/import", s.needs(s.importKeep))
	s.handle("GET /orders/{number}/session.json", s.needs(s.sessionJSON))
	s.handle("GET /orders/{number}/session.csv", s.needs(s.sessionCSV))
	s.handle("GET /schema/session.json", s.sessionSchema)
}

// mostImport is the largest table that may be sent; a day of readings has some
// kB.
const mostImport = 512 << 10

// importPage is the import of what another instrument wrote.
type importPage struct {
	orderHead
	Instrument component.Field
	Phase      component.Field
	Winding    component.Field
	Text       component.Field
	Columns    []component.Field // which column holds what; none where the text needs no map
	Doubled    component.Field
	Rows       []importRow
	Keep       int    // readings that can be kept
	Left       int    // and those that cannot
	Known      string // instruments with a map of their own
	Seen       bool   // this is a preview
}

// importRow is one reading as it would be kept.
type importRow struct {
	Line                           int
	Position, Rate, Amp, Beat, BPH string
	Says                           []string // why it cannot be kept, or what was left out
	OK                             bool
}

func (s *Server) importPage(r *http.Request) (*importPage, error) {
	head, err := s.measuredHead(r)
	if err != nil {
		return nil, err
	}
	t := s.printer(r)
	p := &importPage{orderHead: head}
	p.Title = t.T("import.title", head.View.Number)
	maps, err := s.shop.ImportMaps(r.Context())
	if err != nil {
		return nil, err
	}
	var known []string
	for name := range maps {
		known = append(known, name)
	}
	slices.Sort(known)
	p.Known = strings.Join(known, ", ")
	p.Instrument = component.Field{Name: "instrument", Label: t.T("import.instrument"), Value: instrumentNamed(r), Help: t.T("import.instrument_help"), Required: true}
	if p.Known != "" {
		p.Instrument.Help = t.T("import.instrument_known", p.Known)
	}
	phase := oneOf(r.FormValue("phase"), order.Phases(), phaseNow(head.View.Stage))
	winding := oneOf(r.FormValue("winding"), windings, "0h")
	p.Phase = component.Field{Name: "phase", Label: t.T("phase.label"), Type: "select"}
	for _, v := range order.Phases() {
		p.Phase.Choices = append(p.Phase.Choices, component.Choice{Value: v, Label: t.T("phase." + v), Chosen: v == phase})
	}
	p.Winding = component.Field{Name: "winding", Label: t.T("winding.label"), Type: "select", Help: t.T("import.winding_help")}
	for _, v := range windings {
		p.Winding.Choices = append(p.Winding.Choices, component.Choice{Value: v, Label: t.T("winding." + v), Chosen: v == winding})
	}
	p.Text = component.Field{Name: "text", Label: t.T("import.text"), Type: "textarea", Rows: 8, Value: r.PostFormValue("text"), Help: t.T("import.text_help")}
	return p, nil
}

// instrumentNamed is the instrument's name as the form gives it, no longer than
// a label.
func instrumentNamed(r *http.Request) string {
	name := []rune(entered(r, "instrument"))
	return string(name[:min(len(name), 80)])
}

// importForm is GET /orders/{number}/import.
func (s *Server) importForm(w http.ResponseWriter, r *http.Request) error {
	p, err := s.importPage(r)
	if err != nil {
		return err
	}
	return s.page(w, r, "exchange/import", p)
}

// importPreview is POST …/import/preview: the readings as they would be kept.
func (s *Server) importPreview(w http.ResponseWriter, r *http.Request) error {
	p, _, err := s.importRead(w, r)
	if err != nil {
		return err
	}
	if p.Text.Error != "" || p.Instrument.Error != "" {
		return s.refuse(w, r, "exchange/import", p)
	}
	return s.page(w, r, "exchange/import", p)
}

// importKeep is POST …/import: the readings of the preview are put on the
// sheet, and the map of columns is kept for the instrument.
func (s *Server) importKeep(w http.ResponseWriter, r *http.Request) error {
	p, in, err := s.importRead(w, r)
	if err != nil {
		return err
	}
	if p.Text.Error == "" && p.Keep == 0 {
		p.Text.Error = s.printer(r).T("import.nothing")
	}
	if p.Text.Error != "" || p.Instrument.Error != "" {
		return s.refuse(w, r, "exchange/import", p)
	}
	a, err := s.act(r, p.View.State.Sheet)
	if err != nil {
		return err
	}
	phase := oneOf(r.FormValue("phase"), order.Phases(), order.Before)
	if _, err := s.shop.Import(r.Context(), a, phase, oneOf(r.FormValue("winding"), windings, "unknown"), in.good()); err != nil {
		return s.again(w, r, err, "exchange/import", p)
	}
	if in.table {
		if err := s.shop.KeepImportMap(r.Context(), a.Who, p.Instrument.Value, in.mapping); err != nil {
			return err
		}
	}
	return s.done(w, r, p.At("/readings?phase="+phase), "import.kept", p.Keep)
}

// incoming is a text read.
type incoming struct {
	rows    []exchange.Row
	table   bool // by a map of columns
	mapping exchange.Mapping
}

// good are the readings that can be kept.
func (in incoming) good() []exchange.Reading {
	var out []exchange.Reading
	for _, r := range in.rows {
		if len(r.Problems) == 0 {
			out = append(out, r.Reading)
		}
	}
	return out
}

// importRead reads the form, its file before its text, and fills the preview.
func (s *Server) importRead(w http.ResponseWriter, r *http.Request) (*importPage, incoming, error) {
	r.Body = http.MaxBytesReader(w, r.Body, 2*mostImport)
	text, key := importText(r)
	p, err := s.importPage(r)
	if err != nil {
		return nil, incoming{}, err
	}
	t := s.printer(r)
	p.Text.Value, p.Seen = text, true
	if p.Instrument.Value == "" {
		p.Instrument.Error = t.T("import.instrument_missing")
	}
	if key != "" {
		p.Text.Error = t.T(key)
		return p, incoming{}, nil
	}
	maps, err := s.shop.ImportMaps(r.Context())
	if err != nil {
		return nil, incoming{}, err
	}
	in, head, err := readImport(text, p.Instrument.Value, maps[p.Instrument.Value], r)
	if err != nil {
		p.Text.Error = t.T(importFault(err))
		return p, in, nil
	}
	if in.table {
		p.Columns = columnFields(t, head, in.mapping)
		p.Doubled = component.Field{Name: "doubled", Label: t.T("import.doubled"), Type: "checkbox", Value: "yes", Checked: in.mapping.Doubled}
	}
	p.preview(t, in.rows)
	return p, in, nil
}

// importText returns the file's text, or the pasted one, and the key of what is
// wrong.
func importText(r *http.Request) (text, wrong string) {
	err := r.ParseMultipartForm(1 << 20)
	var large *http.MaxBytesError
	if errors.As(err, &large) {
		return "", "import.too_large"
	}
	text = r.PostFormValue("text")
	if f, _, ferr := r.FormFile("file"); ferr == nil {
		defer f.Close()
		b, err := io.ReadAll(io.LimitReader(f, mostImport+1))
		if err != nil {
			return "", "import.unreadable"
		}
		if len(b) > 0 {
			text = string(b)
		}
	}
	switch {
	case len(text) > mostImport:
		return "", "import.too_large"
	case strings.TrimSpace(text) == "":
		return "", "import.empty"
	}
	return text, ""
}

// readImport reads a text: a session in the neutral form, a table, or lines.
func readImport(text, instrument string, kept exchange.Mapping, r *http.Request) (incoming, []string, error) {
	trimmed := strings.TrimSpace(strings.TrimPrefix(text, "\ufeff"))
	if strings.HasPrefix(trimmed, "{") {
		x, err := exchange.DecodeJSON(strings.NewReader(trimmed))
		return incoming{rows: rowsOf(x, instrument)}, nil, err
	}
	if strings.HasPrefix(trimmed, "format,version,") {
		x, err := exchange.DecodeCSV(strings.NewReader(trimmed))
		return incoming{rows: rowsOf(x, instrument)}, nil, err
	}
	table, err := exchange.Read(text)
	if errors.Is(err, exchange.ErrNoTable) {
		if rows := exchange.Pasted(text, instrument); len(rows) > 0 {
			return incoming{rows: placed(rows)}, nil, nil
		}
	}
	if err != nil {
		return incoming{}, nil, err
	}
	m := exchange.Guess(table)
	if kept.Fits(table) {
		m = kept
	}
	if r.PostFormValue("mapped") != "" {
		m = mappingOf(r, table)
	}
	return incoming{rows: placed(m.Read(table, instrument)), table: true, mapping: m}, table.Head, nil
}

// mappingOf reads the map of columns from the form.
func mappingOf(r *http.Request, t exchange.Table) exchange.Mapping {
	m := exchange.Mapping{Columns: map[exchange.Field]string{}, Doubled: r.PostFormValue("doubled") != ""}
	for _, f := range exchange.Fields() {
		if h := r.PostFormValue("column." + string(f)); slices.Contains(t.Head, h) {
			m.Columns[f] = h
		}
	}
	return m
}

// rowsOf are the readings of a neutral session, as rows.
func rowsOf(x exchange.Session, instrument string) []exchange.Row {
	var out []exchange.Row
	for i, r := range x.Readings {
		if r.Instrument == "" {
			r.Instrument = instrument
		}
		out = append(out, exchange.Row{Line: i + 1, Reading: r})
	}
	return placed(out)
}

// placed names the rows without a position: where the watch lay is never
// guessed.
func placed(rows []exchange.Row) []exchange.Row {
	for i := range rows {
		r := &rows[i]
		if r.Reading.Position == "" && !slices.ContainsFunc(r.Problems, func(p exchange.Problem) bool { return p.Field == exchange.FieldPosition }) {
			r.Problems = append(r.Problems, exchange.Problem{Field: exchange.FieldPosition, Code: "missing"})
		}
	}
	return rows
}

func importFault(err error) string {
	for is, key := range map[error]string{exchange.ErrNoTable: "import.no_table", exchange.ErrEncoding: "import.encoding", exchange.ErrTooMany: "import.too_many",
		exchange.ErrNotASession: "import.not_a_session", exchange.ErrVersion: "import.version", exchange.ErrValue: "import.value", exchange.ErrTooLarge: "import.too_many"} {
		if errors.Is(err, is) {
			return key
		}
	}
	return "import.unreadable"
}

func columnFields(t *locale.Printer, head []string, m exchange.Mapping) []component.Field {
	var out []component.Field
	for _, f := range exchange.Fields() {
		x := component.Field{Name: "column." + string(f), Label: t.T("import.field." + string(f)), Type: "select",
			Choices: []component.Choice{{Value: "", Label: t.T("import.no_column"), Chosen: m.Columns[f] == ""}}}
		for _, h := range head {
			if h != "" {
				x.Choices = append(x.Choices, component.Choice{Value: h, Label: h, Chosen: m.Columns[f] == h})
			}
		}
		out = append(out, x)
	}
	return out
}

// preview fills in the rows.
func (p *importPage) preview(t *locale.Printer, rows []exchange.Row) {
	show := func(v *float64, digits int) string {
		if v == nil {
			return "–"
		}
		return t.Number(*v, digits)
	}
	for _, r := range rows {
		x := importRow{Line: r.Line, Position: string(r.Reading.Position), Amp: show(r.Reading.AmplitudeDeg, 0), Beat: show(r.Reading.BeatErrorMS, 2), BPH: show(r.Reading.BPH, 0), Rate: "–", OK: len(r.Problems) == 0}
		if v := r.Reading.RateSD; v != nil {
			x.Rate = t.Signed(*v, 1)
		}
		for _, b := range r.Problems {
			if b.Field == "" {
				x.Says = append(x.Says, t.T("import.problem."+b.Code))
				continue
			}
			x.Says = append(x.Says, t.T("import.problem."+b.Code, t.T("import.field."+string(b.Field)), b.Value))
		}
		if x.OK {
			p.Keep++
		} else {
			p.Left++
		}
		p.Rows = append(p.Rows, x)
	}
}

// sessionJSON and sessionCSV are the timing of an order in the neutral form.
func (s *Server) sessionJSON(w http.ResponseWriter, r *http.Request) error {
	return s.session(w, r, "json", "application/json", exchange.EncodeJSON)
}

func (s *Server) sessionCSV(w http.ResponseWriter, r *http.Request) error {
	return s.session(w, r, "csv", "text/csv; charset=utf-8", exchange.EncodeCSV)
}

func (s *Server) session(w http.ResponseWriter, r *http.Request, ending, kind string, encode func(io.Writer, exchange.Session) error) error {
	head, err := s.orderHead(r, true)
	if err != nil {
		return err
	}
	var b strings.Builder
	if err := encode(&b, sessionOf(head)); err != nil {
		return fault.Wrap("web.session", err)
	}
	w.Header().Set("Content-Type", kind)
	w.Header().Set("Content-Disposition", `attachment; filename="session-`+head.View.Number+"."+ending+`"`)
	_, err = io.WriteString(w, b.String())
	return err
}

// sessionSchema is GET /schema/session.json, for whoever writes a program that
// reads sessions.
func (s *Server) sessionSchema(w http.ResponseWriter, _ *http.Request) error {
	w.Header().Set("Content-Type", "application/schema+json")
	_, err := w.Write(exchange.Schema())
	return err
}

func sessionOf(head orderHead) exchange.Session {
	return workshop.SessionOf(head.View.State, func(seq int64) (time.Time, bool) {
		for _, e := range head.View.Entries {
			if e.Seq == seq {
				return e.Happened, true
			}
		}
		return time.Time{}, false
	})
}
