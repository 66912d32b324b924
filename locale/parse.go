package locale

import (
	"errors"
	"strconv"

	"etabli.example/fault"
	"etabli.example/money/figure"
)

// ParseNumber reads a measured value as typed or pasted: comma or point, true
// minus, spaces of any width between thousands, no unit. It is the same in
// every language. The Invalid faults are number.empty, number.invalid,
// number.too_long, and number.letter_o and number.letter_l, whose argument is
// the likely value as float64.
func ParseNumber(s string) (float64, error) {
	f, err := figure.Read(s)
	var letter *figure.LetterError
	switch {
	case errors.Is(err, figure.ErrEmpty):
		return 0, refuse("number.empty")
	case errors.Is(err, figure.ErrLong):
		return 0, refuse("number.too_long")
	case errors.As(err, &letter):
		key := "number.letter_o"
		if letter.Digit() == 1 {
			key = "number.letter_l"
		}
		return 0, refuse(key, value(letter.Repaired))
	case err != nil:
		return 0, refuse("number.invalid")
	}
	return value(f), nil
}

// value makes a float of f's digits: at most 64 of them, so it is finite.
func value(f figure.Figure) float64 {
	v, _ := strconv.ParseFloat(f.Whole+"."+f.Fraction+"0", 64)
	if f.Negative && v != 0 {
		return -v
	}
	return v
}

func refuse(key string, args ...any) error { return fault.New(fault.Invalid, key, args...) }
