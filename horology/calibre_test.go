package horology

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestLiftAnglesKeepEverySourceThatSpeaks(t *testing.T) {
	t.Parallel()
	c, _ := CalibreOf("eta", "2824 2")
	want := []Sourced{
		{Value: 50, By: []string{"watchgrapher", "id71097719685", "id57790098015", "id59743152442", "id71374499400", "Timegrapher_OS", "CaliberShelf"}},
		{Value: 53, By: []string{"WatchGuy (listed without suffix)"}},
	}
	if d := cmp.Diff(want, c.LiftAngles); d != "" {
		t.Error(d)
	}
}

func TestLiftAngles(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, text string
		used       *float64
		want       []Sourced
	}{
		{"nothing known", "", nil, nil},
		{"no disagreement: the angle in use alone", "", ptr(52), []Sourced{{Value: 52}}},
		{"the angle in use is added when the disagreement is silent on it", "lift: 52=a", ptr(49),
			[]Sourced{{Value: 49}, {Value: 52, By: []string{"a"}}}},
		{"other disagreements are not angles", "bph: 18000=a | power reserve: 50=b", ptr(50), []Sourced{{Value: 50}}},
		{"an unknown is not an angle", "lift: unknown=Caliber Corner (50 only in repositories)", nil, nil},
		{"a remark after the angle is kept", "lift: 55 (58)=a for 32xx; 52=b+c", nil,
			[]Sourced{{Value: 52, By: []string{"b", "c"}}, {Value: 55, By: []string{"a for 32xx"}, Note: "(58)"}}},
		{"a decimal", "lift: 52=a; 54.5=b", ptr(52), []Sourced{{Value: 52, By: []string{"a"}}, {Value: 54.5, By: []string{"b"}}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if d := cmp.Diff(c.want, liftAngles(c.used, c.text)); d != "" {
				t.Error(d)
			}
		})
	}
}

func TestQuartzTablePrevailsAndTheOtherFigureIsKept(t *testing.T) {
	t.Parallel()
	c := Calibre{Maker: "X", Name: "1", Battery: "371", Quartz: &QuartzData{ConsumptionMaxUA: ptr(2), InhibitionPeriodS: ptr(60)}}
	c.takeQuartz(quartzRow{Battery: "377", Data: QuartzData{ConsumptionMaxUA: ptr(1.5), Source: "sheet", Confidence: High}})
	if *c.Quartz.ConsumptionMaxUA != 1.5 || *c.Quartz.InhibitionPeriodS != 60 {
		t.Errorf("consumption %v, inhibition %v: want 1.5 (quartz.csv) and 60 (calibres.csv alone)",
			*c.Quartz.ConsumptionMaxUA, *c.Quartz.InhibitionPeriodS)
	}
	want := "consumption max uA: 1.5=quartz.csv; 2=calibres.csv | battery: 377=quartz.csv; 371=calibres.csv"
	if c.Disagreement != want {
		t.Errorf("disagreement %q, want %q", c.Disagreement, want)
	}
	if c.Battery != "377" || c.Quartz.Source != "sheet" {
		t.Errorf("battery %q, source %q", c.Battery, c.Quartz.Source)
	}
}

func TestQuartzRate(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		in        string
		low, high float64
		unit      string
	}{
		{"±15", -15, 15, "s/month"}, {"15", -15, 15, "s/month"}, {"-10/+20", -10, 20, "s/month"},
		{"±10/year", -10, 10, "s/year"}, {"20 s/year", -20, 20, "s/year"},
	} {
		low, high, unit := quartzRate(c.in)
		if *low != c.low || *high != c.high || unit != c.unit {
			t.Errorf("%q = %v…%v %s", c.in, *low, *high, unit)
		}
	}
	if low, _, unit := quartzRate(""); low != nil || unit != "" {
		t.Error("an empty rate must stay unknown")
	}
}

func TestSeveralCoilsStayWords(t *testing.T) {
	t.Parallel()
	c, ok := CalibreOf("ETA", "E20.321")
	if !ok || c.Quartz.CoilMinKOhm != nil || !strings.Contains(c.Quartz.CoilNote, "minute motor") {
		t.Errorf("coils of E20.321: %+v", c.Quartz)
	}
}

