package web

import (
	"net/http"
	"slices"

	"etabli.example/fault"
	"etabli.example/money"
	"etabli.example/trade/order"
	"etabli.example/workshop"
)

func (s *Server) restitutionRoutes() {
	s.handle("GET /orders/{number}/return", s.needs(s.restitution))
	s.handle("POST /orders/{number}/return", s.needs(s.handOver))
}

// restitutionPage gives the watch back: by hand, by parcel, unrepaired, or
// classed as abandoned.
type restitutionPage struct {
	orderHead
	In        order.Handover
	Form      string // which form was refused
	Guarantee string // ISO date, for work returned today
	Parts     []order.PartUsed
	MustParts bool   // the customer asked for the old parts
	Opened    bool   // the case was opened
	Base      string // address people reach the pages at

}

func (s *Server) restitutionPage(r *http.Request) (*restitutionPage, error) {
	head, err := s.orderHead(r, false)
	if err != nil {
		return nil, err
	}
	p := &restitutionPage{orderHead: head, Guarantee: s.shop.Guarantee(), In: order.Handover{To: "customer"}, Base: s.shop.Base, Opened: head.View.Uncased != nil}
	for _, x := range p.View.Parts {
		if x.Old == "returned" {
			p.Parts = append(p.Parts, x)
		}
	}
	p.MustParts = slices.Contains(p.View.Wishes, "return_parts") && len(p.Parts) > 0
	return p, nil
}

// Advices are what can be said on giving the watch back.
func (p *restitutionPage) Advices() []string { return order.AdviceOffered() }

// Advised reports whether an advice is ticked.
func (p *restitutionPage) Advised(a string) bool { return slices.Contains(p.In.Advice, a) }

// Tos are who may take the watch.
func (p *restitutionPage) Tos() []string { return []string{"customer", "mandate"} }

// Insured is the value a parcel is insured for, as typed or as declared; "" for none.
func (p *restitutionPage) Insured() string {
	v := p.In.Insured
	if v == 0 && p.Form == "" {
		v = p.View.DeclaredValue
	}
	if v == 0 {
		return ""
	}
	return p.P.Number(float64(v)/100, 2)
}

// Any reports whether this stage has any way of giving the watch back.
func (p *restitutionPage) Any() bool {
	return p.Can("returned") || p.Can("sent") || p.Can("returned_unrepaired") || p.Can("abandoned")
}

// Back reports whether the watch is back with its owner.
func (p *restitutionPage) Back() bool { return p.View.Handover != nil }

// HasReport reports whether there is work to report on.
func (p *restitutionPage) HasReport() bool {
	return p.View.Handover != nil || p.View.Stage == order.Ready
}

func (s *Server) restitution(w http.ResponseWriter, r *http.Request) error {
	p, err := s.restitutionPage(r)
	if err != nil {
		return err
	}
	return s.page(w, r, "restitution/restitution", p)
}

// handOver answers the four forms by their button.
func (s *Server) handOver(w http.ResponseWriter, r *http.Request) error {
	p, err := s.restitutionPage(r)
	if err != nil {
		return err
	}
	a, err := s.act(r, p.View.Sheet)
	if err != nil {
		return err
	}
	p.Form = r.PostFormValue("do")
	p.In = order.Handover{To: entered(r, "to"), Shown: r.PostFormValue("shown") != "", PartsReturned: r.PostFormValue("parts_returned") != "",
		Advice: among(r.PostForm["advice"], order.AdviceOffered()), Carrier: entered(r, "carrier"), Tracking: entered(r, "tracking"),
		WaterNotGuaranteed: r.PostFormValue("water_not_guaranteed") != "", Why: entered(r, "why"), Receipt: entered(r, "till_receipt")}
	if v := entered(r, "insured"); v != "" {
		if p.In.Insured, err = money.Parse(v); err != nil {
			return s.again(w, r, beside("insured", err), "restitution/restitution", p)
		}
	}
	if err := s.handOverBy(r, a, p.Form, p.In); err != nil {
		return s.again(w, r, err, "restitution/restitution", p)
	}
	return s.done(w, r, p.At("/return"), "return.did_"+p.Form)
}

func (s *Server) handOverBy(r *http.Request, a workshop.Act, way string, h order.Handover) (err error) {
	switch way {
	case "hand":
		_, err = s.shop.HandBack(r.Context(), a, h)
	case "parcel":
		_, err = s.shop.Ship(r.Context(), a, h)
	case "unrepaired":
		_, err = s.shop.HandBackUnrepaired(r.Context(), a, h)
	case "abandoned":
		_, err = s.shop.Abandon(r.Context(), a, h)
	default:
		err = fault.New(fault.Invalid, "web.fault.form")
	}
	return err
}

// among keeps what is on the list.
func among(values, list []string) []string {
	var out []string
	for _, v := range values {
		if slices.Contains(list, v) {
			out = append(out, v)
		}
	}
	return out
}
