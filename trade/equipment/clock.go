package equipment

import (
	"math"

	"etabli.example/fault"
	"etabli.example/journal"
)

// KindCalibrated is a sound card's clock compared with a reference.
const KindCalibrated journal.Kind = "tool_calibrated"

// Calibration is what a sound card's clock was found to be off, by listening
// through it to a reference quartz whose rate is known.
type Calibration struct {
	Date       string  `json:"date"`        // ISO
	Reference  string  `json:"reference"`   // the reference, as people call it
	ReferenceS float64 `json:"reference_s"` // what it is known to gain, s/d
	ReferenceU float64 `json:"reference_u"` // half its 95 % interval, s/d
	HeardS     float64 `json:"heard_s"`     // what it seemed to gain, s/d
	Seconds    float64 `json:"seconds"`     // listened to
	PPM        float64 `json:"ppm"`         // how much faster than it says the card samples
	UPPM       float64 `json:"u_ppm"`       // standard uncertainty of PPM

	Seq int64  `json:"-"` // of its entry
	By  string `json:"-"`
}

// mostPPM is the error no sound card's crystal has.
const mostPPM = 500

// CalibrateClock records a calibration of a sound card's clock; the last one
// counts.
func CalibrateClock(c Calibration) Decision {
	return func(s State, f Facts) ([]journal.Draft, error) {
		if err := s.may(f); err != nil {
			return nil, err
		}
		if s.Withdrawn {
			return nil, fault.New(fault.Conflict, "tool.is_withdrawn", s.Name)
		}
		if c.Date == "" {
			c.Date = f.Today
		}
		var bad fault.Problems
		notAfter(&bad, "date", c.Date, f.Today)
		length(&bad, "reference", c.Reference, 80, true)
		if !(math.Abs(c.ReferenceS) <= 10) {
			bad.Add("reference_s", "fault.out_of_range", -10, 10)
		}
		if !(c.ReferenceU > 0 && c.ReferenceU <= 10) {
			bad.Add("reference_u", "tool.clock.u_needed")
		}
		if !(math.Abs(c.PPM) <= mostPPM) || !(c.UPPM > 0 && c.UPPM <= mostPPM) {
			bad.Add("sound", "tool.clock.too_far")
		}
		if err := bad.Err(); err != nil {
			return nil, err
		}
		return f.write(KindCalibrated, c)
	}
}
