package cli

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"io"
	"log/slog"
	"math/rand/v2"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"etabli.example/fault"
	"etabli.example/ident"
	"etabli.example/mail"
	"etabli.example/store"
	"etabli.example/trade/customer"
	"etabli.example/trade/order"
	"etabli.example/trade/staff"
	"etabli.example/trade/watch"
	"etabli.example/workshop"
)

// smallDisk mounts a disk of its own of so many MB. It needs root, as a build
// machine has it.
func smallDisk(t *testing.T, mb int) string {
	t.Helper()
	dir := t.TempDir()
	err := syscall.Mount("tmpfs", dir, "tmpfs", 0, fmt.Sprintf("size=%dm", mb))
	if errors.Is(err, syscall.EPERM) || errors.Is(err, syscall.EACCES) {
		t.Skipf("a disk that really fills must be mounted, and this account may not: %v", err)
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(dir, syscall.MNT_DETACH); err != nil {
			t.Error(err)
		}
	})
	return dir
}

// crowdedShop is a shop on some disk, its pages, and one order people write on.
type crowdedShop struct {
	*Shop
	pages http.Handler
	token string
	order order.State
	acked []string // entries that were answered for
}

func openCrowded(t *testing.T, dir string) *crowdedShop {
	t.Helper()
	quiet := slog.New(slog.NewTextHandler(io.Discard, nil))
	shop, err := OpenShop(t.Context(), dir, quiet)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = shop.Close() })
	shop.Demo = true
	c := &crowdedShop{Shop: shop}
	p, err := shop.SavePerson(t.Context(), staff.System(), staff.Person{Login: "paul", Name: "Paul Morel", Roles: []staff.Role{staff.Manager}, Active: true}, "")
	if err != nil {
		t.Fatal(err)
	}
	if c.token, err = shop.Choose(t.Context(), p.ID, "test"); err != nil {
		t.Fatal(err)
	}
	in := workshop.Intake{Customer: customer.Customer{Name: "Vasseur", Phone: "06 39 98 10 47", Channel: "sms"}, Watch: watch.Watch{Brand: "Tissot", Model: "Le Locle", Kind: watch.Automatic, Material: "steel"}, Request: "Elle retarde."}
	in.Purpose, in.Channel, in.ReadBack = "repair", "counter", true
	if c.order, err = shop.Receive(t.Context(), workshop.Act{Who: p.Actor(""), Sheet: ident.New(), Seen: -1}, in); err != nil {
		t.Fatal(err)
	}
	if c.pages, err = Handler(t.Context(), shop, mail.NewOutbox(5, time.Now), quiet); err != nil {
		t.Fatal(err)
	}
	return c
}

// post sends a form of the order's page and returns what the person sees.
func (c *crowdedShop) post(path, kind string, body io.Reader) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodPost, "/orders/"+c.order.Number+path, body)
	r.Header.Set("Content-Type", kind)
	r.Header.Set("Accept-Language", "fr")
	r.AddCookie(&http.Cookie{Name: "session", Value: c.token})
	w := httptest.NewRecorder()
	c.pages.ServeHTTP(w, r)
	return w
}

// note writes a note; one that is answered for is remembered.
func (c *crowdedShop) note(text string) *httptest.ResponseRecorder {
	id := ident.New()
	w := c.post("/note", "application/x-www-form-urlencoded", strings.NewReader(url.Values{"seen": {"-1"}, "entry": {id}, "text": {text}, "for": {"internal"}}.Encode()))
	if w.Code == http.StatusSeeOther {
		c.acked = append(c.acked, id)
	}
	return w
}

// photo sends a picture that does not pack.
func (c *crowdedShop) photo(t *testing.T) *httptest.ResponseRecorder {
	t.Helper()
	img := image.NewNRGBA(image.Rect(0, 0, 500, 500))
	for i := range img.Pix {
		img.Pix[i] = uint8(rand.Uint32())
	}
	img.Set(0, 0, color.Black)
	var b bytes.Buffer
	m := multipart.NewWriter(&b)
	id := ident.New()
	for _, x := range [][2]string{{"seen", "-1"}, {"entry", id}, {"moment", "intake"}} {
		_ = m.WriteField(x[0], x[1]) // a bytes.Buffer does not fail
	}
	part, err := m.CreateFormFile("photos", "a.png")
	if err == nil {
		err = png.Encode(part, img)
	}
	if err != nil {
		t.Fatal(err)
	}
	m.Close()
	w := c.post("/photo", m.FormDataContentType(), &b)
	if w.Code == http.StatusSeeOther {
		c.acked = append(c.acked, id+"-p0") // a picture's entry is named for the form's
	}
	return w
}

