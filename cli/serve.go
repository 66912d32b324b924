package cli

import (
	"cmp"
	"context"
	"fmt"
	"log/slog"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"

	"etabli.example/mail"
	"etabli.example/workshop/demo"
)

const (
	readLimit    = 15 * time.Second // for a request's head
	stopLimit    = 10 * time.Second // for requests under way when stopping
	followEvery  = 2 * time.Second
	expireEvery  = 10 * time.Minute
	outboxLength = 200
)

// runServe is etabli serve: the workshop of a data folder, until it is stopped.
func runServe(ctx context.Context, env *Env, args []string) int {
	f := newFlags("serve")
	how := serveFlags(f)
	data := f.String("data", "etabli-data", "cli.flag.data")
	db, blobs := databaseFlag(f), blobsFlag(f, "blobs")
	if err := parseFlags(f, args, 0); err != nil {
		return misused(env, speak(), speak().T("cli.serve_usage", f.Name()), f, err)
	}
	return serve(ctx, env, how, Place{*data, *db, *blobs}, false)
}

// runDemo is etabli demo: the same with invented people and watches, in a
// temporary folder unless one is named.
func runDemo(ctx context.Context, env *Env, args []string) int {
	f := newFlags("demo")
	how := serveFlags(f)
	*how.logAs = "quiet" // a newcomer looks at the pages
	data := f.String("data", "", "cli.flag.demo_data")
	db, blobs := databaseFlag(f), blobsFlag(f, "blobs")
	if err := parseFlags(f, args, 0); err != nil {
		return misused(env, speak(), speak().T("cli.serve_usage", f.Name()), f, err)
	}
	dir := *data
	if dir == "" {
		tmp, err := os.MkdirTemp("", "etabli-demo-")
		if err != nil {
			return fail(env, err, 1)
		}
		defer os.RemoveAll(tmp)
		dir = tmp
	}
	return serve(ctx, env, how, Place{dir, *db, *blobs}, true)
}

// serve opens the data, listens, and runs until it is told to stop. What was
// begun is ended in this order: requests and live connections, what follows
// entries, the book.
func serve(ctx context.Context, env *Env, how *served, at Place, isDemo bool) int {
	ctx, stop := signal.NotifyContext(ctx, os.Interrupt, syscall.SIGTERM)
	defer stop()
	log, err := how.logger(env.Stderr)
	if err != nil {
		return fail(env, err, 2)
	}
	if err := how.check(ctx); err != nil {
		return fail(env, err, 2)
	}
	var send mail.Sender
	around := Serving{Log: log, Proxies: how.proxies, MetricsToken: os.Getenv("ETABLI_METRICS_TOKEN")}
	if isDemo {
		around.Outbox = mail.NewOutbox(outboxLength, time.Now)
		send = around.Outbox
	} else if send, err = mailServer(os.Getenv("ETABLI_MAIL")); err != nil {
		return fail(env, err, 2)
	}
	shop, err := OpenShopAt(ctx, at, log)
	if err != nil {
		return fail(env, err, 1)
	}
	defer shop.Close()
	doors, err := openDoors(how, at.Data)
	if err != nil {
		return fail(env, err, 1)
	}
	defer doors.close()
	around.Authority = doors.tls.authority
	shop.Base = cmp.Or(strings.TrimRight(*how.base, "/"), doors.base())
	if isDemo {
		shop.Demo = true
		if err := demo.Fill(ctx, shop.Workshop); err != nil {
			return fail(env, err, 1)
		}
	}
	handler, err := HandlerWith(ctx, shop, around)
	if err != nil {
		return fail(env, err, 1)
	}
	if err := greet(ctx, env, shop, doors); err != nil {
		return fail(env, err, 1)
	}
	done := make(chan struct{})
	go func() { defer close(done); followLoop(ctx, shop, send, log) }()
	err = doors.serve(ctx, handler, shop.Base)
	stop()
	<-done
	if err != nil {
		return fail(env, err, 1)
	}
	return 0
}

// greet says where the pages are, and how a new house begins.
func greet(ctx context.Context, env *Env, shop *Shop, d *doors) error {
	fmt.Fprintln(env.Stdout, speak().T("cli.listening", shop.Base))
	if shop.Demo {
		fmt.Fprintln(env.Stdout, speak().T("cli.demo_note"))
	}
	if a := d.tls.authority; a != nil {
		fmt.Fprintln(env.Stdout, speak().T("cli.trust", d.trustAt(shop.Base))+"\n  "+a.Fingerprint())
	}
	token, err := shop.OpenSetup(ctx)
	if err == nil && token != "" {
		fmt.Fprintln(env.Stdout, speak().T("setup.console", shop.Base+"/start/"+token))
	}
	return err
}

// followLoop does what follows entries, and lets quotes run out and watches over alerts.
func followLoop(ctx context.Context, shop *Shop, send mail.Sender, log *slog.Logger) {
	tick := time.NewTicker(followEvery)
	defer tick.Stop()
	expired := time.Time{}
	for {
		if _, err := shop.Follow(ctx, send); err != nil && ctx.Err() == nil {
			log.Error("follow", "error", err)
		}
		if time.Since(expired) > expireEvery {
			if _, err := shop.ExpireQuotes(ctx); err != nil && ctx.Err() == nil {
				log.Error("expire", "error", err)
			}
			if _, err := shop.WatchOver(ctx); err != nil && ctx.Err() == nil {
				log.Error("alerts", "error", err)
			}
			if _, err := shop.RemindQuotes(ctx); err != nil && ctx.Err() == nil {
				log.Error("remind", "error", err)
			}
			if err := sealNightly(ctx, shop); err != nil && ctx.Err() == nil {
				log.Error("seal", "error", err)
			}
			expired = time.Now()
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}
