package cli

import (
	"flag"
	"io"
	"log/slog"
	"net/netip"
	"net/url"
	"os"
	"strconv"
	"strings"

	"etabli.example/fault"
	"etabli.example/mail"
)

// served is how serve answers: the flags that it shares with nobody.
type served struct {
	addr    *string
	base    *string
	logAs   *string
	proxies []netip.Prefix
	tls     *string
	http    *string
}

// serveFlags are --addr and what stands around the pages. What holds a password
// or a token is never a flag: it comes from the environment.
func serveFlags(f *flag.FlagSet) *served {
	o := &served{addr: f.String("addr", "localhost:8080", "cli.flag.addr"),
		base:  f.String("base", os.Getenv("ETABLI_BASE"), "cli.flag.base"),
		logAs: f.String("log", "text", "cli.flag.log"),
		tls:   f.String("tls", "", "cli.flag.tls"), http: f.String("http", "", "cli.flag.http")}
	add := func(list string) error {
		for _, p := range strings.FieldsFunc(list, func(r rune) bool { return r == ',' || r == ' ' }) {
			at, err := netip.ParsePrefix(p)
			if one, errOne := netip.ParseAddr(p); err != nil && errOne == nil {
				at, err = one.Prefix(one.BitLen())
			}
			if err != nil {
				return unsuitable("--proxy", p)
			}
			o.proxies = append(o.proxies, at)
		}
		return nil
	}
	_ = add(os.Getenv("ETABLI_PROXIES")) // what is no address there is trusted by nobody
	f.Func("proxy", "cli.flag.proxy", add)
	return o
}

// logger writes one line a request: see web. Warnings alone where it is quiet.
func (o *served) logger(w io.Writer) (*slog.Logger, error) {
	switch *o.logAs {
	case "text":
		return slog.New(slog.NewTextHandler(w, nil)), nil
	case "json":
		return slog.New(slog.NewJSONHandler(w, nil)), nil
	case "quiet":
		return slog.New(slog.NewTextHandler(w, &slog.HandlerOptions{Level: slog.LevelWarn})), nil
	}
	return nil, unsuitable("--log", *o.logAs)
}

// mailServer reads ETABLI_MAIL, smtp://USER:PASSWORD@HOST:587?from=ADDRESS
// (STARTTLS required), smtps:// (TLS from the first byte), or smtp+plain:// for a
// server on this very machine. Nothing where it is empty.
func mailServer(text string) (mail.Sender, error) {
	if text == "" {
		return mail.None{}, nil
	}
	bad := fault.New(fault.Invalid, "cli.bad_mail")
	u, err := url.Parse(text)
	if err != nil || u.Hostname() == "" {
		return nil, bad // the cause would repeat the password
	}
	s := mail.Server{Host: u.Hostname(), From: u.Query().Get("from")}
	s.User = u.User.Username()
	s.Password, _ = u.User.Password()
	switch u.Scheme {
	case "smtp":
		s.Port = 587
	case "smtps":
		s.Port, s.ImplicitTLS = 465, true
	case "smtp+plain":
		s.Port, s.Unencrypted = 25, true
	default:
		return nil, bad
	}
	if p := u.Port(); p != "" {
		if s.Port, err = strconv.Atoi(p); err != nil {
			return nil, bad
		}
	}
	if s.From == "" && mail.CheckAddress(s.User) {
		s.From = s.User
	}
	return mail.NewSMTP(s)
}
