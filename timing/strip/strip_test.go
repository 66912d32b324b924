package strip

import (
	"encoding/xml"
	"flag"
	"io"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

var update = flag.Bool("update", false, "rewrite the golden drawings")

func v(f float64) *float64 { return &f }

// leLocle is the watch of the mock-ups: its figures are those of the report.
func samples() map[string]Scene {
	var trace []TracePoint
	for i := range 240 { // 28 800 A/h is 8 beats a second
		t := float64(i) / 8
		trace = append(trace, TracePoint{Seconds: t, OffsetMS: -1 + 3.2/86.4*t + 0.05*math.Sin(float64(i*i)), Tock: i%2 == 1})
		if i%2 == 1 {
			trace[i].OffsetMS -= 0.4
		}
	}
	wrapping := make([]TracePoint, 0, 120)
	for i := range 120 {
		t := float64(i) / 2
		if t > 22 && t < 31 {
			continue
		}
		wrapping = append(wrapping, TracePoint{Seconds: t, OffsetMS: 0.5 * t, Tock: i%2 == 1})
	}
	rows := []PositionRow{
		{"12H", v(-5.6), v(1.4), v(-0.4)}, {"3H", v(-21.5), v(4.8), v(2.6)}, {"6H", v(-12.2), v(-1.1), v(-2.9)},
		{"9H", v(2.1), v(0.6), v(-1.8)}, {"CH", v(-9.4), v(3.2), v(1.1)}, {"CB", v(-6.8), v(4.1), nil},
	}
	var before, after []TimePoint
	for h := range 42 {
		t := float64(h)
		after = append(after, TimePoint{t, 287 - 0.9*t - math.Pow(t/41, 12)*70})
		if h < 27 {
			before = append(before, TimePoint{t, 243 - 1.6*t - math.Pow(t/26, 8)*35})
		}
	}
	beat, levels := make([]float64, 4000), make([]float64, 2048)
	for i := range beat {
		t := float64(i) / 4000
		for _, m := range []struct{ at, a float64 }{{0.1, 0.35}, {0.14, 0.2}, {0.22, 1}} {
			if t >= m.at {
				beat[i] += m.a * math.Exp(-(t-m.at)*60) * math.Sin((t-m.at)*900)
			}
		}
	}
	for i := range levels {
		levels[i] = -70 + 40*math.Exp(-math.Pow(float64(i-700)/300, 2)) + 2*math.Sin(float64(i))
	}
	return map[string]Scene{
		"trace":       Trace(TraceInput{Points: trace, To: 30}),
		"trace-wrap":  Trace(TraceInput{Points: wrapping, Gaps: []Gap{{22, 31}}, GapLabel: "son perdu"}),
		"trace-empty": Trace(TraceInput{}),
		"ruler": Ruler(RulerInput{Min: -15, Max: 15, Major: 5, Minor: 1, Low: &Mark{-7, "−7"}, High: &Mark{7, "+7"},
			Ends: []Mark{{-15, "−15"}, {0, "0"}, {15, "+15"}}, Value: v(3.2), Half95: 0.4, Verdict: InTolerance}),
		"ruler-out": Ruler(RulerInput{Min: -15, Max: 15, Major: 5, Minor: 1, Low: &Mark{-7, "−7"}, High: &Mark{7, "+7"},
			Value: v(-48), ValueLabel: "−48", Half95: 0.4, Verdict: OutOfTolerance}),
		"ruler-one-sided": Ruler(RulerInput{Frame: Frame{302, 40, 15}, Min: 0, Max: 1.2, Major: 0.5, Minor: 0.1, High: &Mark{0.5, "0,5"},
			Ends: []Mark{{0, "0,0"}, {1, "1,0"}}, Value: v(0.49), Half95: 0.05}),
		"before-after":     BeforeAfter(BeforeAfterInput{Rows: rows, Low: v(-7), High: v(7)}),
		"before-after-pin": BeforeAfter(BeforeAfterInput{Rows: []PositionRow{{"CH", v(-240), v(2), nil}}, Min: -15, Max: 15, Low: v(-7)}),
		"polar": Polar(PolarInput{Names: [4]string{"12H", "3H", "6H", "9H"}, Low: v(-7), High: v(7),
			Before: [4]*float64{v(-5.6), v(-21.5), v(-12.2), v(2.1)}, After: [4]*float64{v(1.4), v(4.8), v(-1.1), v(0.6)}}),
		"polar-missing": Polar(PolarInput{Names: [4]string{"12H", "3H", "6H", "9H"}, After: [4]*float64{v(1.4), nil, v(-1.1), v(0.6)}}),
		"amplitude":     AmplitudeOverTime(AmplitudeInput{Before: before, After: after, Low: v(200), High: v(315), DayLabel: "24 h"}),
		"beat":          FoldedBeat(FoldedBeatInput{Samples: beat, StepMS: 0.01, Marks: []Mark{{4, "A"}, {5.6, "B"}, {8.8, "C"}}}),
		"spectrum":      Spectrum(SpectrumInput{LevelsDB: levels, StepHz: 11.72, Marks: []Mark{{8203, "8,2 kHz"}}}),
	}
}

func TestGolden(t *testing.T) {
	for name, scene := range samples() {
		t.Run(name, func(t *testing.T) {
			file := filepath.Join("testdata", name+".svg")
			got := strings.ReplaceAll(scene.SVG(name), "><", ">\n<") + "\n"
			if *update {
				if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), got); diff != "" {
				t.Errorf("drawing changed (run with -update when meant) (-want +got):\n%s", diff)
			}
		})
	}
}

