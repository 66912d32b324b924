package web

import (
	"net/http"

	"etabli.example/fault"
	"etabli.example/horology"
	"etabli.example/journal"
	"etabli.example/locale"
	"etabli.example/trade/equipment"
	"etabli.example/web/component"
	"etabli.example/workshop"
)

func (s *Server) toolRoutes() {
	s.handle("GET /tools", s.needs(s.tools))
	s.handle("POST /tools", s.needs(s.registerTool))
	s.handle("GET /tools/{tool}", s.needs(s.tool))
	s.handle("POST /tools/{tool}", s.needs(s.changeTool))
}

// toolsPage is the list of tools by due date.
type toolsPage struct {
	officeForm
	Rows    []toolRow
	Overdue int
	Soon    int
	Drift   int // in service with a control chart in alarm
}

// toolRow is a tool and how it stands today.
type toolRow struct {
	equipment.Row
	Status  equipment.Status
	Verdict component.Verdict
}

// verdictOf draws a status with the chip everything is judged by.
func verdictOf(text string, s equipment.Status) component.Verdict {
	v := component.Verdict{Text: text, Judgement: component.Inconclusive, Size: component.Small}
	switch s {
	case equipment.StatusInDate, equipment.StatusFree:
		v.Judgement = component.Inside
	case equipment.StatusOverdue, equipment.StatusStopped:
		v.Judgement = component.Outside
	case equipment.StatusSoon, equipment.StatusWithdrawn:
	}
	return v
}

func (s *Server) toolsPage(r *http.Request) (*toolsPage, error) {
	form, err := s.officeForm(r, "tool.title")
	if err != nil {
		return nil, err
	}
	p := &toolsPage{officeForm: form}
	rows, err := s.shop.Tools(r.Context(), p.Who)
	if err != nil {
		return nil, err
	}
	for _, row := range rows {
		x := toolRow{Row: row, Status: row.StatusOn(p.today)}
		x.Verdict = verdictOf(s.printer(r).T("tool.status."+string(x.Status)), x.Status)
		if row.Drifts && !row.Withdrawn {
			p.Drift++
		}
		switch x.Status {
		case equipment.StatusOverdue, equipment.StatusStopped:
			p.Overdue++
		case equipment.StatusSoon:
			p.Soon++
		default:
		}
		p.Rows = append(p.Rows, x)
	}
	return p, nil
}

// Kinds are the kinds of tool the trade knows.
func (p *toolsPage) Kinds() []horology.Tool { return horology.Tools() }

// KindName is a kind in the reader's language.
func (p *officeForm) KindName(fr string) string { return kindName(p.Lang, fr) }

func kindName(lang locale.Lang, fr string) string {
	for _, k := range horology.Tools() {
		if k.FR == fr && lang == locale.EN {
			return sentence(k.EN)
		}
	}
	return sentence(fr)
}

func (s *Server) tools(w http.ResponseWriter, r *http.Request) error {
	p, err := s.toolsPage(r)
	if err != nil {
		return err
	}
	return s.page(w, r, "tools/tools", p)
}

func (s *Server) registerTool(w http.ResponseWriter, r *http.Request) error {
	p, err := s.toolsPage(r)
	if err != nil {
		return err
	}
	a, err := s.act(r, "")
	if err != nil {
		return err
	}
	var bad fault.Problems
	x := equipment.Registration{Name: entered(r, "name"), Kind: entered(r, "kind"), Serial: entered(r, "serial"), Place: entered(r, "place"),
		Instrument: r.PostFormValue("instrument") != "", Since: entered(r, "since")}
	usual := 0
	for _, k := range horology.Tools() {
		if k.FR == x.Kind {
			usual = k.IntervalDays
		}
	}
	x.Interval = whole(&bad, "interval", entered(r, "interval"), usual)
	p.Form = "register"
	var got equipment.State
	err = joined(bad, func() (err error) { got, err = s.shop.RegisterTool(r.Context(), a, x); return err })
	if err != nil {
		return s.refused(w, r, err, "tools/tools", p)
	}
	return s.done(w, r, "/tools/"+got.Sheet, "tool.did.register", x.Name)
}

