package order

import (
	"etabli.example/fault"
	"etabli.example/journal"
	"etabli.example/trade/staff"
)

// KindPassport is the watch's passport: what was done, signed by the house.
const KindPassport journal.Kind = "passport"

// PassportIssued is a signed statement about the work. Text is what was signed,
// byte for byte; it names the watch and nobody.
type PassportIssued struct {
	Text      string `json:"text"`
	Key       string `json:"key"`       // public half, base64
	Signature string `json:"signature"` // Ed25519, base64
}

// IssuePassport puts the passport on the sheet, once per return of the watch.
func IssuePassport(p PassportIssued) Decision {
	return func(s State, f Facts) ([]journal.Draft, error) {
		if f.Who.ID != staff.SystemID {
			if err := f.Who.Must(staff.Return); err != nil {
				return nil, err
			}
		}
		if p.Text == "" || p.Key == "" || p.Signature == "" {
			return nil, fault.New(fault.Invalid, "order.unknown_choice")
		}
		return f.one(KindPassport, []string{"passport"}, p)
	}
}
