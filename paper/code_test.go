package paper_test

import (
	"testing"

	"etabli.example/locale"
	"etabli.example/trade/order"
	"etabli.example/trade/watch"
)

// Every code that the reception or the bench can write has its word on paper.
func TestCodesOfTheTradeHaveWords(t *testing.T) {
	lists := map[string][]string{
		"zone": order.Zones(), "defect": order.Defects(), "wish": order.WishesOffered(), "accessory": order.AccessoriesOffered(),
		"material": watch.Materials(), "quote.kind": {order.Obligatory, order.Recommended, order.Cosmetic}, "report.water": order.WaterMethods(),
	}
	for _, lang := range locale.Languages() {
		for list, codes := range lists {
			for _, code := range codes {
				if key := "paper." + list + "." + code; !locale.For(lang).Has(key) {
					t.Errorf("%s: %s has no word", lang, key)
				}
			}
		}
		for _, k := range watch.Kinds() {
			if key := "paper.kind." + string(k); k != watch.Unknown && !locale.For(lang).Has(key) {
				t.Errorf("%s: %s has no word", lang, key)
			}
		}
	}
}
