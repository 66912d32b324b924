package diagnosis

import (
	"slices"
	"testing"
)

// ownWords holds, for every cause, how it presents when it is the only one: a
// kind of watch and what is said of it.
var ownWords = map[string]struct {
	kind string
	says []string
}{
	"MAGNETISM":        {Automatic, []string{"gains 5 minutes a day since it lay on a speaker", "the compass needle moves"}},
	"HS_COILS_STUCK":   {Manual, []string{"avance d'une heure par jour", "spires collées", "désaimantée sans changement"}},
	"HS_TANGLED":       {Automatic, []string{"après un choc avance de 40 minutes par jour", "spiral emmêlé, une spire accrochée au piton"}},
	"HS_TOUCHING":      {Manual, []string{"gains dial up only", "hairspring touches the balance arm"}},
	"HS_SHAPE":         {Manual, []string{"hairspring out of flat and off centre"}},
	"REG_PINS":         {Manual, []string{"fast when fully wound, slow after 24 hours", "regulator pins too wide"}},
	"HS_LENGTH":        {Manual, []string{"regulator at its end stop and still 4 minutes a day slow"}},
	"REGULATION":       {Automatic, []string{"avance de 25 s par jour, régulièrement"}},
	"OUT_OF_BEAT":      {Manual, []string{"beat error 4 ms", "needs a shake to start"}},
	"POISE":            {Manual, []string{"large rate spread between the vertical positions, flats agree", "balourd"}},
	"BAL_STAFF_BROKEN": {Manual, []string{"dead after a fall", "the balance wobbles"}},
	"BAL_PIVOT":        {Manual, []string{"balance pivot bent", "good flat, poor hanging"}},
	"BAL_JEWEL":        {Manual, []string{"cap jewel pitted", "amplitude differs dial up and dial down"}},
	"BAL_FOULING":      {Manual, []string{"the balance rubs on the bridge in one position"}},
	"BAL_ENDSHAKE":     {Manual, []string{"stops when I tighten the balance cock"}},
	"ROLLER_JEWEL":     {Manual, []string{"balance swings but does not move the fork", "impulse jewel missing"}},
	"SHOCK_SPRING":     {Automatic, []string{"incabloc spring out of place after a drop"}},
	"OVERBANKED":       {Manual, []string{"fork on the wrong side, balance held to one side"}},
	"KNOCKING":         {Automatic, []string{"galloping sound when fully wound", "amplitude 345°"}},
	"PALLET_STONE":     {Manual, []string{"pallet stone loose, shellac broken"}},
	"FORK_WEAR":        {Manual, []string{"fork notch worn"}},
	"ESC_TOOTH":        {Manual, []string{"one bad dot per turn of the escape wheel"}},
	"ESC_LOCK":         {Manual, []string{"escapement trips, lock too shallow"}},
	"ESC_LUB":          {Automatic, []string{"pallet stones dry, not oiled after my service"}},
	"OIL_DIRTY":        {Automatic, []string{"low amplitude in all positions", "not serviced for 15 years", "oil dried"}},
	"TRAIN_TOOTH":      {Manual, []string{"bent tooth on the third wheel", "train blocks at the same point"}},
	"TRAIN_PIVOT":      {Manual, []string{"worn oval pivot holes in the train bridge"}},
	"TRAIN_ENDSHAKE":   {Manual, []string{"train freezes when the bridge screws are tightened"}},
	"FOREIGN_BODY":     {Automatic, []string{"stops at random", "a hair near the balance"}},
	"LOOSE_SCREW":      {Automatic, []string{"une vis se promène dans le mouvement"}},
	"WRONG_PART":       {Manual, []string{"a wheel from another calibre with a different number of teeth was fitted"}},
	"MS_TIRED":         {Manual, []string{"mainspring set, lost its curve", "amplitude falls fast after 24 h"}},
	"MS_BROKEN":        {Manual, []string{"winds without end and without resistance"}},
	"BRIDLE_SLIP":      {Automatic, []string{"bridle slips too early, short power reserve"}},
	"BARREL_WEAR":      {Manual, []string{"barrel tilts and rubs the bridge"}},
	"BARREL_TOOTH":     {Manual, []string{"stops every 6 hours", "barrel tooth damaged"}},
	"UNDERWOUND":       {Automatic, []string{"s'arrête la nuit", "travail de bureau, peu portée"}},
	"CLICK":            {Manual, []string{"the crown runs back when released"}},
	"WIND_WHEEL":       {Automatic, []string{"winding slips", "ratchet wheel teeth stripped"}},
	"REVERSER":         {Automatic, []string{"the rotor spins when hand winding"}},
	"PAWL":             {Automatic, []string{"the rotor moves but the ratchet does not turn", "magic lever worn"}},
	"ROTOR_BEARING":    {Automatic, []string{"bruit de masse", "roulement usé"}},
	"ROTOR_LOOSE":      {Automatic, []string{"rotor screw came out, rotor loose in the case"}},
	"SETTING_LEVER":    {Quartz, []string{"the stem pulls out every time I set the time"}},
	"STEM_BROKEN":      {Manual, []string{"the crown came off with a piece of stem"}},
	"STEM_LENGTH":      {Automatic, []string{"new stem too long, the crown does not close against the case"}},
	"CLUTCH_WEAR":      {Manual, []string{"winding slips and setting slips", "sliding pinion worn"}},
	"STEM_OUT":         {Quartz, []string{"not running, crown found pulled out"}},
	"CANNON_LOOSE":     {Manual, []string{"minute hand lags, seconds are right", "setting very loose"}},
	"CANNON_TIGHT":     {Manual, []string{"setting very stiff", "the seconds hand runs backwards while setting"}},
	"HANDS_TOUCH":      {Quartz, []string{"s'arrête quand les aiguilles se croisent"}},
	"HAND_LOOSE":       {Automatic, []string{"the seconds hand fell off"}},
	"HANDS_MISFIT":     {Automatic, []string{"aiguilles mal calées entre elles"}},
	"HOUR_WHEEL":       {Automatic, []string{"the hour hand wanders from the minute hand"}},
	"DIAL_LOOSE":       {Manual, []string{"le cadran bouge, pied cassé"}},
	"MOVT_LOOSE":       {Quartz, []string{"the movement moves in the case, clamp missing"}},
	"CAL_JAM":          {Automatic, []string{"stops around midnight when the date changes"}},
	"CAL_DRIVE":        {Automatic, []string{"la date ne change plus, l'heure est juste"}},
	"CAL_AMPM":         {Quartz, []string{"date changes at noon"}},
	"WATER_INGRESS":    {Quartz, []string{"rust on the movement, condensation"}},
	"GASKET_BACK":      {Quartz, []string{"fuite au fond, joint de fond sec"}},
	"CROWN_SEAL":       {Automatic, []string{"bubbles at the crown, crown gasket worn"}},
	"CROWN_TUBE":       {Automatic, []string{"la couronne ne se visse plus"}},
	"CRYSTAL_LEAK":     {Automatic, []string{"leak at the crystal, cracked glass"}},
	"CROWN_UNLOCKED":   {Automatic, []string{"water inside after swimming, the crown was left unscrewed"}},
	"BATT_FLAT":        {Quartz, []string{"second hand jumps every 4 seconds"}},
	"BATT_LEAK":        {Quartz, []string{"pile coulée, dépôt blanc"}},
	"BATT_WRONG":       {Quartz, []string{"wrong battery type fitted, alkaline"}},
	"Q_CONTACT":        {Quartz, []string{"runs when I press the battery"}},
	"CELL_RECHARGE":    {Quartz, []string{"kinetic, fully charged but stops after a few hours"}},
	"Q_UNDERCHARGED":   {Quartz, []string{"solar watch kept in a drawer for months, runs again after charging"}},
	"COIL_OPEN":        {Quartz, []string{"bobine coupée, résistance infinie"}},
	"COIL_SHORT":       {Quartz, []string{"coil resistance too low, shorted coil"}},
	"IC_FAULT":         {Quartz, []string{"no pulses, coil good, battery good", "circuit alone draws too much"}},
	"Q_CRYSTAL":        {Quartz, []string{"avance de 3 secondes par jour"}},
	"Q_TRAIN_GUM":      {Quartz, []string{"the hand twitches on the spot", "new battery did not help", "not serviced for 20 years"}},
	"Q_ROTOR":          {Quartz, []string{"limaille sur l'aimant du rotor", "pulses present"}},
	"Q_TRAIN_WORN":     {Quartz, []string{"plastic wheels worn, hands lose irregularly"}},
	"RESET_LEVER":      {Quartz, []string{"runs with the crown out, stops when pushed in", "stop lever bent"}},
	"Q_FIELD":          {Quartz, []string{"stopped on the speaker, restarts away from the magnet"}},
	"MEASUREMENT":      {Automatic, []string{"wrong lift angle set on the timegrapher"}},
	"NO_FAULT":         {Automatic, []string{"rien à signaler, simple contrôle"}},
	"OUT_CHRONO":       {Automatic, []string{"le chronographe ne revient pas à zéro"}},
	"OUT_PERPETUAL":    {Automatic, []string{"perpetual calendar stuck"}},
	"OUT_TOURBILLON":   {Manual, []string{"tourbillon s'arrête"}},
	"OUT_REPEATER":     {Manual, []string{"minute repeater does not strike"}},
	"OUT_CONNECTED":    {Quartz, []string{"montre connectée désappairée"}},
	"OUT_RADIUM":       {Manual, []string{"cadran au radium, s'arrête"}},
}

