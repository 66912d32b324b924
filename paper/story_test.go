package paper

import (
	"time"

	"etabli.example/timing/strip"
)

// The story of the mock-ups: PAR-26-004217-K, a Tissot Le Locle. People and
// figures are invented.
var (
	story     = time.Date(2026, 11, 13, 9, 12, 0, 0, time.UTC)
	storyFirm = Firm{
		Name: "Atelier Morel", Trade: "horlogers", Address: []string{"14 rue de Bretagne", "75003 Paris"},
		Phone: "01 00 00 00 00", Email: "bonjour@atelier-morel.example", Site: "atelier-morel.example",
		Legal: "SARL au capital de 8 000 €, RCS Paris 123 456 789", SIREN: "123 456 789", VAT: "FR00123456789",
		Mediator: Mediator{Name: "Médiation de l’horlogerie", Site: "mediation.example", Address: "1 place du Cadran, 75001 Paris"},
	}
	storyWatch = Watch{Brand: "Tissot", Model: "Le Locle", Reference: "T41.1.483.33", Serial: "10 448 217",
		Calibre: "ETA 2824-2", Kind: "automatic", Material: "steel", BPH: 28800, LiftDeg: 50, WaterBar: 3}
	storyPerson = Person{Name: "Claire Vasseur", Address: []string{"3 rue du Lac", "75019 Paris"}, Phone: "06 12 34 56 47", Channel: "sms"}
)

func num(v float64) *float64 { return &v }

func depositStory() DepositReceiptInput {
	return DepositReceiptInput{
		Firm: storyFirm, Number: "PAR-26-004217-K", At: story, Depositor: storyPerson, Watch: storyWatch,
		Request:       "Elle retarde de cinq minutes par semaine et elle s’arrête la nuit quand je la pose.",
		RequestMasked: "Elle retarde de cinq minutes par semaine et elle s’arrête la nuit.",
		Wishes:        []string{"no_polish", "return_parts"}, Accessories: []string{"leather_strap", "papers"},
		Marks: []ConditionMark{{Zone: "crystal", Defect: "scratch", Grade: 2}, {Zone: "lug_7", Defect: "dent", Grade: 3},
			{Zone: "crown", Defect: "wear", Grade: 1, Note: "cannelures"}, {Zone: "back", Defect: "scratch", Grade: 1}},
		Photos: 6, DeclaredValue: 120000, Ceiling: 8000,
		QuoteBy: story.AddDate(0, 0, 4), Promised: story.AddDate(0, 0, 14), PromiseKept: 0.9,
		TrackURL: "https://atelier-morel.example/s/7Q4M2K", ReceivedBy: "Nadia Kaci",
		Signature: [][]strip.Point{{{X: 0.4, Y: 0.9}, {X: 0.5, Y: 0.1}, {X: 0.52, Y: 0.95}, {X: 0.6, Y: 0.3}, {X: 0.63, Y: 0.9}, {X: 0.72, Y: 0.4}, {X: 0.75, Y: 0.8}, {X: 0.95, Y: 0.2}}},
	}
}

func labelStory() LabelInput {
	return LabelInput{Number: "PAR-26-004217-K", Watch: storyWatch, Accessories: []string{"leather_strap"},
		Wishes: []string{"no_polish", "return_parts"}, At: story, Promised: story.AddDate(0, 0, 14),
		TrackURL: "https://atelier-morel.example/s/7Q4M2K"}
}

func quoteStory() QuoteInput {
	return QuoteInput{
		Firm: storyFirm, Number: "D-PAR-26-0931", Version: 2, Order: "PAR-26-004217-K", At: story.AddDate(0, 0, 4),
		Customer: storyPerson, Watch: storyWatch,
		Found: "Huiles sèches au rouage et au balancier, ressort de barillet fatigué : la montre retarde et s’arrête la nuit. Le joint de fond est écrasé.",
		Lines: []QuoteLine{
			{Kind: "obligatory", Label: "Révision complète : démontage, nettoyage aux ultrasons, huilage, réglage en six positions", Quantity: 1, Unit: "flat", UnitGross: 24000, VAT: 2000},
			{Kind: "obligatory", Label: "Ressort de barillet ETA 2824-2", Quantity: 1, Unit: "piece", UnitGross: 2890, VAT: 2000},
			{Kind: "obligatory", Label: "Joint de fond", Quantity: 2, Unit: "piece", UnitGross: 645, VAT: 2000},
			{Kind: "recommended", Label: "Tige de remontoir et couronne, cannelures usées", Quantity: 1, Unit: "piece", UnitGross: 4550, VAT: 2000},
			{Kind: "cosmetic", Label: "Remplacement de la glace, deux rayures", Quantity: 1, Unit: "piece", UnitGross: 109000, VAT: 2000},
		},
		Until: story.AddDate(0, 1, 4), Ready: story.AddDate(0, 0, 14), Fee: 0, GuaranteeMonths: 24, Conclusion: "distance",
		AcceptURL: "https://atelier-morel.example/d/7Q4M2K",
	}
}
