// Package cli is the command line: one file a command, each wiring what it
// needs explicitly. It holds no rule of the trade.
package cli

import (
	"context"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
)

// Env is what a command may touch of the world.
type Env struct {
	Stdin          io.Reader
	Stdout, Stderr io.Writer
}

// command is one word behind etabli.
type command struct {
	name string
	run  func(ctx context.Context, env *Env, args []string) int
}

var commands = []command{
	{"demo", runDemo},
	{"serve", runServe},
	{"user", runUser},
	{"verify", runVerify},
	{"backup", runBackup},
	{"restore", runRestore},
	{"measure", runMeasure},
	{"simulate", runSimulate},
	{"diagnose", runDiagnose},
	{"seal", runSeal},
	{"fill", runFill},
}

// Main runs the command named by args[0] and returns the exit status. Asked
// for help it says which commands there are and returns 0; without a command
// it says the same where errors go and returns 2.
func Main(args []string) int {
	env := &Env{Stdin: os.Stdin, Stdout: os.Stdout, Stderr: os.Stderr}
	if len(args) == 0 {
		listCommands(env.Stderr)
		return 2
	}
	if args[0] == "help" || asksHelp(args[0]) {
		listCommands(env.Stdout)
		return 0
	}
	for _, c := range commands {
		if c.name != args[0] {
			continue
		}
		if len(args) > 1 && asksHelp(args[1]) { // what a bad call would be told is the answer here
			c.run(context.Background(), &Env{Stdin: env.Stdin, Stdout: env.Stdout, Stderr: env.Stdout}, args[1:2])
			return 0
		}
		return c.run(context.Background(), env, args[1:])
	}
	listCommands(env.Stderr)
	return 2
}

func asksHelp(arg string) bool {
	return slices.Contains([]string{"-h", "-help", "--help"}, arg)
}

// listCommands says how a command is called and what each is for.
func listCommands(to io.Writer) {
	p := speak()
	names := make([]string, len(commands))
	for i, c := range commands {
		names[i] = c.name
	}
	fmt.Fprintln(to, p.T("cli.usage", strings.Join(names, "|")))
	for _, c := range commands {
		fmt.Fprintf(to, "  %-9s %s\n", c.name, p.T("cli.about."+c.name))
	}
}
