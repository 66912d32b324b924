package web

import (
	"cmp"
	"net/http"
	"slices"
	"strconv"

	"etabli.example/fault"
	"etabli.example/horology"
	"etabli.example/money"
	"etabli.example/trade/order"
	"etabli.example/web/component"
	"etabli.example/workshop"
)

// supplementForm is a supplementary quote as it is typed.
type supplementForm struct{ Step, Operation, Label, Amount, Why string }

// workForm answers the forms beside the steps.
func (s *Server) workForm(w http.ResponseWriter, r *http.Request, form string, act func(*workPage, workshop.Act) error) error {
	p, a, err := s.workAct(r)
	if err != nil {
		return err
	}
	to := p.At("/work")
	switch form {
	case "finish":
		to = p.At("/control")
	case "alert", "answer", "supplement":
		to += "#step-" + (stepRow{Step: order.Step{ID: entered(r, "step")}}).Anchor()
	}
	if err := act(p, a); err != nil {
		p.Form = form
		return s.again(w, r, err, "work/work", p)
	}
	return s.done(w, r, to, "work.did_"+form)
}

func (s *Server) workFinding(w http.ResponseWriter, r *http.Request) error {
	if err := readForm(r); err != nil {
		return err
	}
	return s.workForm(w, r, "finding", func(p *workPage, a workshop.Act) error {
		p.Finding = order.Finding{Component: codeOf(entered(r, "component")), State: entered(r, "state"), Step: entered(r, "step"), Note: entered(r, "note"),
			Grade: numberOf(entered(r, "grade")), Verdict: entered(r, "verdict")}
		if err := order.NoteFinding(p.Finding).Check(p.View.State, a.Who); err != nil {
			return err // before its picture is kept
		}
		hash, err := s.onePhoto(r, a, "finding", p.PartName(p.Finding.Component))
		if err != nil {
			return err
		}
		p.Finding.Photo = hash
		_, err = s.shop.Finding(r.Context(), a, p.Finding)
		return err
	})
}

func (s *Server) workPart(w http.ResponseWriter, r *http.Request) error {
	return s.workForm(w, r, "part", func(p *workPage, a workshop.Act) error {
		p.Part = order.PartUsed{Code: codeOf(entered(r, "code")), Lot: entered(r, "lot"), Origin: entered(r, "origin"), Step: entered(r, "step"), Old: entered(r, "old")}
		if _, known := horology.PartByCode(p.Part.Code); !known {
			p.Part.Label = p.Part.Code
		}
		_, err := s.shop.Part(r.Context(), a, p.Part)
		return err
	})
}

func (s *Server) workCasing(w http.ResponseWriter, r *http.Request) error {
	return s.workForm(w, r, "casing", func(p *workPage, a workshop.Act) error {
		p.Casing = order.Casing{Dust: r.PostFormValue("dust_free") != "", Hands: r.PostFormValue("hands_clear") != "",
			Closed: r.PostFormValue("closed_to_torque") != "", Gasket: entered(r, "gasket")}
		if p.Torque = entered(r, "torque"); p.Torque != "" {
			var bad fault.Problems
			v := figure(&bad, "torque", p.Torque)
			if err := bad.Err(); err != nil {
				return err
			}
			p.Casing.TorqueNm = &v
		}
		_, err := s.shop.CaseUp(r.Context(), a, p.Casing)
		return err
	})
}

func (s *Server) workStart(w http.ResponseWriter, r *http.Request) error {
	return s.workForm(w, r, "start", func(p *workPage, a workshop.Act) error {
		_, err := s.shop.StartWork(r.Context(), a)
		return err
	})
}

func (s *Server) workFinish(w http.ResponseWriter, r *http.Request) error {
	return s.workForm(w, r, "finish", func(p *workPage, a workshop.Act) error {
		_, err := s.shop.FinishWork(r.Context(), a)
		return err
	})
}

// onePhoto keeps the first picture of the field "photos" and returns its hash;
// "" where none was chosen.
func (s *Server) onePhoto(r *http.Request, a workshop.Act, moment, caption string) (string, error) {
	if r.MultipartForm == nil || len(r.MultipartForm.File["photos"]) == 0 {
		return "", nil
	}
	h := r.MultipartForm.File["photos"][0]
	if h.Size == 0 {
		return "", nil
	}
	f, err := h.Open()
	if err != nil {
		return "", fault.Wrap("web.onePhoto", err)
	}
	defer f.Close()
	a.Entry, a.Seen = a.Entry+"-p0", -1
	hash, err := s.shop.KeepPhoto(r.Context(), a, f, moment, caption)
	if k := fault.KindOf(err); err != nil && (k == fault.Invalid || k == fault.TooLarge) {
		return "", beside("photos", err)
	}
	return hash, err
}

