package component

// OrderLine is an order on a list. Template "order-lines" takes a slice.
type OrderLine struct {
	Href, Number, Site string // "004217-K", and what stands before it
	Watch, Calibre     string
	Stage              string // locale key
	Technician         string // "" where nobody has it
	Promise            string // "27/11"; "" where nothing is promised
	Age                string // how long it has been at its stage
	Flag               *Flag
	Late               bool
}
