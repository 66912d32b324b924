package web

import (
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"

	"etabli.example/horology"
	"etabli.example/locale"
	"etabli.example/trade/order"
	"etabli.example/workshop"
)

func (s *Server) calibreRoutes() {
	s.handle("GET /calibres", s.needs(s.calibres))
	s.handle("GET /calibres/{maker}/{name}", s.needs(s.calibre))
}

// calibreHref is the page of a calibre.
func calibreHref(maker, name string) string {
	return "/calibres/" + url.PathEscape(maker) + "/" + url.PathEscape(name)
}

// calibresPage finds a calibre by what is typed.
type calibresPage struct {
	Page
	Typed string
	Found []calibreLink
}

type calibreLink struct{ Title, About, Href string }

func (s *Server) calibres(w http.ResponseWriter, r *http.Request) error {
	t, typed := s.printer(r), strings.TrimSpace(r.URL.Query().Get("q"))
	p := &calibresPage{Page: Page{Title: "calibre.title"}, Typed: typed}
	for _, c := range s.shop.FindCalibres(typed) {
		p.Found = append(p.Found, calibreLink{c.Maker + " " + c.Name, calibreAbout(t, c), calibreHref(c.Maker, c.Name)})
	}
	return s.page(w, r, "calibre/calibres", p)
}

func calibreAbout(t *locale.Printer, c horology.Calibre) string {
	var out []string
	if key := "calibre.kind." + strings.ReplaceAll(string(c.Kind), "-", "_"); t.Has(key) {
		out = append(out, t.T(key))
	}
	if c.BPH != nil {
		out = append(out, t.BPH(int(*c.BPH)))
	}
	return strings.Join(append(out, catalogueText(t, c.Family)), ", ")
}

// calibrePage is all we know of a calibre, and what our own watches showed.
type calibrePage struct {
	Page
	Name, About string
	Facts       []fact
	Lifts       []calibreLift
	Disagree    string
	Source      string
	Confidence  string
	Rules       []calibreRule
	Shown       []calibreShown
	Watches     int
	Shelf       []shelfRow
	ShelfHref   string
	Own         string // address of the house's own values
	Known       bool   // to the catalogue
}

// calibreLift is one lift angle and who gives it.
type calibreLift struct {
	Angle, By string
	Used      bool
}

// calibreRule is one rule; the first of a quantity is the one that judges.
type calibreRule struct {
	Quantity, Limits, For, Source, Confidence string
	First, Own                                bool
}

type calibreShown struct{ Name, Median, Spread, Readings string }

func (s *Server) calibre(w http.ResponseWriter, r *http.Request) error {
	who, err := s.actor(r)
	if err != nil {
		return err
	}
	v, err := s.shop.Calibre(r.Context(), who, r.PathValue("maker"), r.PathValue("name"))
	if err != nil {
		return err
	}
	t := s.printer(r)
	p := &calibrePage{Page: Page{Title: v.Maker + " " + v.Name}, Name: v.Maker + " " + v.Name, About: calibreAbout(t, v.Calibre), Watches: v.Watches, Own: calibreHref(v.Maker, v.Name) + "/own", Known: v.Known,
		Source: firstSource(t, v.Source), Confidence: t.T("measurement.confidence." + confidence(string(v.Confidence))), Disagree: otherDisagreement(t, v.Disagreement)}
	docs, err := s.shop.ShelfOf(r.Context(), who, "", v.Maker, v.Name)
	if err != nil {
		return err
	}
	p.Shelf, _ = shelfRows(t, docs)
	p.ShelfHref = "/shelf?maker=" + queryEscape(v.Maker) + "&calibre=" + queryEscape(v.Name)
	p.known(t, v.Calibre)
	if v.OwnLift != nil {
		p.Lifts = append(p.Lifts, calibreLift{t.LiftAngle(*v.OwnLift), t.T("own.lift"), true})
	}
	for _, l := range v.LiftAngles {
		p.Lifts = append(p.Lifts, calibreLift{t.LiftAngle(l.Value), givenBy(t, l), v.OwnLift == nil && v.LiftDeg != nil && *v.LiftDeg == l.Value})
	}
	names := map[string]string{}
	for _, o := range v.Own {
		names[o.ID] = o.ByName
	}
	for _, q := range v.Rules {
		for i, x := range q.Rules {
			if x.Own != nil {
				p.Rules = append(p.Rules, calibreRule{t.T("calibre.quantity." + string(q.Quantity)), calibreLimits(t, order.Judged{Min: x.Min, Max: x.Max, Unit: x.Unit}),
					ownWhere(t, *x.Own), t.T("own.source", t.Day(x.Own.Since.Format(time.DateOnly)), names[x.Own.ID], x.Own.Why), "", i == 0, true})
				continue
			}
			j := order.Judged{Quantity: string(q.Quantity), Min: x.Min, Max: x.Max, Unit: x.Unit}
			of := strings.TrimSpace(x.Of + " " + x.Grade)
			p.Rules = append(p.Rules, calibreRule{t.T("calibre.quantity." + string(q.Quantity)), calibreLimits(t, j), printed(t, of), firstSource(t, x.Source),
				t.T("measurement.confidence." + confidence(string(x.Confidence))), i == 0, false})
		}
	}
	for _, x := range v.Shown {
		p.Shown = append(p.Shown, shownOf(t, x))
	}
	return s.page(w, r, "calibre/calibre", p)
}

