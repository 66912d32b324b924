package web

import (
	"io"
	"net/http"
	"strconv"
	"strings"

	"etabli.example/fault"
	"etabli.example/locale"
	"etabli.example/trade/shelf"
	"etabli.example/web/component"
	"etabli.example/workshop"
)

func (s *Server) shelfRoutes() {
	s.handle("GET /shelf", s.needs(s.shelf))
	s.handle("POST /shelf", s.needs(s.saveShelf))
	s.handle("GET /shelf/{document}/file", s.needs(s.shelfFile))
	s.handle("GET /orders/{number}/shelf", s.needs(s.orderShelf))
}

// shelfRow is one document as it is listed.
type shelfRow struct {
	ID, Title, Of, Facts, By, Href string
	Icon                           string
	Kind                           string // in words
	Ended                          string // why it is not the one to work by; "" while it holds
	Outside                        bool   // it leads out of the house
	Saved                          bool   // the browser saves it instead of showing it
	Maker                          string
}

// shelfRows writes documents in the reader's language.
func shelfRows(t *locale.Printer, docs []workshop.DocumentView) (hold, ended []shelfRow) {
	for _, d := range docs {
		row := shelfRow{ID: d.ID, Title: d.Title, Of: strings.TrimSpace(d.Maker + " " + d.Calibre), Kind: t.T("shelf.kind." + d.Kind), Icon: "file", Maker: d.Maker,
			By: t.T("shelf.by", t.Day(d.At.Format("2006-01-02")), d.ByName), Href: "/shelf/" + d.ID + "/file", Outside: d.Kind == shelf.Link, Saved: d.Hash != "" && !d.Shown()}
		switch d.Kind {
		case shelf.Link:
			row.Href, row.Icon = d.URL, "link"
		case shelf.Picture:
			row.Icon = "camera"
		}
		facts := []string{row.Kind}
		if d.Size > 0 {
			facts = append(facts, t.T("shelf.size", t.Number(max(0.1, float64(d.Size)/1e6), 1)))
		}
		if d.Lang != "" {
			facts = append(facts, t.T("shelf.lang."+d.Lang))
		}
		if d.Version != "" {
			facts = append(facts, t.T("shelf.version_is", d.Version))
		}
		row.Facts = strings.Join(append(facts, t.T("shelf.licence_is", d.Licence)), ", ")
		switch {
		case d.Replaced != "":
			row.Ended = t.T("shelf.replaced", d.ReplacedTitle)
		case !d.Ended.IsZero():
			row.Ended = t.T("shelf.withdrawn", t.Day(d.Ended.Format("2006-01-02")), d.EndedByName, d.EndWhy)
		}
		if row.Ended == "" {
			hold = append(hold, row)
		} else {
			ended = append(ended, row)
		}
	}
	return hold, ended
}

// shelfPage is the makers' documents, of one maker and calibre or all, with the
// form that adds one.
type shelfPage struct {
	officeForm
	Maker, Calibre   string // asked for; "" for all
	Hold, Ended      []shelfRow
	Tongue, Replaces component.Field
}

func (s *Server) shelfPage(r *http.Request) (*shelfPage, error) {
	if r.Method == http.MethodPost {
		if err := readForm(r); err != nil {
			return nil, err
		}
	}
	form, err := s.officeForm(r, "shelf.title")
	if err != nil {
		return nil, err
	}
	p := &shelfPage{officeForm: form, Maker: strings.TrimSpace(r.FormValue("maker")), Calibre: strings.TrimSpace(r.FormValue("calibre"))}
	maker := p.Maker
	if r.Method == http.MethodPost {
		maker = "" // the form's, not what was looked for
	}
	docs, err := s.shop.Shelf(r.Context(), p.Who, maker, p.Calibre)
	p.Hold, p.Ended = shelfRows(s.printer(r), docs)
	return p, err
}

// shape builds the lists of the form.
func (p *shelfPage) shape(t *locale.Printer) {
	p.Tongue = component.Field{Name: "lang", Scope: "add", Label: t.T("shelf.lang"), Type: "select", Error: p.Err("add", "lang"), Choices: []component.Choice{{Label: t.T("shelf.lang_none")}}}
	for _, l := range shelf.Langs() {
		p.Tongue.Choices = append(p.Tongue.Choices, component.Choice{Value: l, Label: t.T("shelf.lang." + l), Chosen: p.Value("add", "lang", "") == l})
	}
	p.Replaces = component.Field{Name: "replaces", Scope: "add", Label: t.T("shelf.replaces"), Type: "select", Error: p.Err("add", "replaces"), Choices: []component.Choice{{Label: t.T("shelf.replaces_none")}}}
	for _, d := range p.Hold {
		p.Replaces.Choices = append(p.Replaces.Choices, component.Choice{Value: d.ID, Label: d.Of + ", " + d.Title, Chosen: p.Value("add", "replaces", "") == d.ID})
	}
}

// shelf is GET /shelf: maker, calibre.
func (s *Server) shelf(w http.ResponseWriter, r *http.Request) error {
	p, err := s.shelfPage(r)
	if err != nil {
		return err
	}
	p.Typed = map[string]string{"maker": p.Maker, "calibre": p.Calibre}
	p.Form = "add"
	p.shape(s.printer(r))
	return s.page(w, r, "shelf/shelf", p)
}

