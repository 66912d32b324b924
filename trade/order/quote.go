package order

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"etabli.example/fault"
	"etabli.example/journal"
	"etabli.example/money"
	"etabli.example/trade/staff"
)

// Kinds of entry of quoting and acceptance.
const (
	KindQuoted         journal.Kind = "quoted"
	KindQuoteSent      journal.Kind = "quote_sent"
	KindQuoteRecalled  journal.Kind = "quote_recalled"
	KindQuoteAccepted  journal.Kind = "quote_accepted"
	KindQuoteDeclined  journal.Kind = "quote_declined"
	KindQuoteWithdrawn journal.Kind = "quote_withdrawn"
	KindQuoteExpired   journal.Kind = "quote_expired"
	KindCeilingUsed    journal.Kind = "ceiling_used"
)

// The kinds of quote line. Only obligatory lines are part of the price unless
// the customer ticks the others: a pre-ticked extra is unlawful.
const (
	Obligatory  = "obligatory"
	Recommended = "recommended"
	Cosmetic    = "cosmetic"
)

// QuoteLine is one line of a quote, all-in.
type QuoteLine struct {
	ID        string        `json:"id"`
	Kind      string        `json:"kind"`
	Operation string        `json:"operation,omitempty"`
	LabelFR   string        `json:"label_fr"`
	LabelEN   string        `json:"label_en"`
	Quantity  int           `json:"qty"`
	UnitGross money.Cents   `json:"unit_gross"`
	VAT       money.VATRate `json:"vat"`
	List      money.Cents   `json:"list,omitempty"` // the house's price when it was quoted, for one; 0: there was none
}

// Gross is the line's price, VAT included.
func (l QuoteLine) Gross() money.Cents { return l.UnitGross.Times(l.Quantity) }

// Quote is one version of the quote.
type Quote struct {
	Seq     int64       `json:"-"`
	Number  string      `json:"number"`
	Version int         `json:"version"`
	Lines   []QuoteLine `json:"lines"`
	Until   time.Time   `json:"until"`
	Ready   string      `json:"ready,omitempty"` // ISO date the watch will be ready if accepted in time
	// Summary is what was found, for the customer; in French, SummaryEN in English.
	Summary   string      `json:"summary,omitempty" max:"2000"`
	SummaryEN string      `json:"summary_en,omitempty" max:"2000"`
	Free      bool        `json:"free"`               // the quote itself costs nothing
	PerLine   bool        `json:"per_line,omitempty"` // VAT is rounded line by line, otherwise once a rate: the house's rule then
	Review    *Review     `json:"review,omitempty"`   // why somebody approves it first
	Hash      string      `json:"hash"`               // of everything above: acceptance names it
	SentAt    time.Time   `json:"-"`
	Answer    string      `json:"-"` // "", "accepted", "declined", "withdrawn", "expired", "recalled"
	Chosen    []string    `json:"-"` // ids of lines accepted
	Total     money.Cents `json:"-"` // of the accepted lines
	Reason    string      `json:"-"`
	Mode      string      `json:"-"` // how it was answered: "link", "counter", "phone", "ceiling"
	Answered  time.Time   `json:"-"`
	From      time.Time   `json:"-"` // work may not start before; zero where nothing holds it back

	Approved    time.Time `json:"-"`
	ApprovedBy  string    `json:"-"`
	ReturnedFor string    `json:"-"` // why it was given back to whoever priced it
	Remarks     []Remark  `json:"-"`
}

// Found is what was found, in the reader's language where it was written in it,
// otherwise in the other; In says which.
func (q Quote) Found() Text { return Text{q.Summary, q.SummaryEN} }

// With returns the obligatory lines and those of the others whose id is chosen.
func (q Quote) With(chosen []string) []QuoteLine {
	var out []QuoteLine
	for _, l := range q.Lines {
		if l.Kind == Obligatory || slices.Contains(chosen, l.ID) {
			out = append(out, l)
		}
	}
	return out
}

// Rounding is where the quote rounds cents.
func (q Quote) Rounding() money.Rounding {
	if q.PerLine {
		return money.PerLine
	}
	return money.PerTotal
}

// Totals sums the lines of With.
func (q Quote) Totals(chosen []string) money.Totals {
	return money.Sum(amounts(q.With(chosen)), q.Rounding())
}

// Rates parts those totals by rate of VAT, the highest first.
func (q Quote) Rates(chosen []string) []money.RateTotals {
	return money.Breakdown(amounts(q.With(chosen)), q.Rounding())
}

func amounts(lines []QuoteLine) []money.Line {
	var out []money.Line
	for _, l := range lines {
		out = append(out, money.Line{Gross: l.Gross(), Rate: l.VAT})
	}
	return out
}