// Every drawing is well-formed, named, and obeys the page's security policy.
func TestSVGIsFitForThePage(t *testing.T) {
	for name, scene := range samples() {
		d := xml.NewDecoder(strings.NewReader(scene.SVG(`a "title" & <more>`)))
		var title string
		for {
			tok, err := d.Token()
			if err == io.EOF {
				break
			}
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			e, ok := tok.(xml.StartElement)
			if !ok {
				continue
			}
			for _, a := range e.Attr {
				if a.Name.Local == "style" || strings.HasPrefix(a.Name.Local, "on") {
					t.Errorf("%s: <%s> has attribute %s", name, e.Name.Local, a.Name.Local)
				}
				if (a.Name.Local == "fill" || a.Name.Local == "stroke") && a.Value != "none" && !strings.HasPrefix(a.Value, "var(--") {
					t.Errorf("%s: colour %q is not a property of the look", name, a.Value)
				}
			}
			if e.Name.Local == "title" {
				if err := d.DecodeElement(&title, &e); err != nil {
					t.Fatal(err)
				}
			}
		}
		if title != `a "title" & <more>` {
			t.Errorf("%s: accessible name is %q", name, title)
		}
	}
}

// reachOf returns the extent of all coordinates of a scene.
func reachOf(s Scene) (xs, ys extent, bad bool) {
	put := func(x, y float64) {
		bad = bad || !finite(x) || !finite(y)
		xs.add(x)
		ys.add(y)
	}
	for _, shape := range s.Shapes {
		switch e := shape.(type) {
		case Line:
			put(e.X1, e.Y1)
			put(e.X2, e.Y2)
		case Polyline:
			for _, p := range e.Points {
				put(p.X, p.Y)
			}
		case Circle:
			put(e.X, e.Y)
		case Ring:
			put(e.X, e.Y)
		case Square:
			put(e.X, e.Y)
		case Lozenge:
			put(e.X, e.Y)
		case Rect:
			put(e.X, e.Y)
			put(e.X+e.W, e.Y+e.H)
		case Text:
			put(e.X, e.Y)
		}
	}
	return xs, ys, bad
}

func wild(t *rapid.T, name string) float64 {
	return rapid.OneOf(rapid.Float64Range(-50, 50), rapid.Float64(), rapid.SampledFrom([]float64{math.NaN(), math.Inf(1), math.Inf(-1), 0, 1e300})).Draw(t, name)
}

