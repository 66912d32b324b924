package demo

import (
	"etabli.example/trade/order"
	"etabli.example/trade/watch"
)

// piece is one invented watch with what its owner says of it.
type piece struct {
	brand, model, ref string
	maker, calibre    string
	kind              watch.Kind
	bar               float64
	year              int
	words             string // the request, in the customer's words
	symptoms          []string
	cause             string // what the bench will find
	functions         []string
	material          string
}

// pieces are models that exist on the market, in invented hands.
var pieces = []piece{
	{"Tissot", "Le Locle", "T41.1.483.33", "ETA", "2824-2", watch.Automatic, 3, 2014, "Elle retarde de cinq minutes par semaine et elle s'arrête la nuit quand je la pose.", []string{"slow_mild", "stops_night"}, "OIL_DIRTY", nil, "steel"},
	{"Seiko", "5 Sports", "SNXS79", "Seiko", "7S26", watch.Automatic, 3, 2009, "Elle avance de dix minutes par jour depuis que je l'ai posée sur la tablette.", []string{"fast_extreme", "magnet_exposure"}, "MAGNETISM", nil, "steel"},
	{"Hamilton", "Khaki Field", "H70455533", "Hamilton", "H-10", watch.Automatic, 10, 2019, "Elle s'arrête au bout d'une journée alors qu'avant elle tenait tout le week-end.", []string{"reserve_short"}, "MS_TIRED", nil, "steel"},
	{"Certina", "DS Action", "C032.407", "Tissot", "Powermatic 80", watch.Automatic, 20, 2018, "Il y a de la buée sous la glace depuis la plage.", []string{"condensation", "swim"}, "WATER_INGRESS", nil, "steel"},
	{"Longines", "Conquest", "L3.776.4", "Longines", "L888", watch.Automatic, 30, 2017, "La couronne ne se visse plus bien.", []string{"crown_wont_screw"}, "CROWN_TUBE", nil, "steel"},
	{"Swatch", "Gent", "GB743", "ETA", "955.112", watch.Quartz, 3, 2016, "Elle s'est arrêtée hier, d'un coup.", []string{"dead"}, "BATT_FLAT", nil, "other"},
	{"Herbelin", "Newport", "12288", "ETA", "F06.111", watch.Quartz, 10, 2015, "La trotteuse saute de quatre en quatre.", []string{"eol_jump"}, "BATT_FLAT", nil, "steel"},
	{"Tissot", "T-Classic", "T033.410", "ETA", "F06.111", watch.Quartz, 3, 2012, "Je change la pile tous les six mois.", []string{"battery_short"}, "Q_TRAIN_GUM", nil, "steel"},
	{"Mido", "Ocean Star", "M026.430", "Mido", "Caliber 80", watch.Automatic, 20, 2020, "Elle perd une minute par jour.", []string{"slow_mild"}, "REGULATION", nil, "steel"},
	{"LIP", "Himalaya", "671038", "Miyota", "9015", watch.Automatic, 5, 2021, "La date change à midi.", []string{"date_noon"}, "CAL_AMPM", nil, "steel"},
	{"Yema", "Superman", "YSUP22", "Sellita", "SW200-1", watch.Automatic, 30, 2022, "Elle est tombée, depuis elle ne marche plus.", []string{"dead", "shock"}, "BAL_STAFF_BROKEN", nil, "steel"},
	{"Oris", "Big Crown", "754 7741", "Sellita", "SW200-1", watch.Automatic, 5, 2019, "La masse fait du bruit quand je bouge le poignet.", []string{"rotor_noise"}, "ROTOR_BEARING", nil, "steel"},
	{"Omega", "De Ville", "166.033", "", "", watch.Automatic, 3, 1968, "Elle appartenait à mon père, elle marche mais avance beaucoup.", []string{"fast", "old_not_serviced"}, "OIL_DIRTY", nil, "gold"},
	{"Junghans", "Max Bill", "027/3501", "ETA", "2801-2", watch.Manual, 3, 2013, "Le remontage est dur et elle s'arrête.", []string{"wind_gritty", "stops"}, "OIL_DIRTY", nil, "steel"},
	{"Festina", "Chrono", "F16760", "ETA", "G10.211", watch.Quartz, 10, 2018, "Le chrono ne revient pas à zéro.", nil, "", []string{"chrono"}, "steel"},
	{"Rado", "Captain Cook", "R32505", "Tissot", "Powermatic 80", watch.Automatic, 10, 2020, "Elle avance un peu trop, vingt secondes par jour.", []string{"fast_mild"}, "REGULATION", nil, "steel"},
	{"Alpina", "Startimer", "AL-525", "Sellita", "SW200-1", watch.Automatic, 10, 2016, "Elle s'arrête si je ne la porte pas une journée.", []string{"reserve_short", "little_worn"}, "REVERSER", nil, "steel"},
	{"Tudor", "Black Bay", "79220", "ETA", "2824-2", watch.Automatic, 20, 2015, "Révision, elle a dix ans.", []string{"old_not_serviced"}, "OIL_DIRTY", nil, "steel"},
	{"Cyma", "mécanique", "1954", "", "", watch.Manual, 0, 1954, "Elle se remonte sans fin.", []string{"wind_endless_manual"}, "MS_BROKEN", nil, "steel"},
	{"Seiko", "Presage", "SRPB41", "Seiko", "4R35", watch.Automatic, 5, 2018, "La glace est fêlée.", []string{"crystal_bad"}, "CRYSTAL_LEAK", nil, "steel"},
}

// fate is where one of the demo's orders has come to.
type fate struct {
	stage order.Stage
	count int
	days  int // since it was opened, for the first; later ones are spread
}

// fates spread about sixty orders over every stage.
var fates = []fate{
	{order.Announced, 2, 1}, {order.Received, 6, 2}, {order.InDiagnosis, 6, 3}, {order.QuoteSent, 6, 6}, {order.Accepted, 3, 7},
	{order.Declined, 2, 12}, {order.Withdrawn, 1, 9}, {order.Expired, 1, 45}, {order.WaitingParts, 4, 16}, {order.Preparing, 3, 9},
	{order.InWork, 6, 10}, {order.InControl, 4, 12}, {order.Redo, 1, 13}, {order.Ready, 5, 14}, {order.Returned, 7, 24},
	{order.Sent, 1, 22}, {order.ReturnedUnrepaired, 1, 30}, {order.Abandoned, 1, 420}, {order.AtSubcontractor, 1, 11},
	{order.Transferred, 1, 5}, {order.Complaint, 1, 40},
}
