package workshop

import (
	"context"
	"crypto/ed25519"
	"encoding/base64"
	"encoding/json"
	"errors"
	"time"

	"etabli.example/fault"
	"etabli.example/journal"
	"etabli.example/trade/order"
	"etabli.example/trade/staff"
)

// Passport is what a house signs about the work on a watch: what it is, what was
// done, what was measured, until when it is guaranteed. It names no owner.
type Passport struct {
	Version   int               `json:"version"`
	House     string            `json:"house"` // the workshop's name
	Order     string            `json:"order"`
	Brand     string            `json:"brand"`
	Model     string            `json:"model,omitempty"`
	Reference string            `json:"reference,omitempty"`
	CaseNo    string            `json:"case_no,omitempty"`
	Movement  string            `json:"movement_no,omitempty"`
	Calibre   string            `json:"calibre,omitempty"`
	Received  string            `json:"received"` // ISO dates
	Returned  string            `json:"returned"`
	Works     []order.Text      `json:"works,omitempty"`
	Parts     []PassportPart    `json:"parts,omitempty"`
	Readings  []PassportReading `json:"readings,omitempty"`
	WaterBar  float64           `json:"water_bar,omitempty"` // proved after the work; 0 where it was not
	Guarantee string            `json:"guarantee,omitempty"`
	Seq       int64             `json:"seq"`  // the sheet's last entry when it was signed
	Head      journal.Hash      `json:"head"` // and its hash
}

// PassportPart is a part replaced.
type PassportPart struct {
	Label  string `json:"label"`
	Code   string `json:"code,omitempty"`
	Origin string `json:"origin"`
}

// PassportReading is one position after the work.
type PassportReading struct {
	Phase     string   `json:"phase"` // "before", "after", "control"
	Position  string   `json:"position"`
	Winding   string   `json:"winding"`
	Rate      *float64 `json:"rate,omitempty"`
	Amplitude *float64 `json:"amplitude,omitempty"`
	BeatError *float64 `json:"beat_error,omitempty"`
}

// passportDomain keeps a signature of a passport from being taken for that of
// anything else.
const passportDomain = "etabli passport 1\n"

// passportOf reads the passport off a sheet.
func passportOf(s order.State, house string, returned time.Time, zone *time.Location) Passport {
	day := func(t time.Time) string { return t.In(zone).Format(time.DateOnly) }
	p := Passport{Version: 1, House: house, Order: s.Number, Brand: s.Watch.Brand, Model: s.Watch.Model, Reference: s.Watch.Reference, CaseNo: s.Watch.CaseNo,
		Movement: s.Watch.MovementNo, Calibre: s.Watch.CalibreTitle(), Received: day(s.Opened), Returned: day(returned), Seq: s.Seq, Head: s.Head}
	if q := s.LastQuote(); q != nil {
		for _, l := range q.With(q.Chosen) {
			p.Works = append(p.Works, l.Labels())
		}
	}
	for _, x := range s.Supplements {
		if x.Answer == "accepted" {
			for _, l := range x.Lines {
				p.Works = append(p.Works, l.Labels())
			}
		}
	}
	for _, x := range s.Parts {
		p.Parts = append(p.Parts, PassportPart{x.Label, x.Code, x.Origin})
	}
	for _, phase := range order.Phases() {
		for _, r := range s.ReadingsOf(phase) {
			p.Readings = append(p.Readings, PassportReading{phase, r.Position, r.Winding, r.Rate, r.Amplitude, r.BeatError})
		}
	}
	for _, x := range s.Waters {
		if x.Phase != order.Before && x.Passed {
			p.WaterBar = max(p.WaterBar, x.Bar)
		}
	}
	if s.Handover != nil {
		p.Guarantee = s.Handover.Guarantee
	}
	return p
}

// issuePassport signs the passport of a watch that was given back after work, and
// puts it on the sheet. Repeated, the entry that stands stays.
func (w *Workshop) issuePassport(ctx context.Context, a journal.After, s order.State, house string) error {
	if w.Signer == nil || s.Handover == nil || len(s.Controls) == 0 {
		return nil
	}
	text, err := json.Marshal(passportOf(s, house, s.StageSince, w.Zone))
	if err != nil {
		return fault.Wrap("workshop.issuePassport", err)
	}
	x := order.PassportIssued{Text: string(text), Key: base64.StdEncoding.EncodeToString(w.Signer.Public().(ed25519.PublicKey)),
		Signature: base64.StdEncoding.EncodeToString(ed25519.Sign(w.Signer, []byte(passportDomain+string(text))))}
	act := Act{Who: staff.System(), Sheet: a.Sheet, Seen: -1, Entry: a.ID + "-p"}
	_, err = w.decide(ctx, act, order.IssuePassport(x))
	return err
}

// CheckPassport reads a passport and returns an error where its signature is not
// of the key it names. Whether that key is the house's is for the reader to
// compare: see PassportView.Ours.
func CheckPassport(x order.PassportIssued) (p Passport, err error) {
	key, errKey := base64.StdEncoding.DecodeString(x.Key)
	sig, errSig := base64.StdEncoding.DecodeString(x.Signature)
	if errKey != nil || errSig != nil || len(key) != ed25519.PublicKeySize || !ed25519.Verify(key, []byte(passportDomain+x.Text), sig) {
		return p, errors.New("workshop: the passport's signature is not valid")
	}
	return p, json.Unmarshal([]byte(x.Text), &p)
}

// PassportView is a passport as anybody may read it.
type PassportView struct {
	Passport
	Issued order.PassportIssued
	Valid  bool // the signature is of the key named
	Ours   bool // and that key is this house's
}

// Passport returns the passport on a sheet, for whoever holds its address: it
// needs no account and names no owner.
func (w *Workshop) Passport(ctx context.Context, sheet string) (v PassportView, err error) {
	var s order.State
	err = w.Book.View(ctx, func(ctx context.Context, tx Tx) error {
		kind, err := tx.SheetKind(ctx, sheet)
		if err != nil || kind != "order" {
			return fault.New(fault.NotFound, "passport.unknown")
		}
		s, _, err = state(ctx, tx, sheet)
		return err
	})
	if err != nil {
		return v, err
	}
	if s.Passport == nil {
		return v, fault.New(fault.NotFound, "passport.unknown")
	}
	v.Issued = *s.Passport
	v.Passport, err = CheckPassport(v.Issued)
	v.Valid = err == nil
	v.Ours = v.Valid && w.Signer != nil && base64.StdEncoding.EncodeToString(w.Signer.Public().(ed25519.PublicKey)) == v.Issued.Key
	return v, nil
}