// saveShelf is POST /shelf: do "add" with entry, maker, calibre, title, version,
// licence, lang, replaces and a file or url; or "withdraw" with id, why.
func (s *Server) saveShelf(w http.ResponseWriter, r *http.Request) error {
	p, err := s.shelfPage(r)
	if err != nil {
		return err
	}
	said := "shelf.added"
	if p.Form == "withdraw" {
		err, said = s.shop.WithdrawDocument(r.Context(), p.Who, entered(r, "id"), entered(r, "why")), "shelf.was_withdrawn"
	} else {
		p.Form = "add"
		err = s.addDocument(r, p)
	}
	if err != nil {
		t := s.printer(r)
		p.Errors = t.Fields(err)
		p.shape(t)
		return s.refused(w, r, err, "shelf/shelf", p)
	}
	return s.done(w, r, "/shelf", said)
}

func (s *Server) addDocument(r *http.Request, p *shelfPage) error {
	d := shelf.Document{ID: entered(r, "entry"), Maker: p.Maker, Calibre: p.Calibre, Title: entered(r, "title"), URL: entered(r, "url"),
		Version: entered(r, "version"), Licence: entered(r, "licence"), Lang: entered(r, "lang")}
	file, head, err := r.FormFile("file")
	if err != nil || head.Size == 0 {
		return s.shop.AddDocument(r.Context(), p.Who, d, nil, entered(r, "replaces"))
	}
	defer file.Close()
	d.URL = ""
	return s.shop.AddDocument(r.Context(), p.Who, d, file, entered(r, "replaces"))
}

// What a browser may do with a document. A picture needs nothing at all. The
// viewer a browser brings for PDFs does not open under a sandbox; what it needs is
// to embed itself and its own style, and no script is allowed. What could not be
// looked into is saved and never opened here.
const (
	policyPicture = "default-src 'none'; frame-ancestors 'none'; sandbox"
	policyPDF     = "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'"
)

// shelfFile is GET /shelf/{document}/file.
func (s *Server) shelfFile(w http.ResponseWriter, r *http.Request) error {
	who, err := s.actor(r)
	if err != nil {
		return err
	}
	d, body, err := s.shop.Document(r.Context(), who, r.PathValue("document"))
	if err != nil {
		return err
	}
	defer body.Close()
	h := w.Header()
	h.Set("Content-Type", d.Media())
	h.Set("Content-Security-Policy", policyPicture)
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	as := "attachment"
	if d.Shown() {
		as = "inline"
		if d.Kind == shelf.PDF {
			h.Set("Content-Security-Policy", policyPDF)
		}
	}
	h.Set("Content-Disposition", as+`; filename="`+shelfName(d)+`"`)
	h.Set("Cache-Control", "private, max-age=31536000, immutable")
	h.Set("ETag", `"`+d.Hash+`"`)
	if r.Header.Get("If-None-Match") == `"`+d.Hash+`"` {
		w.WriteHeader(http.StatusNotModified)
		return nil
	}
	h.Set("Content-Length", strconv.FormatInt(d.Size, 10))
	if r.Method == http.MethodHead {
		return nil
	}
	_, err = io.Copy(w, body)
	return fault.Wrap("web.shelfFile", err)
}

// shelfName is what the file is called where it is saved.
func shelfName(d shelf.Document) string {
	name := strings.Trim(notOfKey.ReplaceAllString(strings.ToLower(d.Maker+" "+d.Calibre+" "+d.Title), "-"), "-")
	ext := ".pdf"
	if d.Kind == shelf.Picture {
		ext = ".jpg"
	}
	return name[:min(len(name), 80)] + ext
}

// orderShelfPage is the documents for an order's watch, at the bench.
type orderShelfPage struct {
	orderHead
	Hold, Ended []shelfRow
	Keep        string // what the tablet keeps for when the network is away
	Add         string // address of the form that adds one
}

// The bounds of what a tablet keeps of one watch's documents.
const (
	mostKept      = 30
	mostKeptBytes = 60_000_000
)

// orderShelf is GET /orders/{number}/shelf.
func (s *Server) orderShelf(w http.ResponseWriter, r *http.Request) error {
	head, err := s.orderHead(r, true)
	if err != nil {
		return err
	}
	p := &orderShelfPage{orderHead: head}
	t := s.printer(r)
	p.Title = t.T("shelf.order_title", head.View.Number)
	docs, err := s.shop.ShelfOfWatch(r.Context(), head.Who, head.View.Watch)
	if err != nil {
		return err
	}
	p.Hold, p.Ended = shelfRows(t, docs)
	p.Keep = keptShelf(head.View.Number, docs)
	maker := head.View.Watch.CalibreMaker
	if maker == "" {
		maker = head.View.Watch.Brand
	}
	p.Add = "/shelf?maker=" + queryEscape(maker) + "&calibre=" + queryEscape(head.View.Watch.Calibre)
	return s.page(w, r, "shelf/order", p)
}

// keptShelf are the addresses a tablet keeps: the page and the documents that hold,
// as many as it may.
func keptShelf(number string, docs []workshop.DocumentView) string {
	out, left := []string{orderHref(number, "shelf")}, int64(mostKeptBytes)
	for _, d := range docs {
		if d.Hash == "" || !d.Holds() || d.Size > left || len(out) > mostKept {
			continue
		}
		left -= d.Size
		out = append(out, "/shelf/"+d.ID+"/file")
	}
	return strings.Join(out, " ")
}
