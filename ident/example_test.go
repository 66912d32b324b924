package ident_test

import (
	"fmt"

	"etabli.example/ident"
)

func ExampleParseNumber() {
	n, err := ident.ParseNumber("par 26 004217 k")
	fmt.Println(n, n.Short(), err)
	_, err = ident.ParseNumber("PAR-26-002417-K") // two digits swapped
	fmt.Println(err)
	// Output:
	// PAR-26-004217-K 004217-K <nil>
	// invalid ident.number_check
}
