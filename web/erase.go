package web

import (
	"encoding/json"
	"net/http"
)

func (s *Server) eraseRoutes() {
	s.handle("GET /customers/{id}/export.json", s.needs(s.exportCustomer))
	s.handle("GET /customers/{id}/export.pdf", s.needs(s.printCustomer))
	s.handle("POST /customers/{id}/erase", s.needs(s.eraseCustomer))
}

// exportCustomer is everything the house knows of a person, for them.
func (s *Server) exportCustomer(w http.ResponseWriter, r *http.Request) error {
	who, err := s.actor(r)
	if err != nil {
		return err
	}
	p, err := s.shop.ExportCustomer(r.Context(), who, r.PathValue("id"))
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Content-Disposition", `attachment; filename="etabli-personal-data.json"`)
	w.Header().Set("Cache-Control", "no-store")
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	return e.Encode(p)
}

// printCustomer is the same as a document to be read, in the language asked for.
func (s *Server) printCustomer(w http.ResponseWriter, r *http.Request) error {
	who, err := s.actor(r)
	if err != nil {
		return err
	}
	pdf, err := s.shop.PersonalPaper(r.Context(), who, r.PathValue("id"), paperLanguage(r))
	if err != nil {
		return err
	}
	return writePDF(w, "etabli-personal-data", pdf)
}

// eraseCustomer is POST /customers/{id}/erase: why.
func (s *Server) eraseCustomer(w http.ResponseWriter, r *http.Request) error {
	who, err := s.actor(r)
	if err != nil {
		return err
	}
	id := r.PathValue("id")
	if err := s.shop.EraseCustomer(r.Context(), who, id, entered(r, "why")); err != nil {
		return err
	}
	return s.done(w, r, "/customers/"+id, "customer.erased")
}
