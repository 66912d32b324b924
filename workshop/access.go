package workshop

import (
	"context"
	"encoding/json"

	"etabli.example/fault"
	"etabli.example/trade/staff"
)

// AccessRegister is the house's public accessibility register: what every place
// open to the public must let anybody read at its desk (décret 2017-431, arrêté
// of 19 April 2017). The words are the house's own.
type AccessRegister struct {
	Services  string `json:"services"`            // what is offered here, and to whom it can be reached
	Building  string `json:"building"`            // attestation or agenda of the premises
	Training  string `json:"training"`            // how the staff was taught to receive people, and when
	Equipment string `json:"equipment,omitempty"` // lift, loop, ramp: their upkeep
	Contact   string `json:"contact,omitempty"`   // whom to ask
	Updated   string `json:"updated,omitempty"`   // ISO date
}

const accessKey = "access_register"

// Empty reports whether nothing was written into it yet.
func (a AccessRegister) Empty() bool { return a.Updated == "" }

// AccessRegister returns the register; its zero value where it was never written.
func (w *Workshop) AccessRegister(ctx context.Context) (a AccessRegister, err error) {
	err = w.Book.View(ctx, func(ctx context.Context, tx Tx) error {
		text, err := tx.Setting(ctx, accessKey)
		if err != nil || text == "" {
			return err
		}
		return fault.Wrap("workshop.AccessRegister", json.Unmarshal([]byte(text), &a))
	})
	return a, err
}

// SaveAccessRegister writes the register; it is dated today.
func (w *Workshop) SaveAccessRegister(ctx context.Context, who staff.Actor, a AccessRegister) error {
	if err := who.Must(staff.ManageRules); err != nil {
		return err
	}
	var bad fault.Problems
	for field, v := range map[string]string{"services": a.Services, "building": a.Building, "training": a.Training, "equipment": a.Equipment, "contact": a.Contact} {
		bad.Text(field, v, fault.Page)
	}
	for field, v := range map[string]string{"services": a.Services, "building": a.Building, "training": a.Training} {
		if v == "" {
			bad.Add(field, "access.missing")
		}
	}
	if err := bad.Err(); err != nil {
		return err
	}
	a.Updated = w.Today()
	text, err := json.Marshal(a)
	if err != nil {
		return fault.Wrap("workshop.SaveAccessRegister", err)
	}
	return w.Book.Do(ctx, func(ctx context.Context, tx Tx) error { return tx.PutSetting(ctx, accessKey, string(text)) })
}
