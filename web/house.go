package web

import (
	"net/http"
	"strconv"
	"strings"

	"etabli.example/fault"
	"etabli.example/trade/staff"
	"etabli.example/web/component"
	"etabli.example/workshop"
)

func (s *Server) houseRoutes() {
	s.handle("GET /house", s.needs(s.house))
	s.handle("POST /house", s.needs(s.saveHouse))
	s.handle("POST /house/places", s.needs(s.savePlaces))
}

// housePage is the firm's identity, as every document names it.
type housePage struct {
	officeForm
	Firm    workshop.Firm
	Missing bool // documents cannot be printed yet
	Places  []component.Field
}

func (s *Server) housePage(r *http.Request) (*housePage, error) {
	form, err := s.officeForm(r, "house.title")
	if err != nil {
		return nil, err
	}
	if err := form.Who.Must(staff.ManagePeople); err != nil {
		return nil, err
	}
	p := &housePage{officeForm: form}
	p.Firm, err = s.shop.Firm(r.Context())
	if err != nil {
		return nil, err
	}
	p.Missing = p.Firm.Check() != nil
	places, err := s.shop.Places(r.Context())
	for _, c := range boardColumns {
		f := component.Field{Name: "places_" + string(c.head), Label: s.printer(r).T("board.column." + string(c.head)), InputMode: "numeric"}
		if n := places[c.head]; n > 0 {
			f.Value = strconv.Itoa(n)
		}
		p.Places = append(p.Places, f)
	}
	return p, err
}

// savePlaces is POST /house/places: how many watches each stage has room for.
func (s *Server) savePlaces(w http.ResponseWriter, r *http.Request) error {
	p, err := s.housePage(r)
	if err != nil {
		return err
	}
	p.Form = "places"
	places := workshop.Places{}
	var bad fault.Problems
	for i, c := range boardColumns {
		f := &p.Places[i]
		f.Value = entered(r, f.Name)
		if n := whole(&bad, f.Name, f.Value, 0); n != 0 {
			places[c.head] = n
		}
	}
	err = joined(bad, func() error { return s.shop.SavePlaces(r.Context(), p.Who, places) })
	if err == nil {
		return s.done(w, r, "/house#places", "house.places_saved")
	}
	beside := s.printer(r).Fields(err)
	for i := range p.Places {
		p.Places[i].Error = beside[p.Places[i].Name]
	}
	return s.refused(w, r, err, "house/house", p)
}

// Address is the firm's address as it is typed: one line a line.
func (p *housePage) Address() string { return strings.Join(p.Firm.Address, "\n") }

func (s *Server) house(w http.ResponseWriter, r *http.Request) error {
	p, err := s.housePage(r)
	if err != nil {
		return err
	}
	return s.page(w, r, "house/house", p)
}

func (s *Server) saveHouse(w http.ResponseWriter, r *http.Request) error {
	p, err := s.housePage(r)
	if err != nil {
		return err
	}
	p.Form = "house"
	f := workshop.Firm{Name: entered(r, "name"), Trade: entered(r, "trade"), Address: linesOf(entered(r, "address")), Phone: entered(r, "phone"),
		Email: entered(r, "email"), Site: entered(r, "site"), Legal: entered(r, "legal"), SIREN: entered(r, "siren"), VAT: entered(r, "vat"),
		Mediator: workshop.Mediator{Name: entered(r, "mediator_name"), Site: entered(r, "mediator_site"), Address: entered(r, "mediator_address")}}
	if err := s.shop.SaveFirm(r.Context(), p.Who, f); err != nil {
		return s.refused(w, r, err, "house/house", p)
	}
	return s.done(w, r, "/house", "house.saved")
}
