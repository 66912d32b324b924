package horology

import (
	"slices"
	"strings"
)

// target says which calibres a rule of the tables is about. The tables print it as free
// text, so each text has a line here; a test fails when one is missing.
type target struct {
	makers []string // any of these; none = any maker
	names  []string // the calibres named: scope calibre ("82" followed by a star = prefix)
	family func(*Calibre) bool
	class  func(*Calibre) bool
	bench  func(*Calibre) bool
}

// reach returns how closely a rule fits a calibre, false where it does not concern it.
func reach(t Tolerance, c *Calibre) (Scope, bool) {
	if t.key == ownRule {
		return ScopeCalibre, true
	}
	g, ok := targets[t.key]
	if !ok {
		return "", false
	}
	if len(g.makers) > 0 && !slices.Contains(g.makers, c.Maker) {
		return "", false
	}
	switch {
	case slices.ContainsFunc(g.names, c.named):
		return ScopeCalibre, true
	case g.family != nil && g.family(c):
		return ScopeFamily, true
	case g.class != nil && g.class(c):
		return ScopeClass, true
	case g.bench != nil && g.bench(c):
		return ScopeBench, true
	}
	return "", false
}

// named reports whether the calibre bears the name; sub-names count ("4R36" answers to
// "4R36A" and the reverse is not needed: the catalogue has the short ones).
func (c *Calibre) named(name string) bool {
	if prefix, ok := strings.CutSuffix(name, "*"); ok {
		return strings.HasPrefix(c.Name, prefix)
	}
	return fold(c.Name) == fold(name)
}

func (c *Calibre) mechanical() bool { return !c.Kind.Electronic() }
func (c *Calibre) electronic() bool { return c.Kind.Electronic() }
func (c *Calibre) any() bool        { return true }

func (c *Calibre) familyHas(words ...string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(c.Family, w) })
}

func (c *Calibre) vintage() bool {
	return strings.Contains(c.Notes, "vintage") || strings.Contains(c.Family, "vintage")
}

func (c *Calibre) beats(low, high float64) bool {
	return c.mechanical() && c.BPH != nil && *c.BPH >= low && *c.BPH <= high
}

// The four classes of the Witschi table exclude one another. A movement of 20 mm or less,
// or one the catalogue calls a ladies' calibre, is judged as a lady's watch; an unknown
// diameter as a gent's.
func (c *Calibre) chronometer() bool { return c.mechanical() && c.gradedChronometer() }

func (c *Calibre) gradedChronometer() bool { return strings.Contains(fold(c.Grade), "chronom") }

func (c *Calibre) chronograph() bool {
	return c.mechanical() && !c.chronometer() && slices.Contains(c.Functions, "chrono")
}
func (c *Calibre) ladies() bool {
	small := c.DiameterMM != nil && *c.DiameterMM <= 20
	said := strings.Contains(c.Notes, "ladies") || strings.Contains(c.Family, "ladies")
	return c.mechanical() && !c.chronometer() && !c.chronograph() && (small || said)
}
func (c *Calibre) gents() bool {
	return c.mechanical() && !c.chronometer() && !c.chronograph() && !c.ladies()
}

// on gives a condition on a calibre with words its family must contain.
func family(words ...string) func(*Calibre) bool {
	return func(c *Calibre) bool { return c.familyHas(words...) }
}

func both(a, b func(*Calibre) bool) func(*Calibre) bool {
	return func(c *Calibre) bool { return a(c) && b(c) }
}

var (
	eta     = []string{"ETA"}
	sellita = []string{"Sellita"}
	seiko   = []string{"Seiko", "Seiko (TMI)"}
	rolex   = []string{"Rolex"}
	omega   = []string{"Omega"}
	ronda   = []string{"Ronda"}
	miyota  = []string{"Miyota"}
)

func etaModern(c *Calibre) bool { return c.mechanical() && !c.vintage() }

