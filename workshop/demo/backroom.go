package demo

import (
	"context"
	"math"
	"math/rand/v2"
	"time"

	"etabli.example/trade/equipment"
	"etabli.example/trade/staff"
	"etabli.example/trade/stock"
	"etabli.example/workshop"
)

// lots are invented: part, description, lot, place, pieces, origin, supplier,
// unit, and in how many days it expires (0: never).
var lots = []struct {
	code, label, lot, place string
	n                       int
	origin, supplier, unit  string
	expires                 int
}{
	{"PIL", "Pile 377 (SR626SW)", "R26-0917", "Tiroir piles", 40, "maker", "Fournitures du Marais", "piece", 720},
	{"PIL", "Pile 371 (SR920SW)", "R26-0918", "Tiroir piles", 24, "maker", "Fournitures du Marais", "piece", 690},
	{"PIL", "Pile 364 (SR621SW)", "R25-0411", "Tiroir piles", 6, "maker", "Fournitures du Marais", "piece", 25},
	{"PIL", "Pile 394 (SR936SW)", "R26-0102", "Tiroir piles", 12, "maker", "Fournitures du Marais", "piece", 400},
	{"PIL", "Pile CR2032", "C26-2032", "Tiroir piles", 10, "maker", "Fournitures du Marais", "piece", 2500},
	{"JTF", "Joint de fond torique, assortiment 16 à 32 mm", "J-2291", "Tiroir joints", 90, "generic", "Joints Perrin", "piece", 1500},
	{"JTC", "Joint de couronne 0,90 × 2,00", "J26-44", "Tiroir joints", 30, "generic", "Joints Perrin", "piece", 1500},
	{"JTG", "Joint de glace Hytrel 29,5 mm", "J25-12", "Tiroir joints", 8, "generic", "Joints Perrin", "piece", 900},
	{"JPS", "Joint de poussoir", "J26-45", "Tiroir joints", 14, "generic", "Joints Perrin", "piece", 1500},
	{"STD-770", "Ressort moteur 2824-2", "M26-770", "Armoire A, casier 2", 5, "maker", "Comptoir de l’horlogerie", "piece", 0},
	{"STD-401", "Tige de remontoir 2824-2", "M26-401", "Armoire A, casier 2", 9, "maker", "Comptoir de l’horlogerie", "piece", 0},
	{"STD-401", "Tige de remontoir 955.112", "M25-401", "Armoire A, casier 3", 4, "generic", "Comptoir de l’horlogerie", "piece", 0},
	{"STD-1488", "Roue d’inversion 2824-2", "M26-148", "Armoire A, casier 2", 3, "maker", "Comptoir de l’horlogerie", "piece", 0},
	{"STD-430", "Ressort-cliquet 2824-2", "M24-430", "Armoire A, casier 2", 7, "maker", "Comptoir de l’horlogerie", "piece", 0},
	{"MEL", "Module électronique 955.112", "E26-05", "Armoire A, casier 4", 2, "maker", "Comptoir de l’horlogerie", "piece", 0},
	{"BOB", "Bobine 955.112", "E26-06", "Armoire A, casier 4", 3, "maker", "Comptoir de l’horlogerie", "piece", 0},
	{"MVTQ", "Mouvement 955.112", "E26-11", "Armoire A, casier 5", 4, "maker", "Comptoir de l’horlogerie", "piece", 0},
	{"GLM", "Glace minérale 29,5 mm", "G26-29", "Armoire B", 6, "generic", "Verres Faure", "piece", 0},
	{"GLS", "Glace saphir 30,0 mm", "G26-30", "Armoire B", 2, "generic", "Verres Faure", "piece", 0},
	{"COU", "Couronne étanche 5,5 mm", "K26-55", "Armoire B", 5, "generic", "Fournitures du Marais", "piece", 0},
	{"GOU", "Barrettes à ressort 18 mm", "B26-18", "Comptoir", 80, "generic", "Fournitures du Marais", "piece", 0},
	{"BRC", "Bracelet cuir 20 mm, noir", "B26-20", "Comptoir", 7, "generic", "Maroquinerie Roux", "piece", 0},
	{"Moebius 9010", "Moebius 9010", "H26-9010", "Armoire huiles", 2, "maker", "Comptoir de l’horlogerie", "bottle", 540},
	{"Moebius 9020", "Moebius 9020", "H25-9020", "Armoire huiles", 1, "maker", "Comptoir de l’horlogerie", "bottle", 160},
	{"STD-721", "Balancier complet, montre donneuse 2824-2", "D26-01", "Armoire A, casier 9", 1, "donor", "", "piece", 0},
}

// minimums are what the demonstration's house wants to have, by the lot it has of it.
var minimums = map[string]int{"R26-0917": 20, "R26-0918": 20, "R25-0411": 10, "J-2291": 30, "J26-44": 20, "M26-770": 6, "M26-148": 2, "E26-05": 2,
	"H26-9010": 1, "G26-30": 3}

