package web

import (
	"cmp"
	"errors"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"etabli.example/diagnosis"
	"etabli.example/fault"
	"etabli.example/horology"
	"etabli.example/locale"
	"etabli.example/money"
	"etabli.example/trade/customer"
	"etabli.example/trade/order"
	"etabli.example/trade/watch"
	"etabli.example/web/component"
	"etabli.example/workshop"
)

// intake is the reception's form as it was typed, kept or prefilled. Values
// stay text until they are read, so that nothing typed is ever lost.
type intake struct {
	values   url.Values
	sheet    string
	file     *workshop.CustomerFile // of the known customer; nil for a new one
	newWatch bool                   // "another watch" was chosen
	found    []component.CustomerLine
	nobody   bool // the search found nobody
	saved    time.Time
	errors   map[string]string
	faults   map[string]fault.Message
	notice   string
}

func (in *intake) get(name string) string { return strings.TrimSpace(in.values.Get(name)) }

func (in *intake) set(name, value string) {
	if value != "" {
		in.values.Set(name, value)
	} else {
		in.values.Del(name)
	}
}

// putCustomer prefills the customer's fields.
func (in *intake) putCustomer(c customer.Customer) {
	for name, v := range map[string]string{"id": c.ID, "given": c.Given, "name": c.Name, "phone": c.Phone, "email": c.Email, "address": c.Address,
		"postcode": c.Postcode, "city": c.City, "lang": c.Lang, "channel": c.Channel} {
		in.set("customer."+name, v)
	}
}

// putWatch prefills the watch's fields.
func (in *intake) putWatch(x watch.Watch) {
	for name, v := range map[string]string{"id": x.ID, "brand": x.Brand, "model": x.Model, "reference": x.Reference, "case_no": x.CaseNo,
		"calibre": x.CalibreTitle(), "kind": string(x.Kind), "material": x.Material, "bph": plainFigure(x.BPH), "lift": plainFigure(x.LiftDeg), "water": plainFigure(x.WaterBar)} {
		in.set("watch."+name, v)
	}
	in.values["watch.function"] = slices.Clone(x.Functions)
}

// plainFigure writes a figure as it is typed; nothing for zero.
func plainFigure(v float64) string {
	if v == 0 {
		return ""
	}
	return strings.Replace(strconv.FormatFloat(v, 'f', -1, 64), ".", ",", 1)
}

// fillFromCalibre fills in what the catalogue knows of the calibre typed, over
// what is there: it was typed for another calibre, or not at all.
func (in *intake) fillFromCalibre() {
	c, ok := calibreNamed(in.get("watch.calibre"))
	if !ok {
		return
	}
	if c.Kind.Mechanical() || c.Kind.Electronic() {
		kind := watch.Quartz
		if c.Kind.Mechanical() {
			kind = watch.Kind(c.Kind)
		}
		in.values.Set("watch.kind", string(kind))
	}
	if c.BPH != nil {
		in.values.Set("watch.bph", plainFigure(*c.BPH))
	}
	if c.LiftDeg != nil {
		in.values.Set("watch.lift", plainFigure(*c.LiftDeg))
	}
	in.values["watch.function"] = horology.Complications(c.Functions)
}

// leftToCalibre fills in what the catalogue knows of the calibre where the
// person left it open; what was typed stays.
func (in *intake) leftToCalibre() {
	typed := map[string]string{}
	for _, name := range []string{"watch.bph", "watch.lift"} {
		typed[name] = in.get(name)
	}
	ticked := in.values["watch.function"]
	in.fillFromCalibre()
	for name, v := range typed {
		if v != "" {
			in.values.Set(name, v)
		}
	}
	if len(ticked) > 0 {
		in.values["watch.function"] = ticked
	}
}

// calibreNamed is the calibre whose maker and name were typed in full.
func calibreNamed(typed string) (horology.Calibre, bool) {
	for _, c := range horology.FindCalibres(typed, 3) {
		if strings.EqualFold(strings.TrimSpace(typed), calibreTitle(c)) {
			return c, true
		}
	}
	return horology.Calibre{}, false
}

func calibreTitle(c horology.Calibre) string { return strings.TrimSpace(c.Maker + " " + c.Name) }

// calibreNames are the names offered for what was typed so far.
func calibreNames(typed string) []string {
	var out []string
	for _, c := range horology.FindCalibres(typed, 8) {
		out = append(out, calibreTitle(c))
	}
	return out
}

