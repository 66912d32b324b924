package component

// Button is an action named by a verb and its object. With Href it is a link
// that looks like one; otherwise a button, submitting its form with Name and
// Value where they are set. Refused keeps a forbidden action visible, dashed,
// with the reason. Template "button".
type Button struct {
	Text      string
	Key       string // shown on it, e.g. "Alt 5"; the shortcut itself is AccessKey
	AccessKey string
	Icon      string
	IconAfter bool
	Href      string
	Name      string
	Value     string
	Weight    string // "p" primary (one per view), "" plain, "q" quiet, "danger"
	Refused   string // why it cannot be done now
	Form      string // id of the form it submits, where it stands outside
	ID        string
	Bench     bool // 64 px
	Plain     bool // type="button": for custom elements only
}

// Class returns the button's classes.
func (b Button) Class() string {
	c := "b"
	if b.Weight != "" {
		c += " " + b.Weight
	}
	if b.Bench {
		c += " bench"
	}
	return c
}
