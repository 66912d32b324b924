package cli

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/signal"
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
	f := flag.NewFlagSet("serve", flag.ContinueOnError)
	f.SetOutput(env.Stderr)
	addr := f.String("addr", "localhost:8080", "address to listen on, HOST:PORT")
	data := f.String("data", "etabli-data", "folder of the workshop's data")
	db, blobs := databaseFlag(f), blobsFlag(f, "blobs")
	if f.Parse(args) != nil || f.NArg() > 0 {
		return 2
	}
	return serve(ctx, env, *addr, Place{*data, *db, *blobs}, false)
}

// runDemo is etabli demo: the same with invented people and watches, in a
// temporary folder unless one is named.
func runDemo(ctx context.Context, env *Env, args []string) int {
	f := flag.NewFlagSet("demo", flag.ContinueOnError)
	f.SetOutput(env.Stderr)
	addr := f.String("addr", "localhost:8080", "address to listen on, HOST:PORT")
	data := f.String("data", "", "folder to keep the demonstration in; a temporary one where it is empty")
	db, blobs := databaseFlag(f), blobsFlag(f, "blobs")
	if f.Parse(args) != nil || f.NArg() > 0 {
		return 2
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
	return serve(ctx, env, *addr, Place{dir, *db, *blobs}, true)
}

// serve opens the data, listens, and runs until it is told to stop.
func serve(ctx context.Context, env *Env, addr string, at Place, isDemo bool) int {
	ctx, stop := signal.NotifyContext(ctx, os.Interrupt, syscall.SIGTERM)
	defer stop()
	log := slog.New(slog.NewTextHandler(env.Stderr, &slog.HandlerOptions{Level: slog.LevelWarn}))
	shop, err := OpenShopAt(ctx, at, log)
	if err != nil {
		return fail(env, err, 1)
	}
	defer shop.Close()
	l, err := net.Listen("tcp", addr)
	if err != nil {
		return fail(env, err, 1)
	}
	shop.Base = "http://" + l.Addr().String()
	outbox := mail.NewOutbox(outboxLength, time.Now)
	if isDemo {
		shop.Demo = true
		if err := demo.Fill(ctx, shop.Workshop); err != nil {
			return fail(env, err, 1)
		}
	}
	handler, err := Handler(ctx, shop, outbox, log)
	if err != nil {
		return fail(env, err, 1)
	}
	fmt.Fprintln(env.Stdout, speak().T("cli.listening", shop.Base))
	if isDemo {
		fmt.Fprintln(env.Stdout, speak().T("cli.demo_note"))
	}
	token, err := shop.OpenSetup(ctx)
	if err != nil {
		return fail(env, err, 1)
	}
	if token != "" {
		fmt.Fprintln(env.Stdout, speak().T("setup.console", shop.Base+"/start/"+token))
	}
	done := make(chan struct{})
	go func() { defer close(done); followLoop(ctx, shop, outbox, log) }()
	err = listen(ctx, l, handler)
	stop()
	<-done
	if err != nil {
		return fail(env, err, 1)
	}
	return 0
}

// listen serves until ctx ends, then lets requests under way finish.
func listen(ctx context.Context, l net.Listener, h http.Handler) error {
	srv := &http.Server{Handler: h, ReadHeaderTimeout: readLimit, BaseContext: func(net.Listener) context.Context { return context.WithoutCancel(ctx) }}
	failed := make(chan error, 1)
	go func() { failed <- srv.Serve(l) }()
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
	}
	late, cancel := context.WithTimeout(context.Background(), stopLimit)
	defer cancel()
	err := srv.Shutdown(late)
	if errors.Is(err, context.DeadlineExceeded) {
		err = srv.Close()
	}
	return err
}

// followLoop does what follows entries, and lets quotes run out.
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
