package cli

import (
	"context"
	"io"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket"

	"etabli.example/mail"
	"etabli.example/trade/order"
	"etabli.example/trade/staff"
	"etabli.example/web"
	"etabli.example/workshop/demo"
)

// Told to stop, the server lets a request under way finish, takes leave of those
// who measure, is not ready any more, and lets nobody new in.
func TestStop(t *testing.T) {
	quiet := slog.New(slog.DiscardHandler)
	shop, err := OpenShop(t.Context(), t.TempDir(), quiet)
	if err != nil {
		t.Fatal(err)
	}
	defer shop.Close()
	shop.Demo = true
	if err := demo.Fill(t.Context(), shop.Workshop); err != nil {
		t.Fatal(err)
	}
	if _, err := shop.Follow(t.Context(), mail.NewOutbox(1, time.Now)); err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	pages, err := HandlerWith(ctx, shop, Serving{Log: quiet, Outbox: mail.NewOutbox(1, time.Now)})
	if err != nil {
		t.Fatal(err)
	}
	begun, finish := make(chan bool), make(chan bool)
	mux := http.NewServeMux()
	mux.HandleFunc("/slow", func(w http.ResponseWriter, r *http.Request) {
		begun <- true
		<-finish
		_, _ = io.WriteString(w, "whole")
	})
	mux.Handle("/", pages)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	base := "http://" + l.Addr().String()
	ended := make(chan error, 1)
	go func() { ended <- listen(ctx, l, mux, nil) }()
	sound := connect(t, shop, base)
	said := make(chan error, 1)
	go func() {
		for {
			if _, _, err := sound.Read(context.Background()); err != nil {
				said <- err
				return
			}
		}
	}()
	slow := make(chan string, 1)
	go func() {
		resp, err := http.Get(base + "/slow")
		if err != nil {
			slow <- err.Error()
			return
		}
		defer resp.Body.Close()
		b, _ := io.ReadAll(resp.Body)
		slow <- string(b)
	}()
	<-begun
	if got := checked(ready(ctx, shop)(t.Context())); got != "" {
		t.Error("not ready before:", got)
	}
	stop()
	if got := checked(ready(ctx, shop)(t.Context())); got != "serving" {
		t.Error("ready while it stops:", got)
	}
	if err := <-said; websocket.CloseStatus(err) != websocket.StatusGoingAway {
		t.Error("whoever measures is not told:", err)
	}
	finish <- true
	if got := <-slow; got != "whole" {
		t.Error("a request under way:", got)
	}
	if err := <-ended; err != nil {
		t.Error(err)
	}
	if _, err := http.Get(base + "/healthz"); err == nil {
		t.Error("somebody new was let in")
	}
}

// checked names what fails.
func checked(all []web.Checked) string {
	var names []string
	for _, c := range all {
		if f := c.Failing(); f != "" {
			names = append(names, f)
		}
	}
	return strings.Join(names, " ")
}

// connect opens the live connection of an order that is being diagnosed.
func connect(t *testing.T, shop *Shop, base string) *websocket.Conn {
	t.Helper()
	people, err := shop.People(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var who staff.Person
	for _, p := range people {
		if p.Login == "samir" {
			who = p
		}
	}
	token, err := shop.Choose(t.Context(), who.ID, "test")
	if err != nil {
		t.Fatal(err)
	}
	rows, err := shop.Orders(t.Context(), who.Actor(""), order.Query{Stages: []order.Stage{order.InDiagnosis}, Limit: 1})
	if err != nil || len(rows) == 0 {
		t.Fatal("nothing is being diagnosed", err)
	}
	c, _, err := websocket.Dial(t.Context(), base+"/live/"+rows[0].Number, &websocket.DialOptions{HTTPHeader: http.Header{"Cookie": {"session=" + token}}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.CloseNow() })
	if err := c.Write(t.Context(), websocket.MessageText, []byte(`{"type":"start","session":"0123456789","source":"microphone","rate":48000,"lift":50,"beat":28800,"position":"CH","winding":"0h","phase":"before","lang":"fr"}`)); err != nil {
		t.Fatal(err)
	}
	return c
}