// etaGraded: the calibres whose grades the tables give; "and similar" is read as the other
// current ETA mechanical calibres.
var (
	etaGraded   = target{makers: eta, names: []string{"2824-2", "2801-2", "2804-2", "2836-2", "2834-2"}, family: etaModern}
	etaLike2824 = target{makers: eta, names: []string{"2824-2"}, family: family("2824")}
	sw200       = target{makers: sellita, names: []string{"SW200-1"}, family: family("SW200")}
	sw200Graded = target{makers: sellita, names: []string{"SW200-1", "SW215-1"}, family: (*Calibre).mechanical}
	seiko4R     = target{makers: seiko, names: []string{"4R35", "4R36"}, family: both((*Calibre).mechanical, family("4R"))}
	seiko42     = target{makers: seiko, names: []string{"4205", "4206", "4207", "4208", "4225", "4227"}, family: family("42xx")}
	seikoNH     = target{makers: seiko, names: []string{"NH35", "NH36"}, family: func(c *Calibre) bool { return c.named("NH3*") || c.named("NH7*") }}
	seiko7S     = target{makers: seiko, names: []string{"7S26", "7S36"}, family: func(c *Calibre) bool { return c.named("7S*") }}
	seiko6R     = target{makers: seiko, names: []string{"6R15", "6R35", "NE15"}, family: func(c *Calibre) bool { return c.named("6R*") }}
	seiko8L     = target{makers: seiko, names: []string{"8L35"}}
	grand9S     = target{makers: []string{"Grand Seiko"}, family: func(c *Calibre) bool { return c.named("9S*") }}
	miyota82    = target{makers: miyota, names: []string{"8215"}, family: func(c *Calibre) bool { return c.named("82*") }}
	miyota8315  = target{makers: miyota, names: []string{"8315"}, family: family("83 series")}
	miyota90    = target{makers: miyota, names: []string{"9015"}, family: func(c *Calibre) bool { return c.named("90*") }}
	rolex31     = target{makers: rolex, names: []string{"3135"}, family: family("31xx")}
	rolex32     = target{makers: rolex, names: []string{"3235", "3285"}}
	rolex4130   = target{makers: rolex, names: []string{"4130"}}
	rolex2015   = target{makers: rolex, family: family("32xx")}
	omega1861   = target{makers: omega, names: []string{"1861"}}
	metas       = target{makers: []string{"Omega", "Tudor"}, family: func(c *Calibre) bool { return strings.Contains(c.Notes, "Master Chronometer") }}
	patek       = target{makers: []string{"Patek Philippe"}, family: (*Calibre).any}
	valjoux7750 = target{family: both((*Calibre).chronograph, family("7750"))}
	large       = target{class: func(c *Calibre) bool { return c.chronometer() && c.DiameterMM != nil && *c.DiameterMM > 20 }}
	small       = target{class: func(c *Calibre) bool { return c.chronometer() && c.DiameterMM != nil && *c.DiameterMM <= 20 }}
	chronometer = target{class: (*Calibre).chronometer}
	anyMovement = target{bench: (*Calibre).any}
	nobody      = target{}

	mechanicalClass = target{class: (*Calibre).mechanical}
	mechanicalBench = target{bench: (*Calibre).mechanical}
	modernBench     = target{bench: func(c *Calibre) bool { return c.beats(28800, 28800) }}
	vintageBench    = target{bench: func(c *Calibre) bool { return c.vintage() && c.beats(18000, 21600) }}
)

