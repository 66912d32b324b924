// Package api is the house as JSON: orders, sheets and readings for other
// programs, described by an OpenAPI document made from this code. It reads; it
// writes nothing yet, and shows no customer: whoever needs identities uses the
// pages.
package api

import (
	"context"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"etabli.example/fault"
	"etabli.example/locale"
	"etabli.example/trade/order"
	"etabli.example/trade/staff"
	"etabli.example/workshop"
)

// Who returns the person a request comes from, or an Unauthenticated fault.
type Who func(*http.Request) (staff.Actor, error)

type server struct{ shop *workshop.Workshop }

type actorKey struct{}

// Register puts the API's addresses below /api/v1 on mux. Every one of them but
// the document itself needs a sign-in.
func Register(mux *http.ServeMux, shop *workshop.Workshop, who Who) {
	config := huma.DefaultConfig("Établi", "1")
	config.OpenAPIPath, config.DocsPath, config.SchemasPath = "/api/v1/openapi", "", "/api/v1/schemas"
	config.CreateHooks = nil // no link in every body
	a := humago.New(mux, config)
	a.UseMiddleware(func(ctx huma.Context, next func(huma.Context)) {
		r, _ := humago.Unwrap(ctx)
		actor, err := who(r)
		if err != nil {
			huma.WriteErr(a, ctx, http.StatusUnauthorized, sentence(ctx.Header("Accept-Language"), err))
			return
		}
		next(huma.WithValue(ctx, actorKey{}, actor))
	})
	s := &server{shop}
	huma.Register(a, operation("orders", "/api/v1/orders", "Orders, newest number first, 50 a page"), s.orders)
	huma.Register(a, operation("order", "/api/v1/orders/{number}", "One order as its sheet says"), s.order)
	huma.Register(a, operation("entries", "/api/v1/orders/{number}/entries", "The entries of an order's sheet, with the chain's hashes"), s.entries)
	huma.Register(a, operation("readings", "/api/v1/orders/{number}/readings", "The timing readings of an order"), s.readings)
}

func operation(id, path, summary string) huma.Operation {
	return huma.Operation{OperationID: id, Method: http.MethodGet, Path: path, Summary: summary}
}

func actor(ctx context.Context) staff.Actor {
	a, _ := ctx.Value(actorKey{}).(staff.Actor)
	return a
}

func sentence(accept string, err error) string { return locale.For(locale.Match(accept)).Error(err) }

// statuses maps a fault to what HTTP calls it.
var statuses = map[fault.Kind]int{
	fault.Invalid: http.StatusUnprocessableEntity, fault.NotFound: http.StatusNotFound, fault.Conflict: http.StatusConflict,
	fault.Denied: http.StatusForbidden, fault.Unauthenticated: http.StatusUnauthorized, fault.Stale: http.StatusConflict,
	fault.TooLarge: http.StatusRequestEntityTooLarge, fault.Unavailable: http.StatusServiceUnavailable,
}

// refused turns a fault into a problem (RFC 9457); the cause is never shown.
func refused(lang string, err error) error {
	code, ok := statuses[fault.KindOf(err)]
	if !ok {
		code = http.StatusInternalServerError
	}
	return huma.NewError(code, sentence(lang, err))
}

// OrderLine is an order on a list.
type OrderLine struct {
	Number     string    `json:"number"`
	Stage      string    `json:"stage"`
	StageSince time.Time `json:"stage_since"`
	Opened     time.Time `json:"opened"`
	Brand      string    `json:"brand"`
	Model      string    `json:"model,omitempty"`
	Calibre    string    `json:"calibre,omitempty"`
	Kind       string    `json:"kind"`
	Promised   string    `json:"promised,omitempty"`
	Closed     bool      `json:"closed"`
}

func lineOf(r order.Row) OrderLine {
	return OrderLine{r.Number, string(r.Stage), r.StageSince.UTC(), r.Opened.UTC(), r.Brand, r.Model, r.Calibre, string(r.Kind), r.Promised, r.Closed}
}