// Whatever is measured, nothing is drawn outside the paper.
func TestNothingLeavesTheScene(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		opt := func(name string) *float64 {
			if rapid.Bool().Draw(t, name+"?") {
				return v(wild(t, name))
			}
			return nil
		}
		var trace TraceInput
		for range rapid.IntRange(0, 12).Draw(t, "points") {
			trace.Points = append(trace.Points, TracePoint{wild(t, "s"), wild(t, "ms"), rapid.Bool().Draw(t, "tock")})
		}
		trace.Gaps = []Gap{{wild(t, "from"), wild(t, "to")}}
		var ba BeforeAfterInput
		ba.Rows = []PositionRow{{"CH", opt("b"), opt("a"), opt("c")}}
		ba.Low, ba.High = opt("low"), opt("high")
		polar := PolarInput{Low: opt("pl"), High: opt("ph"), Before: [4]*float64{opt("p0"), opt("p1"), opt("p2"), opt("p3")}, After: [4]*float64{opt("q0")}}
		amp := AmplitudeInput{After: []TimePoint{{wild(t, "h"), wild(t, "d")}, {wild(t, "h2"), wild(t, "d2")}}, DayLabel: "24 h"}
		ruler := RulerInput{Min: -15, Max: 15, Major: 5, Minor: 1, Value: opt("value"), ValueLabel: "n", Half95: wild(t, "ci"), Low: &Mark{wild(t, "rl"), "l"}}
		for name, s := range map[string]Scene{"trace": Trace(trace), "before-after": BeforeAfter(ba), "polar": Polar(polar),
			"amplitude": AmplitudeOverTime(amp), "ruler": Ruler(ruler),
			"beat": FoldedBeat(FoldedBeatInput{Samples: []float64{wild(t, "b0"), wild(t, "b1")}, StepMS: 1})} {
			xs, ys, bad := reachOf(s)
			if bad {
				t.Fatalf("%s: a coordinate is not finite", name)
			}
			const slack = 14 // half a hand, the baseline of a text
			if xs.min < -slack || xs.max > s.W+slack || ys.min < -slack || ys.max > s.H+slack {
				t.Fatalf("%s: drawn over x %v–%v, y %v–%v on %v×%v", name, xs.min, xs.max, ys.min, ys.max, s.W, s.H)
			}
		}
	})
}

func TestWrapIsThePaperComingRound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		off, reach := rapid.Float64Range(-1e4, 1e4).Draw(t, "off"), rapid.SampledFrom([]float64{2, 4, 8}).Draw(t, "reach")
		w := wrap(off, reach)
		if w < -reach || w > reach {
			t.Fatalf("wrap(%v, %v) = %v", off, reach, w)
		}
		turns := (off - w) / (2 * reach)
		if math.Abs(turns-math.Round(turns)) > 1e-9 {
			t.Fatalf("wrap(%v, %v) = %v is not a whole number of turns away", off, reach, w)
		}
	})
}

func TestTraceRange(t *testing.T) {
	for _, c := range []struct{ off, want float64 }{{0, 2}, {2, 2}, {-2.01, 4}, {4.01, 8}, {90, 8}} {
		if got := TraceRange([]TracePoint{{OffsetMS: c.off}}); got != c.want {
			t.Errorf("TraceRange(%v ms) = %v, want %v", c.off, got, c.want)
		}
	}
}

func TestVerdictZeroIsInconclusive(t *testing.T) {
	var zero Verdict
	if zero != Inconclusive || zero.Ink() != Brass {
		t.Errorf("zero verdict is %v in %v; what nothing proved must not look good", zero, zero.Ink())
	}
}

// A missing hanging position must not be bridged by a line.
func TestPolarDoesNotJoinOverAMissingPosition(t *testing.T) {
	for _, s := range samples()["polar-missing"].Shapes {
		if p, ok := s.(Polyline); ok {
			t.Errorf("line drawn through %v", p.Points)
		}
	}
}

// Decimation keeps the peak of a long beat.
func TestColumnsKeepPeaks(t *testing.T) {
	samples := make([]float64, 10000)
	samples[6211] = 1
	top := math.Inf(1)
	pts := columns(samples, axis{0, 1, 0, 300}, axis{0, 1, 100, 0})
	for _, p := range pts {
		top = math.Min(top, p.Y)
	}
	if top != 0 || len(pts) > 600 {
		t.Errorf("peak at y %v with %d points, want 0 and at most 600", top, len(pts))
	}
}