// instruments are invented; checked is how many days ago, 0 for never.
var instruments = []struct {
	name, kind, serial, place string
	every                     int
	measures                  bool
	checked                   int
	values, certificate       string
}{
	{"Chronocomparateur, poste 2", "chronocomparateur", "X1-40233", "poste 2", 365, true, 120, "0,02 s/j d’écart à l’étalon quartz", "CC-26-114"},
	{"Chronocomparateur, poste 1", "chronocomparateur", "X1-39871", "poste 1", 365, true, 340, "0,04 s/j d’écart à l’étalon quartz", "CC-25-302"},
	{"Appareil d’étanchéité à air", "appareil d'étanchéité à air (sec)", "PT-5512", "étanchéité", 365, true, 374, "boîte étanche acceptée, boîte à fuite refusée", "PT-25-077"},
	{"Cuve d’étanchéité à eau", "cuve d'étanchéité à eau", "CU-118", "étanchéité", 365, true, 90, "manomètre à 0,05 bar près", "CU-26-031"},
	{"Testeur de quartz", "testeur de quartz", "QT-2207", "poste 3", 365, true, 60, "résistance 2 kΩ lue 2,004 kΩ", "QT-26-018"},
	{"Multimètre", "multimètre", "MM-90311", "poste 3", 730, true, 400, "0,3 % d’écart", "MM-25-009"},
	{"Tournevis dynamométrique", "tournevis dynamométrique", "TD-06", "poste 1", 365, false, 200, "écart 2 % sur cinq mesures", ""},
	{"Bac à ultrasons", "bac à ultrasons", "US-14", "nettoyage", 7, false, 3, "perforations réparties sur la feuille", ""},
}

// backroom fills the stock and the tools; one instrument is overdue.
func (f *filler) backroom(ctx context.Context) error {
	who := f.people["samir"].Actor("")
	for i, l := range lots {
		f.at = f.today.AddDate(0, 0, -480+i).Add(-5 * time.Hour)
		r := stock.Receipt{Code: l.code, Label: l.label, Lot: l.lot, Place: l.place, Quantity: l.n, Unit: l.unit, Supplier: l.supplier, Origin: l.origin}
		if l.expires > 0 {
			r.Expiry = f.today.AddDate(0, 0, l.expires).Format(time.DateOnly)
		}
		if _, err := f.w.ReceiveLot(ctx, workshop.Act{Who: who, Seen: -1}, r); err != nil {
			return err
		}
		if level := minimums[l.lot]; level > 0 {
			if err := f.w.SetMinimum(ctx, who, stock.Minimum{Code: l.code, Label: l.label, Level: level}); err != nil {
				return err
			}
		}
	}
	for _, x := range instruments {
		if err := f.tool(ctx, who, x.checked, equipment.Registration{Name: x.name, Kind: x.kind, Serial: x.serial, Place: x.place, Interval: x.every,
			Instrument: x.measures}, equipment.Verification{Result: equipment.Passed, Values: x.values, Certificate: x.certificate}); err != nil {
			return err
		}
	}
	return nil
}

// tool registers a tool and tells its last verification, so many days ago.
func (f *filler) tool(ctx context.Context, who staff.Actor, checked int, r equipment.Registration, v equipment.Verification) error {
	f.at = f.today.AddDate(0, 0, -checked-1)
	s, err := f.w.RegisterTool(ctx, workshop.Act{Who: who, Seen: -1}, r)
	if err != nil {
		return err
	}
	f.at = f.today.AddDate(0, 0, -checked)
	if _, err := f.w.VerifyTool(ctx, workshop.Act{Who: who, Sheet: s.Sheet, Seen: -1}, v); err != nil {
		return err
	}
	return f.checks(ctx, who, s.Sheet, r.Serial)
}

// checks are the readings of the reference quartz since the verification: the
// first timegrapher is steady, the second has begun to drift.
func (f *filler) checks(ctx context.Context, who staff.Actor, sheet, serial string) error {
	drift, charted := map[string]float64{"X1-40233": 0, "X1-39871": 0.06}[serial]
	if !charted {
		return nil
	}
	const n = 56
	noise := rand.New(rand.NewPCG(37858, uint64(len(serial)))) // the same demonstration every time
	for i := range n {
		f.at = f.today.AddDate(0, 0, -2*(n-i))
		wobble := 0.02 * noise.NormFloat64() // the last digit of a timegrapher wanders
		if i >= n-6 {
			wobble += drift
		}
		c := equipment.Check{Piece: "Quartz témoin", Quantity: "Marche", Unit: "s/j", Value: math.Round(100*(0.42+wobble)) / 100}
		if _, err := f.w.CheckTool(ctx, workshop.Act{Who: who, Sheet: sheet, Seen: -1}, c); err != nil {
			return err
		}
	}
	return nil
}
