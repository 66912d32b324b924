package web

import (
	"net/http"
	"slices"
	"strings"

	"etabli.example/diagnosis"
	"etabli.example/horology"
	"etabli.example/locale"
	"etabli.example/trade/order"
	"etabli.example/web/component"
)

// keepForm is the final diagnosis about to be established.
type keepForm struct {
	Cause      string // first cause
	Name       string
	Others     component.Choices // further causes
	First      bool              // it is the machine's first proposal: no reason is asked
	Why        component.Field
	Operations []component.Choice
	More       component.Field // an operation of the catalogue beside these
	Parts      []partRow
	AllParts   []component.Choice // for the list of the free row
	Perimeter  component.Field
	Summary    component.Field
	SummaryEN  component.Field
}

// partRow is a part and the state it was found in.
type partRow struct {
	Code, Name string // empty: the free row
	States     []component.Choice
}

// rejectForm is a cause about to be set aside.
type rejectForm struct {
	Cause, Name string
	Why         component.Field
}

// uncaseForm is how the movement was taken out.
type uncaseForm struct {
	Done                      string // how it was, where it was
	CaseType, Gasket, Crystal component.Field
	Tools, MovementNo, Seen   component.Field
	CaseNo                    component.Field
	PhotoError                string
	Types                     []caseType
}

// forms opens the form that was asked for or that came back.
func (p *diagnosisPage) forms(t *locale.Printer, r *http.Request, said diagnosis.Report) {
	if id := r.FormValue("keep"); id != "" {
		if c, ok := diagnosis.CauseByID(id); ok {
			p.Keep = p.keepForm(t, r, said, c)
		}
	}
	if id := r.FormValue("reject"); id != "" {
		if _, ok := diagnosis.CauseByID(id); ok {
			p.Reject = &rejectForm{Cause: id, Name: sentence(causeName(t, id)), Why: component.Field{Name: "why", Label: t.T("diagnosis.reject_why"), Type: "textarea", Rows: 2, Required: true, Value: r.PostFormValue("why")}}
		}
	}
}

func (p *diagnosisPage) keepForm(t *locale.Printer, r *http.Request, said diagnosis.Report, c diagnosis.CauseInfo) *keepForm {
	f := &keepForm{Cause: c.ID, Name: sentence(causeName(t, c.ID))}
	back := r.Method == http.MethodPost // the form came back: what was ticked counts
	operations, perimeter := c.Operations, c.Perimeter
	f.First = len(said.Causes) > 0 && said.Causes[0].ID == c.ID
	f.Others = component.Choices{Name: "also", Legend: t.T("diagnosis.also"), Multiple: true}
	for _, x := range said.Causes {
		if x.ID == c.ID {
			operations, perimeter = x.Operations, x.Perimeter
			continue
		}
		f.Others.Choices = append(f.Others.Choices, component.Choice{Value: x.ID, Label: sentence(x.Name), Chosen: slices.Contains(r.PostForm["also"], x.ID)})
	}
	for _, op := range append(slices.Clone(operations), p.View.Actions...) {
		if !slices.ContainsFunc(f.Operations, func(x component.Choice) bool { return x.Value == op }) {
			f.Operations = append(f.Operations, component.Choice{Value: op, Label: p.Operation(op), Chosen: !back && slices.Contains(operations[:min(1, len(operations))], op) || slices.Contains(r.PostForm["operation"], op)})
		}
	}
	f.More = component.Field{Name: "operation_more", Label: t.T("diagnosis.more_operation"), Type: "select", Choices: p.operationChoices(t, r.PostFormValue("operation_more"))}
	f.parts(t, c.Parts, r.PostFormValue)
	f.Why = component.Field{Name: "why", Label: t.T("diagnosis.why"), Type: "textarea", Rows: 2, Value: r.PostFormValue("why"), Required: !f.First}
	if !f.First {
		f.Why.Help = t.T("diagnosis.why_help")
	}
	f.Perimeter = component.Field{Name: "perimeter", Label: t.T("diagnosis.perimeter"), Type: "select"}
	if v := r.PostFormValue("perimeter"); v != "" {
		perimeter = v
	}
	for _, x := range []string{diagnosis.Technician, diagnosis.Watchmaker, diagnosis.Manufacturer} {
		f.Perimeter.Choices = append(f.Perimeter.Choices, component.Choice{Value: x, Label: t.T("diagnosis.perimeter." + x), Chosen: x == perimeter})
	}
	f.Summary = component.Field{Name: "summary", Label: t.T("diagnosis.summary"), Type: "textarea", Rows: 3, Help: t.T("diagnosis.summary_help"), Value: r.PostFormValue("summary")}
	f.SummaryEN = component.Field{Name: "summary_en", Label: t.T("diagnosis.summary_en"), Type: "textarea", Rows: 3, Value: r.PostFormValue("summary_en")}
	if !back {
		// The customer's language is not the bench's: the sentence is written in both.
		f.Summary.Value = sentence(c.Name.FR) + ". " + sentence(c.Remedy.FR)
		f.SummaryEN.Value = sentence(c.Name.EN) + ". " + sentence(c.Remedy.EN)
	}
	return f
}

