package locale_test

import (
	"fmt"

	"etabli.example/locale"
	"etabli.example/money"
)

func ExamplePrinter() {
	_, err := money.Parse("12OO")
	for _, lang := range locale.Languages() {
		p := locale.For(lang)
		fmt.Println(p.Error(err))
		fmt.Println(p.Money(1234_56), p.Rate(3.2), p.Degrees(287), p.T("date.in_days", 3))
	}
	// Output:
	// Ce montant contient la lettre O. Vouliez-vous dire 1 200 € ?
	// 1 234,56 € +3,2 s/j 287° dans 3 jours
	// This amount contains the letter O. Did you mean €1,200?
	// €1,234.56 +3.2 s/d 287° in 3 days
}
