package cli

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"etabli.example/ident"
	"etabli.example/store"
	"etabli.example/trade/order"
	"etabli.example/trade/staff"
	"etabli.example/workshop/demo"
)

// kills is how often the server dies in TestKill.
const kills = 20

// A server that is killed mid-write loses nothing it acknowledged: four people
// write on one order while the process is killed, twenty times; then every
// entry that was answered for is on the sheet and the book holds.
func TestKill(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("kill -9 is not of this system")
	}
	dir := filepath.Join(t.TempDir(), "shop")
	number := prepareShop(t, dir)
	var acked []string
	for range kills {
		acked = append(acked, writeUntilKilled(t, dir, number)...)
	}
	shop, err := OpenShop(t.Context(), dir, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer shop.Close()
	row, err := shop.OpenOne(t.Context(), number)
	if err != nil {
		t.Fatal(err)
	}
	v, err := shop.Sheet(t.Context(), staff.Actor{ID: "x", Roles: []staff.Role{staff.Manager}}, row.Sheet)
	if err != nil {
		t.Fatal(err)
	}
	there := map[string]bool{}
	for _, e := range v.Entries {
		there[e.ID] = true
	}
	for _, id := range acked {
		if !there[id] {
			t.Errorf("entry %s was acknowledged and is lost", id)
		}
	}
	report, err := shop.Store.Verify(t.Context(), store.VerifyOptions{Blobs: store.BlobsAll, Source: blobSource{shop.Blobs}})
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range report.Flaws {
		t.Error(f)
	}
	t.Logf("%d acknowledged entries over %d kills, all there", len(acked), kills)
	if len(acked) < kills {
		t.Errorf("only %d entries were written: nothing was really tried", len(acked))
	}
}

func prepareShop(t *testing.T, dir string) string {
	t.Helper()
	shop, err := OpenShop(t.Context(), dir, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer shop.Close()
	if err := demo.Fill(t.Context(), shop.Workshop); err != nil {
		t.Fatal(err)
	}
	rows, err := shop.Orders(t.Context(), staff.Actor{ID: "x", Roles: []staff.Role{staff.Manager}}, order.Query{Stages: []order.Stage{order.InWork}, Limit: 1})
	if err != nil || len(rows) == 0 {
		t.Fatal(err, rows)
	}
	return rows[0].Number
}

var listening = regexp.MustCompile(`http://\S+`)

// writeUntilKilled starts the server, lets four people write notes, kills it at
// a random moment, and returns the ids of the entries that were acknowledged.
func writeUntilKilled(t *testing.T, dir, number string) []string {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	// The test binary is also the command: see TestMain.
	cmd := exec.CommandContext(ctx, filepath.Join(filepath.SplitList(os.Getenv("PATH"))[0], "etabli"), "demo", "--addr", "127.0.0.1:0", "--data", dir)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	var said strings.Builder
	cmd.Stderr = &said
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	defer cmd.Wait()
	defer cmd.Process.Kill()
	line, err := bufio.NewReader(out).ReadString('\n')
	base := listening.FindString(line)
	if err != nil || base == "" {
		_ = cmd.Wait()
		t.Fatalf("the server said %q and %q: %v", line, said.String(), err)
	}
	var mu sync.Mutex
	var acked []string
	var group sync.WaitGroup
	for i := range 4 {
		group.Go(func() {
			client := signIn(ctx, base, i)
			for client != nil {
				id := ident.New()
				if !postNote(ctx, client, base, number, id) {
					return
				}
				mu.Lock()
				acked = append(acked, id)
				mu.Unlock()
			}
		})
	}
	for range 200 { // the first answer, then a random moment
		mu.Lock()
		n := len(acked)
		mu.Unlock()
		if n > 0 {
			break
		}
		time.Sleep(10 * time.Millisecond)
	}
	time.Sleep(time.Duration(rand.IntN(80)) * time.Millisecond)
	if err := cmd.Process.Kill(); err != nil {
		t.Error(err)
	}
	group.Wait()
	return acked
}

var choice = regexp.MustCompile(`name="person" value="([^"]+)"`)

func signIn(ctx context.Context, base string, i int) *http.Client {
	jar, _ := cookiejar.New(nil)
	client := &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	body, ok := send(ctx, client, http.MethodGet, base+"/signin", nil)
	people := choice.FindAllStringSubmatch(body, -1)
	if !ok || len(people) == 0 {
		return nil
	}
	_, ok = send(ctx, client, http.MethodPost, base+"/signin/choose", url.Values{"person": {people[i%4][1]}})
	if !ok {
		return nil
	}
	return client
}

func postNote(ctx context.Context, client *http.Client, base, number, id string) bool {
	_, ok := send(ctx, client, http.MethodPost, base+"/orders/"+number+"/note", url.Values{"entry": {id}, "seen": {"-1"}, "text": {fmt.Sprint("note ", id)}})
	return ok
}

// send reports whether the server answered to the end with success.
func send(ctx context.Context, client *http.Client, method, address string, form url.Values) (string, bool) {
	req, err := http.NewRequestWithContext(ctx, method, address, strings.NewReader(form.Encode()))
	if err != nil {
		return "", false
	}
	if form != nil {
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	resp, err := client.Do(req)
	if err != nil {
		return "", false
	}
	defer resp.Body.Close()
	b, err := io.ReadAll(resp.Body)
	return string(b), err == nil && resp.StatusCode < 400
}
