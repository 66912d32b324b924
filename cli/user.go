package cli

import (
	"bufio"
	"context"
	"flag"
	"fmt"
	"os"
	"strings"

	"golang.org/x/term"

	"etabli.example/fault"
	"etabli.example/trade/staff"
)

// runUser is etabli user: makes an account, or changes it; the first one of a
// new workshop is made with it. The password is asked for, or read from
// standard input where that is no terminal; never from the command line.
func runUser(ctx context.Context, env *Env, args []string) int {
	f := flag.NewFlagSet("user", flag.ContinueOnError)
	f.SetOutput(env.Stderr)
	data := f.String("data", "", "folder of the workshop's data")
	db := databaseFlag(f)
	login := f.String("login", "", "user name, lower case")
	name := f.String("name", "", "full name")
	roles := f.String("role", "manager", "roles, separated by commas: counter, technician, watchmaker, manager, administrator")
	bench := f.String("bench", "", "usual bench")
	if f.Parse(args) != nil || f.NArg() > 0 || *data == "" || *login == "" {
		fmt.Fprintln(env.Stderr, speak().T("cli.user_usage"))
		return 2
	}
	shop, err := OpenShopOn(ctx, *data, *db, nil)
	if err != nil {
		return fail(env, err, 2)
	}
	defer shop.Close()
	p, err := account(ctx, shop, *login)
	if err != nil {
		return fail(env, err, 2)
	}
	if *name != "" {
		p.Name = *name
	}
	if *bench != "" {
		p.Bench = *bench
	}
	p.Roles = nil
	for _, r := range strings.Split(*roles, ",") {
		p.Roles = append(p.Roles, staff.Role(strings.TrimSpace(r)))
	}
	p.Active = true
	password, err := askPassword(env)
	if err != nil {
		return fail(env, err, 2)
	}
	if _, err := shop.SavePerson(ctx, staff.System(), p, password); err != nil {
		for field, sentence := range speak().Fields(err) {
			fmt.Fprintf(env.Stderr, "%s: %s\n", field, sentence)
		}
		return fail(env, err, 2)
	}
	fmt.Fprintln(env.Stdout, speak().T("cli.user_saved", p.Login))
	return 0
}

func account(ctx context.Context, shop *Shop, login string) (staff.Person, error) {
	people, err := shop.People(ctx)
	for _, p := range people {
		if p.Login == login {
			return p, nil
		}
	}
	return staff.Person{Login: login, Lang: "fr"}, err
}

func askPassword(env *Env) (string, error) {
	if in, ok := env.Stdin.(*os.File); ok && term.IsTerminal(int(in.Fd())) {
		fmt.Fprint(env.Stderr, speak().T("cli.password")+" ")
		b, err := term.ReadPassword(int(in.Fd()))
		fmt.Fprintln(env.Stderr)
		return string(b), err
	}
	line, err := bufio.NewReader(env.Stdin).ReadString('\n')
	if line == "" && err != nil {
		return "", fault.New(fault.Invalid, "staff.password_length", 10)
	}
	return strings.TrimRight(line, "\r\n"), nil
}