// calibreLimits writes the limits of a rule in its own unit.
func calibreLimits(t *locale.Printer, j order.Judged) string {
	unit := ownUnit(t, j.Unit)
	switch {
	case j.Min != nil && j.Max != nil:
		return t.T("calibre.between", t.Float(*j.Min), t.Float(*j.Max), unit)
	case j.Max != nil:
		return t.T("calibre.most", t.Float(*j.Max), unit)
	}
	return t.T("calibre.least", t.Float(*j.Min), unit)
}

func shownOf(t *locale.Printer, x workshop.Shown) calibreShown {
	write := func(v float64) string { return t.Rate(v) }
	switch x.Quantity {
	case "amplitude_h", "amplitude_v":
		write = func(v float64) string { return t.Degrees(v) }
	case "beat_error":
		write = func(v float64) string { return t.MS(v) }
	}
	return calibreShown{t.T("calibre.shown." + x.Quantity), write(x.Median), t.T("calibre.spread", write(x.P10), write(x.P90)), t.T("calibre.readings", x.Readings)}
}

// known lists the facts that are known; what is not is left out.
func (p *calibrePage) known(t *locale.Printer, c horology.Calibre) {
	add := func(key, value string) {
		if value != "" {
			p.Facts = append(p.Facts, fact{t.T("calibre.fact." + key), value})
		}
	}
	figure := func(v *float64, write func(float64) string) string {
		if v == nil {
			return ""
		}
		return write(*v)
	}
	unit := func(key string) func(float64) string {
		return func(v float64) string { return t.Float(v) + "\u00a0" + key }
	}
	add("bph", figure(c.BPH, func(v float64) string { return t.BPH(int(v)) }))
	add("lift", figure(c.LiftDeg, t.LiftAngle))
	add("reserve", figure(c.PowerReserveH, t.Hours))
	add("jewels", figure(c.Jewels, t.Float))
	add("diameter", figure(c.DiameterMM, unit("mm")))
	add("dimensions", c.Dimensions)
	add("height", figure(c.HeightMM, unit("mm")))
	add("functions", functionNames(t, c.Functions))
	add("winding", windsIn(t, c.WindingDirection))
	add("battery", c.Battery)
	add("family", catalogueText(t, c.Family))
	add("notes", catalogueText(t, c.Notes))
	if reason, out := c.OutOfPerimeter(); out {
		add("perimeter", strings.ReplaceAll(reason, "_", " "))
	}
}

// catalogueText says a catalogue's own remarks, which are written in one
// language only and divided by semicolons, in the reader's; a name stays as it
// is.
func catalogueText(t *locale.Printer, remarks string) string {
	said := ""
	for _, part := range strings.Split(remarks, ";") {
		part = strings.TrimSpace(part)
		if key := catalogueKey(part); t.Has(key) {
			part = t.T(key)
		}
		if said != "" {
			part = t.T("calibre.two_remarks", said, part)
		}
		said = part
	}
	return said
}

// catalogueKey is the key of a remark: its letters and digits.
func catalogueKey(remark string) string {
	key := strings.ReplaceAll(strings.ToLower(remark), "<=", "le") // apart from "<"
	return "catalogue." + strings.Trim(notOfKey.ReplaceAllString(key, "_"), "_")
}

// notOfKey is what a key of a remark leaves out.
var notOfKey = regexp.MustCompile(`[^a-z0-9]+`)

// functionNames reads the catalogue's codes of functions.
func functionNames(t *locale.Printer, codes []string) string {
	var out []string
	for _, c := range codes {
		out = append(out, t.T("calibre.function."+c))
	}
	return strings.Join(out, ", ")
}

// windsIn says in which directions the rotor winds; as the catalogue has it
// where that is none of the usual ones.
func windsIn(t *locale.Printer, direction string) string {
	key, ok := map[string]string{"bi-directional": "both", "bi-directional (magic lever)": "magic", "uni-directional": "one",
		"uni-directional (one way)": "one", "uni-directional (counter-clockwise)": "one_ccw"}[direction]
	if !ok {
		return direction
	}
	return t.T("calibre.winds." + key)
}

// otherDisagreement is where sources disagree, lift angles apart, which have a
// list of their own; with spaces, so that it can be broken into lines.
func otherDisagreement(t *locale.Printer, said string) string {
	var out []string
	figure := ""
	for part := range strings.SplitSeq(said, "; ") {
		name, rest, ok := strings.Cut(part, ": ")
		if ok {
			figure = name
		}
		if figure == "lift" || part == "" {
			continue
		}
		if key := "calibre.disagree." + strings.ReplaceAll(name, " ", "_"); ok && t.Has(key) {
			part = t.T(key, rest)
		}
		part = strings.ReplaceAll(part, "+", " + ")
		out = append(out, storedList.ReplaceAllString(part, t.T("source.public_page")))
	}
	return strings.Join(out, " ; ")
}

// storedList is how the catalogue names a list found on a public page: by the
// number it was kept under, which tells a reader nothing.
var storedList = regexp.MustCompile(`\bid\d{6,}\b`)

// givenBy names who gives a lift angle, each once, with the catalogue's remark.
func givenBy(t *locale.Printer, l horology.Sourced) string {
	var names []string
	for _, by := range l.By {
		by, remark, _ := strings.Cut(by, " (")
		by = storedList.ReplaceAllString(by, t.T("source.public_page"))
		if remark = strings.TrimSuffix(remark, ")"); remark != "" {
			by += " (" + catalogueText(t, remark) + ")"
		}
		if !slices.Contains(names, by) {
			names = append(names, by)
		}
	}
	return strings.TrimSpace(strings.Join(names, ", ") + " " + l.Note)
}