// workPhoto keeps pictures taken at the bench, by any camera the browser offers.
func (s *Server) workPhoto(w http.ResponseWriter, r *http.Request) error {
	if err := readForm(r); err != nil {
		return err
	}
	return s.workForm(w, r, "photo", func(p *workPage, a workshop.Act) error { return s.doPhoto(r, a) })
}

func (s *Server) workAlert(w http.ResponseWriter, r *http.Request) error {
	return s.workForm(w, r, "alert", func(p *workPage, a workshop.Act) error {
		p.Alert = order.Alert{About: entered(r, "about"), Step: entered(r, "step"), Note: entered(r, "note")}
		_, err := s.shop.RaiseAlert(r.Context(), a, p.Alert)
		return err
	})
}

// workSupplement asks the customer for more than was agreed, at one step.
func (s *Server) workSupplement(w http.ResponseWriter, r *http.Request) error {
	return s.workForm(w, r, "supplement", func(p *workPage, a workshop.Act) error {
		p.More = supplementForm{entered(r, "step"), entered(r, "operation"), entered(r, "label"), entered(r, "amount"), entered(r, "why")}
		amount, err := money.Parse(p.More.Amount)
		if err != nil {
			return beside("amount", err)
		}
		x := order.Supplement{Step: p.More.Step, Why: p.More.Why, Finding: p.lastRevision()}
		_, err = s.shop.AskSupplement(r.Context(), a, x, p.More.Operation, p.More.Label, amount)
		return err
	})
}

// lastRevision is the latest finding that revises the diagnosis, 0 if none.
func (p *workPage) lastRevision() int64 {
	for i := len(p.View.Findings) - 1; i >= 0; i-- {
		if p.View.Findings[i].Verdict == "revises" {
			return p.View.Findings[i].Seq
		}
	}
	return 0
}

// workAnswer records the customer's answer to a supplementary quote.
func (s *Server) workAnswer(w http.ResponseWriter, r *http.Request) error {
	return s.workForm(w, r, "answer", func(p *workPage, a workshop.Act) error {
		of, err := strconv.ParseInt(entered(r, "of"), 10, 64)
		if err != nil {
			return fault.New(fault.Invalid, "web.fault.form")
		}
		_, err = s.shop.AnswerSupplement(r.Context(), a, order.SupplementAnswer{Of: of, Accepted: entered(r, "do") == "accept", Mode: entered(r, "mode"), Reason: entered(r, "reason")})
		return err
	})
}

// readSafety acknowledges a safety card and goes back to where it stood.
func (s *Server) readSafety(w http.ResponseWriter, r *http.Request) error {
	row, err := s.named(r)
	if err != nil {
		return err
	}
	a, err := s.act(r, row.Sheet)
	if err != nil {
		return err
	}
	if _, err := s.shop.ReadSafety(r.Context(), a, entered(r, "card")); err != nil {
		return err
	}
	to := orderHref(row.Number, "work")
	if entered(r, "back") == "prepare" {
		to = orderHref(row.Number, "prepare")
	}
	return s.done(w, r, to, "safety.did_read")
}

// Others are the people who may help or watch: everybody but whoever works.
func (p *workPage) Others() []component.Choice {
	var out []component.Choice
	for id, name := range p.View.People {
		if id != p.Who.ID {
			out = append(out, component.Choice{Value: id, Label: name, Chosen: id == p.With})
		}
	}
	slices.SortFunc(out, func(a, b component.Choice) int {
		return cmp.Or(cmp.Compare(a.Label, b.Label), cmp.Compare(a.Value, b.Value))
	})
	return out
}

// Grades are the grades of wear, 1 to the highest.
func (p *workPage) Grades() []int {
	var out []int
	for g := 1; g <= order.MostWear; g++ {
		out = append(out, g)
	}
	return out
}

// Positions are those of a full session.
func (p *workPage) Positions() []string { return order.PositionsOf(p.View.Watch.Kind, 6) }

// Verdicts are what a finding can do to the diagnosis.
func (p *workPage) Verdicts() []string { return order.FindingVerdicts() }

// Reasons are the usual reasons for passing a step, one tap each.
func (p *workPage) Reasons() []string { return []string{"not_here", "done_before", "not_agreed"} }

// Abouts are what an alert can be about, beside a repair, which a step raises.
func (p *workPage) Abouts() []string { return order.AlertAbouts()[1:] }

// OperationsOffered are what a supplementary quote can add.
func (p *workPage) OperationsOffered() []horology.Operation { return horology.Operations() }
