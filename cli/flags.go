package cli

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"math"
	"strings"

	"etabli.example/fault"
	"etabli.example/locale"
)

// newFlags is the flags of a command. What each is for is a translation key,
// and nothing is printed by package flag, which speaks English alone.
func newFlags(command string) *flag.FlagSet {
	f := flag.NewFlagSet(command, flag.ContinueOnError)
	f.SetOutput(io.Discard)
	f.Usage = func() {}
	return f
}

// parseFlags reads args, of which rest words stay behind the flags. What is
// wrong with them is a fault in the reader's words, or flag.ErrHelp.
func parseFlags(f *flag.FlagSet, args []string, rest int) error {
	if err := f.Parse(args); err != nil {
		return flagFault(err)
	}
	if f.NArg() > rest {
		return fault.New(fault.Invalid, "cli.left_over", f.Arg(rest))
	}
	return nil
}

// flagFault is what package flag says in English, as a fault. It has no other
// errors than these; one it may get later is told as an unsuitable call.
func flagFault(err error) error {
	var own *fault.Error
	if errors.Is(err, flag.ErrHelp) || errors.As(err, &own) {
		return err
	}
	text := err.Error()
	for start, key := range map[string]string{
		"flag provided but not defined: ": "cli.flag_unknown",
		"flag needs an argument: ":        "cli.flag_argument",
		"bad flag syntax: ":               "cli.flag_unknown",
	} {
		if name, ok := strings.CutPrefix(text, start); ok {
			return fault.New(fault.Invalid, key, "--"+strings.TrimLeft(name, "-"))
		}
	}
	var value, name string
	for _, form := range []string{"invalid value %q for flag -%s", "invalid boolean value %q for -%s"} {
		if n, _ := fmt.Sscanf(text, form, &value, &name); n == 2 {
			return unsuitable("--"+strings.TrimSuffix(name, ":"), value)
		}
	}
	return fault.New(fault.Invalid, "cli.flag_wrong")
}

// unsuitable is the fault of a flag whose value does not suit it.
func unsuitable(name, value string) error {
	return fault.New(fault.Invalid, "cli.flag_value", name, value)
}

// missing is the fault of a flag or a word that a command cannot do without.
func missing(name string) error { return fault.New(fault.Invalid, "cli.flag_missing", name) }

// within is nil where least ≤ v ≤ most, otherwise the fault of the flag name.
func within(name string, v, least, most float64) error {
	if v >= least && v <= most { // not so for NaN
		return nil
	}
	if math.IsInf(most, 1) {
		return fault.New(fault.Invalid, "cli.flag_least", name, least)
	}
	return fault.New(fault.Invalid, "cli.flag_range", name, least, most)
}

// misused says how a command is called, and what was wrong with the call, or
// what each of its flags is for where that was asked. It returns 2.
func misused(env *Env, p *locale.Printer, usage string, f *flag.FlagSet, err error) int {
	fmt.Fprintln(env.Stderr, usage)
	if errors.Is(err, flag.ErrHelp) {
		f.VisitAll(func(one *flag.Flag) { fmt.Fprintln(env.Stderr, "  --"+one.Name+"\n      "+about(p, one)) })
		return 2
	}
	if err != nil {
		fmt.Fprintln(env.Stderr, "  "+p.Error(err))
	}
	fmt.Fprintln(env.Stderr, "  "+p.T("cli.ask_help", f.Name()))
	return 2
}

// about is what a flag is for, and what it is where it is left out.
func about(p *locale.Printer, f *flag.Flag) string {
	text := p.T(f.Usage)
	switch f.DefValue {
	case "", "0", "false":
		return text
	}
	return text + " " + p.T("cli.flag_default", f.DefValue)
}

// language is the printer of the flag --lang.
func language(lang string) (*locale.Printer, error) {
	l, ok := locale.Known(lang)
	if !ok {
		return speak(), unsuitable("--lang", lang)
	}
	return locale.For(l), nil
}