// parts offers the cause's own parts, and one free row.
func (f *keepForm) parts(t *locale.Printer, codes []string, typed func(string) string) {
	for _, code := range append(slices.Clone(codes), "") {
		row := partRow{Code: code, Name: partName(t, code)}
		chosen := typed("part." + code)
		row.States = []component.Choice{{Value: "", Label: t.T("diagnosis.part.none")}}
		for _, st := range []string{"worn", "broken", "missing", "dirty"} {
			row.States = append(row.States, component.Choice{Value: st, Label: t.T("diagnosis.part." + st), Chosen: st == chosen})
		}
		f.Parts = append(f.Parts, row)
	}
	free := typed("part_more")
	f.AllParts = append(f.AllParts, component.Choice{Label: t.T("diagnosis.other_part")})
	for _, x := range horology.Parts() {
		f.AllParts = append(f.AllParts, component.Choice{Value: x.Code, Label: partName(t, x.Code), Chosen: x.Code == free})
	}
}

func partName(t *locale.Printer, code string) string {
	x, ok := horology.PartByCode(code)
	switch {
	case !ok:
		return code
	case t.Lang() == locale.EN:
		return sentence(x.EN)
	}
	return sentence(x.FR)
}

func (p *diagnosisPage) operationChoices(t *locale.Printer, chosen string) []component.Choice {
	out := []component.Choice{{Label: t.T("diagnosis.no_more")}}
	for _, op := range horology.Operations() {
		if op.For(horology.Kind(p.View.Watch.Kind)) || p.View.Watch.Kind == "unknown" {
			out = append(out, component.Choice{Value: op.Code, Label: p.Operation(op.Code), Chosen: op.Code == chosen})
		}
	}
	return out
}

// diagnose is POST /orders/{number}/diagnosis: keep, also…, operation…,
// operation_more, part.<code>, part_more, why, perimeter, summary.
func (s *Server) diagnose(w http.ResponseWriter, r *http.Request) error {
	p, err := s.diagnosisPage(r)
	if err != nil {
		return err
	}
	a, err := s.act(r, p.View.State.Sheet)
	if err != nil {
		return err
	}
	d := order.Diagnosis{Why: entered(r, "why"), Summary: entered(r, "summary"), SummaryEN: entered(r, "summary_en"), Perimeter: entered(r, "perimeter")}
	if p.Keep != nil {
		d.Causes = append([]string{p.Keep.Cause}, r.PostForm["also"]...)
		for _, row := range p.Keep.Parts {
			code, state := row.Code, entered(r, "part."+row.Code)
			if code == "" {
				code = entered(r, "part_more")
			}
			if code != "" && state != "" {
				d.Parts = append(d.Parts, order.PartNeeded{Code: code, State: state})
			}
		}
	}
	for _, op := range append(slices.Clone(r.PostForm["operation"]), entered(r, "operation_more")) {
		if _, known := horology.OperationByCode(op); known && !slices.Contains(d.Operations, op) {
			d.Operations = append(d.Operations, op)
		}
	}
	if _, err := s.shop.Diagnose(r.Context(), a, d); err != nil {
		if p.Keep != nil {
			p.Keep.beside(s.printer(r).Fields(err))
		}
		return s.again(w, r, err, "diagnosis/diagnosis", p)
	}
	return s.done(w, r, p.At("/diagnosis"), "diagnosis.kept")
}

func (f *keepForm) beside(fields map[string]string) {
	f.Why.Error, f.Perimeter.Error, f.Summary.Error, f.SummaryEN.Error = fields["why"], fields["perimeter"], fields["summary"], fields["summary_en"]
	f.Others.Error = fields["cause"]
}

// rejectCause is POST …/diagnosis/reject: reject, why.
func (s *Server) rejectCause(w http.ResponseWriter, r *http.Request) error {
	p, err := s.diagnosisPage(r)
	if err != nil {
		return err
	}
	a, err := s.act(r, p.View.State.Sheet)
	if err != nil {
		return err
	}
	x := order.Rejection{Why: entered(r, "why")}
	if p.Reject != nil {
		x.Cause = p.Reject.Cause
	}
	if _, err := s.shop.RejectCause(r.Context(), a, x); err != nil {
		if p.Reject != nil {
			p.Reject.Why.Error = s.printer(r).Fields(err)["why"]
		}
		return s.again(w, r, err, "diagnosis/diagnosis", p)
	}
	return s.done(w, r, p.At("/diagnosis"), "diagnosis.rejected", p.Reject.Name)
}

