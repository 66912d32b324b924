package cli

import (
	"os"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// TestMain lets the scripts, and the tests that kill a process, call etabli as
// a command of its own.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"etabli": func() { os.Exit(Main(os.Args[1:])) },
	})
}

// TestScript reads like the manual: what is typed, what is answered.
func TestScript(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Setup: func(e *testscript.Env) error {
			e.Setenv("LANG", "fr_FR.UTF-8")
			return nil
		},
	})
}
