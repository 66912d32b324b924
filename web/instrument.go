package web

import (
	"net/http"

	"etabli.example/fault"
	"etabli.example/locale"
	"etabli.example/trade/equipment"
	"etabli.example/web/component"
)

// otherInstrument is the choice of an instrument that the house does not keep.
const otherInstrument = "other"

// instrumentChoice offers the house's instruments that may be relied on today, and
// words of one's own for any other.
type instrumentChoice struct {
	Pick  component.Field // "instrument": the sheet of a tool, or "other"
	Other component.Field // "instrument_other": what it is called
	rows  []equipment.Row
}

// instruments makes the choice with what was typed.
func (s *Server) instruments(r *http.Request, errors map[string]string) (instrumentChoice, error) {
	rows, err := s.shop.Instruments(r.Context())
	if err != nil {
		return instrumentChoice{}, err
	}
	return instrumentsOf(s.printer(r), rows, r.PostFormValue, errors), nil
}

func instrumentsOf(t *locale.Printer, rows []equipment.Row, typed func(string) string, errors map[string]string) instrumentChoice {
	x := instrumentChoice{rows: rows}
	x.Pick = component.Field{Name: "instrument", Label: t.T("measurement.instrument"), Type: "select", Error: errors["instrument"],
		Choices: []component.Choice{{Label: t.T("measurement.unnamed_instrument")}}}
	if len(rows) == 0 {
		x.Pick.Help = t.T("measurement.no_instrument")
	}
	chosen := typed("instrument")
	for _, row := range rows {
		x.Pick.Choices = append(x.Pick.Choices, component.Choice{Value: row.Sheet, Label: row.Called(), Chosen: row.Sheet == chosen})
	}
	x.Pick.Choices = append(x.Pick.Choices, component.Choice{Value: otherInstrument, Label: t.T("measurement.other_instrument"), Chosen: chosen == otherInstrument})
	x.Other = component.Field{Name: "instrument_other", Label: t.T("measurement.which_instrument"), Value: typed("instrument_other"),
		Error: errors["instrument_other"], AutoComplete: "off"}
	return x
}

// read returns what the entry says the instrument was.
func (x instrumentChoice) read(r *http.Request, bad *fault.Problems) string {
	chosen, other := entered(r, "instrument"), entered(r, "instrument_other")
	switch chosen {
	case otherInstrument:
		if other == "" {
			bad.Add("instrument_other", "fault.required")
		}
		bad.Text("instrument_other", other, 80)
		return other
	case "":
		return ""
	}
	for _, row := range x.rows {
		if row.Sheet == chosen {
			return row.Called()
		}
	}
	bad.Add("instrument", "measurement.instrument_gone")
	return ""
}
