package workshop

import (
	"context"
	"encoding/json"
	"strings"

	"etabli.example/fault"
	"etabli.example/trade/staff"
)

// Firm is the house's legal identity, as every document must name it.
type Firm struct {
	Name     string   `json:"name"`
	Trade    string   `json:"trade"` // after the name: "horlogers"
	Address  []string `json:"address"`
	Phone    string   `json:"phone"`
	Email    string   `json:"email"`
	Site     string   `json:"site"`
	Legal    string   `json:"legal"` // legal form, capital, register
	SIREN    string   `json:"siren"`
	VAT      string   `json:"vat"`
	Mediator Mediator `json:"mediator"` // C. conso. L612-1: named on every consumer's document
}

// Mediator is the consumer mediator the firm answers to.
type Mediator struct {
	Name    string `json:"name"`
	Site    string `json:"site"`
	Address string `json:"address"`
}

// Check returns what a document could not do without.
func (f Firm) Check() error {
	var bad fault.Problems
	if strings.TrimSpace(f.Name) == "" {
		bad.Add("name", "firm.needed")
	}
	if len(f.Address) == 0 {
		bad.Add("address", "firm.needed")
	}
	if strings.TrimSpace(f.Mediator.Name) == "" {
		bad.Add("mediator_name", "firm.mediator")
	}
	return bad.Err()
}

const firmKey = "firm"

// Firm returns the house's identity; its zero value where nobody entered it.
func (w *Workshop) Firm(ctx context.Context) (f Firm, err error) {
	var text string
	err = w.Book.View(ctx, func(ctx context.Context, tx Tx) error { text, err = tx.Setting(ctx, firmKey); return err })
	if err != nil || text == "" {
		return f, err
	}
	return f, fault.Wrap("workshop.Firm", json.Unmarshal([]byte(text), &f))
}

// SaveFirm changes the house's identity.
func (w *Workshop) SaveFirm(ctx context.Context, who staff.Actor, f Firm) error {
	if who.ID != staff.SystemID {
		if err := who.Must(staff.ManagePeople); err != nil {
			return err
		}
	}
	if err := f.Check(); err != nil {
		return err
	}
	text, err := json.Marshal(f)
	if err != nil {
		return fault.Wrap("workshop.SaveFirm", err)
	}
	return w.Book.Do(ctx, func(ctx context.Context, tx Tx) error { return tx.PutSetting(ctx, firmKey, string(text)) })
}
