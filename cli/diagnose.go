package cli

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"etabli.example/diagnosis"
	"etabli.example/locale"
)

// runDiagnose implements etabli diagnose: findings in, ranked and explained
// causes out. It returns 0 where an answer is printed and 2 for a bad call or
// an unreadable file.
func runDiagnose(_ context.Context, env *Env, args []string) int {
	p := speak()
	fs := newFlags("diagnose")
	asJSON := fs.Bool("json", false, "cli.flag.json")
	lang := fs.String("lang", string(p.Lang()), "cli.flag.lang")
	err := parseFlags(fs, args, 1)
	if err == nil {
		p, err = language(*lang)
	}
	if err == nil && fs.NArg() != 1 {
		err = missing(p.T("cli.word.file"))
	}
	if err != nil {
		return misused(env, p, p.T("diagnosis.usage", "[--json] [--lang fr|en] FILE|-"), fs, err)
	}
	c, err := readCase(env, fs.Arg(0))
	if err != nil {
		fmt.Fprintln(env.Stderr, unreadableCase(p, fs.Arg(0), err))
		return 2
	}
	report := diagnosis.Diagnose(c).In(string(p.Lang()))
	if !*asJSON {
		writeDiagnosis(env.Stdout, p, report)
		return 0
	}
	e := json.NewEncoder(env.Stdout)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	if err := e.Encode(report); err != nil {
		fmt.Fprintln(env.Stderr, err)
		return 2
	}
	return 0
}

// unreadableCase says why name is no case: where its JSON breaks off, or that it
// cannot be opened.
func unreadableCase(p *locale.Printer, name string, err error) string {
	var at *json.SyntaxError
	switch {
	case errors.As(err, &at):
		return p.T("cli.no_case_at", name, at.Offset)
	case errors.Is(err, diagnosis.ErrNotACase):
		return p.T("cli.no_case", name)
	}
	return p.T("cli.unopened", name)
}

// readCase reads a case from a file, or from standard input for "-".
func readCase(env *Env, name string) (diagnosis.Case, error) {
	if name == "-" {
		return diagnosis.ReadCase(env.Stdin)
	}
	data, err := os.ReadFile(name)
	if err != nil {
		return diagnosis.Case{}, err
	}
	return diagnosis.ReadCase(bytes.NewReader(data))
}

// writeDiagnosis prints a report to be read at the terminal.
func writeDiagnosis(w io.Writer, p *locale.Printer, r diagnosis.Report) {
	fmt.Fprintln(w, r.Why)
	for _, c := range r.Causes {
		fmt.Fprintf(w, "\n%6s  %s (%s, %s)\n", p.Percent(c.Probability, 0), c.Name, c.ID, p.T("diagnosis.perimeter."+c.Perimeter))
		writeReasons(w, p.T("diagnosis.for"), c.For)
		writeReasons(w, p.T("diagnosis.against"), c.Against)
		fmt.Fprintf(w, "        → %s\n        → %s\n", c.Confirm, c.Remedy)
	}
	if len(r.NextTests) > 0 {
		fmt.Fprintf(w, "\n%s\n", p.T("diagnosis.next"))
	}
	for _, t := range r.NextTests {
		notes := []string{p.T("diagnosis.minutes", t.Minutes)}
		if t.Opens {
			notes = append(notes, p.T("diagnosis.opens"))
		}
		fmt.Fprintf(w, "  - %s (%s)\n    %s\n", t.Label, strings.Join(notes, ", "), t.Meaning)
	}
	writeList(w, p.T("diagnosis.safety"), r.Safety)
	writeList(w, p.T("diagnosis.gaps"), r.Gaps)
}

func writeReasons(w io.Writer, label string, reasons []string) {
	if len(reasons) > 0 {
		fmt.Fprintf(w, "        %s: %s\n", label, strings.Join(reasons, "; "))
	}
}

func writeList(w io.Writer, title string, lines []string) {
	if len(lines) == 0 {
		return
	}
	fmt.Fprintf(w, "\n%s\n", title)
	for _, l := range lines {
		fmt.Fprintf(w, "  - %s\n", l)
	}
}
