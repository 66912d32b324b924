package paper

import (
	"bytes"
	"errors"
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"sort"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"etabli.example/fault"
	"etabli.example/locale"
)

var update = flag.Bool("update", false, "rewrite the golden texts")

// tool skips the test where a program of poppler-utils is absent; in CI it
// must be there.
func tool(t *testing.T, name string) {
	t.Helper()
	if _, err := exec.LookPath(name); err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatalf("%s is needed in CI: install poppler-utils", name)
		}
		t.Skipf("%s is not installed (poppler-utils): the document's text was not checked", name)
	}
}

// run gives pdf to a program of poppler-utils and returns what it prints.
func run(t *testing.T, pdf []byte, name string, args ...string) []byte {
	t.Helper()
	tool(t, name)
	file := filepath.Join(t.TempDir(), "document.pdf")
	if err := os.WriteFile(file, pdf, 0o600); err != nil {
		t.Fatal(err)
	}
	for i, a := range args {
		if a == "PDF" {
			args[i] = file
		}
	}
	out, err := exec.Command(name, args...).Output()
	if err != nil {
		var exit *exec.ExitError
		if errors.As(err, &exit) {
			t.Fatalf("%s: %v: %s", name, err, exit.Stderr)
		}
		t.Fatal(err)
	}
	return out
}

var spaces = regexp.MustCompile(`[ \f]+`)

// textOf is what a reader of the PDF can select, one line for each line, with
// the layout's runs of spaces as one.
func textOf(t *testing.T, pdf []byte) string {
	t.Helper()
	var out []string
	for _, line := range strings.Split(string(run(t, pdf, "pdftotext", "-layout", "PDF", "-")), "\n") {
		if line = strings.TrimSpace(spaces.ReplaceAllString(line, " ")); line != "" {
			out = append(out, line)
		}
	}
	return strings.Join(out, "\n") + "\n"
}

func must(t *testing.T) func(pdf []byte, err error) []byte {
	return func(pdf []byte, err error) []byte {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return pdf
	}
}

// stories are the documents of the mock-ups, by name of their golden file.
func stories(lang locale.Lang) map[string]func() ([]byte, error) {
	copyOf := func(c Copy) func() ([]byte, error) {
		return func() ([]byte, error) {
			in := depositStory()
			in.Copy = c
			return DepositReceipt(in, lang)
		}
	}
	return map[string]func() ([]byte, error){
		"deposit":       copyOf(CustomerCopy),
		"bench":         copyOf(BenchCopy),
		"envelope":      copyOf(EnvelopeCopy),
		"label":         func() ([]byte, error) { return Label(labelStory(), lang) },
		"quote":         func() ([]byte, error) { return Quote(quoteStory(), lang) },
		"report":        func() ([]byte, error) { return ServiceReport(reportStory(), lang) },
		"deposit-large": func() ([]byte, error) { in := depositStory(); in.Large = true; return DepositReceipt(in, lang) },
		"quote-large":   func() ([]byte, error) { in := quoteStory(); in.Large = true; return Quote(in, lang) },
		"report-large":  func() ([]byte, error) { in := reportStory(); in.Large = true; return ServiceReport(in, lang) },
		"personal":      func() ([]byte, error) { return PersonalData(personalStory(), lang) },
		"quartz":        func() ([]byte, error) { return ServiceReport(quartzStory(), lang) },
	}
}

func TestGoldenText(t *testing.T) {
	for _, lang := range locale.Languages() {
		for name, make := range stories(lang) {
			t.Run(string(lang)+"/"+name, func(t *testing.T) {
				got := textOf(t, must(t)(make()))
				file := filepath.Join("testdata", name+"."+string(lang)+".txt")
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
					t.Errorf("text changed (-update when meant) (-want +got):\n%s", diff)
				}
			})
		}
	}
}

// The same input gives the same bytes: documents are kept by their hash.
func TestSameInputSameBytes(t *testing.T) {
	for name, make := range stories(locale.FR) {
		a, b := must(t)(make()), must(t)(make())
		if !bytes.Equal(a, b) {
			t.Errorf("%s: two drawings of the same input differ", name)
		}
	}
}

// Every word a document needs is in the catalogues.
func TestNoWordIsMissing(t *testing.T) {
	for _, lang := range locale.Languages() {
		for _, make := range stories(lang) {
			must(t)(make())
		}
	}
	for key, n := range locale.Missing() {
		if strings.Contains(key, "paper.") {
			t.Errorf("%s asked for %d times and in no catalogue", key, n)
		}
	}
}

func TestFontsAreEmbeddedAndSubset(t *testing.T) {
	for name, make := range stories(locale.FR) {
		pdf := must(t)(make())
		lines := strings.Split(strings.TrimSpace(string(run(t, pdf, "pdffonts", "PDF"))), "\n")[2:]
		if len(lines) == 0 {
			t.Errorf("%s: no font", name)
		}
		for _, line := range lines {
			f := strings.Fields(line) // name, type in two words, encoding, emb, sub, uni
			if !strings.Contains(f[0], "ibmplexsans") || f[4] != "yes" || f[6] != "yes" {
				t.Errorf("%s: %s: want an embedded cut of Plex with its Unicode map", name, line)
			}
		}
		if len(pdf) > 300_000 {
			t.Errorf("%s: %d bytes, want subset fonts", name, len(pdf))
		}
	}
}