// targets is keyed by the scope text of tolerances.csv, or "origin: scope" of amplitude.csv.
var targets = map[string]target{
	"ETA mechanical (2824-2 and similar)":              etaGraded,
	"ETA: 2824-2 and similar":                          etaLike2824,
	"Sellita SW200-1 / SW215-1":                        sw200Graded,
	"Sellita: SW200-1 / SW215-1":                       sw200Graded,
	"Sellita SW200-1":                                  sw200,
	"Sellita: SW200-1":                                 sw200,
	"Sellita (all)":                                    {makers: sellita, family: (*Calibre).mechanical},
	"Seiko 4R35B/4R36A":                                seiko4R,
	"Seiko: 4R35B / 4R36A":                             seiko4R,
	"Seiko: 4R34":                                      {makers: seiko, names: []string{"4R34"}},
	"Seiko 42xx ladies":                                seiko42,
	"Seiko: 4205 / 4206 / 4207 / 4208 / 4225 / 4227":   seiko42,
	"Seiko NH35/NH36":                                  seikoNH,
	"Seiko (TMI): NH35 / NH36":                         seikoNH,
	"Seiko 7S26/7S36":                                  seiko7S,
	"Seiko: 7S26 / 7S36":                               seiko7S,
	"Seiko 6R15/6R35 / NE15":                           seiko6R,
	"Seiko: 6R15 / 6R35 / NE15":                        seiko6R,
	"Seiko 8L35":                                       seiko8L,
	"Seiko: 8L35":                                      seiko8L,
	"Grand Seiko 9S (standard)":                        grand9S,
	"Grand Seiko: 9S (standard)":                       grand9S,
	"Miyota 8215 / 82xx":                               miyota82,
	"Miyota: 8215 / 82xx":                              miyota82,
	"Miyota 8315":                                      miyota8315,
	"Miyota: 8315":                                     miyota8315,
	"Miyota 9015 / 90xx":                               miyota90,
	"Miyota: 9015 / 90xx":                              miyota90,
	"Ronda: R150":                                      {makers: ronda, names: []string{"R150"}},
	"METAS Master Chronometer (Omega, Tudor)":          metas,
	"Omega: Omega (METAS)":                             metas,
	"Omega: Omega (non chronometer)":                   {makers: omega, family: (*Calibre).mechanical},
	"Omega: Omega (COSC)":                              {makers: omega, class: (*Calibre).chronometer},
	"Omega (method)":                                   {makers: omega, family: (*Calibre).mechanical},
	"Omega 1861 (non chronometer)":                     omega1861,
	"Omega: 1861":                                      omega1861,
	"Omega: 1861 and other chronographs":               {makers: omega, family: (*Calibre).chronograph},
	"Rolex Superlative Chronometer":                    rolex2015,
	"Rolex: Superlative Chronometer":                   rolex2015,
	"Rolex 3135 / 31xx":                                rolex31,
	"Rolex (unofficial table): 3135 / 31xx":            rolex31,
	"Rolex 3235 / 3285":                                rolex32,
	"Rolex (unofficial table): 3235 / 3285":            rolex32,
	"Rolex 4130":                                       rolex4130,
	"Rolex (unofficial table): 4130":                   rolex4130,
	"Patek Philippe Seal":                              patek,
	"Patek Philippe: Patek Philippe Seal (> 20 mm)":    patek,
	"Chronograph 7750 family":                          valjoux7750,
	"bench: 7750 family, chronograph engaged":          valjoux7750,
	"COSC / ISO 3159: category 1 (> 20 mm)":            large,
	"COSC / ISO 3159: category 2 (<= 20 mm)":           small,
	"COSC quartz":                                      {class: func(c *Calibre) bool { return c.electronic() && c.gradedChronometer() }},
	"COSC: COSC / ISO 3159 (> 20 mm)":                  large,
	"COSC: COSC / ISO 3159 (<= 20 mm)":                 small,
	"Witschi general guidance: Gent's watch":           {class: (*Calibre).gents},
	"Witschi training: Gent's watch":                   {class: (*Calibre).gents},
	"Witschi general guidance: Lady's watch":           {class: (*Calibre).ladies},
	"Witschi training: Lady's watch":                   {class: (*Calibre).ladies},
	"Witschi general guidance: Chronometer":            chronometer,
	"Witschi training: Chronometer":                    chronometer,
	"Witschi general guidance: Chronograph":            {class: (*Calibre).chronograph},
	"Witschi training: Chronograph":                    {class: (*Calibre).chronograph},
	"Witschi general guidance: all":                    mechanicalClass,
	"Witschi (other edition): Any":                     mechanicalClass,
	"Witschi training: Any":                            mechanicalClass,
	"Witschi general guidance: good movement on trace": mechanicalBench,
	"Witschi training: Good movement (trace page)":     mechanicalBench,
	"Witschi training: Popular modern wristwatch":      mechanicalBench,
	"Witschi training: Knocking (rebanking)":           mechanicalBench,
	"Witschi general guidance: knocking (rebanking)":   mechanicalBench,
	"Witschi general guidance: measuring":              mechanicalBench,
	"Bench rule of thumb: modern 28800":                modernBench,
	"bench: Modern 28800":                              modernBench,
	"Bench rule of thumb: 18000-21600 vintage":         vintageBench,
	"bench: Vintage 18000-21600":                       vintageBench,
	"Bench rule of thumb: all":                         mechanicalBench,
	"bench: Service limit, any":                        mechanicalBench,
	"bench: H to V drop, any":                          mechanicalBench,
	"bench: 0h to 24h drop, any":                       mechanicalBench,
	"bench: Lift angle error":                          mechanicalBench,
	"Bench rule of thumb: lift angle error":            mechanicalBench,
	"Bench rule of thumb: balance":                     mechanicalBench,
	"training: Fully wound, school rule":               mechanicalBench,
	"Generic mechanical":                               mechanicalBench,
	"workshop table (unofficial): Generic mechanical":  mechanicalBench,
	"Ronda quartz (505, 5040.B)":                       {makers: ronda, names: []string{"505", "5040.B"}, family: both((*Calibre).electronic, family("powertech 500", "startech 5000"))},
	"ETA quartz standard":                              {makers: eta, family: (*Calibre).electronic},
	"ETA quartz generic":                               {makers: eta, family: (*Calibre).electronic},
	"ETA PreciDrive (F06.412)":                         {makers: eta, names: []string{"F06.412"}, family: family("PreciDrive")},
	"Seiko 8F/4F":                                      {makers: seiko, family: func(c *Calibre) bool { return c.named("8F*") || c.named("4F*") }},
	"Grand Seiko 9F":                                   {makers: []string{"Grand Seiko"}, family: func(c *Calibre) bool { return c.named("9F*") }},
	"Seiko Kinetic 5M85":                               {makers: seiko, names: []string{"5M85"}},
	"Miyota 2035":                                      {makers: miyota, names: []string{"2035"}},
	"Seiko/TMI PC33":                                   {makers: seiko, names: []string{"PC33"}},
	"Quartz generic (Witschi)":                         {class: (*Calibre).electronic},
	"Silver oxide cell":                                {class: func(c *Calibre) bool { return c.cellIs("silver oxide") }},
	"Lithium 3 V cell":                                 {class: func(c *Calibre) bool { return c.cellIs("lithium manganese") }},
	"Ronda 5000/500":                                   {makers: ronda, family: family("powertech 500", "startech 5000")},
	"Hand fitting":                                     anyMovement,
	leakKey:                                            {class: (*Calibre).any},
	"Indicators":                                       nobody, // definitions, not limits
}
