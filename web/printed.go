package web

import (
	"strings"

	"etabli.example/locale"
)

// printedPhrases are the English phrases that scopes and sources of rules are made
// of, as the catalogues print them, the longer before what they contain. The names
// of makers, calibres and standards between them are the same in every language.
var printedPhrases = []struct{ phrase, key string }{
	{"Fully wound, school rule", "fully_wound_school_rule"},
	{"7750 family, chronograph engaged", "7750_family_engaged"},
	{"0h to 24h drop, any", "drop_24h"},
	{"H to V drop, any", "drop_h_v"},
	{"Service limit, any", "service_limit"},
	{"Popular modern wristwatch", "popular_modern"},
	{"Good movement (trace page)", "good_movement_page"},
	{"Knocking (rebanking)", "knocking_page"},
	{"Lift angle error", "lift_angle_error_page"},
	{"Modern 28800", "modern_28800_page"},
	{"Vintage 18000-21600", "vintage_page"},
	{"Witschi (other edition)", "witschi_other"},
	{": Any", "any"},
	{"Witschi general guidance", "witschi_general_guidance"},
	{"Witschi training course 2016", "witschi_training_course_2016"},
	{"Witschi training", "witschi_training"},
	{"Bench rule of thumb", "bench_rule_of_thumb"},
	{"general trade knowledge", "general_trade_knowledge"},
	{"workshop tolerance table", "workshop_tolerance_table"},
	{"workshop table (unofficial)", "workshop_table_unofficial"},
	{"unofficial table", "unofficial_table"},
	{"bench guide citing Witschi", "bench_guide_citing_witschi"},
	{"Gent's watch", "gent_s_watch"},
	{"Lady's watch", "lady_s_watch"},
	{"non chronometer", "non_chronometer"},
	{"Chronometer", "chronometer"},
	{"and other chronographs", "and_other_chronographs"},
	{"Chronograph 7750 family", "chronograph_7750_family"},
	{"Chronograph", "chronograph"},
	{"technical guide", "technical_guide"},
	{"Generic mechanical", "generic_mechanical"},
	{"ETA mechanical", "eta_mechanical"},
	{"and similar", "and_similar"},
	{": all", "all"},
	{"(all)", "all_of_them"},
	{"cased watch", "cased_watch"},
	{"static inspection", "static_inspection"},
	{"internal directive", "internal_directive"},
	{"battery test", "battery_test"},
	{", test", "test"},
	{", maker", "maker"},
	{", workshop", "workshop"},
	{"Quartz generic", "quartz_generic"},
	{"quartz generic", "quartz_generic"},
	{"category", "category"},
	{"modern 28800", "modern_28800"},
	{"18000-21600 vintage", "18000_21600_vintage"},
	{"lift angle error", "lift_angle_error"},
	{"good movement on trace", "good_movement_on_trace"},
	{"knocking (rebanking)", "knocking_rebanking"},
	{": measuring", "measuring"},
	{": balance", "balance"},
	{"Silver oxide cell", "silver_oxide_cell"},
	{"Lithium 3 V cell", "lithium_3_v_cell"},
	{"Hand fitting", "hand_fitting"},
	{"Indicators", "indicators"},
	{"withdrawn, replaced by", "withdrawn_replaced_by"},
	{"bench", "bench"},
	{"training", "training"},
	{"ladies", "ladies"},
}

// printed says a scope or a source, which catalogue and sheet keep as printed, in
// the reader's language.
func printed(p *locale.Printer, s string) string {
	for _, x := range printedPhrases {
		if strings.Contains(s, x.phrase) {
			s = strings.ReplaceAll(s, x.phrase, p.T("measurement.printed."+x.key))
		}
	}
	if p.Lang() == locale.FR {
		s = strings.ReplaceAll(s, ": ", "\u00a0: ")
	}
	return s
}