func TestMetadata(t *testing.T) {
	pdf := must(t)(ServiceReport(reportStory(), locale.EN))
	info := string(run(t, pdf, "pdfinfo", "-isodates", "PDF"))
	for _, want := range []string{"Service report PAR-26-004217-K", "Atelier Morel", "2026-11-27T09:12:00Z"} {
		if !strings.Contains(info, want) {
			t.Errorf("metadata lack %q:\n%s", want, info)
		}
	}
	if !bytes.Contains(pdf, []byte("/Lang (en)")) {
		t.Error("the language is not stated")
	}
}

// What travels beside the watch says nothing of who owns it or what it is worth.
func TestBenchAndEnvelopeCopiesHoldNoIdentity(t *testing.T) {
	for _, c := range []Copy{BenchCopy, EnvelopeCopy} {
		in := depositStory()
		in.Copy = c
		in.Request = "Appelez Claire Vasseur au 06 12 34 56 47."
		text := textOf(t, must(t)(DepositReceipt(in, locale.FR)))
		for _, secret := range []string{"Claire", "Vasseur", "06 12", "rue du Lac", "1 200", "80,00", "Appelez", "Signature"} {
			if strings.Contains(text, secret) {
				t.Errorf("copy %d shows %q:\n%s", c, secret, text)
			}
		}
		if !strings.Contains(text, "PAR-26-004217-K") || !strings.Contains(text, "Ne pas polir") {
			t.Errorf("copy %d lacks the number or the wishes:\n%s", c, text)
		}
	}
	if text := textOf(t, must(t)(Label(labelStory(), locale.FR))); strings.Contains(text, "€") || strings.Contains(text, "Vasseur") {
		t.Errorf("label shows a value or a name:\n%s", text)
	}
}

// A document with a mention missing is refused, and says which.
func TestRefusals(t *testing.T) {
	deposit := func(change func(*DepositReceiptInput)) func() ([]byte, error) {
		return func() ([]byte, error) { in := depositStory(); change(&in); return DepositReceipt(in, locale.FR) }
	}
	quote := func(change func(*QuoteInput)) func() ([]byte, error) {
		return func() ([]byte, error) { in := quoteStory(); change(&in); return Quote(in, locale.FR) }
	}
	for name, c := range map[string]struct {
		make   func() ([]byte, error)
		fields string
	}{
		"deposit number":   {deposit(func(in *DepositReceiptInput) { in.Number = "" }), "number"},
		"deposit mediator": {deposit(func(in *DepositReceiptInput) { in.Firm.Mediator = Mediator{} }), "mediator"},
		"gold without register": {deposit(func(in *DepositReceiptInput) {
			in.Watch.Material, in.Depositor.Address = "gold", nil
		}), "depositor_address fineness weight"},
		"gold on the bench copy": {deposit(func(in *DepositReceiptInput) {
			in.Watch.Material, in.Depositor.Address, in.Copy = "gold", nil, BenchCopy
		}), ""},
		"quote validity": {quote(func(in *QuoteInput) { in.Until = time.Time{} }), "until"},
		"quote lines":    {quote(func(in *QuoteInput) { in.Lines = nil }), "lines"},
		"quote quantity": {quote(func(in *QuoteInput) { in.Lines[0].Quantity = 0 }), "lines"},
		"label":          {func() ([]byte, error) { return Label(LabelInput{}, locale.FR) }, "at number"},
		"report": {func() ([]byte, error) { in := reportStory(); in.Works = nil; return ServiceReport(in, locale.FR) },
			"works"},
	} {
		_, err := c.make()
		var f *fault.Error
		got := ""
		if errors.As(err, &f) && f.Kind == fault.Invalid {
			var fields []string
			for field := range f.Fields {
				fields = append(fields, field)
			}
			sort.Strings(fields)
			got = strings.Join(fields, " ")
		} else if err != nil {
			t.Errorf("%s: %v is no fault.Invalid", name, err)
		}
		if got != c.fields {
			t.Errorf("%s: missing %q, want %q", name, got, c.fields)
		}
	}
}

