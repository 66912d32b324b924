package web

import (
	"net/url"
	"regexp"
	"slices"
	"strings"

	"etabli.example/locale"
)

// A catalogue names its sources as whoever gathered them found them: an address, a
// file of a repository, the number of a stored page. People are told what it is
// instead: whose work, and of which year.

// knownSources are the works that the catalogues name by where they were found, by
// a part of that name; the more precise first. Their names are source.*.
var knownSources = []struct{ part, key string }{
	{"Witschi-Training-Course", "witschi_course"},
	{"Witschi-Chronoscope-X1", "witschi_x1"},
	{"id:69552854456", "tolerance_table"},
	{"workshop tolerance table", "tolerance_table"},
	{"id:71374499400", "bench_guide"},
	{"bench guide citing Witschi", "bench_guide"},
	{"stored public file", "public_page"},
	{"WatchMakers-Guide", "watchmakers_guide"},
	{"watchgrapher", "watchgrapher"},
	{"general trade knowledge", "trade"},
	{"faults.csv", "faults"},
	{"causes.csv", "faults"},
	{"parts.csv", "faults"},
}

// knownSites are the names of sites that are not said by their address.
var knownSites = map[string]string{
	"calibercorner.com": "Caliber Corner", "velociphilewatch.blogspot.com": "Velociphile", "watchuseek.com": "WatchUSeek", "forums.watchuseek.com": "WatchUSeek",
	"omegaforums.net": "Omega Forums", "forumamontres.forumactif.com": "Forum à montres", "cosc.swiss": "COSC", "observatoirechronometrique.ch": "Observatoire chronométrique",
	"grand-seiko.com": "Grand Seiko", "seikowatches.com": "Seiko", "citizenwatch.com": "Citizen", "fhs.hk": "Fédération de l’industrie horlogère suisse",
	"francecompetences.fr": "France compétences", "awci.com": "AWCI", "criirad.org": "CRIIRAD",
}

// readers of manuals host the makers' own sheets.
var manualSites = regexp.MustCompile(`^(?:\w+\.)?(?:manualslib|manualshive|manualzilla|manualowl|manuzoid|manualslook|manualsbrain|manuals|manualsonline|fitness\.manualsonline|scribd|dokumen|vdocument|vdocuments|documents|doczz)\.`)

var (
	yearInPath = regexp.MustCompile(`/((?:19|20)\d\d)(?:/|$)`)
	madeBy     = regexp.MustCompile(`(?i)\b(eta|ronda|seiko|sellita|swatch|miyota|citizen|iso)\b`)
)

// sourceNames are the works behind a source of a catalogue, each once, as they are
// called in the reader's language.
func sourceNames(p *locale.Printer, source string) []string {
	var out []string
	for _, one := range strings.FieldsFunc(source, func(r rune) bool { return r == ';' }) {
		if name := sourceName(p, strings.TrimSpace(one)); name != "" && !slices.Contains(out, name) {
			out = append(out, name)
		}
	}
	return out
}

// firstSource is the first of them: what fits on a line under a figure.
func firstSource(p *locale.Printer, source string) string {
	if names := sourceNames(p, source); len(names) > 0 {
		return names[0]
	}
	return ""
}

// sourceName names one source; "" where there is none.
func sourceName(p *locale.Printer, one string) string {
	for _, k := range knownSources {
		if strings.Contains(one, k.part) {
			return p.T("source." + k.key)
		}
	}
	address, _, _ := strings.Cut(one, " ")
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return printed(p, one)
	}
	host := strings.TrimPrefix(u.Hostname(), "www.")
	name, known := knownSites[host]
	switch {
	case known:
	case manualSites.MatchString(host):
		name = p.T("source.manual")
		if m := madeBy.FindString(u.Path); m != "" {
			name = p.T("source.manual_of", makerWritten(m))
		}
	case strings.Trim(host, "0123456789.") == "":
		return p.T("source.public_page")
	default:
		name = host
	}
	if m := yearInPath.FindStringSubmatch(u.Path); m != nil {
		name += ", " + m[1]
	}
	return name
}

func makerWritten(m string) string {
	if len(m) == 3 {
		return strings.ToUpper(m)
	}
	return strings.ToUpper(m[:1]) + strings.ToLower(m[1:])
}

// sourceText is every work in one line.
func sourceText(p *locale.Printer, source string) string {
	between := "; "
	if p.Lang() == locale.FR {
		between = "\u00a0; "
	}
	return strings.Join(sourceNames(p, source), between)
}