func TestCells(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		battery string
		want    []string
	}{
		{"371 (SR920SW)", []string{"371"}},
		{"371 (SR920SW); 395 in thick back", []string{"371", "395"}},
		{"SR626SW (377)", []string{"377"}},
		{"rechargeable (Eco-Drive)", nil},
		{"", nil},
	} {
		var got []string
		for _, b := range (Calibre{Battery: c.battery}).Cells() {
			got = append(got, b.TradeNo)
		}
		if d := cmp.Diff(c.want, got); d != "" {
			t.Errorf("%q: %s", c.battery, d)
		}
	}
}

func TestOutOfPerimeter(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		functions, reason string
		out               bool
	}{
		{"h;m;s;date;day;24h", "", false},
		{"h;m;s;open_heart;skeleton", "", false},
		{"", "", false},
		{"h;m;small_s;date;chrono", "chronograph", true},
		{"h;m;s;date;gmt", "gmt", true},
		{"h;m;s;alarm", "alarm", true},
		{"h;m;s;power_reserve", "power_reserve_display", true},
		{"h;m;s;big_date", "big_date", true},
		{"h;m;s;moon", "moon", true},
		{"h;m;s;perpetual_calendar", "perpetual_calendar", true},
		{"h;m;s;annual_calendar", "annual_calendar", true},
		{"h;m;repeater", "repeater", true},
		{"h;m;tourbillon", "tourbillon", true},
		{"h;m;activity", "connected", true},
		{"h;m;orrery", "unknown_function", true},
	} {
		reason, out := OutOfPerimeter(strings.Split(c.functions, ";"))
		if reason != c.reason || out != c.out {
			t.Errorf("%q: %q %v, want %q %v", c.functions, reason, out, c.reason, c.out)
		}
	}
}

// The catalogue's own "simple" column was filled by hand: where it says yes the functions
// must all be plain, and every complication it names must be one we know.
func TestSimpleAgreesWithTheFunctions(t *testing.T) {
	t.Parallel()
	for _, c := range Calibres() {
		reason, out := OutOfPerimeter(c.Functions)
		if reason == "unknown_function" {
			t.Errorf("%s %s: unknown function in %v", c.Maker, c.Name, c.Functions)
		}
		if c.Simple == Yes && out {
			t.Errorf("%s %s is called simple but is out for %s", c.Maker, c.Name, reason)
		}
	}
}

func TestARateInAnotherUnitIsReplacedWhole(t *testing.T) {
	t.Parallel()
	c := Calibre{Quartz: &QuartzData{RateMin: ptr(-15), RateMax: ptr(15), RateUnit: "s/month"}}
	c.takeQuartz(quartzRow{Functions: []string{"h", "m"}, Simple: Yes,
		Data: QuartzData{RateMin: ptr(-10), RateMax: ptr(10), RateUnit: "s/year"}})
	if *c.Quartz.RateMax != 10 || c.Quartz.RateUnit != "s/year" || c.Simple != Yes || len(c.Functions) != 2 {
		t.Errorf("%+v %+v", c, c.Quartz)
	}
	if want := "rate: 10 s/year=quartz.csv; 15 s/month=calibres.csv"; c.Disagreement != want {
		t.Errorf("%q, want %q", c.Disagreement, want)
	}
}

func TestACalibreOutOfPerimeter(t *testing.T) {
	t.Parallel()
	for name, want := range map[[2]string]string{
		{"ETA", "2824-2"}: "", {"ETA", "7750"}: "chronograph", {"Seiko", "5M42"}: "kinetic",
		{"Miyota", "6P29"}: "complication", {"ETA", "1080"}: "", {"Withings", "Move"}: "connected",
	} {
		c, ok := CalibreOf(name[0], name[1])
		reason, out := c.OutOfPerimeter()
		if !ok || reason != want || out != (want != "") {
			t.Errorf("%v: %q %v, want %q", name, reason, out, want)
		}
	}
	for _, c := range Calibres() {
		if _, out := c.OutOfPerimeter(); out != (c.Simple == No) && c.Simple != SimpleUnknown {
			t.Errorf("%s %s: simple %q, out %v", c.Maker, c.Name, c.Simple, out)
		}
	}
}