// Long content goes on, on more pages, and nothing of it is lost.
func TestLongDocumentsGoOn(t *testing.T) {
	report := reportStory()
	for i := range 40 {
		report.Works = append(report.Works, "Contrôle vérifié à la loupe binoculaire, réf. L"+strconv.Itoa(i))
	}
	quote := quoteStory()
	for i := range 60 {
		quote.Lines = append(quote.Lines, QuoteLine{Kind: []string{"obligatory", "recommended", "cosmetic"}[i%3], Label: "Fourniture L" + strconv.Itoa(i), Quantity: 1, UnitGross: 1234, VAT: 2000})
	}
	deposit := depositStory()
	for i := range 40 {
		deposit.Marks = append(deposit.Marks, ConditionMark{Zone: "case", Defect: "scratch", Grade: 1, Note: "réf. L" + strconv.Itoa(i)})
	}
	deposit.Depositor.Name = "Marie-Antoinette-Joséphine de La Rochefoucauld-Montmorency-Laval"
	for name, c := range map[string]struct {
		make func() ([]byte, error)
		n    int
	}{
		"report":  {func() ([]byte, error) { return ServiceReport(report, locale.FR) }, 40},
		"quote":   {func() ([]byte, error) { return Quote(quote, locale.FR) }, 60},
		"deposit": {func() ([]byte, error) { return DepositReceipt(deposit, locale.FR) }, 40},
	} {
		text := textOf(t, must(t)(c.make()))
		pages := regexp.MustCompile(`page (\d+) sur (\d+)`).FindAllStringSubmatch(text, -1)
		if len(pages) < 2 || pages[len(pages)-1][1] != pages[0][2] || pages[0][2] != strconv.Itoa(len(pages)) {
			t.Errorf("%s: pages are numbered %q", name, pages)
		}
		for i := range c.n {
			if !regexp.MustCompile(`\bL` + strconv.Itoa(i) + `\b`).MatchString(text) {
				t.Errorf("%s: line L%d is lost", name, i)
			}
		}
	}
}

// No page is begun for empty space.
func TestReportOfTheStoryIsOnePage(t *testing.T) {
	pdf := must(t)(ServiceReport(reportStory(), locale.FR))
	if info := string(run(t, pdf, "pdfinfo", "PDF")); !regexp.MustCompile(`Pages:\s+1\n`).MatchString(info) {
		t.Errorf("want one page:\n%s", info)
	}
}

// The sentence on the report says loses and gains the right way round.
func TestComposedSentence(t *testing.T) {
	for _, c := range []struct {
		before, after *float64
		stopped       bool
		want          string
	}{
		{num(-8.9), num(2.2), false, "La montre retardait de 9\u00a0s par jour. Elle avance désormais de 2\u00a0s par jour."},
		{num(12), num(-0.4), false, "La montre avançait de 12\u00a0s par jour. Elle tient désormais l’heure à une seconde près par jour."},
		{nil, num(-3), true, "La montre ne marchait plus. Elle retarde désormais de 3\u00a0s par jour."},
		{nil, nil, false, "Elle vous est rendue\u00a0; sa marche n’a pas été mesurée."},
	} {
		r := report{sheet: newSheet(about{at: story, w: a4Width, h: a4Height}, locale.For(locale.FR), 1),
			in: ServiceReportInput{Stopped: c.stopped, Mean: PositionReadings{Before: Reading{Rate: c.before}, After: Reading{Rate: c.after}}}}
		if got := r.composed(); got != c.want {
			t.Errorf("got %q, want %q", got, c.want)
		}
	}
}

// A report without any measure and one with every refusal still print.
func TestReportOfAlmostNothing(t *testing.T) {
	in := ServiceReportInput{Firm: Firm{Name: "A"}, Number: "N", At: story, Works: []string{"Pile changée"}}
	text := textOf(t, must(t)(ServiceReport(in, locale.FR)))
	if !strings.Contains(text, "Pile changée") || !strings.Contains(text, "Montre sans étanchéité") {
		t.Errorf("works or the warning about water are missing:\n%s", text)
	}
	in = reportStory()
	for i := range in.Positions {
		in.Positions[i].After, in.Positions[i].After24 = Reading{}, Reading{}
	}
	in.Headlines = []Headline{{Quantity: RateMean, Before: num(-8.9)}}
	text = textOf(t, must(t)(ServiceReport(in, locale.FR)))
	if !strings.Contains(text, "Non concluant") || strings.Contains(text, "Dans la tolérance") {
		t.Errorf("what was not measured must be inconclusive:\n%s", text)
	}
}

// A large print holds no word under 16 pt and all that the usual print holds.
func TestLargePrint(t *testing.T) {
	all := stories(locale.FR)
	for _, name := range []string{"deposit", "quote", "report"} {
		pdf := must(t)(all[name+"-large"]())
		xml := string(run(t, pdf, "pdftohtml", "-xml", "-stdout", "-i", "-zoom", "1", "PDF"))
		sizes := regexp.MustCompile(`<fontspec id="\d+" size="(\d+)"`).FindAllStringSubmatch(xml, -1)
		if len(sizes) == 0 {
			t.Fatalf("%s: no size of type in\n%s", name, xml)
		}
		for _, m := range sizes {
			if n, _ := strconv.Atoi(m[1]); n < 16 {
				t.Errorf("%s: words of %d pt", name, n)
			}
		}
		usual, text := textOf(t, must(t)(all[name]())), textOf(t, pdf)
		for _, figure := range regexp.MustCompile(`[+−]?\d+,\d+( €)?|\d+°|\d\d/\d\d/\d{4}`).FindAllString(usual, -1) {
			if !strings.Contains(text, figure) {
				t.Errorf("%s: %q is not in the large print", name, figure)
			}
		}
	}
}
