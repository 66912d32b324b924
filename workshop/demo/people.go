package demo

import (
	"etabli.example/money"
	"etabli.example/trade/customer"
	"etabli.example/trade/price"
	"etabli.example/trade/staff"
	"etabli.example/workshop"
)

// firm is an invented workshop; its registration numbers were never given.
var firm = workshop.Firm{
	Name:     "Atelier Morel",
	Trade:    "horlogers",
	Address:  []string{"14 rue de Bretagne", "75003 Paris"},
	Phone:    "01 99 00 14 14",
	Email:    "atelier@morel.example",
	Site:     "morel.example",
	Legal:    "Entreprise de démonstration",
	SIREN:    "000 000 000",
	VAT:      "FR12000000000",
	Mediator: workshop.Mediator{Name: "Médiateur de démonstration", Site: "mediateur.example"},
}

// sites of the house: one, open from Tuesday to Saturday.
var sites = []workshop.Site{{
	Code: "PAR", Name: "Atelier Morel", Address: firm.Address,
	Days: [7]workshop.Hours{
		1: {From: "10:00", To: "19:00"}, 2: {From: "10:00", To: "19:00"}, 3: {From: "10:00", To: "19:00"},
		4: {From: "10:00", To: "19:00"}, 5: {From: "10:00", To: "18:00"},
	},
	Benches: []string{"comptoir", "poste 1", "poste 2", "poste 3", "bureau"},
}}

// accessRegister is what the invented house says of itself.
var accessRegister = workshop.AccessRegister{
	Services:  "Accueil, dépôt, conseil et retrait des montres. Entrée de plain-pied, porte de 90 cm, comptoir abaissé à 76 cm à gauche.",
	Building:  "Attestation d’accessibilité de démonstration.",
	Training:  "Nadia Kaci et Paul Morel : accueil des personnes en situation de handicap, une journée.",
	Equipment: "Boucle magnétique au comptoir, essayée chaque lundi.",
	Contact:   "Nadia Kaci, au comptoir ou au 01 99 00 14 14.",
}

// people are invented; in the demo one is chosen by a click.
var people = []staff.Person{
	{Login: "nadia", Name: "Nadia Kaci", Roles: []staff.Role{staff.Counter}, Bench: "comptoir"},
	{Login: "samir", Name: "Samir Benali", Roles: []staff.Role{staff.Technician}, Bench: "poste 2"},
	{Login: "aude", Name: "Aude Lemaire", Roles: []staff.Role{staff.Technician}, Bench: "poste 3"},
	{Login: "jeanne", Name: "Jeanne Morel", Roles: []staff.Role{staff.Watchmaker}, Bench: "poste 1"},
	{Login: "paul", Name: "Paul Morel", Roles: []staff.Role{staff.Manager}, Bench: "bureau"},
	{Login: "ines", Name: "Inès Roche", Roles: []staff.Role{staff.Administrator}, Bench: "bureau"},
}

// customers are invented: numbers of the ranges that ARCEP keeps for fiction
// (01 99 00, 06 39 98), addresses under example.
var customers = []customer.Customer{
	{Given: "Claire", Name: "Vasseur", Phone: "06 39 98 10 47", Email: "claire.vasseur@mail.example", Channel: "sms"},
	{Given: "Youssef", Name: "Amrani", Phone: "06 39 98 22 13", Email: "y.amrani@mail.example", Channel: "email"},
	{Given: "Hélène", Name: "Dupré", Phone: "01 99 00 41 08", Channel: "phone"},
	{Given: "Thomas", Name: "Lefèvre", Phone: "06 39 98 31 72", Email: "thomas.lefevre@mail.example", Channel: "email"},
	{Given: "Mei", Name: "Zhang", Phone: "06 39 98 45 55", Email: "mei.zhang@mail.example", Channel: "email", Lang: "en"},
	{Given: "Gaston", Name: "Rouvière", Address: "3 chemin des Vignes", Postcode: "34150", City: "Aniane", Channel: "post"},
	{Given: "Sofia", Name: "Almeida", Phone: "06 39 98 58 90", Email: "sofia@mail.example", Channel: "sms"},
	{Given: "Bastien", Name: "Guérin", Phone: "06 39 98 64 21", Email: "bguerin@mail.example", Channel: "email"},
	{Given: "Odile", Name: "Marchand", Phone: "01 99 00 73 36", Address: "8 rue Lepic", Postcode: "75018", City: "Paris", Channel: "phone"},
	{Given: "Karim", Name: "Haddad", Phone: "06 39 98 77 04", Email: "karim.haddad@mail.example", Channel: "sms"},
	{Given: "Emma", Name: "Whitfield", Phone: "06 39 98 80 19", Email: "emma.whitfield@mail.example", Channel: "email", Lang: "en"},
	{Given: "Luc", Name: "Boisvert", Phone: "06 39 98 91 66", Email: "luc.boisvert@mail.example", Channel: "email"},
	{Given: "Fatou", Name: "Diallo", Phone: "06 39 98 03 38", Email: "fatou.diallo@mail.example", Channel: "sms"},
	{Given: "René", Name: "Castaing", Phone: "01 99 00 15 62", Channel: "phone"},
	{Given: "Camille", Name: "Noël", Phone: "06 39 98 17 81", Email: "camille.noel@mail.example", Channel: "email"},
	{Given: "Anton", Name: "Weber", Phone: "06 39 98 26 49", Email: "anton.weber@mail.example", Channel: "email", Lang: "en"},
	{Given: "Isabelle", Name: "Ferrand", Phone: "06 39 98 39 07", Email: "iferrand@mail.example", Channel: "sms"},
	{Given: "Joseph", Name: "Pelletier", Phone: "06 39 98 48 95", Channel: "sms"},
	{Name: "Bijouterie Arnaud", Phone: "01 99 00 55 20", Email: "sav@arnaud.example", Business: true, Channel: "email", Address: "22 place du Marché", Postcode: "78000", City: "Versailles"},
	{Given: "Nora", Name: "Petit", Phone: "06 39 98 61 14", Email: "nora.petit@mail.example", Channel: "email"},
}

// prices is the invented house's price list, VAT included.
var prices = map[string]money.Cents{
	"PIL": 1500, "PIL-ET": 4500, "ET": 2000, "JOI": 3500, "DEM": 1000, "REG": 5000, "REV-MAN": 24000, "REV-AUTO": 29000,
	"REV-QTZ": 9500, "ECH-QTZ": 9000, "ECH-AUTO": 22000, "GLA-M": 4500, "GLA-S": 9500, "GLA-A": 3500, "COU": 5500, "TUB": 9000,
	"AIG": 4000, "CAD": 5000, "BRA": 1000, "BRC": 1000, "BOU": 2500, "POL": 6000, "RAF": 3000, "NET": 1500, "RES": 8500, "CAL": 7500,
	"TIG": 7500, "AUT": 9000, "OXY": 6000, "REV-CHR": 52000,
}

func priceOf(code string, cents money.Cents) price.Price {
	return price.Price{Operation: code, Gross: cents, VAT: 2000, From: "2026-01-01"}
}
