package cli

import (
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"etabli.example/mail"
	"etabli.example/store/storetest"
	"etabli.example/trade/order"
	"etabli.example/trade/staff"
)

// benchOrders is how many orders the pages are measured with.
func benchOrders() int {
	if n, err := strconv.Atoi(os.Getenv("ETABLI_ORDERS")); err == nil && n > 0 {
		return n
	}
	return 10_000
}

// BenchmarkPages reports the 95th percentile of each page with 10,000 orders
// (ETABLI_ORDERS), and how long a start takes and how much memory it needs.
func BenchmarkPages(b *testing.B) {
	dir := b.TempDir()
	shop, err := OpenShop(b.Context(), dir, slog.New(slog.DiscardHandler))
	if err != nil {
		b.Fatal(err)
	}
	defer shop.Close()
	if err := storetest.Fill(b.Context(), shop.Store.House(house), benchOrders(), 12); err != nil {
		b.Fatal(err)
	}
	p, err := shop.SavePerson(b.Context(), staff.System(), staff.Person{Login: "paul", Name: "Paul Morel", Roles: []staff.Role{staff.Manager}, Active: true}, "")
	if err != nil {
		b.Fatal(err)
	}
	shop.Demo = true
	h, err := Handler(b.Context(), shop, mail.NewOutbox(1, time.Now), slog.New(slog.DiscardHandler))
	if err != nil {
		b.Fatal(err)
	}
	srv := httptest.NewServer(h)
	defer srv.Close()
	jar, _ := cookiejar.New(nil)
	client := &http.Client{Jar: jar}
	if _, err := client.PostForm(srv.URL+"/signin/choose", url.Values{"person": {p.ID}}); err != nil {
		b.Fatal(err)
	}
	rows, err := shop.Orders(b.Context(), p.Actor(""), order.Query{Limit: 1})
	if err != nil || len(rows) == 0 {
		b.Fatal(err)
	}
	one := "/orders/" + rows[0].Number
	for _, path := range []string{"/board", "/orders", "/counter", "/reception", "/bench", one, one + "/measure", one + "/checks", one + "/diagnosis", one + "/quote", "/search?q=tissot", "/figures", "/stock", "/tools"} {
		b.Run(strings.ReplaceAll(strings.TrimPrefix(strings.Replace(path, one, "order", 1), "/"), "/", "_"), func(b *testing.B) {
			var took []time.Duration
			for b.Loop() {
				began := time.Now()
				resp, err := client.Get(srv.URL + path)
				if err != nil {
					b.Fatal(err)
				}
				_, _ = io.Copy(io.Discard, resp.Body)
				resp.Body.Close()
				if resp.StatusCode != http.StatusOK {
					b.Fatalf("%s: %s", path, resp.Status)
				}
				took = append(took, time.Since(began))
			}
			slices.Sort(took)
			b.ReportMetric(float64(took[len(took)*95/100].Microseconds())/1000, "p95-ms")
		})
	}
	b.Run("start", func(b *testing.B) {
		for b.Loop() {
			began := time.Now()
			kb := startOnce(b, dir)
			b.ReportMetric(float64(time.Since(began).Milliseconds()), "first-page-ms")
			b.ReportMetric(float64(kb)/1024, "peak-MB")
		}
	})
}

// startOnce starts the server on the folder, waits for its first page, asks for
// a few, and returns its peak memory in kB (Linux; 0 elsewhere).
func startOnce(b *testing.B, dir string) int {
	b.Helper()
	bin := filepath.Join(filepath.SplitList(os.Getenv("PATH"))[0], "etabli")
	cmd := exec.CommandContext(b.Context(), bin, "serve", "--addr", "127.0.0.1:0", "--data", dir)
	out, err := cmd.StdoutPipe()
	if err != nil {
		b.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		b.Fatal(err)
	}
	defer cmd.Wait()
	defer cmd.Process.Kill()
	line := make([]byte, 200)
	n, _ := out.Read(line)
	base := listening.FindString(string(line[:n]))
	resp, err := http.Get(base + "/signin")
	if err != nil {
		b.Fatal(err)
	}
	resp.Body.Close()
	if runtime.GOOS != "linux" {
		return 0
	}
	status, _ := os.ReadFile(fmt.Sprintf("/proc/%d/status", cmd.Process.Pid))
	for _, l := range strings.Split(string(status), "\n") {
		if f := strings.Fields(l); len(f) > 1 && f[0] == "VmHWM:" {
			kb, _ := strconv.Atoi(f[1])
			return kb
		}
	}
	return 0
}
