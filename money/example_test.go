package money_test

import (
	"fmt"

	"etabli.example/money"
)

func Example() {
	price, err := money.Parse("1 234,56 €")
	fmt.Println(price, err)
	lines := []money.Line{{Gross: price, Rate: 2000}, {Gross: 50_00, Rate: 2000}}
	fmt.Printf("%+v\n", money.Sum(lines, money.PerTotal))
	_, err = money.Parse("12OO")
	fmt.Println(err)
	// Output:
	// 123456 <nil>
	// {Gross:128456 Net:107047 VAT:21409}
	// invalid money.letter_o
}
