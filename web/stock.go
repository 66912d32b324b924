package web

import (
	"net/http"
	"strings"

	"etabli.example/fault"
	"etabli.example/horology"
	"etabli.example/journal"
	"etabli.example/trade/stock"
	"etabli.example/web/component"
	"etabli.example/workshop"
)

func (s *Server) stockRoutes() {
	s.handle("GET /stock", s.needs(s.stock))
	s.handle("POST /stock", s.needs(s.moveStock))
	s.handle("GET /stock/{lot}", s.needs(s.lot))
	s.handle("POST /stock/{lot}", s.needs(s.changeLot))
}

// stockPage is the parts of the house with their lots.
type stockPage struct {
	officeForm
	workshop.Stock
	Low     int // parts below their minimum
	Expired int // lots past their date
}

func (s *Server) stockPage(r *http.Request) (*stockPage, error) {
	form, err := s.officeForm(r, "stock.title")
	if err != nil {
		return nil, err
	}
	p := &stockPage{officeForm: form}
	if p.Stock, err = s.shop.Stock(r.Context(), p.Who); err != nil {
		return nil, err
	}
	for _, part := range p.Parts {
		if part.Low() {
			p.Low++
		}
		for _, l := range part.Lots {
			if l.Expired(p.today) {
				p.Expired++
			}
		}
	}
	return p, nil
}

// Origins and Units are what the receipt offers; Catalogue and Oils name what
// the trade knows, for the lists of the fields.
func (p *stockPage) Origins() []string { return stock.Origins() }

// Units are what lots are counted in.
func (p *stockPage) Units() []string { return stock.Units() }

// Catalogue is every kind of part.
func (p *stockPage) Catalogue() []horology.Part { return horology.Parts() }

// Oils are the lubricants, each once.
func (p *stockPage) Oils() []string {
	var out []string
	seen := map[string]bool{}
	for _, l := range horology.Lubricants() {
		name := strings.TrimSpace(l.Brand + " " + l.Product)
		if !seen[name] && len([]rune(name)) <= 40 {
			seen[name] = true
			out = append(out, name)
		}
	}
	return out
}

// Gone reports whether a lot is past its date.
func (p *stockPage) Gone(r stock.Row) bool { return r.Expired(p.today) }

func (s *Server) stock(w http.ResponseWriter, r *http.Request) error {
	p, err := s.stockPage(r)
	if err != nil {
		return err
	}
	return s.page(w, r, "stock/stock", p)
}

// moveStock answers the page's forms by their button: receive, count, minimum.
func (s *Server) moveStock(w http.ResponseWriter, r *http.Request) error {
	p, err := s.stockPage(r)
	if err != nil {
		return err
	}
	a, err := s.act(r, "")
	if err != nil {
		return err
	}
	to := "/stock"
	switch p.Form {
	case "receive":
		var got stock.State
		if got, err = s.receiveLot(r, a); err == nil {
			to = "/stock/" + got.Sheet
		}
	case "count":
		err = s.countTyped(r, a, p)
	case "minimum":
		var bad fault.Problems
		m := stock.Minimum{Level: whole(&bad, "level", entered(r, "level"), 0)}
		m.Code, m.Label, _ = strings.Cut(entered(r, "part"), "|")
		err = joined(bad, func() error { return s.shop.SetMinimum(r.Context(), p.Who, m) })
	default:
		return fault.New(fault.Invalid, "web.fault.form")
	}
	if err != nil {
		return s.refused(w, r, err, "stock/stock", p)
	}
	return s.done(w, r, to, "stock.did."+p.Form)
}

func (s *Server) receiveLot(r *http.Request, a workshop.Act) (stock.State, error) {
	var bad fault.Problems
	x := stock.Receipt{Code: codeOf(entered(r, "code")), Label: entered(r, "label"), Lot: entered(r, "lot"), Place: entered(r, "place"),
		Quantity: whole(&bad, "qty", entered(r, "qty"), 0), Unit: entered(r, "unit"), Expiry: entered(r, "expiry"),
		Supplier: entered(r, "supplier"), Origin: entered(r, "origin")}
	if x.Label == "" && x.Code != "" {
		x.Label = partLabel(x.Code)
	}
	var got stock.State
	err := joined(bad, func() (err error) { got, err = s.shop.ReceiveLot(r.Context(), a, x); return err })
	return got, err
}

// partLabel is the catalogue's name of a part; what it does not know keeps its code.
func partLabel(code string) string {
	if part, ok := horology.PartByCode(code); ok {
		return sentence(part.FR)
	}
	return code
}

