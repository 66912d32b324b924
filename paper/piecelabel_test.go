package paper

import (
	"bytes"
	"testing"
	"time"

	"etabli.example/locale"
)

func TestPieceLabel(t *testing.T) {
	at := time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)
	in := PieceLabelInput{Number: "PAR-26-004217-K", Code: "PAR-26-004217-K/P-STD-401", Name: "Tige de remontoir", State: "cassée", Place: "tiroir B, sachets",
		Watch: Watch{Brand: "Tissot", Model: "Visodate"}, At: at}
	for _, lang := range []locale.Lang{locale.FR, locale.EN} {
		pdf, err := PieceLabel(in, lang)
		if err != nil || !bytes.HasPrefix(pdf, []byte("%PDF")) {
			t.Errorf("%s: %v", lang, err)
		}
	}
	again, _ := PieceLabel(in, locale.FR)
	if first, _ := PieceLabel(in, locale.FR); !bytes.Equal(first, again) {
		t.Error("the same label is not the same file")
	}
	if _, err := PieceLabel(PieceLabelInput{Name: "Tige"}, locale.FR); err == nil {
		t.Error("a label without a number is printed")
	}
}