// read makes an intake of the form; problems holds the figures that are none.
func (in *intake) read() (workshop.Intake, fault.Problems) {
	var bad fault.Problems
	out := workshop.Intake{Customer: in.customer(), Watch: in.watch(&bad), Request: in.get("request"), Marks: in.marks()}
	out.Reception = order.Reception{Purpose: in.get("purpose"), Channel: in.get("channel"), ReadBack: in.get("read_back") != "",
		Wishes: in.ticked("wish", order.WishesOffered(), &bad), Accessories: in.ticked("accessory", order.AccessoriesOffered(), &bad),
		Promised: in.get("promised"), DeclaredValue: in.amount("declared_value", &bad), Ceiling: in.amount("ceiling", &bad)}
	out.Asked = in.asked(&bad)
	in.checkSymptoms(&bad)
	if out.Promised != "" {
		if _, err := time.Parse(time.DateOnly, out.Promised); err != nil {
			bad.Add("promised", "fault.date")
		}
	}
	if out.Watch.Precious() {
		out.WeightGrams = in.figure("weight", &bad)
		out.Fineness = int(in.figure("fineness", &bad))
	}
	return out, bad
}

// asked reads what the person asked for, and whether they agree that it is noted.
func (in *intake) asked(bad *fault.Problems) customer.Accommodation {
	return customer.Accommodation{Asked: in.ticked("asked", customer.Accommodations(), bad), Consent: in.get("asked_consent") != "", Keep: in.get("asked_keep") != ""}
}

// ticked is the codes ticked under name, in the order they are offered in. One
// that is not offered is a problem: what was sent is never left out unsaid.
func (in *intake) ticked(name string, offered []string, bad *fault.Problems) []string {
	var out []string
	for _, code := range offered {
		if slices.Contains(in.values[name], code) {
			out = append(out, code)
		}
	}
	for _, code := range in.values[name] {
		if !slices.Contains(offered, code) {
			bad.Add(name, "order.unknown_choice")
		}
	}
	return out
}

// checkSymptoms notes a confirmed symptom that the catalogue of findings does not have.
func (in *intake) checkSymptoms(bad *fault.Problems) {
	for _, v := range in.values["symptom"] {
		id, _, _ := strings.Cut(v, "|")
		if _, ok := diagnosis.Finding(strings.TrimPrefix(id, absentSign)); !ok {
			bad.Add("request", "reception.symptom_unknown")
		}
	}
}

func (in *intake) customer() customer.Customer {
	var c customer.Customer
	if in.file != nil {
		c = in.file.Customer
	}
	for name, to := range map[string]*string{"given": &c.Given, "name": &c.Name, "phone": &c.Phone, "email": &c.Email, "address": &c.Address,
		"postcode": &c.Postcode, "city": &c.City, "lang": &c.Lang, "channel": &c.Channel} {
		if in.values.Has("customer." + name) {
			*to = in.get("customer." + name)
		}
	}
	return c
}

func (in *intake) watch(bad *fault.Problems) watch.Watch {
	var x watch.Watch
	if in.file != nil {
		for _, w := range in.file.Watches {
			if w.ID == in.get("watch.id") {
				x = w
			}
		}
	}
	if in.get("watch.kind") == string(watch.Unknown) { // nothing filled it in while it was typed, as without scripts
		in.leftToCalibre()
	}
	typedCalibre := in.get("watch.calibre")
	if typedCalibre != x.CalibreTitle() {
		x.CalibreMaker, x.Calibre = "", typedCalibre
		if c, ok := calibreNamed(typedCalibre); ok {
			x.CalibreMaker, x.Calibre = c.Maker, c.Name
		}
	}
	x.Brand, x.Model, x.Reference, x.CaseNo = in.get("watch.brand"), in.get("watch.model"), in.get("watch.reference"), in.get("watch.case_no")
	x.Material = in.get("watch.material")
	if x.Kind = watch.Kind(cmp.Or(in.get("watch.kind"), string(watch.Unknown))); !slices.Contains(watch.Kinds(), x.Kind) {
		bad.Add("watch.kind", "order.unknown_choice")
	}
	x.BPH, x.LiftDeg, x.WaterBar = in.figure("watch.bph", bad), in.figure("watch.lift", bad), in.figure("watch.water", bad)
	x.Functions = in.ticked("watch.function", withFunctions(x.Functions), bad)
	return x
}

