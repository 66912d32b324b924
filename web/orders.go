package web

import (
	"net/http"
	"net/url"
	"slices"

	"etabli.example/fault"
	"etabli.example/ident"
	"etabli.example/trade/order"
	"etabli.example/web/component"
)

// pageOfOrders is how many orders a page of the list has.
const pageOfOrders = 50

type ordersPage struct {
	Page
	Lines      []component.OrderLine
	Stage      component.Field
	Technician component.Field
	After      string // number of the last line; "" where there is no further page
	Further    string // address of the next page
	First      string // address of the first page; "" on the first
}

// orders is GET /orders: stage, technician, after.
func (s *Server) orders(w http.ResponseWriter, r *http.Request) error {
	who, err := s.actor(r)
	if err != nil {
		return err
	}
	q, err := ordersQuery(r)
	if err != nil {
		return err
	}
	rows, err := s.shop.Orders(r.Context(), who, q)
	if err != nil {
		return err
	}
	people, err := s.shop.People(r.Context())
	if err != nil {
		return err
	}
	t := s.printer(r)
	p := &ordersPage{Page: Page{Title: "order.list.title"}}
	tech := []component.Choice{{Label: t.T("order.list.anybody")}}
	for _, x := range people {
		if x.Active {
			tech = append(tech, component.Choice{Value: x.ID, Label: x.Name, Chosen: x.ID == q.Technician})
		}
	}
	p.Technician = component.Field{Name: "technician", Label: t.T("order.technician"), Type: "select", Choices: tech}
	stages := []component.Choice{{Label: t.T("order.list.any_stage")}, {Value: "open", Label: t.T("order.list.open"), Chosen: q.Open}}
	for _, st := range order.Stages() {
		stages = append(stages, component.Choice{Value: string(st), Label: t.T("stage." + string(st)), Chosen: r.FormValue("stage") == string(st)})
	}
	p.Stage = component.Field{Name: "stage", Label: t.T("order.stage"), Type: "select", Choices: stages}
	if len(rows) > pageOfOrders {
		rows = rows[:pageOfOrders]
		p.After = rows[len(rows)-1].Number
		p.Further = ordersHref(r, p.After)
	}
	if q.After != "" {
		p.First = ordersHref(r, "")
	}
	if p.Lines, err = s.lines(r, rows); err != nil {
		return err
	}
	return s.page(w, r, "board/orders", p)
}

func ordersQuery(r *http.Request) (order.Query, error) {
	q := order.Query{Technician: r.FormValue("technician"), After: r.FormValue("after"), Limit: pageOfOrders + 1}
	switch stage := order.Stage(r.FormValue("stage")); {
	case stage == "":
	case stage == "open":
		q.Open = true
	case slices.Contains(order.Stages(), stage):
		q.Stages = []order.Stage{stage}
	default:
		return q, fault.New(fault.Invalid, "order.unknown_choice")
	}
	if q.After != "" {
		n, err := ident.ParseNumber(q.After)
		if err != nil {
			return q, err
		}
		q.After = n.String()
	}
	return q, nil
}

func ordersHref(r *http.Request, after string) string {
	v := url.Values{}
	for _, name := range []string{"stage", "technician"} {
		if x := r.FormValue(name); x != "" {
			v.Set(name, x)
		}
	}
	if after != "" {
		v.Set("after", after)
	}
	if len(v) == 0 {
		return "/orders"
	}
	return "/orders?" + v.Encode()
}