type ordersInput struct {
	Accept string `header:"Accept-Language"`
	After  string `query:"after" doc:"number of the last order of the page before" maxLength:"40"`
	Stage  string `query:"stage" doc:"only orders at this stage" maxLength:"40"`
	Open   bool   `query:"open" doc:"only orders that are not closed"`
}

type ordersOutput struct {
	Body struct {
		Orders []OrderLine `json:"orders"`
		Next   string      `json:"next,omitempty" doc:"pass it as after for the next page"`
	}
}

func (s *server) orders(ctx context.Context, in *ordersInput) (*ordersOutput, error) {
	const page = 50
	q := order.Query{After: in.After, Open: in.Open, Limit: page}
	if in.Stage != "" {
		q.Stages = []order.Stage{order.Stage(in.Stage)}
	}
	rows, err := s.shop.Orders(ctx, actor(ctx), q)
	if err != nil {
		return nil, refused(in.Accept, err)
	}
	out := &ordersOutput{}
	out.Body.Orders = []OrderLine{}
	for _, r := range rows {
		out.Body.Orders = append(out.Body.Orders, lineOf(r))
	}
	if len(rows) == page {
		out.Body.Next = rows[page-1].Number
	}
	return out, nil
}

type numberInput struct {
	Accept string `header:"Accept-Language"`
	Number string `path:"number" doc:"the order's full number" maxLength:"40"`
}

// open finds the order of the path and reads its sheet.
func (s *server) open(ctx context.Context, in *numberInput) (order.Row, workshop.SheetView, error) {
	row, err := s.shop.OpenOne(ctx, in.Number)
	if err != nil {
		return row, workshop.SheetView{}, refused(in.Accept, err)
	}
	v, err := s.shop.Sheet(ctx, actor(ctx), row.Sheet)
	if err != nil {
		return row, v, refused(in.Accept, err)
	}
	return row, v, nil
}

type orderOutput struct {
	Body struct {
		OrderLine
		Seq   int64  `json:"seq" doc:"number of the last entry"`
		Head  string `json:"head" doc:"hash of the last entry"`
		Whole bool   `json:"whole" doc:"the chain holds from the first entry to the last"`
	}
}

func (s *server) order(ctx context.Context, in *numberInput) (*orderOutput, error) {
	row, v, err := s.open(ctx, in)
	if err != nil {
		return nil, err
	}
	out := &orderOutput{}
	out.Body.OrderLine, out.Body.Seq, out.Body.Head, out.Body.Whole = lineOf(row), v.Seq, string(v.Head), v.Broken == nil
	return out, nil
}

// Entry is one entry of a sheet: what is hashed is text, byte for byte.
type Entry struct {
	Seq  int64  `json:"seq"`
	Prev string `json:"prev"`
	Hash string `json:"hash"`
	Text string `json:"text"`
}

type entriesOutput struct {
	Body struct {
		Entries []Entry `json:"entries"`
	}
}

func (s *server) entries(ctx context.Context, in *numberInput) (*entriesOutput, error) {
	_, v, err := s.open(ctx, in)
	if err != nil {
		return nil, err
	}
	out := &entriesOutput{}
	out.Body.Entries = []Entry{}
	for _, e := range v.Entries {
		out.Body.Entries = append(out.Body.Entries, Entry{e.Seq, string(e.Prev), string(e.Hash), e.Text})
	}
	return out, nil
}

// KeptReading is a timing reading with its verdicts, and whether it counts.
type KeptReading struct {
	Seq     int64         `json:"seq"`
	Counts  bool          `json:"counts" doc:"false where a later reading of the same position replaced it"`
	Reading order.Reading `json:"reading"`
}

type readingsOutput struct {
	Body struct {
		Readings []KeptReading `json:"readings"`
	}
}

func (s *server) readings(ctx context.Context, in *numberInput) (*readingsOutput, error) {
	_, v, err := s.open(ctx, in)
	if err != nil {
		return nil, err
	}
	out := &readingsOutput{}
	out.Body.Readings = []KeptReading{}
	for _, r := range v.Readings {
		out.Body.Readings = append(out.Body.Readings, KeptReading{r.Seq, r.Counts, r})
	}
	return out, nil
}
