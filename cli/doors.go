package cli

import (
	"context"
	"crypto/tls"
	"errors"
	"net"
	"net/http"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"

	"etabli.example/fault"
	"etabli.example/web"
)

// doors are where a server answers: the pages, and without HTTPS the way to them.
type doors struct {
	pages, plain net.Listener // plain may be nil
	tls          secured
}

// check is told before anything is opened or made.
func (o *served) check(ctx context.Context) error {
	if *o.http != "" && *o.tls == "" {
		return fault.New(fault.Invalid, "cli.http_alone")
	}
	for _, addr := range []string{*o.addr, *o.http} {
		if addr == "" && *o.addr != "" {
			continue
		}
		_, port, err := net.SplitHostPort(addr) // HOST:PORT, or :PORT
		if err == nil {
			_, err = net.DefaultResolver.LookupPort(ctx, "tcp", port)
		}
		if err != nil {
			return fault.New(fault.Invalid, "cli.bad_address", addr)
		}
	}
	return nil
}

// openDoors listens as the flags say.
func openDoors(how *served, data string) (*doors, error) {
	d := &doors{}
	var err error
	if d.tls, err = secure(*how.tls, data, askedHosts(*how.base, *how.addr), machineHosts(), time.Now); err != nil {
		return nil, err
	}
	if d.pages, err = net.Listen("tcp", *how.addr); err != nil {
		return nil, err
	}
	if *how.http != "" {
		if d.plain, err = net.Listen("tcp", *how.http); err != nil {
			d.close()
			return nil, err
		}
	}
	return d, nil
}

func (d *doors) close() {
	_ = d.pages.Close()
	if d.plain != nil {
		_ = d.plain.Close()
	}
}

// base is the address of the pages where no flag names it.
func (d *doors) base() string {
	if d.tls.config != nil {
		return baseOf("https", d.pages.Addr())
	}
	return baseOf("http", d.pages.Addr())
}

// trustAt is where a device comes to trust the pages: without HTTPS if it can.
func (d *doors) trustAt(base string) string {
	if d.plain != nil {
		base = baseOf("http", d.plain.Addr())
	}
	return strings.TrimRight(base, "/") + web.TrustPath
}

// serve answers until ctx ends; a door that falls shut ends the other.
func (d *doors) serve(ctx context.Context, pages http.Handler, base string) error {
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() error { return listen(ctx, d.pages, pages, d.tls.config) })
	if d.plain != nil {
		g.Go(func() error { return listen(ctx, d.plain, plain(pages, base), nil) })
	}
	return g.Wait()
}

// listen serves, over TLS where secure is there, until ctx ends, then lets requests under way finish.
func listen(ctx context.Context, l net.Listener, h http.Handler, secure *tls.Config) error {
	srv := &http.Server{Handler: h, TLSConfig: secure, ReadHeaderTimeout: readLimit, BaseContext: func(net.Listener) context.Context { return context.WithoutCancel(ctx) }}
	failed := make(chan error, 1)
	go func() {
		if secure != nil {
			failed <- srv.ServeTLS(l, "", "")
			return
		}
		failed <- srv.Serve(l)
	}()
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
