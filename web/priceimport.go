package web

import (
	"io"
	"net/http"

	"etabli.example/fault"
	"etabli.example/horology"
	"etabli.example/trade/price"
	"etabli.example/trade/staff"
	"etabli.example/workshop"
)

// mostPrices is the largest file of prices that may be sent.
const mostPrices = 2 << 20

// priceImportPage tries a file of prices before anything changes.
type priceImportPage struct {
	Page
	Forbid string
	Text   string
	Notice string
	Tried  bool
	workshop.PriceImport
}

// Keep is how many prices the file would write.
func (p *priceImportPage) Keep() int { return len(p.New) + len(p.Changed) }

// Label names an operation in the reader's language.
func (p *priceImportPage) Label(code string) string {
	op, _ := horology.OperationByCode(code)
	if p.Lang == "en" {
		return sentence(op.EN)
	}
	return sentence(op.FR)
}

// What says which watches a price is for.
func (p *priceImportPage) What(x price.Price) string { return (&pricePage{Page: p.Page}).What(x) }

func (s *Server) priceImportPage(r *http.Request) (*priceImportPage, staff.Actor, error) {
	who, err := s.actor(r)
	p := &priceImportPage{Page: Page{Title: "price.import_title", Back: "/prices"}}
	if err := who.Must(staff.ManagePrices); err != nil {
		p.Forbid = s.printer(r).Error(err)
	}
	return p, who, err
}

func (s *Server) priceImport(w http.ResponseWriter, r *http.Request) error {
	p, _, err := s.priceImportPage(r)
	if err != nil {
		return err
	}
	return s.page(w, r, "price/import", p)
}

// importPrices tries the file (do=try), or takes it over (do=keep).
func (s *Server) importPrices(w http.ResponseWriter, r *http.Request) error {
	p, who, err := s.priceImportPage(r)
	if err != nil {
		return err
	}
	if err := readForm(r); err != nil {
		return err
	}
	if p.Text, err = sentFile(r, "file", "text", mostPrices); err != nil {
		return err
	}
	if p.Text == "" {
		p.Notice = s.printer(r).T("price.no_file")
		return s.refuse(w, r, "price/import", p)
	}
	p.PriceImport, err = s.shop.ImportPrices(r.Context(), who, []byte(p.Text), r.PostFormValue("do") == "keep")
	if k := fault.KindOf(err); k == fault.Invalid || k == fault.TooLarge {
		p.Notice = s.printer(r).Error(err)
		return s.pageStatus(w, r, status[k], "price/import", p)
	}
	if err != nil {
		return err
	}
	if p.Done {
		return s.done(w, r, "/prices", "price.imported", p.Keep())
	}
	p.Tried = true
	return s.page(w, r, "price/import", p)
}

// sentFile is what a form brought: the file, or the text pasted where there is none.
func sentFile(r *http.Request, file, text string, most int64) (string, error) {
	if r.MultipartForm != nil && len(r.MultipartForm.File[file]) > 0 {
		f, err := r.MultipartForm.File[file][0].Open()
		if err != nil {
			return "", fault.Wrap("web.sentFile", err)
		}
		defer f.Close()
		b, err := io.ReadAll(io.LimitReader(f, most+1))
		if int64(len(b)) > most {
			return "", fault.New(fault.TooLarge, "web.fault.upload", most>>20)
		}
		if err != nil || len(b) > 0 {
			return string(b), fault.Wrap("web.sentFile", err)
		}
	}
	return r.PostFormValue(text), nil
}

// pricesFile is GET /prices.csv.
func (s *Server) pricesFile(w http.ResponseWriter, r *http.Request) error {
	who, err := s.actor(r)
	if err != nil {
		return err
	}
	b, err := s.shop.PricesFile(r.Context(), who)
	if err != nil {
		return err
	}
	return writeCSV(w, "prices-"+s.shop.Today(), b)
}

// writeCSV sends a table under the name it is saved by.
func writeCSV(w http.ResponseWriter, name string, b []byte) error {
	h := w.Header()
	h.Set("Content-Type", "text/csv; charset=utf-8")
	h.Set("Content-Disposition", `attachment; filename="`+name+`.csv"`)
	h.Set("Cache-Control", "private, no-store")
	_, err := w.Write(b)
	return err
}

// priceDisplay is GET /prices/display.pdf: what hangs in the shop.
func (s *Server) priceDisplay(w http.ResponseWriter, r *http.Request) error {
	who, err := s.actor(r)
	if err != nil {
		return err
	}
	pdf, err := s.shop.PriceDisplay(r.Context(), who, paperLanguage(r))
	if err != nil {
		return err
	}
	return writePDF(w, "prices-"+s.shop.Today(), pdf)
}
