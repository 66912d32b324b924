package locale

import (
	"math"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"etabli.example/money"
)

// spaces shows the invisible characters of a result: ~ no-break, ' narrow.
var spaces = strings.NewReplacer(nbsp, "~", thin, "'")

func TestFormat(t *testing.T) {
	t.Parallel()
	nan, inf := math.NaN(), math.Inf(-1)
	for _, tt := range []struct {
		name   string
		format func(*Printer) string
		fr, en string
	}{
		{"money", func(p *Printer) string { return p.Money(1234_56) }, "1'234,56~€", "€1,234.56"},
		{"one cent", func(p *Printer) string { return p.Money(1) }, "0,01~€", "€0.01"},
		{"nothing", func(p *Printer) string { return p.Money(0) }, "0,00~€", "€0.00"},
		{"refund", func(p *Printer) string { return p.Money(-1234567_05) }, "−1'234'567,05~€", "−€1,234,567.05"},
		{"least cents", func(p *Printer) string { return p.Money(math.MinInt64) }, "−92'233'720'368'547'758,08~€", "−€92,233,720,368,547,758.08"},
		{"round money", func(p *Printer) string { return p.MoneyShort(1200_00) }, "1'200~€", "€1,200"},
		{"short with cents", func(p *Printer) string { return p.MoneyShort(1200_10) }, "1'200,10~€", "€1,200.10"},
		{"full VAT", func(p *Printer) string { return p.VAT(2000) }, "20~%", "20%"},
		{"reduced VAT", func(p *Printer) string { return p.VAT(550) }, "5,5~%", "5.5%"},
		{"share", func(p *Printer) string { return p.Percent(0.874, 0) }, "87~%", "87%"},
		{"share of what", func(p *Printer) string { return p.Percent(nan, 0) }, "–", "–"},
		{"gaining", func(p *Printer) string { return p.Rate(3.2) }, "+3,2~s/j", "+3.2~s/d"},
		{"losing", func(p *Printer) string { return p.Rate(-3.25) }, "−3,3~s/j", "−3.3~s/d"},
		{"on time", func(p *Printer) string { return p.Rate(-0.04) }, "0,0~s/j", "0.0~s/d"},
		{"no rate", func(p *Printer) string { return p.Rate(nan) }, "–", "–"},
		{"far out", func(p *Printer) string { return p.Rate(1234.5) }, "+1'234,5~s/j", "+1,234.5~s/d"},
		{"amplitude", func(p *Printer) string { return p.Degrees(287.4) }, "287°", "287°"},
		{"no amplitude", func(p *Printer) string { return p.Degrees(inf) }, "–", "–"},
		{"lift angle", func(p *Printer) string { return p.LiftAngle(50) }, "50°", "50°"},
		{"lift angle and a half", func(p *Printer) string { return p.LiftAngle(51.5) }, "51,5°", "51.5°"},
		{"beat error", func(p *Printer) string { return p.MS(0.4) }, "0,4~ms", "0.4~ms"},
		{"beat number", func(p *Printer) string { return p.BPH(28800) }, "28'800~A/h", "28,800~vph"},
		{"pressure", func(p *Printer) string { return p.Bar(-0.7) }, "−0,7~bar", "−0.7~bar"},
		{"reserve", func(p *Printer) string { return p.Hours(38.47) }, "38,5~h", "38.5~h"},
		{"uncertainty", func(p *Printer) string { return p.PlusMinus(-0.3, 1) }, "±0,3", "±0.3"},
		{"current", func(p *Printer) string { return p.Unit(p.Number(1.25, 1), "unit.ua") }, "1,3~µA", "1.3~µA"},
		{"number", func(p *Printer) string { return p.Number(1234567.5, 2) }, "1'234'567,50", "1,234,567.50"},
		{"no decimals", func(p *Printer) string { return p.Number(0.5, 0) }, "1", "1"},
		{"a tie in decimals", func(p *Printer) string { return p.Number(1.005, 2) }, "1,01", "1.01"},
		{"carry", func(p *Printer) string { return p.Number(-999.95, 1) }, "−1'000,0", "−1,000.0"},
		{"negative decimals", func(p *Printer) string { return p.Number(12.7, -3) }, "13", "13"},
		{"signed zero", func(p *Printer) string { return p.Signed(math.Copysign(0, -1), 1) }, "0,0", "0.0"},
		{"float as it is", func(p *Printer) string { return p.Float(0.125) }, "0,125", "0.125"},
		{"float cut", func(p *Printer) string { return p.Float(1. / 3) }, "0,333333", "0.333333"},
		{"year", func(p *Printer) string { return p.Int(2026) }, "2026", "2026"},
		{"many", func(p *Printer) string { return p.Int(-12345) }, "−12'345", "−12,345"},
		{"least int", func(p *Printer) string { return p.Int(math.MinInt64) }, "−9'223'372'036'854'775'808", "−9,223,372,036,854,775,808"},
		{"bytes", func(p *Printer) string { return p.Bytes(640) }, "640~o", "640~B"},
		{"kilobytes", func(p *Printer) string { return p.Bytes(1449) }, "1,4~ko", "1.4~kB"},
		{"nearly a megabyte", func(p *Printer) string { return p.Bytes(999_600) }, "1,0~Mo", "1.0~MB"},
		{"photo", func(p *Printer) string { return p.Bytes(60_000_000) }, "60,0~Mo", "60.0~MB"},
		{"hundreds", func(p *Printer) string { return p.Bytes(150_000_000) }, "150~Mo", "150~MB"},
		{"days", func(p *Printer) string { return p.Duration(76 * time.Hour) }, "3~j~4~h", "3~d~4~h"},
		{"hours", func(p *Printer) string { return p.Duration(65 * time.Minute) }, "1~h~05~min", "1~h~05~min"},
		{"minutes", func(p *Printer) string { return p.Duration(12 * time.Minute) }, "12~min", "12~min"},
		{"seconds", func(p *Printer) string { return p.Duration(-45 * time.Second) }, "−45~s", "−45~s"},
		{"no time", func(p *Printer) string { return p.Duration(-300 * time.Millisecond) }, "0~s", "0~s"},
	} {
		if got := spaces.Replace(tt.format(For(FR))); got != tt.fr {
			t.Errorf("%s in French: %q, want %q", tt.name, got, tt.fr)
		}
		if got := spaces.Replace(tt.format(For(EN))); got != tt.en {
			t.Errorf("%s in English: %q, want %q", tt.name, got, tt.en)
		}
	}
}

