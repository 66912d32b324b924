package web

import (
	"net/http"

	"etabli.example/fault"
	"etabli.example/locale"
	"etabli.example/paper"
)

func (s *Server) documentRoutes() {
	s.handle("GET /orders/{number}/receipt.pdf", s.needs(s.receipt))
	s.handle("GET /orders/{number}/label.pdf", s.needs(s.label))
}

// copies names the copies of a receipt as addresses ask for them.
var copies = map[string]paper.Copy{"": paper.CustomerCopy, "customer": paper.CustomerCopy, "bench": paper.BenchCopy, "envelope": paper.EnvelopeCopy}

// receipt is GET /orders/{number}/receipt.pdf: copy (customer, bench, envelope), lang.
func (s *Server) receipt(w http.ResponseWriter, r *http.Request) error {
	row, err := s.named(r)
	if err != nil {
		return err
	}
	who, err := s.actor(r)
	if err != nil {
		return err
	}
	forWhom, ok := copies[r.FormValue("copy")]
	if !ok {
		return fault.New(fault.Invalid, "order.unknown_choice")
	}
	pdf, err := s.shop.Receipt(r.Context(), who, row.Sheet, forWhom, paperLanguage(r))
	if err != nil {
		return err
	}
	return writePDF(w, "receipt-"+row.Number, pdf)
}

// label is GET /orders/{number}/label.pdf: lang.
func (s *Server) label(w http.ResponseWriter, r *http.Request) error {
	row, err := s.named(r)
	if err != nil {
		return err
	}
	who, err := s.actor(r)
	if err != nil {
		return err
	}
	pdf, err := s.shop.Label(r.Context(), who, row.Sheet, paperLanguage(r))
	if err != nil {
		return err
	}
	return writePDF(w, "label-"+row.Number, pdf)
}

// paperLanguage is the language asked for, else that of the page.
func paperLanguage(r *http.Request) locale.Lang {
	if lang, ok := locale.Known(r.FormValue("lang")); ok {
		return lang
	}
	return Language(r)
}

// writePDF shows a document in the browser, under the name it is saved by.
func writePDF(w http.ResponseWriter, name string, pdf []byte) error {
	h := w.Header()
	h.Set("Content-Type", "application/pdf")
	h.Set("Content-Disposition", `inline; filename="`+name+`.pdf"`)
	h.Set("Cache-Control", "private, no-store")
	_, err := w.Write(pdf)
	return err
}
