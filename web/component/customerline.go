package component

// CustomerLine is a customer on a list: enough to tell one from another, the
// phone masked. Template "customer-lines" takes a slice.
type CustomerLine struct {
	ID, Href, Name, Phone, City string
}