func TestDates(t *testing.T) {
	t.Parallel()
	at := func(s string) time.Time {
		v, err := time.Parse(time.RFC3339, s)
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	winter, summer := at("2026-11-23T08:52:00Z"), at("2028-07-18T22:05:00Z")
	first, never := at("2026-05-01T10:00:00Z"), time.Time{}
	for _, tt := range []struct {
		name   string
		format func(*Printer) string
		fr, en string
	}{
		{"date", func(p *Printer) string { return p.Date(summer) }, "19/07/2028", "19 Jul 2028"}, // past midnight in Paris
		{"no date", func(p *Printer) string { return p.Date(never) }, "–", "–"},
		{"day", func(p *Printer) string { return p.Day("2028-07-19") }, "19/07/2028", "19 Jul 2028"},
		{"no day", func(p *Printer) string { return p.Day("19/07") }, "–", "–"},
		{"long", func(p *Printer) string { return p.DateLong(winter) }, "lundi 23 novembre 2026", "Monday 23 November 2026"},
		{"first", func(p *Printer) string { return p.DateLong(first) }, "vendredi 1er mai 2026", "Friday 1 May 2026"},
		{"no long", func(p *Printer) string { return p.DateLong(never) }, "–", "–"},
		{"short", func(p *Printer) string { return p.DateShort(winter) }, "lun. 23~nov.", "Mon 23~Nov"},
		{"no short", func(p *Printer) string { return p.DateShort(never) }, "–", "–"},
		{"time", func(p *Printer) string { return p.Time(winter) }, "9~h~52", "09:52"},
		{"summer time", func(p *Printer) string { return p.Time(summer) }, "0~h~05", "00:05"},
		{"full hour", func(p *Printer) string { return p.Time(first) }, "12~h", "12:00"},
		{"no time", func(p *Printer) string { return p.Time(never) }, "–", "–"},
		{"both", func(p *Printer) string { return p.DateTime(winter) }, "23/11/2026 à 9~h~52", "23 Nov 2026 at 09:52"},
		{"neither", func(p *Printer) string { return p.DateTime(never) }, "–", "–"},
		{"UTC", func(p *Printer) string { return p.WithLocation(nil).DateTime(summer) }, "18/07/2028 à 22~h~05", "18 Jul 2028 at 22:05"},
		{"Tokyo", func(p *Printer) string { return p.WithLocation(time.FixedZone("", 9*3600)).Time(winter) }, "17~h~52", "17:52"},
	} {
		if got := spaces.Replace(tt.format(For(FR))); got != tt.fr {
			t.Errorf("%s in French: %q, want %q", tt.name, got, tt.fr)
		}
		if got := spaces.Replace(tt.format(For(EN))); got != tt.en {
			t.Errorf("%s in English: %q, want %q", tt.name, got, tt.en)
		}
	}
}

func TestMoney_isReadBack(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		want := money.Cents(rapid.Int64Range(0, int64(money.Most)).Draw(t, "cents"))
		for _, lang := range Languages() {
			s := For(lang).Money(want)
			if got, err := money.Parse(s); err != nil || got != want {
				t.Fatalf("%d was written %q and read %d, %v", want, s, got, err)
			}
		}
	})
}

func TestNumber_isReadBackWithinHalfADigit(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		want := rapid.Float64Range(-1e9, 1e9).Draw(t, "value")
		decimals := rapid.IntRange(1, 5).Draw(t, "decimals")
		bound := 0.5*math.Pow10(-decimals) + math.Abs(want)*1e-15
		for _, lang := range Languages() {
			p := For(lang)
			for _, s := range []string{p.Number(want, decimals), p.Signed(want, decimals)} {
				got, err := ParseNumber(s)
				if err != nil || math.Abs(got-want) > bound {
					t.Fatalf("%v was written %q and read %v, %v", want, s, got, err)
				}
			}
		}
	})
}

func TestFloat_isReadBackExactly(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		n, scale := rapid.Int64Range(-1e12, 1e12).Draw(t, "n"), rapid.IntRange(1, 6).Draw(t, "scale")
		want := float64(n) / math.Pow10(scale)
		s := For(FR).Float(want)
		if got, err := ParseNumber(s); err != nil || got != want {
			t.Fatalf("%v was written %q and read %v, %v", want, s, got, err)
		}
	})
}