// TestEveryCause holds each cause to its own presentation: it comes first.
// INSUFFICIENT is an answer, not a cause, and is held by TestAnswers.
func TestEveryCause(t *testing.T) {
	for _, info := range Causes() {
		if info.ID == "INSUFFICIENT" {
			continue
		}
		t.Run(info.ID, func(t *testing.T) {
			own, ok := ownWords[info.ID]
			if !ok {
				t.Fatal("no case of its own")
			}
			r := Diagnose(Case{Watch: Watch{Kind: own.kind}, Findings: Findings{Symptoms: own.says}})
			place := slices.IndexFunc(r.Causes, func(c Cause) bool { return c.ID == info.ID })
			if place != 0 {
				t.Errorf("place %d", place+1)
				for _, c := range r.Causes[:min(3, len(r.Causes))] {
					t.Logf("  %s %.2f %v", c.ID, c.Probability, english(c.For))
				}
				return
			}
			c := r.Causes[0]
			if c.Perimeter == "" || c.Confirm.FR == "" || c.Confirm.EN == "" || c.Remedy.FR == "" || c.Physics.EN == "" || c.Source == "" {
				t.Errorf("incomplete: %+v", c)
			}
		})
	}
}

func TestAnswers(t *testing.T) {
	good := []Reading{reading("CH", 4, 285, 0.2), reading("CB", 5, 283, 0.2), reading("6H", 0, 260, 0.3), reading("9H", 2, 258, 0.2)}
	for _, c := range []struct {
		name  string
		given Case
		want  string
	}{
		{"nothing known", Case{}, AnswerAskMore},
		{"a bare stop", Case{Watch: Watch{Kind: Automatic}, Findings: Findings{Symptoms: []string{"elle s'arrête"}}}, AnswerAskMore},
		{"all in tolerance", Case{Watch: Watch{Kind: Automatic}, Findings: Findings{Timing: good}}, AnswerNoFault},
		{"a wrong lift angle", Case{Watch: Watch{Kind: Automatic, LiftAngleDeg: 44}, Findings: Findings{Timing: []Reading{reading("CH", 4, 338, 0.2)}, Checks: Checks{TimegrapherLiftAngleDeg: ptr(52)}}}, AnswerNoFault},
		{"a broken spring", Case{Watch: Watch{Kind: Manual}, Findings: Findings{Symptoms: []string{"se remonte sans fin ni résistance"}}}, AnswerCauses},
		{"a chronograph by its calibre", Case{Watch: Watch{Calibre: "7750"}}, AnswerOutOfPerimeter},
		{"a connected watch", Case{Watch: Watch{Kind: Quartz}, Context: "smartwatch, pairing lost"}, AnswerOutOfPerimeter},
		{"not a chronograph", Case{Watch: Watch{Kind: Manual}, Context: "ce n'est pas un chronographe"}, AnswerAskMore},
		{"an Oyster Perpetual is no perpetual calendar", Case{Watch: Watch{Brand: "Rolex", Kind: Automatic}, Context: "Oyster Perpetual", Findings: Findings{Symptoms: []string{"the rotor spins when hand winding"}}}, AnswerCauses},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := Diagnose(c.given)
			if r.Answer != c.want {
				t.Errorf("got %s, want %s", r.Answer, c.want)
				for _, x := range r.Causes[:min(3, len(r.Causes))] {
					t.Logf("  %s %.2f %v", x.ID, x.Probability, english(x.For))
				}
			}
			if r.Answer == AnswerAskMore && len(r.NextTests) == 0 {
				t.Error("asks without naming a test")
			}
		})
	}
}

func ptr(v float64) *float64 { return &v }

func reading(position string, rate, amplitude, beat float64) Reading {
	return Reading{Position: position, Winding: "full", RateSPerDay: &rate, AmplitudeDeg: &amplitude, BeatErrorMS: &beat, Trace: "clean"}
}
