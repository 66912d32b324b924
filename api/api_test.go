package api_test

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"etabli.example/api"
	"etabli.example/cli/shoptest"
	"etabli.example/fault"
	"etabli.example/trade/customer"
	"etabli.example/trade/staff"
	"etabli.example/trade/watch"
	"etabli.example/workshop"
)

func TestAPI(t *testing.T) {
	shop := shoptest.Open(t, nil)
	counter := staff.Actor{ID: "p1", Roles: []staff.Role{staff.Manager}}
	in := workshop.Intake{Customer: customer.Customer{Name: "Vasseur", Phone: "0639981047"}, Watch: watch.Watch{Brand: "Tissot"}, Request: "Elle retarde."}
	in.Purpose, in.Channel, in.ReadBack = "repair", "counter", true
	s, err := shop.Receive(t.Context(), workshop.Act{Who: counter, Seen: -1}, in)
	if err != nil {
		t.Fatal(err)
	}
	mux := http.NewServeMux()
	api.Register(mux, shop.Workshop, func(r *http.Request) (staff.Actor, error) {
		if r.Header.Get("X-Test-Signed-In") == "" {
			return staff.Actor{}, fault.New(fault.Unauthenticated, "fault.unauthenticated")
		}
		return counter, nil
	})
	srv := httptest.NewServer(mux)
	defer srv.Close()
	get := func(path string, signed bool) (int, string) {
		req, _ := http.NewRequest(http.MethodGet, srv.URL+path, nil)
		if signed {
			req.Header.Set("X-Test-Signed-In", "1")
		}
		resp, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		defer resp.Body.Close()
		b, _ := io.ReadAll(resp.Body)
		return resp.StatusCode, string(b)
	}
	for _, c := range []struct {
		path   string
		signed bool
		status int
		holds  string
	}{
		{"/api/v1/orders", false, 401, ""},
		{"/api/v1/orders", true, 200, s.Number},
		{"/api/v1/orders?stage=ready", true, 200, `"orders":[]`},
		{"/api/v1/orders/" + s.Number, true, 200, `"whole":true`},
		{"/api/v1/orders/" + s.Number + "/entries", true, 200, string(s.Head)},
		{"/api/v1/orders/" + s.Number + "/readings", true, 200, `"readings":[]`},
		{"/api/v1/orders/PAR-26-999999-A", true, 404, ""},
	} {
		status, body := get(c.path, c.signed)
		if status != c.status || !strings.Contains(body, c.holds) {
			t.Errorf("%s: %d %.200s", c.path, status, body)
		}
		if strings.Contains(body, "Vasseur") || strings.Contains(body, "0639981047") {
			t.Errorf("%s shows the customer", c.path)
		}
	}
	status, body := get("/api/v1/openapi.json", true)
	var doc struct {
		OpenAPI string
		Paths   map[string]any
	}
	if err := json.Unmarshal([]byte(body), &doc); status != 200 || err != nil || !strings.HasPrefix(doc.OpenAPI, "3.1") || len(doc.Paths) != 4 {
		t.Errorf("document: %d %v %v", status, err, doc.Paths)
	}
}
