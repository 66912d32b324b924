package journal

import (
	"encoding/json"
	"time"
)

// After is something that follows an entry (a message, a document, a
// thumbnail): written in the entry's own transaction, claimed with a lease,
// removed when done, tried again with back-off, harmless when repeated. Order
// is promised per sheet only.
type After struct {
	House string
	ID    string
	Sheet string
	Seq   int64 // the entry it follows
	Kind  string
	Data  json.RawMessage
	Due   time.Time // not before
	Lease time.Time // until when it is claimed; zero where it is not
	Tries int
	Last  string // why the last try failed, a translation key or an error; for operators
	Dead  bool   // given up: shown until somebody decides
}
