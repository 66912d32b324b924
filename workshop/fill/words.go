package fill

import "etabli.example/trade/watch"

var surnames = []string{"Dupont", "Lefèvre", "Müller", "Gauthier", "Martin", "Besançon", "Nguyễn", "d’Artagnan", "Schmitt", "Ørsted", "Weiß", "Le Gall",
	"Bernard", "Robert", "Richard", "Durand", "Moreau", "Simon", "Laurent", "Michel", "Garcia", "David", "Bertrand", "Roux", "Vincent", "Fournier", "Morel",
	"Girard", "André", "Mercier", "Dupuis", "Lambert", "Bonnet", "François", "Martinez", "Legrand", "Garnier", "Faure", "Rousseau", "Blanc", "Guérin", "Muller",
	"Henry", "Roussel", "Nicolas", "Perrin", "Morin", "Mathieu", "Clément", "Benali", "Haddad", "Amrani", "Zhang", "Diallo", "Almeida", "Castaing", "Ferrand"}

var givens = []string{"Élodie", "Jean-Pierre", "Noémie", "Zoë", "Ana", "Thibault", "Inès", "Loïc", "Chloé", "Hervé", "Maud", "Claire", "Youssef", "Hélène",
	"Thomas", "Mei", "Gaston", "Sofia", "Bastien", "Odile", "Karim", "Emma", "Luc", "Fatou", "René", "Camille", "Anton", "Isabelle", "Joseph", "Nora"}

var places = [][2]string{{"Paris", "75003"}, {"Lyon", "69002"}, {"Besançon", "25000"}, {"Morteau", "25500"}, {"Annecy", "74000"}, {"Lille", "59000"},
	{"Nantes", "44000"}, {"Rennes", "35000"}, {"Strasbourg", "67000"}, {"Marseille", "13006"}, {"Bordeaux", "33000"}, {"Villers-le-Lac", "25130"}}

var requests = []string{"Elle retarde de cinq minutes par semaine.", "Elle s’arrête la nuit.", "Elle s’est arrêtée hier, d’un coup.",
	"Il y a de la buée sous la glace.", "Révision, elle a dix ans.", "La trotteuse saute de quatre en quatre."}

var labels = map[string][2]string{"REV-AUTO": {"Révision complète", "Full service"}, "PIL": {"Pile neuve", "New cell"}}

var automatic = []watch.Watch{
	{Brand: "Tissot", Model: "Le Locle", Reference: "T41.1.483.33", CalibreMaker: "ETA", Calibre: "2824-2", Kind: watch.Automatic, BPH: 28800, LiftDeg: 50, Material: "steel"},
	{Brand: "Hamilton", Model: "Khaki Field", Reference: "H70455533", CalibreMaker: "Hamilton", Calibre: "H-10", Kind: watch.Automatic, BPH: 21600, LiftDeg: 50, Material: "steel"},
	{Brand: "Longines", Model: "Conquest", Reference: "L3.776.4", CalibreMaker: "Longines", Calibre: "L888", Kind: watch.Automatic, BPH: 25200, LiftDeg: 50, Material: "steel"},
	{Brand: "Yema", Model: "Superman", Reference: "YSUP22", CalibreMaker: "Sellita", Calibre: "SW200-1", Kind: watch.Automatic, BPH: 28800, LiftDeg: 50, Material: "steel"},
	{Brand: "Oris", Model: "Big Crown", Reference: "754 7741", CalibreMaker: "Sellita", Calibre: "SW200-1", Kind: watch.Automatic, BPH: 28800, LiftDeg: 50, Material: "steel"},
	{Brand: "Seiko", Model: "5 Sports", Reference: "SNXS79", CalibreMaker: "Seiko", Calibre: "7S26", Kind: watch.Automatic, BPH: 21600, LiftDeg: 53, Material: "steel"},
	{Brand: "Tudor", Model: "Black Bay", Reference: "79220", CalibreMaker: "ETA", Calibre: "2824-2", Kind: watch.Automatic, BPH: 28800, LiftDeg: 50, Material: "steel"},
}

var quartz = []watch.Watch{
	{Brand: "Tissot", Model: "T-Classic", Reference: "T033.410", CalibreMaker: "ETA", Calibre: "F06.111", Kind: watch.Quartz, Material: "steel"},
	{Brand: "Swatch", Model: "Gent", Reference: "GB743", CalibreMaker: "ETA", Calibre: "955.112", Kind: watch.Quartz, Material: "other"},
	{Brand: "Herbelin", Model: "Newport", Reference: "12288", CalibreMaker: "ETA", Calibre: "F06.111", Kind: watch.Quartz, Material: "steel"},
	{Brand: "Casio", Model: "Edifice", Reference: "EFV-100", CalibreMaker: "Casio", Calibre: "5572", Kind: watch.Quartz, Material: "steel"},
	{Brand: "Citizen", Model: "Classic", Reference: "BM7100", CalibreMaker: "Miyota", Calibre: "2315", Kind: watch.Quartz, Material: "steel"},
}

var pieces = append(append([]watch.Watch(nil), automatic...), quartz...)
