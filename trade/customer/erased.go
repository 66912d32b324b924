package customer

// Nobody is the name of a customer who was erased: the row stays, since orders
// point at it.
const Nobody = "–"
