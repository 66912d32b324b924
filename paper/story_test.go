package paper

import (
	"math"
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

func reportStory() ServiceReportInput {
	pos := func(name string, rate [3]float64, amplitude [3]float64, beat [3]float64) PositionReadings {
		reading := func(i int) Reading {
			return Reading{Rate: num(rate[i]), Amplitude: num(amplitude[i]), BeatError: num(beat[i])}
		}
		return PositionReadings{Position: name, Before: reading(0), After: reading(1), After24: reading(2)}
	}
	trace := func(slope, start, apart, noise float64) *TraceOf {
		out := &TraceOf{Position: "CH", Seconds: 30}
		for i := range 120 {
			t := float64(i) / 4
			v := start + slope/86.4*t + noise*math.Sin(float64(i*i))
			if i%2 == 1 {
				v -= apart
			}
			out.Points = append(out.Points, strip.TracePoint{Seconds: t, OffsetMS: v, Tock: i%2 == 1})
		}
		return out
	}
	var before, after []strip.TimePoint
	for h := range 41 {
		t := float64(h)
		after = append(after, strip.TimePoint{Hours: t, Degrees: 287 - 0.9*t - math.Pow(t/40, 12)*70})
		if h < 27 {
			before = append(before, strip.TimePoint{Hours: t, Degrees: 243 - 1.6*t - math.Pow(t/26, 8)*35})
		}
	}
	yes := true
	return ServiceReportInput{
		Firm: storyFirm, Number: "PAR-26-004217-K", At: story.AddDate(0, 0, 14), Watch: storyWatch,
		Received: story, Returned: story.AddDate(0, 0, 14),
		Summary: "La montre retardait de 9 s par jour et s’arrêtait la nuit. Révisée, elle avance de 2 s par jour.",
		Headlines: []Headline{{Quantity: RateMean, Before: num(-8.9), After: num(2.2), Verdict: strip.InTolerance},
			{Quantity: RateDelta, Before: num(23.6), After: num(5.9), Verdict: strip.InTolerance},
			{Quantity: AmplitudeFlat, Position: "CH", Before: num(243), After: num(287), Verdict: strip.InTolerance}},
		Positions: []PositionReadings{
			pos("12H", [3]float64{-5.6, 1.4, -0.4}, [3]float64{210, 262, 238}, [3]float64{0.8, 0.4, 0.4}),
			pos("3H", [3]float64{-21.5, 4.8, 2.6}, [3]float64{208, 259, 233}, [3]float64{0.9, 0.5, 0.5}),
			pos("6H", [3]float64{-12.2, -1.1, -2.9}, [3]float64{212, 264, 240}, [3]float64{0.6, 0.3, 0.3}),
			pos("9H", [3]float64{2.1, 0.6, -1.8}, [3]float64{205, 261, 236}, [3]float64{0.7, 0.4, 0.4}),
			pos("CH", [3]float64{-9.4, 3.2, 1.1}, [3]float64{243, 287, 259}, [3]float64{0.7, 0.4, 0.4}),
			pos("CB", [3]float64{-6.8, 4.1, 1.9}, [3]float64{239, 285, 257}, [3]float64{0.8, 0.4, 0.4}),
		},
		Mean:     pos("X", [3]float64{-8.9, 2.2, 0.1}, [3]float64{220, 270, 244}, [3]float64{0.8, 0.4, 0.4}),
		Delta:    pos("D", [3]float64{23.6, 5.9, 5.5}, [3]float64{}, [3]float64{}),
		RateBand: Band{num(-7), num(7)}, AmplitudeBand: Band{num(200), num(315)},
		TraceBefore: trace(-9.4, 2, 0.7, 0.35), TraceAfter: trace(3.2, -0.4, 0.4, 0.06),
		AmplitudePosition: "CH", AmplitudeBefore: before, AmplitudeAfter: after,
		Works: []string{"Démontage, nettoyage aux ultrasons", "Huilage, mise au repère, réglage", "Ressort de barillet et joint neufs", "Boîte non polie, à votre demande"},
		Water: []WaterTest{{Method: "dry_pressure", Bar: 3, Seconds: 120, Passed: true}, {Method: "dry_vacuum", Bar: -0.7, Passed: true}}, WaterConforms: &yes,
		ReserveHours: num(40), ReserveSpec: num(38),
		GuaranteeUntil: story.AddDate(2, 0, 14), Advice: []string{"Pas de baignade à 3\u00a0bar", "Joints à revoir fin 2028"},
		RateHalf95: num(0.4), AmplitudeHalf95: num(1.2), BeatHalf95: num(0.02),
		WorkedBy: "Samir Benali", ControlledBy: "Aude Lemaire", VerifyURL: "https://atelier-morel.example/v/7Q4M2K",
	}
}

func quartzStory() ServiceReportInput {
	in := reportStory()
	in.Watch = Watch{Brand: "Casio", Model: "MQ-24", Kind: "quartz"}
	in.Summary, in.Stopped, in.Headlines, in.Positions = "", true, nil, nil
	in.Mean, in.TraceBefore, in.TraceAfter, in.AmplitudeBefore, in.AmplitudeAfter = PositionReadings{}, nil, nil, nil, nil
	in.ReserveHours, in.ReserveSpec, in.Water, in.WaterConforms = nil, nil, nil, nil
	in.RateHalf95, in.AmplitudeHalf95, in.BeatHalf95 = nil, nil, nil
	in.Figures = []Figure{{Label: "Consommation", Before: num(3.4), After: num(1.25), Decimals: 2, Unit: "unit.ua", Verdict: strip.InTolerance},
		{Label: "Tension de pile", Before: num(1.31), After: num(1.57), Decimals: 2, Unit: "unit.v"},
		{Label: "Marche instantanée", After: num(0.34), Decimals: 2, Unit: "unit.rate", Verdict: strip.OutOfTolerance}}
	in.Works, in.Advice = []string{"Pile changée"}, nil
	return in
}

func personalStory() PersonalDataInput {
	return PersonalDataInput{Firm: storyFirm, At: story, Name: storyPerson.Name, Facts: [][2]string{{"Nom", "Vasseur"}, {"Téléphone", storyPerson.Phone}, {"Courriel", ""}},
		Orders: []PersonalOrder{{Number: "PAR-26-004217-K", Watch: "Tissot Le Locle", Stage: "rendue", Entries: []PersonalEntry{
			{At: story, What: "Reçue", Words: []string{"Elle retarde de cinq minutes par semaine et elle s’arrête la nuit quand je la pose."}},
			{At: story.AddDate(0, 0, 14), What: "Rendue"}}}}}
}