// toolPage is the sheet of one tool.
type toolPage struct {
	officeForm
	View    workshop.ToolView
	Verdict component.Verdict
	Story   component.Timeline
}

func (s *Server) toolPage(r *http.Request) (*toolPage, error) {
	form, err := s.officeForm(r, "")
	if err != nil {
		return nil, err
	}
	p := &toolPage{officeForm: form}
	if p.View, err = s.shop.Tool(r.Context(), p.Who, r.PathValue("tool")); err != nil {
		return nil, err
	}
	t := s.printer(r)
	p.Title, p.Seq = p.View.Name, p.View.Seq
	p.Verdict = verdictOf(t.T("tool.status."+string(p.View.Status)), p.View.Status)
	p.Verdict.Size = component.Medium
	p.Story = story(t, p.View.Entries, p.View.People, p.View.Broken, func(e journal.Entry, x *component.TimelineEntry) {
		x.Title = t.T("tool.entry." + string(e.Kind))
		switch e.Kind {
		case equipment.KindRegistered:
			v := decoded[equipment.Registration](e)
			x.Icon, x.Text = "driver", lines(kindName(t.Lang(), v.Kind), v.Serial, v.Place)
		case equipment.KindVerified:
			v := decoded[equipment.Verification](e)
			x.Icon, x.Text = "check", lines(t.Day(v.Date), v.Values, v.Certificate, v.Who)
			result := component.Verdict{Judgement: component.Inside, Text: t.T("tool.result." + v.Result)}
			if v.Result != equipment.Passed {
				x.Icon, result.Judgement = "close", component.Outside
			}
			x.Verdict = &result
		case equipment.KindChecked:
			v := decoded[equipment.Check](e)
			x.Icon, x.Text = "loupe", lines(v.Piece, v.Quantity+" "+unitOf(t, v.Value, v.Unit))
		case equipment.KindCalibrated:
			v := decoded[equipment.Calibration](e)
			x.Icon, x.Text = "trace", lines(v.Reference, calibrationText(t, v))
		case equipment.KindIncident:
			v := decoded[equipment.Incident](e)
			x.Icon, x.Text = "alert", v.What
			if v.Stop {
				x.Summary = t.T("tool.stopped_by")
			}
		case equipment.KindWithdrawn, equipment.KindBack:
			x.Icon, x.Text = "undo", decoded[equipment.Change](e).Why
		}
	})
	return p, nil
}

func (s *Server) tool(w http.ResponseWriter, r *http.Request) error {
	p, err := s.toolPage(r)
	if err != nil {
		return err
	}
	return s.page(w, r, "tools/tool", p)
}

// changeTool answers the tool's forms: verify, incident, withdraw, back.
func (s *Server) changeTool(w http.ResponseWriter, r *http.Request) error {
	p, err := s.toolPage(r)
	if err != nil {
		return err
	}
	a, err := s.act(r, p.View.Sheet)
	if err != nil {
		return err
	}
	why := equipment.Change{Why: entered(r, "why")}
	switch p.Form {
	case "verify":
		_, err = s.shop.VerifyTool(r.Context(), a, equipment.Verification{Date: entered(r, "date"), Result: entered(r, "result"),
			Values: entered(r, "values"), Certificate: entered(r, "certificate"), Who: entered(r, "by")})
	case "check":
		var c equipment.Check
		if c, err = s.checked(r); err == nil {
			_, err = s.shop.CheckTool(r.Context(), a, c)
		}
	case "incident":
		_, err = s.shop.ReportTool(r.Context(), a, equipment.Incident{What: entered(r, "what"), Stop: r.PostFormValue("stop") != ""})
	case "withdraw":
		_, err = s.shop.WithdrawTool(r.Context(), a, why)
	case "back":
		_, err = s.shop.BringToolBack(r.Context(), a, why)
	default:
		return fault.New(fault.Invalid, "web.fault.form")
	}
	if err != nil {
		return s.refused(w, r, err, "tools/tool", p)
	}
	return s.done(w, r, "/tools/"+p.View.Sheet, "tool.did."+p.Form, p.View.Name)
}