// functionsOffered are the functions ticked at the counter: those a watch shows
// by itself, and that tell whose work it is.
var functionsOffered = []string{"date", "day", "small_s", "chrono", "gmt", "alarm", "moon", "power_reserve", "big_date", "solar", "connected"}

// withFunctions is functionsOffered and those that the watch had already.
func withFunctions(had []string) []string {
	all := slices.Clone(functionsOffered)
	for _, f := range had {
		if !slices.Contains(all, f) {
			all = append(all, f)
		}
	}
	return all
}

// figure reads a measured value; none is 0.
func (in *intake) figure(name string, bad *fault.Problems) float64 {
	if in.get(name) == "" {
		return 0
	}
	v, err := locale.ParseNumber(in.get(name))
	problem(bad, name, err)
	return v
}

// amount reads an amount of money; none is 0.
func (in *intake) amount(name string, bad *fault.Problems) money.Cents {
	if in.get(name) == "" {
		return 0
	}
	v, err := money.Parse(in.get(name))
	problem(bad, name, err)
	return v
}

// problem notes a fault beside its field.
func problem(bad *fault.Problems, name string, err error) {
	var f *fault.Error
	if errors.As(err, &f) {
		bad.Add(name, f.Key, f.Args...)
	}
}

// faultsOf returns the problems of a refused form.
func faultsOf(err error) map[string]fault.Message {
	var f *fault.Error
	if errors.As(err, &f) {
		return f.Fields
	}
	return nil
}

// repairOf is the value a fault proposes, as it would be typed; "" for none.
func repairOf(m fault.Message) string {
	if !strings.Contains(m.Key, "letter_") || len(m.Args) == 0 {
		return ""
	}
	switch v := m.Args[0].(type) {
	case money.Cents:
		return plainFigure(float64(v) / 100)
	case float64:
		return plainFigure(v)
	}
	return ""
}

// mostMarks bounds the defects of one condition.
const mostMarks = 40

// marks reads the rows of the condition; a row without a zone is none.
func (in *intake) marks() []order.Mark {
	at := func(name string, i int) string {
		if list := in.values[name]; i < len(list) {
			return strings.TrimSpace(list[i])
		}
		return ""
	}
	var out []order.Mark
	for i := range min(len(in.values["mark_zone"]), mostMarks) {
		if zone := at("mark_zone", i); zone != "" {
			grade, _ := strconv.Atoi(at("mark_grade", i)) // 0 is refused by the rules
			out = append(out, order.Mark{Zone: zone, Defect: at("mark_defect", i), Grade: grade, Note: at("mark_note", i)})
		}
	}
	return out
}

// prediagnosis is the confirmed symptoms, each with its figure.
func (in *intake) prediagnosis() order.Prediagnosis {
	var p order.Prediagnosis
	for _, v := range in.values["symptom"] {
		id, rest, _ := strings.Cut(v, "|")
		figure, unit, _ := strings.Cut(rest, "|")
		id, absent := strings.CutPrefix(id, absentSign)
		if _, ok := diagnosis.Finding(id); !ok {
			continue
		}
		x, err := strconv.ParseFloat(figure, 64)
		if err != nil {
			x, unit = 0, ""
		}
		p.Symptoms = append(p.Symptoms, order.Symptom{ID: id, Value: x, Unit: unit, Absent: absent})
	}
	return p
}

// offeredField names the symptoms that stood in the form to be confirmed, so that
// one ticked off is told from one not yet seen.
const offeredField = "offered"

// absentSign begins the id of a symptom that the customer says is not there.
const absentSign = "-"

// observed writes what an answer stands for as the form names a symptom.
func observed(o diagnosis.Observation) string {
	if o.Negated {
		return absentSign + o.Finding + "|0|"
	}
	return o.Finding + "|0|"
}

// refused reports whether the receptionist saw o in the form and ticked it off.
func (in *intake) refused(o diagnosis.Observation) bool {
	return slices.Contains(in.values[offeredField], observed(o)) && !slices.Contains(in.values["symptom"], observed(o))
}

// interviewed takes over what was asked on the questionnaire's own page.
func (in *intake) interviewed(q url.Values) {
	if !q.Has("request") {
		return
	}
	in.values.Set("request", q.Get("request"))
	for name := range q {
		if strings.HasPrefix(name, answerField) || name == "watch.kind" && in.get("watch.kind") == "" {
			in.values.Set(name, q.Get(name))
		}
	}
}