// whole checks that all that was answered for is there and the book holds.
func (c *crowdedShop) whole(t *testing.T) {
	t.Helper()
	v, err := c.Sheet(t.Context(), staff.Actor{ID: "x", Roles: []staff.Role{staff.Manager}}, c.order.Sheet)
	if err != nil {
		t.Fatal(err)
	}
	there := map[string]bool{}
	for _, e := range v.Entries {
		there[e.ID] = true
	}
	for _, id := range c.acked {
		if !there[id] {
			t.Errorf("entry %s was answered for and is lost", id)
		}
	}
	report, err := c.Store.Verify(t.Context(), store.VerifyOptions{Blobs: store.BlobsAll, Source: BlobSource(c.Shop)})
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range report.Flaws {
		t.Error(f)
	}
}

// told refuses an answer that does not say in words what the matter is.
func told(t *testing.T, what string, w *httptest.ResponseRecorder, words string) {
	t.Helper()
	if w.Code != http.StatusServiceUnavailable || !strings.Contains(w.Body.String(), words) || strings.Contains(w.Body.String(), "de notre côté") {
		_, page, _ := strings.Cut(w.Body.String(), "<main")
		t.Errorf("%s: status %d, and not %q:\n%.900s", what, w.Code, words, page)
	}
}

// A disk that fills while people write, photograph and back up: whoever is
// refused is told so in words, nothing that was answered for is lost, pages can
// be read all the while, and work goes on once there is room.
func TestDiskFills(t *testing.T) {
	disk := smallDisk(t, 12)
	c := openCrowded(t, filepath.Join(disk, "shop"))
	if w := c.photo(t); w.Code != http.StatusSeeOther {
		t.Fatalf("a photo while there is room: %d", w.Code)
	}
	ballast := filepath.Join(disk, "ballast")
	fillDisk(t, ballast, 300<<10)
	told(t, "a photo", c.photo(t), "disque")
	var refused *httptest.ResponseRecorder
	for range 3000 {
		if refused = c.note(strings.Repeat("Couronne dure. ", 200)); refused.Code != http.StatusSeeOther {
			break
		}
	}
	if refused.Code == http.StatusSeeOther {
		t.Fatal("the disk never filled")
	}
	told(t, "a note", refused, "Le disque est plein")
	archive := filepath.Join(disk, "backup.tar")
	var said bytes.Buffer
	if code := runBackup(t.Context(), &Env{Stdout: io.Discard, Stderr: &said}, []string{"--data", c.Data, "--out", archive}); code == 0 || !strings.Contains(said.String(), "plein") {
		t.Errorf("a backup on the full disk: status %d, %q", code, said.String())
	}
	if _, err := os.Stat(archive); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("half a backup is left lying: %v", err)
	}
	r := httptest.NewRequest(http.MethodGet, "/orders/"+c.order.Number, nil)
	r.AddCookie(&http.Cookie{Name: "session", Value: c.token})
	w := httptest.NewRecorder()
	if c.pages.ServeHTTP(w, r); w.Code != http.StatusOK {
		t.Errorf("the order cannot be read on a full disk: %d", w.Code)
	}
	kept := len(c.acked)
	if err := os.Remove(ballast); err != nil {
		t.Fatal(err)
	}
	for _, w := range []*httptest.ResponseRecorder{c.note("De la place."), c.photo(t)} {
		if w.Code != http.StatusSeeOther {
			t.Errorf("there is room and still: %d", w.Code)
		}
	}
	c.whole(t)
	t.Logf("%d entries before the disk was full, %d in all", kept, len(c.acked))
}