// countTyped counts the lot whose number was typed or scanned; of several with
// one number the place decides, on the lot's own page.
func (s *Server) countTyped(r *http.Request, a workshop.Act, p *stockPage) error {
	var bad fault.Problems
	found := whole(&bad, "found", entered(r, "found"), -1)
	if entered(r, "found") == "" {
		bad.Add("found", "fault.required")
	}
	lots := p.named(entered(r, "lot"))
	switch {
	case len(lots) == 0:
		bad.Add("lot", "stock.unknown_lot")
	case len(lots) > 1:
		bad.Add("lot", "stock.several_lots", len(lots))
	}
	return joined(bad, func() error {
		a.Sheet, a.Seen = lots[0].Sheet, -1
		_, err := s.shop.CountLot(r.Context(), a, stock.Count{Found: found, Why: entered(r, "why")})
		return err
	})
}

func (p *stockPage) named(lot string) []stock.Row {
	var out []stock.Row
	for _, part := range p.Parts {
		for _, l := range part.Lots {
			if strings.EqualFold(l.Lot, lot) || l.Sheet == lot {
				out = append(out, l)
			}
		}
	}
	return out
}

// lotPage is the sheet of one lot.
type lotPage struct {
	officeForm
	View  workshop.LotView
	Story component.Timeline
}

func (s *Server) lotPage(r *http.Request) (*lotPage, error) {
	form, err := s.officeForm(r, "")
	if err != nil {
		return nil, err
	}
	p := &lotPage{officeForm: form}
	if p.View, err = s.shop.Lot(r.Context(), p.Who, r.PathValue("lot")); err != nil {
		return nil, err
	}
	t := s.printer(r)
	p.Title, p.Seq = t.T("stock.lot_title", p.View.Lot, p.View.Label), p.View.Seq
	p.Story = story(t, p.View.Entries, p.View.People, p.View.Broken, func(e journal.Entry, x *component.TimelineEntry) {
		x.Title = t.T("stock.entry." + string(e.Kind))
		switch e.Kind {
		case stock.KindReceived:
			v := decoded[stock.Receipt](e)
			x.Icon, x.Text = "parcel", lines(t.T("stock.amount."+v.Unit, v.Quantity), v.Place, v.Supplier, t.T("stock.origin."+v.Origin))
		case stock.KindUsed:
			v := decoded[stock.Use](e)
			x.Icon, x.Text = "tweezers", t.T("stock.amount."+p.View.Unit, v.Quantity)
			x.More = &component.Link{Href: orderHref(v.Order), Text: v.Order}
		case stock.KindPutBack:
			v := decoded[stock.Use](e)
			x.Icon, x.Text = "undo", t.T("stock.amount."+p.View.Unit, v.Quantity)
			x.More = &component.Link{Href: orderHref(v.Order), Text: v.Order}
		case stock.KindCounted:
			v := decoded[stock.Count](e)
			x.Icon, x.Text = "loupe", lines(t.T("stock.found_is", v.Found), v.Why)
		case stock.KindEnded:
			x.Icon, x.Text = "close", t.T("stock.why."+decoded[stock.End](e).Why)
		}
	})
	return p, nil
}

// Gone reports whether the lot is past its date.
func (p *lotPage) Gone() bool { return stock.RowOf(p.View.State).Expired(p.today) }

// Reasons are the reasons to end a lot.
func (p *lotPage) Reasons() []string {
	if p.View.OnHand == 0 {
		return append([]string{"empty"}, stock.EndReasons()...)
	}
	return stock.EndReasons()
}

func (s *Server) lot(w http.ResponseWriter, r *http.Request) error {
	p, err := s.lotPage(r)
	if err != nil {
		return err
	}
	return s.page(w, r, "stock/lot", p)
}

// changeLot answers the lot's forms: count, end.
func (s *Server) changeLot(w http.ResponseWriter, r *http.Request) error {
	p, err := s.lotPage(r)
	if err != nil {
		return err
	}
	a, err := s.act(r, p.View.Sheet)
	if err != nil {
		return err
	}
	switch p.Form {
	case "count":
		var bad fault.Problems
		found := whole(&bad, "found", entered(r, "found"), 0)
		if entered(r, "found") == "" {
			bad.Add("found", "fault.required")
		}
		err = joined(bad, func() error {
			_, err := s.shop.CountLot(r.Context(), a, stock.Count{Found: found, Why: entered(r, "why")})
			return err
		})
	case "end":
		_, err = s.shop.EndLot(r.Context(), a, stock.End{Why: entered(r, "why")})
	default:
		return fault.New(fault.Invalid, "web.fault.form")
	}
	if err != nil {
		return s.refused(w, r, err, "stock/lot", p)
	}
	return s.done(w, r, "/stock/"+p.View.Sheet, "stock.did."+p.Form)
}
