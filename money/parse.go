package money

import (
	"errors"
	"strconv"
	"strings"

	"etabli.example/fault"
	"etabli.example/money/figure"
)

// Parse reads an amount of euros as typed at the counter: "1 234,56 €",
// "1234.56", "€1,234.56", with spaces of any width. Nothing is guessed in
// silence; the Invalid faults, each with the likely amount as Cents where
// there is one, are:
//
//	money.empty      nothing typed
//	money.invalid    no amount
//	money.letter_o   the letter O where a zero belongs
//	money.letter_l   the letter l or I where a one belongs
//	money.ambiguous  one mark before three digits: 1,234 or 1.234
//	money.decimals   more than two digits after the decimal mark
//	money.negative   below zero
//	money.too_much   over Most (given as the argument)
func Parse(s string) (Cents, error) {
	f, err := figure.Read(bare(s))
	var letter *figure.LetterError
	switch {
	case errors.Is(err, figure.ErrEmpty):
		return 0, refuse("money.empty")
	case errors.As(err, &letter):
		return 0, refuseLetter(letter)
	case err != nil:
		return 0, refuse("money.invalid")
	}
	c, err := cents(f)
	if err != nil {
		return 0, err
	}
	if f.Negative && c != 0 {
		return 0, refuse("money.negative", c)
	}
	return c, nil
}

// bare cuts the currency off either end.
func bare(s string) string {
	s = strings.TrimSpace(s)
	for _, sign := range []string{"€", "EUR", "eur", "Eur", "euros", "euro"} {
		if t := strings.TrimSuffix(s, sign); t != s {
			return t
		}
		if t := strings.TrimPrefix(s, sign); t != s {
			return t
		}
	}
	return s
}

// refuseLetter names the letter and offers the repaired amount, provided that
// the repair is an amount.
func refuseLetter(e *figure.LetterError) error {
	c, err := cents(e.Repaired)
	if err != nil || e.Repaired.Negative {
		return refuse("money.invalid")
	}
	if e.Digit() == 1 {
		return refuse("money.letter_l", c)
	}
	return refuse("money.letter_o", c)
}

// cents makes an amount of f's digits, whatever its sign.
func cents(f figure.Figure) (Cents, error) {
	if len(f.Whole) > 12 {
		return 0, refuse("money.too_much", Most)
	}
	euros, _ := strconv.ParseInt(f.Whole, 10, 64)
	if len(f.Fraction) > 2 {
		return 0, refuseDecimals(f, euros)
	}
	part, _ := strconv.ParseInt((f.Fraction + "00")[:2], 10, 64)
	c := Cents(euros*100 + part)
	if c > Most {
		return 0, refuse("money.too_much", Most)
	}
	return c, nil
}

// refuseDecimals answers an amount with three or more decimals. "1,234" is
// most likely a thousand marked by its comma; anything else is cut to cents.
func refuseDecimals(f figure.Figure, euros int64) error {
	if len(f.Fraction) == 3 && !f.Grouped && len(f.Whole) <= 3 && f.Whole != "0" {
		thousands, _ := strconv.ParseInt(f.Whole+f.Fraction, 10, 64)
		return refuse("money.ambiguous", Cents(thousands*100))
	}
	part, _ := strconv.ParseInt(f.Fraction[:2], 10, 64)
	c := Cents(euros*100 + part)
	if f.Fraction[2] >= '5' {
		c++
	}
	return refuse("money.decimals", min(c, Most))
}

func refuse(key string, args ...any) error { return fault.New(fault.Invalid, key, args...) }