// fillDisk leaves so many bytes free on the disk of path.
func fillDisk(t *testing.T, path string, free int64) {
	t.Helper()
	var s syscall.Statfs_t
	if err := syscall.Statfs(filepath.Dir(path), &s); err != nil {
		t.Fatal(err)
	}
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if _, err := io.CopyN(f, zeros{}, int64(s.Bavail)*s.Bsize-free); err != nil {
		t.Fatal(err)
	}
}

type zeros struct{}

func (zeros) Read(b []byte) (int, error) {
	for i := range b {
		b[i] = 0
	}
	return len(b), nil
}

// A disk that takes no more writes: the same, and what was written is served.
func TestDiskReadOnly(t *testing.T) {
	disk := smallDisk(t, 16)
	c := openCrowded(t, filepath.Join(disk, "shop"))
	if w := c.note("Avant."); w.Code != http.StatusSeeOther {
		t.Fatalf("before: %d", w.Code)
	}
	// The data base is held open for writing, so the mount itself is made
	// read-only for new files only where the kernel lets us; the blobs' folder is.
	blobs := filepath.Join(c.Data, blobsFolder)
	if err := syscall.Mount(blobs, blobs, "", syscall.MS_BIND, ""); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = syscall.Unmount(blobs, syscall.MNT_DETACH) })
	if err := syscall.Mount("", blobs, "", syscall.MS_REMOUNT|syscall.MS_BIND|syscall.MS_RDONLY, ""); err != nil {
		t.Fatal(err)
	}
	told(t, "a photo on a read-only disk", c.photo(t), "n’accepte plus d’écriture")
	if w := c.note("Les notes continuent."); w.Code != http.StatusSeeOther {
		t.Errorf("a note needs no blob: %d", w.Code)
	}
	if err := syscall.Unmount(blobs, syscall.MNT_DETACH); err != nil {
		t.Fatal(err)
	}
	if w := c.photo(t); w.Code != http.StatusSeeOther {
		t.Errorf("the disk takes writes again and still: %d", w.Code)
	}
	c.whole(t)
}

// A shop whose whole folder is read-only says so when it is opened.
func TestFolderReadOnly(t *testing.T) {
	disk := smallDisk(t, 16)
	dir := filepath.Join(disk, "shop")
	if c := openCrowded(t, dir); c.Close() != nil {
		t.Fatal("close")
	}
	if err := syscall.Mount("", disk, "", syscall.MS_REMOUNT|syscall.MS_RDONLY, ""); err != nil {
		t.Fatal(err)
	}
	shop, err := OpenShop(t.Context(), dir, nil)
	if err == nil {
		_, err = shop.SavePerson(t.Context(), staff.System(), staff.Person{Login: "eve", Name: "Ève Roux", Roles: []staff.Role{staff.Counter}}, "")
		_ = shop.Close()
	}
	if !fault.Is(err, fault.Unavailable) || strings.Contains(speak().Error(err), "⟦") {
		t.Errorf("opened on a read-only disk: %v", err)
	}
}

// A clock that jumps back a day and on again: what is written stays in the order
// it was written, and the book holds.
func TestClockJumps(t *testing.T) {
	c := openCrowded(t, t.TempDir())
	real := c.Now
	for i, off := range []time.Duration{0, -26 * time.Hour, -365 * 24 * time.Hour, 49 * time.Hour, 0} {
		c.Now = func() time.Time { return real().Add(off) }
		if w := c.note(fmt.Sprintf("Note %d", i)); w.Code != http.StatusSeeOther {
			t.Errorf("the clock is off by %v: status %d", off, w.Code)
		}
	}
	v, err := c.Sheet(t.Context(), staff.Actor{ID: "x", Roles: []staff.Role{staff.Manager}}, c.order.Sheet)
	if err != nil || v.Broken != nil {
		t.Fatal(err, v.Broken)
	}
	for i, e := range v.Entries {
		if e.Seq != int64(i+1) {
			t.Errorf("entry %d is number %d", i+1, e.Seq)
		}
	}
	if len(c.acked) != 5 {
		t.Errorf("%d notes were kept, not 5", len(c.acked))
	}
	c.whole(t)
}
