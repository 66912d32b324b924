package horology

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// Operation is a piece of workshop work with its usual time and an indicative price.
type Operation struct {
	Code          string
	FR, EN        string
	Kinds         []string // all, or kinds such as quartz, manual, automatic, chrono
	MinutesMin    int      // usual labour, minutes
	MinutesMax    int
	Tools         []string // French, as in the tool catalogue or shorter
	Supplies      []string // French
	StepsFR       []string // in order
	StepsEN       []string // in order; may be shorter than the French
	Level         string   // T technician, H watchmaker, M the brand
	LevelNote     string   // the level as printed where it depends on what is found
	Price         string   // as printed, French; an order of magnitude without a dated source
	PriceMinCents *int64   // euro cents; nil where the printed price is not a range
	PriceMaxCents *int64
	PriceSource   string
	LabourSource  string
	SafetyFR      string // safety, hygiene, environment
	Source        string
	Confidence    Confidence
}

// Operations returns every operation, in catalogue order.
func Operations() []Operation { return slices.Clone(operations()) }

// OperationByCode returns the operation with exactly that code.
func OperationByCode(code string) (Operation, bool) {
	for _, o := range operations() {
		if o.Code == code {
			return o, true
		}
	}
	return Operation{}, false
}

var operations = sync.OnceValue(func() []Operation {
	var out []Operation
	for _, r := range table("operations") {
		o := Operation{
			Code: r.text("code"), FR: r.text("fr"), EN: r.text("en"), Kinds: r.list("watch_types", ";"),
			Tools: r.list("tools", ";"), Supplies: r.list("supplies", ","),
			StepsFR: r.list("steps_fr", ";"), StepsEN: r.list("steps_en", ";"),
			Price: r.none("indicative_price_eur_fr"), PriceSource: r.text("price_source"),
			LabourSource: r.text("labour_source"), SafetyFR: r.none("safety_hygiene_environment_fr"),
			Source: r.text("source"), Confidence: r.confidence(),
		}
		o.MinutesMin, o.MinutesMax = r.minutes("labour_min_min"), r.minutes("labour_min_max")
		o.Level, o.LevelNote = level(r.text("required_level"))
		o.PriceMinCents, o.PriceMaxCents = euroRange(o.Price)
		out = append(out, o)
	}
	return out
})

func (r row) minutes(col string) int {
	if v := r.number(col); v != nil {
		return int(*v)
	}
	return 0
}

// level splits "T (simple) / H si échappement abîmé" into the level the work starts at and
// the whole condition.
func level(s string) (code, note string) {
	code, _, more := strings.Cut(strings.NewReplacer("/", " ", ";", " ").Replace(s), " ")
	if more {
		note = s
	}
	return code, note
}

var euroForm = regexp.MustCompile(`^(\d+)-(\d+) €`)

// euroRange reads the range a printed price begins with ("0-25 € (souvent déduit)").
func euroRange(s string) (low, high *int64) {
	m := euroForm.FindStringSubmatch(s)
	if m == nil {
		return nil, nil
	}
	l, _ := strconv.ParseInt(m[1], 10, 64)
	h, _ := strconv.ParseInt(m[2], 10, 64)
	l, h = l*100, h*100
	return &l, &h
}

// For reports whether the operation concerns watches of a kind.
func (o Operation) For(k Kind) bool {
	return slices.Contains(o.Kinds, "all") || slices.ContainsFunc(o.Kinds, func(s string) bool {
		return s == string(k) || (k == Kinetic && strings.HasPrefix(s, "kinetic"))
	})
}
