package cli

import (
	"errors"
	"fmt"
	"os"
	"strings"

	"etabli.example/fault"
	"etabli.example/locale"
)

// speak returns the printer of the person at the terminal: French unless their
// environment asks for English.
func speak() *locale.Printer {
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		v := os.Getenv(name)
		if v == "" {
			continue
		}
		if strings.HasPrefix(strings.ToLower(v), "en") {
			return locale.For(locale.EN)
		}
		break
	}
	return locale.For(locale.FR)
}

// fail says what went wrong in words, with the cause, where there is one behind
// the words, for whoever operates the machine, and returns the status.
func fail(env *Env, err error, status int) int {
	fmt.Fprintf(env.Stderr, "etabli: %s\n", speak().Error(err))
	var f *fault.Error
	if !errors.As(err, &f) || f.Err != nil {
		fmt.Fprintf(env.Stderr, "  (%v)\n", err)
	}
	return status
}
