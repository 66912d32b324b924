package web

import (
	"errors"
	"maps"
	"mime/multipart"
	"net/http"
	"slices"
	"strings"

	"etabli.example/fault"
	"etabli.example/locale"
	"etabli.example/trade/order"
	"etabli.example/workshop"
)

// maxSoundFile is the largest recording that may be dropped on the page.
const maxSoundFile = 64 << 20

// measureFile is POST …/measure/file: the recording "sound" is measured and
// held; nothing is written on the sheet before "keep".
func (s *Server) measureFile(w http.ResponseWriter, r *http.Request) error {
	if quartz, err := s.ofElectronic(r); err != nil {
		return err
	} else if quartz {
		return s.measureStepping(w, r)
	}
	m, err := s.uploaded(r)
	if err != nil {
		p, _, perr := s.measurePage(r, nil)
		if perr != nil {
			return perr
		}
		f, ok := s.fieldErrors(r, err)
		if !ok {
			return err
		}
		p.Upload.Error, p.SetupOpen = f["file"], true
		return s.refuse(w, r, "measure/live", p)
	}
	who, err := s.actor(r)
	if err != nil {
		return err
	}
	row, err := s.named(r)
	if err != nil {
		return err
	}
	st, err := s.shop.State(r.Context(), who, row.Sheet)
	if err != nil {
		return err
	}
	held := ""
	if m.Engine.Confident {
		if held, err = s.shop.HoldSound(r.Context(), who, m); err != nil {
			return err
		}
	}
	return s.showHeard(w, r, st, m, held)
}

// showHeard shows what was measured from a file, with the offer to keep it
// where it can be trusted and the reason where not.
func (s *Server) showHeard(w http.ResponseWriter, r *http.Request, st order.State, m workshop.Sounding, held string) error {
	about, err := s.measuringOf(r, st)
	if err != nil {
		return err
	}
	m.Phase, m.Position, m.Winding = about.phase, about.position, about.winding
	heard, err := workshop.Judged(st.Watch, m)
	if err != nil {
		return err
	}
	p, _, err := s.measurePage(r, &heard)
	if err != nil {
		return err
	}
	t := s.printer(r)
	p.ByCard = r.PostFormValue("by_card") != ""
	p.Source, p.Held, p.HeldTrace, p.Simulate = "file", held, traceOf(t, workshop.TraceOf(m.Beats)), ""
	if held == "" {
		p.Rate.Reason = t.T("live.say." + string(m.Engine.Reason))
		p.Said = p.Rate.Reason
	}
	for _, n := range m.Engine.Notices {
		p.Said = strings.TrimSpace(p.Said + " " + t.T("live.say."+string(n)))
	}
	return s.page(w, r, "measure/live", p)
}

// uploaded reads the form and measures its file. Every fault of the file is
// one of the field "file".
func (s *Server) uploaded(r *http.Request) (workshop.Sounding, error) {
	f, err := s.soundOf(r)
	if err != nil {
		return workshop.Sounding{}, err
	}
	defer f.Close()
	about := measuring{lift: formFigure(r, "lift"), beat: formFigure(r, "beat")}
	card, err := s.cardOf(r)
	if err != nil {
		return workshop.Sounding{}, err
	}
	m, err := s.shop.MeasureFile(f, about.config(card))
	m.Instrument = card.Name
	return m, ofFile(err)
}

// soundOf is the file "sound" of a form, to be closed.
func (s *Server) soundOf(r *http.Request) (multipart.File, error) {
	err := r.ParseMultipartForm(inMemory)
	var large *http.MaxBytesError
	if errors.As(err, &large) {
		return nil, wrongFile("measurement.too_large", err)
	}
	f, head, ferr := r.FormFile("sound")
	if err != nil || ferr != nil || head.Size == 0 {
		return nil, wrongFile("measurement.no_file", errors.Join(err, ferr))
	}
	if head.Size > maxSoundFile {
		return nil, errors.Join(wrongFile("measurement.too_large", nil), f.Close())
	}
	return f, nil
}

func wrongFile(key string, err error) error {
	return &fault.Error{Kind: fault.Invalid, Op: "web.soundOf", Key: "fault.invalid", Fields: fault.Problems{"file": {Key: key}}, Err: err}
}

// ofFile puts what is wrong with a recording beside its field.
func ofFile(err error) error {
	var fe *fault.Error
	if errors.As(err, &fe) && fe.Kind == fault.Invalid && len(fe.Fields) == 0 {
		return wrongFile(fe.Key, err)
	}
	return err
}

// ofElectronic tells whether the order of an address is of an electronic watch.
func (s *Server) ofElectronic(r *http.Request) (bool, error) {
	row, err := s.named(r)
	if err != nil {
		return false, err
	}
	who, err := s.actor(r)
	if err != nil {
		return false, err
	}
	st, err := s.shop.State(r.Context(), who, row.Sheet)
	return electronic(st.Watch), err
}

// formFigure is a figure that the page itself put into the form.
func formFigure(r *http.Request, name string) float64 {
	v, err := locale.ParseNumber(r.FormValue(name))
	if err != nil {
		return 0
	}
	return v
}