// seal computes the hash of the quote's content.
func (q Quote) seal() string {
	q.Hash = ""
	b, _ := json.Marshal(q) // a struct of strings, numbers and times always marshals
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

// Price makes a new version of the quote from the diagnosis, in a house that asks
// nobody to approve quotes.
func Price(q Quote) Decision { return PriceUnder(Terms{}, q) }

// PriceUnder makes a new version of the quote under the house's terms: what is beyond
// them waits for somebody who may approve it, unless they priced it themselves.
func PriceUnder(t Terms, q Quote) Decision {
	return func(s State, f Facts) ([]journal.Draft, error) {
		if err := f.Who.Must(staff.Quote); err != nil {
			return nil, err
		}
		if s.Diagnosis == nil {
			return nil, fault.New(fault.Conflict, "stage.needs", fault.Word("stage."+string(QuoteSent)), fault.Word("need."+string(NeedDiagnosis)))
		}
		if !slices.Contains([]Stage{InDiagnosis, QuoteSent, Declined, Expired}, s.Stage) {
			return nil, fault.New(fault.Conflict, "quote.wrong_stage", fault.Word("stage."+string(s.Stage)))
		}
		q.Version = len(s.Quotes) + 1
		q.Until = q.Until.UTC().Truncate(time.Second)
		if err := q.check(f); err != nil {
			return nil, err
		}
		q.PerLine, q.Review = t.PerLine, nil
		if !f.Who.May(staff.Approve) {
			q.Review = t.review(q, f.Now)
		}
		q.Hash = q.seal()
		return f.one(KindQuoted, []string{"quote"}, q)
	}
}

func (q Quote) check(f Facts) error {
	var bad fault.Problems
	if len(q.Lines) == 0 {
		bad.Add("lines", "quote.no_line")
	}
	seen := map[string]bool{}
	for i, l := range q.Lines {
		field := "line_" + strconv.Itoa(i+1)
		switch {
		case l.ID == "" || seen[l.ID]:
			bad.Add(field, "quote.line_id")
		case !oneOf(l.Kind, []string{Obligatory, Recommended, Cosmetic}):
			bad.Add(field, "order.unknown_choice")
		case strings.TrimSpace(l.LabelFR) == "" || utf8.RuneCountInString(l.LabelFR) > 200 || utf8.RuneCountInString(l.LabelEN) > 200:
			bad.Add(field, "quote.line_label")
		case l.Quantity < 1 || l.Quantity > 99:
			bad.Add(field, "quote.line_quantity")
		case l.UnitGross < 0 || l.UnitGross > 100_000_00:
			bad.Add(field, "quote.line_amount")
		case l.VAT < 0 || l.VAT > 10000:
			bad.Add(field, "quote.line_vat")
		}
		seen[l.ID] = true
	}
	switch {
	case !q.Until.After(f.Now):
		bad.Add("until", "quote.until_past")
	case q.Until.After(f.Now.AddDate(mostYearsAhead, 0, 0)):
		bad.Add("until", "order.date_far", mostYearsAhead)
	}
	if q.Ready != "" {
		f.day(&bad, "ready", q.Ready)
	}
	return bad.Err()
}

// Sending says how the last version went to the customer.
type Sending struct {
	Version int    `json:"version"`
	Channel string `json:"channel"` // "email", "sms", "counter"
}

// quoteChannels are the ways a quote may go to the customer.
var quoteChannels = []string{"email", "sms", "counter", "phone", "post"}

// SendQuote sends the last version. The link's secret is not on the sheet.
func SendQuote(x Sending) Decision {
	return func(s State, f Facts) ([]journal.Draft, error) {
		if err := s.CanMove(KindQuoteSent, f); err != nil {
			return nil, err
		}
		if !slices.Contains(quoteChannels, x.Channel) {
			return nil, &fault.Error{Kind: fault.Invalid, Key: "fault.invalid", Fields: fault.Problems{"channel": {Key: "order.unknown_choice"}}}
		}
		if q := s.LastQuote(); q != nil {
			x.Version = q.Version
		}
		return s.move(f, KindQuoteSent, []string{"quote"}, x)
	}
}

// Answering is a customer's answer to one version of the quote.
type Answering struct {
	Version  int         `json:"version"`
	Hash     string      `json:"hash"`
	Chosen   []string    `json:"chosen,omitempty"`
	Total    money.Cents `json:"total,omitempty"`
	Mode     string      `json:"mode"`                // "link", "counter", "phone": what law applies hangs on it
	StartNow bool        `json:"start_now,omitempty"` // express request to start before the withdrawal period ends (L221-25)
	Reason   string      `json:"reason,omitempty"`
}

// withdrawal is how long a consumer may withdraw from a distance contract
// without a reason (C. conso. L221-18, as in force since 14 June 2014).
const withdrawal = 14 * 24 * time.Hour

// earliest is when work may start: at once where the contract was concluded in
// the shop or the customer asked for it expressly (L221-25), otherwise when the
// time to withdraw is over. The request is the customer's to make or not.
func (a Answering) earliest(answered time.Time) time.Time {
	if a.Mode != "link" || a.StartNow {
		return time.Time{}
	}
	return answered.Add(withdrawal)
}

// StartWithoutRequest is when work could start if the customer accepted by link
// at the instant now without asking for an early start.
func StartWithoutRequest(now time.Time) time.Time {
	return Answering{Mode: "link"}.earliest(now)
}

// AcceptQuote accepts the version the person saw, by number and hash.
func AcceptQuote(a Answering) Decision {
	return func(s State, f Facts) ([]journal.Draft, error) {
		if err := s.CanMove(KindQuoteAccepted, f); err != nil {
			return nil, err
		}
		q := s.LastQuote()
		if q == nil || q.Version != a.Version || q.Hash != a.Hash {
			return nil, fault.New(fault.Stale, "quote.other_version")
		}
		for _, id := range a.Chosen {
			if !slices.ContainsFunc(q.Lines, func(l QuoteLine) bool { return l.ID == id && l.Kind != Obligatory }) {
				return nil, fault.New(fault.Invalid, "quote.unknown_line")
			}
		}
		a.Total = q.Totals(a.Chosen).Gross
		return s.move(f, KindQuoteAccepted, []string{"quote"}, a)
	}
}

// DeclineQuote declines the version the person saw.
func DeclineQuote(a Answering) Decision {
	return func(s State, f Facts) ([]journal.Draft, error) {
		if err := s.CanMove(KindQuoteDeclined, f); err != nil {
			return nil, err
		}
		if q := s.LastQuote(); q == nil || q.Version != a.Version {
			return nil, fault.New(fault.Stale, "quote.other_version")
		}
		return s.move(f, KindQuoteDeclined, []string{"quote"}, a)
	}
}

// WithdrawQuote takes an acceptance back before the work has begun (L221-18, L221-21).
func WithdrawQuote(a Answering) Decision {
	return func(s State, f Facts) ([]journal.Draft, error) {
		return s.move(f, KindQuoteWithdrawn, []string{"quote"}, a)
	}
}

// RecallQuote takes a sent quote back to the bench, with a reason.
func RecallQuote(a Answering) Decision {
	return func(s State, f Facts) ([]journal.Draft, error) {
		if strings.TrimSpace(a.Reason) == "" {
			return nil, &fault.Error{Kind: fault.Invalid, Key: "fault.invalid", Fields: fault.Problems{"reason": {Key: "order.why_needed"}}}
		}
		return s.move(f, KindQuoteRecalled, []string{"quote"}, a)
	}
}

// ExpireQuote is the clockwork's: a quote that ran out unanswered.
func ExpireQuote() Decision {
	return func(s State, f Facts) ([]journal.Draft, error) {
		q := s.LastQuote()
		if q == nil || !f.Now.After(q.Until) {
			return nil, fault.New(fault.Conflict, "quote.still_valid")
		}
		return s.move(f, KindQuoteExpired, []string{"quote"}, Answering{Version: q.Version})
	}
}

// UseCeiling starts work under the amount the customer agreed at deposit.
func UseCeiling() Decision {
	return func(s State, f Facts) ([]journal.Draft, error) {
		if err := s.CanMove(KindCeilingUsed, f); err != nil {
			return nil, err
		}
		q := s.LastQuote()
		total := q.Totals(nil).Gross
		if s.Ceiling == 0 || total > s.Ceiling {
			return nil, fault.New(fault.Conflict, "quote.above_ceiling", total, s.Ceiling)
		}
		return s.move(f, KindCeilingUsed, []string{"quote"}, Answering{Version: q.Version, Hash: q.Hash, Total: total, Mode: "counter"})
	}
}

// LastQuote returns the latest version, or nil.
func (s State) LastQuote() *Quote {
	if len(s.Quotes) == 0 {
		return nil
	}
	return &s.Quotes[len(s.Quotes)-1]
}

// answer notes what became of the latest version.
func answer(word string) func(*State, journal.Entry, Answering) {
	return func(s *State, e journal.Entry, a Answering) {
		if q := s.LastQuote(); q != nil {
			q.Answer, q.Reason, q.Mode, q.Answered = word, a.Reason, a.Mode, e.Happened
			if e.Kind == KindCeilingUsed {
				q.Mode = "ceiling"
			}
			if word == "accepted" {
				q.Chosen, q.Total, q.From = a.Chosen, a.Total, a.earliest(e.Happened)
				if q.Ready != "" {
					s.Promised = q.Ready
					if s.PromisedFirst == "" {
						s.PromisedFirst = q.Ready
					}
				}
			}
		}
	}
}
