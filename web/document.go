package web

import (
	"context"
	"net/http"

	"etabli.example/fault"
	"etabli.example/locale"
	"etabli.example/paper"
	"etabli.example/trade/staff"
)

// documentRoutes names an order's documents; each takes lang, the receipt also
// copy (customer, bench, envelope).
func (s *Server) documentRoutes() {
	s.handle("GET /orders/{number}/receipt.pdf", s.document("receipt", func(r *http.Request, who staff.Actor, sheet string, lang locale.Lang) ([]byte, error) {
		forWhom, ok := copies[r.FormValue("copy")]
		if !ok {
			return nil, fault.New(fault.Invalid, "order.unknown_choice")
		}
		return s.shop.Receipt(r.Context(), who, sheet, forWhom, lang)
	}))
	for name, draw := range map[string]func(context.Context, staff.Actor, string, locale.Lang) ([]byte, error){
		"label": s.shop.Label, "quote": s.shop.QuotePaper, "report": s.shop.Report,
	} {
		s.handle("GET /orders/{number}/"+name+".pdf", s.document(name, func(r *http.Request, who staff.Actor, sheet string, lang locale.Lang) ([]byte, error) {
			return draw(r.Context(), who, sheet, lang)
		}))
	}
}

// copies names the copies of a receipt as addresses ask for them.
var copies = map[string]paper.Copy{"": paper.CustomerCopy, "customer": paper.CustomerCopy, "bench": paper.BenchCopy, "envelope": paper.EnvelopeCopy}

// document makes the handler of one order's document, in the language asked for.
func (s *Server) document(name string, draw func(r *http.Request, who staff.Actor, sheet string, lang locale.Lang) ([]byte, error)) handler {
	return s.needs(func(w http.ResponseWriter, r *http.Request) error {
		row, err := s.named(r)
		if err != nil {
			return err
		}
		who, err := s.actor(r)
		if err != nil {
			return err
		}
		pdf, err := draw(r, who, row.Sheet, paperLanguage(r))
		if err != nil {
			return err
		}
		return writePDF(w, name+"-"+row.Number, pdf)
	})
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