// keepHeld is POST …/measure/keep: the reading of the file measured before is
// put on the sheet. What is heard live is kept over its own connection.
func (s *Server) keepHeld(w http.ResponseWriter, r *http.Request) error {
	p, about, err := s.measurePage(r, nil)
	if err != nil {
		return err
	}
	if p.Electronic {
		return s.keepStepping(w, r)
	}
	row, err := s.named(r)
	if err != nil {
		return err
	}
	a, err := s.act(r, row.Sheet)
	if err != nil {
		return err
	}
	held := r.PostFormValue("held")
	if held == "" {
		p.Said = s.printer(r).T("measurement.nothing_heard")
		return s.refuse(w, r, "measure/live", p)
	}
	card, err := s.cardOf(r)
	if err != nil {
		return err
	}
	m, err := s.shop.MeasureHeld(r.Context(), held, about.config(card))
	if err != nil {
		return err
	}
	m.Phase, m.Position, m.Winding, m.Instrument = about.phase, about.position, about.winding, card.Name
	return s.kept(w, r, a, m, about, func(err error) error {
		p.Said = s.wholeSentence(r, err)
		return s.refuse(w, r, "measure/live", p)
	})
}

// wholeSentence is what an error says, with what it says of fields that the page
// does not show.
func (s *Server) wholeSentence(r *http.Request, err error) string {
	t := s.printer(r)
	fields := t.Fields(err)
	if len(fields) == 0 {
		return t.Error(err)
	}
	return strings.Join(slices.Compact(slices.Sorted(maps.Values(fields))), " ")
}

// kept puts a reading on the sheet and goes on to the next position. refused
// shows the page again.
func (s *Server) kept(w http.ResponseWriter, r *http.Request, a workshop.Act, m workshop.Sounding, about measuring, refused func(error) error) error {
	st, err := s.shop.KeepReading(r.Context(), a, m)
	switch fault.KindOf(err) {
	case fault.Internal:
		if err != nil {
			return err
		}
	case fault.Invalid, fault.Stale, fault.Conflict:
		return refused(err)
	default:
		return err
	}
	next, _, _ := workshop.NextPosition(st, about.positions, about.phase, about.winding, about.position)
	to := orderHref(st.Number, "measure") + about.query(next)
	if next == "" {
		to = orderHref(st.Number, "readings") + "?phase=" + about.phase
	}
	return s.done(w, r, to, "measurement.kept_at", about.position)
}

// measureAgain is POST …/measure/redo without a live connection: the page as
// it was before a file was measured.
func (s *Server) measureAgain(w http.ResponseWriter, r *http.Request) error {
	p, about, err := s.measurePage(r, nil)
	if err != nil {
		return err
	}
	return s.seeOther(w, r, orderHref(p.Order, "measure")+about.query(about.position))
}

// keepTyped is POST …/measure/typed: rate, amplitude, beat_error, instrument of
// a reading made with another instrument.
func (s *Server) keepTyped(w http.ResponseWriter, r *http.Request) error {
	p, about, err := s.measurePage(r, nil)
	if err != nil {
		return err
	}
	if p.Electronic {
		return s.keepRate(w, r)
	}
	row, err := s.named(r)
	if err != nil {
		return err
	}
	a, err := s.act(r, row.Sheet)
	if err != nil {
		return err
	}
	refused := func(fields map[string]string, said string) error {
		p.Manual = manualFields(s.printer(r), r.PostFormValue, fields)
		p.Instrument = instrumentsOf(s.printer(r), p.Instrument.rows, r.PostFormValue, fields)
		p.SetupOpen, p.Said = true, said
		return s.refuse(w, r, "measure/live", p)
	}
	var bad fault.Problems
	m := workshop.Sounding{Reading: order.Reading{Phase: about.phase, Position: about.position, Winding: about.winding, How: "typed", LiftDeg: about.lift,
		Instrument: p.Instrument.read(r, &bad)}}
	if len(about.errors) > 0 { // lift angle or beats, said beside their fields
		p.SetupOpen = true
		return s.refuse(w, r, "measure/live", p)
	}
	wrong := map[string]string{}
	for field, text := range s.printer(r).Fields(bad.Err()) {
		wrong[field] = text
	}
	m.Rate, m.Amplitude, m.BeatError = s.optional(r, "rate", wrong), s.optional(r, "amplitude", wrong), s.optional(r, "beat_error", wrong)
	if about.beat > 0 {
		m.BPH = &about.beat
	}
	if len(wrong) > 0 {
		return refused(wrong, s.printer(r).T("fault.invalid"))
	}
	return s.kept(w, r, a, m, about, func(err error) error {
		fields, _ := s.fieldErrors(r, err)
		return refused(fields, s.printer(r).Error(err))
	})
}

// optional reads a figure that may be missing; one that cannot be read is said
// in wrong.
func (s *Server) optional(r *http.Request, field string, wrong map[string]string) *float64 {
	text := strings.TrimSpace(r.PostFormValue(field))
	if text == "" {
		return nil
	}
	v, err := locale.ParseNumber(text)
	if err != nil {
		wrong[field] = s.printer(r).Error(err)
		return nil
	}
	return &v
}
