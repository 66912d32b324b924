package web

import (
	"html/template"
	"net/http"
	"slices"
	"strconv"

	"etabli.example/fault"
	"etabli.example/ident"
	"etabli.example/locale"
	"etabli.example/workshop"
)

func (s *Server) cameraRoutes() {
	s.handle("POST /camera", s.needs(s.lendCamera))
	s.handle("GET /camera/pictures", s.needs(s.cameraPictures))
	s.handle("GET /camera/{token}", s.cameraPage)
	s.handle("POST /camera/{token}", s.snap)
}

// lentPage is the counter's side of a telephone as camera: the code to point it
// at, and the pictures as they come.
type lentPage struct {
	Page
	Sheet    string
	QR       template.HTML
	Link     string
	Until    string
	Pictures []picture // oldest first
	Number   string    // of the order; "" while it is not opened
}

// picture is one of them, small.
type picture struct{ Src, Alt string }

// put shows the pictures of a sheet.
func (p *lentPage) put(t *locale.Printer, thumbs []string) {
	p.Pictures = nil
	for i, hash := range thumbs {
		p.Pictures = append(p.Pictures, picture{"/blob/" + hash, t.T("camera.picture", i+1)})
	}
}

// phonePage is the telephone's side.
type phonePage struct {
	Page
	Token, Entry string
	Firm         workshop.Firm
	View         workshop.CameraView
	Errors       []string
}

// Angles are what a reception should show, in the order it is photographed.
func (p *phonePage) Angles() []string {
	return []string{"dial", "crown", "left", "back", "bracelet", "defects"}
}

// lendCamera is POST /camera: sheet. The code is shown beside the form it was
// asked from, or on a page of its own where nothing swaps it in.
func (s *Server) lendCamera(w http.ResponseWriter, r *http.Request) error {
	who, err := s.actor(r)
	if err != nil {
		return err
	}
	p := &lentPage{Page: Page{Title: "camera.title"}, Sheet: r.PostFormValue("sheet")}
	link, until, err := s.shop.OpenCamera(r.Context(), who, p.Sheet)
	if err != nil {
		return err
	}
	t := s.printer(r)
	if p.QR, err = qrCode(link, t.T("camera.qr")); err != nil {
		return err
	}
	p.Link, p.Until = link, t.Time(until)
	thumbs, err := s.shop.Pictures(r.Context(), who, p.Sheet)
	if err != nil {
		return err
	}
	p.put(s.printer(r), thumbs)
	if row, err := s.shop.Row(r.Context(), p.Sheet); err == nil {
		p.Number = row.Number
	} else if !fault.Is(err, fault.NotFound) {
		return err
	}
	if partial(r) {
		return s.fragment(w, r, "camera/lent", "lent", p)
	}
	return s.page(w, r, "camera/lent", p)
}

// cameraPictures is GET /camera/pictures: sheet, n. It answers with the pictures
// where there are other than n, else with nothing.
func (s *Server) cameraPictures(w http.ResponseWriter, r *http.Request) error {
	who, err := s.actor(r)
	if err != nil {
		return err
	}
	p := &lentPage{Sheet: r.FormValue("sheet")}
	thumbs, err := s.shop.Pictures(r.Context(), who, p.Sheet)
	if err != nil {
		return err
	}
	p.put(s.printer(r), thumbs)
	if r.FormValue("n") == strconv.Itoa(len(p.Pictures)) {
		w.WriteHeader(http.StatusNoContent)
		return nil
	}
	return s.fragment(w, r, "camera/lent", "pictures", p)
}

func (s *Server) cameraPage(w http.ResponseWriter, r *http.Request) error {
	private(w)
	p, err := s.phonePage(r)
	if err != nil {
		return err
	}
	return s.page(w, r, "camera/phone", p)
}

func (s *Server) phonePage(r *http.Request) (*phonePage, error) {
	p := &phonePage{Page: Page{Title: "camera.phone_title", Bare: true}, Token: r.PathValue("token"), Entry: ident.New()}
	var err error
	if p.View, err = s.shop.Camera(r.Context(), p.Token); err != nil {
		return nil, err
	}
	p.Firm, err = s.shop.Firm(r.Context())
	return p, err
}

// snap is POST /camera/{token}: photos.
func (s *Server) snap(w http.ResponseWriter, r *http.Request) error {
	private(w)
	p, err := s.phonePage(r) // before anything large is read
	if err != nil {
		return err
	}
	if err := readForm(r); err != nil {
		return err
	}
	entry := r.PostFormValue("entry")
	if !ident.ValidID(entry) {
		entry = ident.New()
	}
	kept, refused, err := eachPhoto(r, s.printer(r), func(i int, f photoFile) error {
		return s.shop.Snap(r.Context(), p.Token, entry+"-"+strconv.Itoa(i), f)
	})
	if err != nil {
		return err
	}
	if kept > 0 && len(refused) == 0 {
		return s.seeOther(w, r, "/camera/"+p.Token)
	}
	if p, err = s.phonePage(r); err != nil {
		return err
	}
	if p.Errors = slices.Clone(refused); len(refused) == 0 {
		p.Errors = []string{s.printer(r).T("camera.none")}
	}
	return s.refuse(w, r, "camera/phone", p)
}