// examine is POST …/diagnosis/examine: the file was read, the watch goes into diagnosis.
func (s *Server) examine(w http.ResponseWriter, r *http.Request) error {
	p, err := s.diagnosisPage(r)
	if err != nil {
		return err
	}
	a, err := s.act(r, p.View.State.Sheet)
	if err != nil {
		return err
	}
	if _, err := s.shop.Examine(r.Context(), a); err != nil {
		return s.again(w, r, err, "diagnosis/diagnosis", p)
	}
	return s.done(w, r, p.At("/diagnosis"), "diagnosis.examined")
}

// uncaseFormOf prefills the form with what the sheet says.
func uncaseFormOf(t *locale.Printer, st order.State, typed func(string) string) uncaseForm {
	known := order.Uncasing{Gasket: "good", Crystal: "good", CaseType: "screw_back", MovementNo: st.Watch.MovementNo}
	f := uncaseForm{}
	if st.Uncased != nil {
		known = *st.Uncased
		f.Done = t.T("diagnosis.uncased", t.T("diagnosis.case."+known.CaseType), t.T("diagnosis.gasket."+known.Gasket), t.T("diagnosis.crystal."+known.Crystal))
	}
	pick := func(name, label, prefix, now string, values []string) component.Field {
		field := component.Field{Name: name, Label: t.T(label), Type: "select"}
		if v := typed(name); v != "" {
			now = v
		}
		for _, v := range values {
			field.Choices = append(field.Choices, component.Choice{Value: v, Label: t.T(prefix + v), Chosen: v == now})
		}
		return field
	}
	f.CaseType = pick("case_type", "diagnosis.case", "diagnosis.case.", known.CaseType, order.CaseTypes())
	f.Gasket = pick("gasket", "diagnosis.gasket", "diagnosis.gasket.", known.Gasket, []string{"good", "worn", "missing"})
	f.Crystal = pick("crystal", "diagnosis.crystal", "diagnosis.crystal.", known.Crystal, []string{"good", "scratched", "cracked"})
	or := func(name, otherwise string) string {
		if v := typed(name); v != "" {
			return v
		}
		return otherwise
	}
	f.Tools = component.Field{Name: "tools", Label: t.T("diagnosis.tools"), Value: or("tools", strings.Join(known.Tools, ", "))}
	f.MovementNo = component.Field{Name: "movement_no", Label: t.T("diagnosis.movement_no"), Value: or("movement_no", known.MovementNo)}
	f.CaseNo = component.Field{Name: "case_no", Label: t.T("diagnosis.case_no"), Value: or("case_no", known.CaseNo)}
	if st.Watch.CaseNo != "" {
		f.CaseNo.Help = t.T("diagnosis.case_no_help", st.Watch.CaseNo)
	}
	f.Types = caseTypes(t)
	f.Seen = component.Field{Name: "calibre_seen", Label: t.T("diagnosis.seen"), Value: or("calibre_seen", known.Seen), Help: t.T("diagnosis.seen_help", st.Watch.CalibreTitle())}
	return f
}

// uncase is POST …/diagnosis/uncase.
func (s *Server) uncase(w http.ResponseWriter, r *http.Request) error {
	if err := readForm(r); err != nil {
		return err
	}
	p, err := s.diagnosisPage(r)
	if err != nil {
		return err
	}
	a, err := s.act(r, p.View.State.Sheet)
	if err != nil {
		return err
	}
	u := order.Uncasing{CaseType: entered(r, "case_type"), Gasket: entered(r, "gasket"), Crystal: entered(r, "crystal"),
		MovementNo: entered(r, "movement_no"), Seen: entered(r, "calibre_seen"), CaseNo: entered(r, "case_no")}
	for _, tool := range strings.Split(entered(r, "tools"), ",") {
		if tool = strings.TrimSpace(tool); tool != "" {
			u.Tools = append(u.Tools, tool)
		}
	}
	err = order.Uncase(u).Check(p.View.State, a.Who) // before its picture is kept
	if err == nil {
		u.Photo, err = s.onePhoto(r, a, "finding", s.printer(r).T("diagnosis.uncase_photo"))
	}
	if err == nil {
		_, err = s.shop.Uncase(r.Context(), a, u)
	}
	if err != nil {
		f := s.printer(r).Fields(err)
		p.Uncase.CaseType.Error, p.Uncase.Gasket.Error, p.Uncase.Crystal.Error = f["case_type"], f["gasket"], f["crystal"]
		p.Uncase.MovementNo.Error, p.Uncase.Seen.Error, p.Uncase.Tools.Error = f["movement_no"], f["calibre_seen"], f["tools"]
		p.Uncase.CaseNo.Error, p.Uncase.PhotoError = f["case_no"], f["photos"]
		return s.again(w, r, err, "diagnosis/diagnosis", p)
	}
	return s.done(w, r, p.At("/diagnosis")+"#uncase", "diagnosis.uncase_kept")
}
