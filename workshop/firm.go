package workshop

import (
	"context"
	"encoding/json"
	"errors"
	"strconv"
	"strings"

	"etabli.example/fault"
	"etabli.example/ident"
	"etabli.example/trade/staff"
)

// Firm is the house's legal identity, as every document must name it.
type Firm struct {
	Name     string   `json:"name" max:"100"`
	Trade    string   `json:"trade" max:"60"`    // after the name: "horlogers"
	Address  []string `json:"address" max:"100"` // at most addressLines of them
	Phone    string   `json:"phone" max:"40"`
	Email    string   `json:"email" max:"254"`
	Site     string   `json:"site" max:"100"`
	Legal    string   `json:"legal" max:"200"` // legal form, capital, register
	SIREN    string   `json:"siren" max:"20"`
	VAT      string   `json:"vat" max:"20"`
	Mediator Mediator `json:"mediator"` // C. conso. L612-1: named on every consumer's document
	// Conditions are the house's own terms, printed on the deposit receipt that the customer signs.
	Conditions []string `json:"conditions,omitempty"`
}

// Mediator is the consumer mediator the firm answers to.
type Mediator struct {
	Name    string `json:"name" max:"100"`
	Site    string `json:"site" max:"100"`
	Address string `json:"address" max:"200"`
}

// addressLines is how many lines of an address a document has room for.
const addressLines = 5

// Check returns what a document could not do without, and what it has no room for.
func (f Firm) Check() error {
	var bad fault.Problems
	bad.Words(f)
	if len(f.Address) > addressLines {
		bad.Add("address", "firm.address_lines", addressLines)
	}
	if strings.TrimSpace(f.Name) == "" {
		bad.Add("name", "firm.needed")
	}
	if len(f.Address) == 0 {
		bad.Add("address", "firm.needed")
	}
	if strings.TrimSpace(f.Mediator.Name) == "" {
		bad.Add("mediator_name", "firm.mediator")
	}
	if n := strings.TrimSpace(f.SIREN); n != "" && !ident.ValidSIREN(n) && !ident.ValidSIRET(n) {
		bad.Add("siren", "firm.siret")
	}
	if n := strings.ToUpper(strings.TrimSpace(f.VAT)); strings.HasPrefix(n, "FR") && !ident.ValidFrenchVAT(n, f.SIREN) {
		bad.Add("vat", "firm.vat")
	}
	return bad.Err()
}

const firmKey = "firm"

// Firm returns the house's identity; its zero value where nobody entered it.
func (w *Workshop) Firm(ctx context.Context) (f Firm, err error) {
	err = w.Book.View(ctx, func(ctx context.Context, tx Tx) error { f, err = firm(ctx, tx); return err })
	return f, err
}

func firm(ctx context.Context, tx Tx) (f Firm, err error) {
	text, err := tx.Setting(ctx, firmKey)
	if err != nil || text == "" {
		return f, err
	}
	return f, fault.Wrap("workshop.firm", json.Unmarshal([]byte(text), &f))
}

// Lacks says which of the mentions of a document the firm has not given: keys of
// their names, in the order of the form. A document needs them all.
func (f Firm) Lacks() []string {
	var out []string
	var e *fault.Error
	if !errors.As(f.Check(), &e) {
		return nil
	}
	for _, field := range []string{"name", "address", "mediator_name"} {
		if _, bad := e.Fields[field]; bad {
			out = append(out, field)
		}
	}
	return out
}

// Printable returns nil where a document can name the firm, otherwise one
// sentence that says what is missing.
func (f Firm) Printable() error {
	lacks := f.Lacks()
	if len(lacks) == 0 {
		return nil
	}
	return &fault.Error{Kind: fault.Conflict, Op: "workshop.Firm", Key: "firm.incomplete." + strconv.Itoa(len(lacks)), Args: named(lacks)}
}

func named(fields []string) []any {
	var out []any
	for _, f := range fields {
		out = append(out, fault.Word("firm.field."+f))
	}
	return out
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
