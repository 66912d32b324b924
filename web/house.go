package web

import (
	"net/http"
	"strings"

	"etabli.example/trade/staff"
	"etabli.example/workshop"
)

func (s *Server) houseRoutes() {
	s.handle("GET /house", s.needs(s.house))
	s.handle("POST /house", s.needs(s.saveHouse))
}

// housePage is the firm's identity, as every document names it.
type housePage struct {
	officeForm
	Firm    workshop.Firm
	Missing bool // documents cannot be printed yet
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
	p.Missing = p.Firm.Check() != nil
	return p, err
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
