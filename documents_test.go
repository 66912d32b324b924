package etabli

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"etabli.example/trade/order"
)

var update = flag.Bool("update", false, "redraw the documents that come from code")

// The table of stages in the documentation is the table in the code.
func TestDocuments(t *testing.T) {
	const path, begin, end = "doc/architecture.md", "<!-- stages -->\n", "<!-- /stages -->"
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	text := string(b)
	i, j := strings.Index(text, begin), strings.Index(text, end)
	if i < 0 || j < i {
		t.Fatalf("%s has no place for the stages", path)
	}
	want := text[:i+len(begin)] + stages() + text[j:]
	if *update {
		if err := os.WriteFile(path, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if text != want {
		t.Errorf("%s does not show the stages as they are: run make docs", path)
	}
}

func stages() string {
	var b strings.Builder
	b.WriteString("```mermaid\nstateDiagram-v2\n")
	for _, m := range order.Moves() {
		from := string(m.From)
		if m.From == order.None {
			from = "[*]"
		}
		fmt.Fprintf(&b, "  %s --> %s : %s\n", from, m.To, m.By)
	}
	b.WriteString("```\n\n| from | to | by the entry | who | needs |\n|---|---|---|---|---|\n")
	for _, m := range order.Moves() {
		from := string(m.From)
		if m.From == order.None {
			from = "(nothing)"
		}
		var who []string
		if m.Right != "" {
			who = append(who, "right `"+string(m.Right)+"`")
		}
		if m.Customer {
			who = append(who, "the customer")
		}
		if m.Clock {
			who = append(who, "the clock")
		}
		var needs []string
		for _, n := range m.Needs {
			needs = append(needs, "`"+string(n)+"`")
		}
		fmt.Fprintf(&b, "| %s | %s | `%s` | %s | %s |\n", from, m.To, m.By, strings.Join(who, ", "), strings.Join(needs, ", "))
	}
	b.WriteString("\n")
	return b.String()
}
