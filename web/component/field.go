package component

// Field is a form field: label above, unit inside at the right, help below, and
// where it is wrong a sentence that names what is wrong and a repair.
// Template "field".
type Field struct {
	Name         string // form name; also its id, prefixed with "f-"
	Scope        string // of the id, where two forms of a page have a field of this name
	Label        string
	Type         string // "text" by default; "textarea", "select", "checkbox" and any HTML input type
	Value        string
	Unit         string
	Help         string
	Error        string // translated; what was typed stays in Value
	Repair       string // the likely right value, offered as a button; "" for none
	Placeholder  string
	AutoComplete string
	InputMode    string
	AccessKey    string
	List         string // id of a datalist
	Required     bool
	AutoFocus    bool
	Checked      bool
	Rows         int // of a textarea; 3 by default
	Choices      []Choice
}

// Choice is one entry of a select, or one of a set of radios or ticks.
type Choice struct {
	Value, Label, Help string
	Chosen             bool
	AccessKey          string
}

// ID returns the field's element id.
func (f Field) ID() string {
	if f.Scope != "" {
		return "f-" + f.Scope + "-" + f.Name
	}
	return "f-" + f.Name
}

// Kind returns the input's type.
func (f Field) Kind() string {
	if f.Type == "" {
		return "text"
	}
	return f.Type
}

// Describes returns the ids of what explains the field, for aria-describedby.
func (f Field) Describes() string {
	s := ""
	if f.Help != "" {
		s = f.ID() + "-help"
	}
	if f.Error != "" {
		if s != "" {
			s += " "
		}
		s += f.ID() + "-error"
	}
	return s
}

// Lines returns the height of a textarea in lines.
func (f Field) Lines() int {
	if f.Rows == 0 {
		return 3
	}
	return f.Rows
}

// Choices is a group of radios or ticks under one legend. Template "choices".
type Choices struct {
	Name, Legend string
	Multiple     bool // ticks, not radios
	Error        string
	Choices      []Choice
}

// Kind returns the input's type.
func (c Choices) Kind() string {
	if c.Multiple {
		return "checkbox"
	}
	return "radio"
}
