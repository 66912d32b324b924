// Package diagnosis reasons from what was found on a simple mechanical,
// automatic or quartz watch to its possible causes: it ranks them, says why,
// names the next test, and stays silent where it cannot know. It proposes and
// a person decides. It is not a rule engine with the answers written in code:
// every finding, cause and likelihood stands in the CSV files of data/, which a
// watchmaker can read and correct. It knows nothing of orders, people,
// databases or prices.
package diagnosis

// Text is a sentence in the house's two languages. The package carries its own
// words because it may be imported by anyone, without the house's catalogue.
type Text struct {
	FR string `json:"fr"`
	EN string `json:"en"`
}

// In returns the text in lang ("en" or anything else for French).
func (t Text) In(lang string) string {
	if lang == "en" {
		return t.EN
	}
	return t.FR
}

// Diagnose ranks the causes of c with the model that ships with the package.
func Diagnose(c Case) Result { return Default().Diagnose(c) }
