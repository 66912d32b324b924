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
	firmFields
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

// firmFields is what the fields of the identity begin with.
type firmFields struct{ Firm workshop.Firm }

// FirmForm names the form they stand in.
func (p *housePage) FirmForm() string { return "house" }

// Address is the firm's address as it is typed: one line a line.
func (p firmFields) Address() string { return strings.Join(p.Firm.Address, "\n") }

// Conditions are the house's own terms as they are typed: one a line.
func (p firmFields) Conditions() string { return strings.Join(p.Firm.Conditions, "\n") }

// firmOf reads the firm's identity from a form.
func firmOf(r *http.Request) workshop.Firm {
	return workshop.Firm{Name: entered(r, "name"), Trade: entered(r, "trade"), Address: linesOf(entered(r, "address")), Phone: entered(r, "phone"),
		Email: entered(r, "email"), Site: entered(r, "site"), Legal: entered(r, "legal"), SIREN: entered(r, "siren"), VAT: entered(r, "vat"),
		Mediator:   workshop.Mediator{Name: entered(r, "mediator_name"), Site: entered(r, "mediator_site"), Address: entered(r, "mediator_address")},
		Conditions: linesOf(entered(r, "conditions"))}
}

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
	if err := s.shop.SaveFirm(r.Context(), p.Who, firmOf(r)); err != nil {
		return s.refused(w, r, err, "house/house", p)
	}
	return s.done(w, r, "/house", "house.saved")
}
