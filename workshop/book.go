package workshop

import (
	"context"
	"time"

	"etabli.example/journal"
	"etabli.example/trade/customer"
	"etabli.example/trade/equipment"
	"etabli.example/trade/order"
	"etabli.example/trade/price"
	"etabli.example/trade/shelf"
	"etabli.example/trade/staff"
	"etabli.example/trade/stock"
	"etabli.example/trade/watch"
)

// Book is the store as the workshop needs it, bound to one house. Do runs a
// unit of work that may be repeated from its start after a lost race: the
// function must do nothing but through tx. View reads one snapshot.
type Book interface {
	Do(ctx context.Context, work func(context.Context, Tx) error) error
	View(ctx context.Context, read func(context.Context, Tx) error) error
}

// Tx is one unit of work. Every method returns fault.NotFound where one thing
// was asked for and is not there.
type Tx interface {
	// Sheet returns every entry of a sheet, in order.
	Sheet(ctx context.Context, sheet string) ([]journal.Entry, error)
	// SheetHead returns the hash of the last entry, which stands for the whole sheet.
	SheetHead(ctx context.Context, sheet string) (journal.Hash, error)
	// Append writes the drafts after entry number after and returns them as
	// written. fault.Stale where the sheet has another head. A draft whose ID is
	// already on the sheet is not written again: the entries that stand are returned
	// and repeated is true.
	Append(ctx context.Context, sheet string, after int64, drafts []journal.Draft, recorded time.Time) (written []journal.Entry, repeated bool, err error)

	// PutOrder writes an order's row and the words it is found by.
	PutOrder(ctx context.Context, row order.Row, terms []string) error
	Order(ctx context.Context, sheet string) (order.Row, error)
	OrderByNumber(ctx context.Context, number string) (order.Row, error)
	// OrdersBySequence finds numbers typed without site and year, newest first.
	OrdersBySequence(ctx context.Context, ord int) ([]order.Row, error)
	// Orders returns a page, newest number first.
	Orders(ctx context.Context, q order.Query) ([]order.Row, error)
	// AlertedOrders returns the orders with an open alert, the oldest first.
	AlertedOrders(ctx context.Context) ([]order.Row, error)
	// HeldOrders returns the orders whose quote waits for approval, the soonest deadline first.
	HeldOrders(ctx context.Context) ([]order.Row, error)
	// Board returns the open orders, per stage at most limit, oldest promise first, and how many each stage has.
	Board(ctx context.Context, site string, limit int) (rows []order.Row, counts map[order.Stage]int, err error)
	// FindOrders searches by prefix of every word, newest first.
	FindOrders(ctx context.Context, words string, limit int) ([]order.Row, error)

	PutCustomer(ctx context.Context, c customer.Customer) error
	Customer(ctx context.Context, id string) (customer.Customer, error)
	FindCustomers(ctx context.Context, words string, limit int) ([]customer.Customer, error)
	// PutAlias says a customer was entered twice, DeleteAlias takes it back; Aliases
	// are who was merged into a customer, Survivor who a customer is now.
	PutAlias(ctx context.Context, a customer.Alias) error
	DeleteAlias(ctx context.Context, id string) error
	Aliases(ctx context.Context, survivor string) ([]customer.Alias, error)
	Survivor(ctx context.Context, id string) (string, error)

	PutWatch(ctx context.Context, w watch.Watch) error
	Watch(ctx context.Context, id string) (watch.Watch, error)
	WatchesOf(ctx context.Context, customer string) ([]watch.Watch, error)
	WatchBySerial(ctx context.Context, brand, caseNo string) (watch.Watch, error)

	PutPerson(ctx context.Context, p staff.Person) error
	Person(ctx context.Context, id string) (staff.Person, error)
	PersonByLogin(ctx context.Context, login string) (staff.Person, error)
	People(ctx context.Context) ([]staff.Person, error)

	PutSession(ctx context.Context, s staff.Session) error
	Session(ctx context.Context, hash string) (staff.Session, error)
	DeleteSession(ctx context.Context, hash string) error
	SessionsOf(ctx context.Context, person string) ([]staff.Session, error)

	// PutAttempt keeps what was refused; Attempts returns the latest first.
	PutAttempt(ctx context.Context, a staff.Attempt) error
	Attempts(ctx context.Context, limit int) ([]staff.Attempt, error)
	ForgetAttempts(ctx context.Context, before time.Time) error

	PutDraft(ctx context.Context, d staff.Draft) error
	Draft(ctx context.Context, person, form string) (staff.Draft, error)
	DeleteDraft(ctx context.Context, person, form string) error

	PutSaid(ctx context.Context, s journal.Said) error
	// Said returns a person's words; NotFound also where they were erased.
	Said(ctx context.Context, id string) (journal.Said, error)
	EraseSaid(ctx context.Context, id string) error

	PutLink(ctx context.Context, l customer.Link) error
	Link(ctx context.Context, hash string) (customer.Link, error)

	// PutAccommodation keeps what a person asked for at an order's reception;
	// PurgeAccommodation drops it unless they asked to keep it for the next visits.
	PutAccommodation(ctx context.Context, a customer.Accommodation) error
	Accommodation(ctx context.Context, sheet string) (customer.Accommodation, error)
	LastAccommodation(ctx context.Context, who string) (customer.Accommodation, error)
	PurgeAccommodation(ctx context.Context, sheet string) error

	// PutCamera writes a telephone's leave to take pictures; Snapshots are those that
	// wait for an order that is not opened yet.
	PutCamera(ctx context.Context, c order.Camera) error
	Camera(ctx context.Context, hash string) (order.Camera, error)
	PutSnapshot(ctx context.Context, s order.Snapshot) error
	Snapshots(ctx context.Context, sheet string) ([]order.Snapshot, error)
	DeleteSnapshot(ctx context.Context, sheet, id string) error
	DeleteSnapshots(ctx context.Context, sheet string) error

	// PutDocument puts a maker's document on the shelf; of one that is there only what
	// ends it is written. Documents and DocumentsOf return the last put there first.
	PutDocument(ctx context.Context, d shelf.Document) error
	Document(ctx context.Context, id string) (shelf.Document, error)
	Documents(ctx context.Context, limit int) ([]shelf.Document, error)
	DocumentsOf(ctx context.Context, maker string, limit int) ([]shelf.Document, error)

	// NextNumber takes the next of a series without gaps: one row per site, year and kind.
	NextNumber(ctx context.Context, site string, year int, kind string) (int, error)
	// LastNumber is the last taken; BeginNumber lets a series that gave none go on after last.
	LastNumber(ctx context.Context, site string, year int, kind string) (int, error)
	BeginNumber(ctx context.Context, site string, year int, kind string, last int) error

	PutPrice(ctx context.Context, p price.Price) error
	Prices(ctx context.Context) (price.List, error)

	Setting(ctx context.Context, key string) (string, error) // "" where it was never set
	PutSetting(ctx context.Context, key, value string) error

	PutAfter(ctx context.Context, a journal.After) error
	// ClaimAfter leases up to limit due rows, oldest first, at most the first of each sheet.
	ClaimAfter(ctx context.Context, now time.Time, lease time.Duration, limit int) ([]journal.After, error)
	// DoneAfter removes a claimed row; RetryAfter puts it back for later, or marks it
	// dead. Neither touches a row that another claimed meanwhile.
	DoneAfter(ctx context.Context, a journal.After) error
	RetryAfter(ctx context.Context, a journal.After, due time.Time, why string, dead bool) error
	// AfterRow returns one row; ReviveAfter and DropAfter decide what becomes of a dead one.
	AfterRow(ctx context.Context, id string) (journal.After, error)
	ReviveAfter(ctx context.Context, id string, due time.Time) error
	DropAfter(ctx context.Context, id string) error
	DeadAfter(ctx context.Context) (int, error)
	AfterWaiting(ctx context.Context, limit int) ([]journal.After, error)

	// PutLot writes a lot's row; TakeLot takes pieces off it, false where it holds fewer.
	PutLot(ctx context.Context, r stock.Row) error
	TakeLot(ctx context.Context, sheet string, n int) (bool, error)
	Lot(ctx context.Context, sheet string) (stock.Row, error)
	// Lots returns those that are not over, by part, soonest expiry first.
	Lots(ctx context.Context, limit int) ([]stock.Row, error)
	// LotsNamed finds lots by the number they carry, those not over first.
	LotsNamed(ctx context.Context, lot string) ([]stock.Row, error)
	PutMinimum(ctx context.Context, m stock.Minimum) error
	Minimums(ctx context.Context) ([]stock.Minimum, error)

	PutTool(ctx context.Context, r equipment.Row) error
	Tool(ctx context.Context, sheet string) (equipment.Row, error)
	// Tools returns all, those withdrawn last, soonest due first.
	Tools(ctx context.Context, limit int) ([]equipment.Row, error)

	// WaitingOrders, DueOrders, Turnarounds and CountEntries are what figures rest on.
	WaitingOrders(ctx context.Context, now time.Time) ([]order.Waiting, error)
	DueOrders(ctx context.Context, until string) ([]order.Due, error)
	Turnarounds(ctx context.Context, since time.Time) ([]order.Turnaround, error)
	CountEntries(ctx context.Context, k journal.Kind, since time.Time, most int) (int, error)
	// OrdersDue, OrdersClosed and SheetsWith are what stands behind them, at most 200.
	OrdersDue(ctx context.Context, from, until string) ([]order.Row, error)
	OrdersClosed(ctx context.Context, since time.Time) ([]order.Row, error)
	SheetsWith(ctx context.Context, k journal.Kind, since time.Time) ([]string, error)
	// SheetsBy returns the sheets a person wrote on, the latest first.
	SheetsBy(ctx context.Context, person string, limit int) ([]string, error)
	// SheetKind says what a sheet is about: "order", "lot", "tool" or "register".
	SheetKind(ctx context.Context, sheet string) (string, error)

	// Seals returns the latest seals, the latest first.
	Seals(ctx context.Context, limit int) ([]journal.Seal, error)

	// PutBlob notes a blob's size and media type; entries name it by hash.
	PutBlob(ctx context.Context, hash, media string, size int64) error
	// Blob returns what was noted.
	Blob(ctx context.Context, hash string) (media string, size int64, err error)
}
