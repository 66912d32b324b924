package web

import (
	"etabli.example/horology"
	"etabli.example/locale"
)

// saidIn is a text with the language it is in.
type saidIn struct {
	Text string
	Lang locale.Lang
}

// catalogued says a text of a tool's sheet in the reader's language where it is the
// catalogue's; in its own where somebody wrote it. Nil where there is none.
func catalogued(lang locale.Lang, kind, text string, both func(horology.Tool) (fr, en string)) *saidIn {
	if text == "" {
		return nil
	}
	for _, k := range horology.Tools() {
		if fr, en := both(k); k.FR == kind && fr == text && en != "" && lang == locale.EN {
			return &saidIn{en, locale.EN}
		}
	}
	return &saidIn{text, locale.FR}
}

// Procedure is how the tool is verified.
func (p *toolPage) Procedure() *saidIn {
	return catalogued(p.Lang, p.View.Kind, p.View.State.Procedure, func(k horology.Tool) (string, string) { return k.CalibrationFR, k.CalibrationEN })
}

// Acceptance is when it passes.
func (p *toolPage) Acceptance() *saidIn {
	return catalogued(p.Lang, p.View.Kind, p.View.State.Acceptance, func(k horology.Tool) (string, string) { return k.AcceptanceFR, k.AcceptanceEN })
}
