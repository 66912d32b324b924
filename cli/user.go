package cli

import (
	"bufio"
	"context"
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
	f := newFlags("user")
	data := f.String("data", "", "cli.flag.data")
	db := databaseFlag(f)
	login := f.String("login", "", "cli.flag.login")
	name := f.String("name", "", "cli.flag.name")
	roles := f.String("role", "manager", "cli.flag.role")
	bench := f.String("bench", "", "cli.flag.bench")
	err := parseFlags(f, args, 0)
	for flag, value := range map[string]string{"--data": *data, "--login": *login} {
		if err == nil && value == "" {
			err = missing(flag)
		}
	}
	if err != nil {
		return misused(env, speak(), speak().T("cli.user_usage"), f, err)
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
