//go:build unix

package cli

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"etabli.example/mail"
	"etabli.example/store"
	"etabli.example/trade/order"
	"etabli.example/trade/staff"
)

// BenchmarkVolume reports the 95th percentile of each page for eight people who
// ask again as soon as they are answered, and the processor time of one page, on the folder ETABLI_VOLUME that etabli fill has filled before, and on the
// database ETABLI_VOLUME_DB where that is named (see doc/operations.md).
// ETABLI_VOLUME_LOOKS is how often each of the eight asks for each page.
func BenchmarkVolume(b *testing.B) {
	dir := os.Getenv("ETABLI_VOLUME")
	if dir == "" {
		b.Skip("ETABLI_VOLUME names no folder")
	}
	looks, err := strconv.Atoi(os.Getenv("ETABLI_VOLUME_LOOKS"))
	if err != nil {
		looks = 30
	}
	shop, err := OpenShopOn(b.Context(), dir, os.Getenv("ETABLI_VOLUME_DB"), slog.New(slog.DiscardHandler))
	if err != nil {
		b.Fatal(err)
	}
	defer shop.Close()
	shop.Demo = true // to sign in by choosing, as on the demonstration
	h, err := Handler(b.Context(), shop, mail.NewOutbox(1, time.Now), slog.New(slog.DiscardHandler))
	if err != nil {
		b.Fatal(err)
	}
	srv := httptest.NewServer(h)
	defer srv.Close()
	people, err := shop.People(b.Context())
	if err != nil {
		b.Fatal(err)
	}
	eight := make([]*http.Client, 8)
	for i := range eight {
		eight[i] = signedIn(b, srv.URL, manager(b, people).ID)
	}
	for _, path := range volumePages(b, shop, people) {
		b.Run(volumeName(path), func(b *testing.B) {
			for b.Loop() {
				before := processorTime(b)
				took := lookTogether(b, eight, srv.URL+path, looks)
				b.ReportMetric(float64((processorTime(b)-before).Microseconds())/1000/float64(len(took)), "cpu-ms")
				b.ReportMetric(float64(took[len(took)*95/100].Microseconds())/1000, "p95-ms")
				b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "median-ms")
			}
		})
	}
}

// processorTime is what this process has used, asking and answering: what a page
// costs, whatever else the machine does meanwhile.
func processorTime(b *testing.B) time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

func manager(b *testing.B, people []staff.Person) staff.Person {
	for _, p := range people {
		if slices.Contains(p.Roles, staff.Manager) {
			return p
		}
	}
	b.Fatal("nobody manages this house")
	return staff.Person{}
}

func signedIn(b *testing.B, base, person string) *http.Client {
	jar, err := cookiejar.New(nil)
	if err != nil {
		b.Fatal(err)
	}
	client := &http.Client{Jar: jar, Transport: &http.Transport{}}
	resp, err := client.PostForm(base+"/signin/choose", url.Values{"person": {person}})
	if err != nil {
		b.Fatal(err)
	}
	resp.Body.Close()
	return client
}

// volumePages are the pages that read lists, and those of an open order and of a
// closed one from the middle of the book.
func volumePages(b *testing.B, shop *Shop, people []staff.Person) []string {
	open, closed := order.Row{}, order.Row{}
	err := shop.Store.House(house).View(b.Context(), func(ctx context.Context, tx *store.Tx) error {
		rows, err := tx.Orders(ctx, order.Query{Open: true, Limit: 1})
		if err != nil || len(rows) == 0 {
			return fmt.Errorf("no open order: %w", err)
		}
		open = rows[0]
		if rows, err = tx.OrdersBySequence(ctx, 500); err != nil || len(rows) == 0 {
			return fmt.Errorf("no order 500: %w", err)
		}
		closed = rows[len(rows)/2]
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
	one, old := "/orders/"+open.Number, "/orders/"+closed.Number
	return []string{"/board", "/orders", "/orders?after=" + closed.Number, "/orders?stage=returned", "/orders?stage=in_work", "/counter", "/counter?q=dupont", "/reception", "/bench", "/alerts",
		one, one + "/measure", one + "/checks", one + "/diagnosis", one + "/quote", one + "/work", one + "/competences", old,
		"/customers/" + closed.Customer, "/search?q=" + closed.Number, "/search?q=" + closed.CaseNo, "/search?q=tissot", "/search?q=tissot+dupont", "/search?q=06+39+98+12", "/search?q=lefebre", "/search?q=l", "/search?q=xqzvkw",
		"/figures", "/figures/orders?of=late", "/figures/diagnosis", "/people/" + people[0].ID + "/competences", "/stock", "/tools"}
}

func volumeName(path string) string {
	return strings.NewReplacer("/", "_", "?", ",").Replace(strings.TrimPrefix(path, "/"))
}

// lookTogether has every client ask for a page so many times, all at once, and
// returns how long each look took, the quickest first.
func lookTogether(b *testing.B, clients []*http.Client, address string, looks int) []time.Duration {
	var mu sync.Mutex
	var all []time.Duration
	var wg sync.WaitGroup
	for _, c := range clients {
		wg.Go(func() {
			for range looks {
				began := time.Now()
				resp, err := c.Get(address)
				if err != nil {
					b.Error(err)
					return
				}
				_, err = io.Copy(io.Discard, resp.Body)
				resp.Body.Close()
				took := time.Since(began)
				if err != nil || resp.StatusCode != http.StatusOK {
					b.Errorf("%s: %s, %v", address, resp.Status, err)
					return
				}
				mu.Lock()
				all = append(all, took)
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	if len(all) == 0 {
		b.FailNow()
	}
	slices.Sort(all)
	return all
}
