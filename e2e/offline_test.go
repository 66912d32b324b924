package e2e

import (
	"fmt"
	"image"
	"image/color"
	"image/png"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"etabli.example/journal"
	"etabli.example/store"
	"etabli.example/trade/order"
	"etabli.example/trade/staff"
	"etabli.example/workshop"
)

// atWork puts an order that is being prepared to work, on a plan of n steps.
func (h *house) atWork(t testing.TB, n int) (number, sheet string) {
	t.Helper()
	number = h.at(t)[string(order.Preparing)]
	row, err := h.shop.OpenOne(t.Context(), number)
	if err != nil {
		t.Fatal(err)
	}
	boss := staff.Actor{ID: h.person(t, "aude"), Roles: []staff.Role{staff.Manager, staff.Watchmaker}}
	act := func() workshop.Act { return workshop.Act{Who: boss, Sheet: row.Sheet, Seen: -1} }
	p := order.Plan{Operations: []string{"REV-AUTO"}, Level: "T", Acknowledged: true}
	for i := range n {
		p.Steps = append(p.Steps, order.Step{ID: fmt.Sprintf("1.%d", i+1), Operation: "REV-AUTO", LabelFR: fmt.Sprintf("Étape de l’essai %d", i+1)})
	}
	items := map[string]bool{}
	for _, it := range order.WorkstationItems() {
		items[it] = true
	}
	for _, err := range []error{
		second(h.shop.Plan(t.Context(), act(), p)), second(h.shop.CheckWorkstation(t.Context(), act(), order.Workstation{Items: items})), second(h.shop.StartWork(t.Context(), act())),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	s, err := h.shop.State(t.Context(), boss, row.Sheet)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range s.Cards() { // no step begins before its safety card is read
		if c.By == "" {
			if _, err := h.shop.ReadSafety(t.Context(), act(), c.Code); err != nil {
				t.Fatal(err)
			}
		}
	}
	return number, row.Sheet
}

func second(_ order.State, err error) error { return err }

func (h *house) person(t testing.TB, login string) string {
	t.Helper()
	people, err := h.shop.People(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range people {
		if p.Login == login {
			return p.ID
		}
	}
	t.Fatal("nobody is called", login)
	return ""
}

// since returns the entries of a sheet after number n.
func (h *house) since(t testing.TB, sheet string, n int64) []journal.Entry {
	t.Helper()
	v, err := h.shop.Sheet(t.Context(), staff.Actor{ID: "x", Roles: []staff.Role{staff.Manager}}, sheet)
	if err != nil || v.Broken != nil {
		t.Fatal(err, v.Broken)
	}
	return v.Entries[n:]
}

// photoNumbered is a picture that no other number gives.
func photoNumbered(t testing.TB, n int) string {
	t.Helper()
	img := image.NewRGBA(image.Rect(0, 0, 320, 240))
	for x := range 320 {
		for y := range 240 {
			img.Set(x, y, color.RGBA{uint8(x), uint8(y), uint8(20 * n), 255})
		}
	}
	path := filepath.Join(t.TempDir(), fmt.Sprintf("photo-%d.png", n))
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := png.Encode(f, img); err != nil {
		t.Fatal(err)
	}
	return path
}

// The bench goes on for as long as the network is away: sixty steps, ten photos
// and three readings made meanwhile are all on the sheet afterwards, once, in
// order, with the time they were made at; a step that somebody else did meanwhile
// is shown in both versions.
func TestOffline(t *testing.T) {
	h := openHouse(t)
	const steps, photos, reads = 60, 10, 3
	number, sheet := h.atWork(t, steps+1)
	u, err := url.Parse(h.url)
	if err != nil {
		t.Fatal(err)
	}
	c := plug(t, u.Host)
	h.url = "http://" + c.Addr().String()
	b := h.open(t, "")
	b.as("samir", "fr")
	b.viewport(1024, 768, false)
	work := "/orders/" + number + "/work"
	b.to(work)
	b.await(`document.querySelector("offline-queue[data-ready]") && navigator.serviceWorker.controller !== null`)
	before := int64(len(h.since(t, sheet, 0)))

	c.pull(true)
	began := time.Now()
	waits := func(n int) {
		b.await(fmt.Sprintf(`document.querySelector("offline-queue")?.dataset.waiting === "%d"`, n))
	}
	kept, want := 0, []string{}
	step := func(n int, do string) {
		t.Helper()
		eval[bool](b, fmt.Sprintf(`(document.querySelector('#step-1-%d .do button[value=%s]:not([hidden])').click(), true)`, n, do))
		kept++
		waits(kept)
		want = append(want, fmt.Sprintf("step 1.%d %s", n, do))
	}
	for n := 1; n <= steps; n++ {
		step(n, "done")
		switch n {
		case 20: // a mis-tap, taken back with no network
			step(n, "undone")
			step(n, "done")
		case 30:
			for i := range photos {
				b.to(work) // the page as it was kept
				eval[bool](b, `(document.querySelector('form[action$="/work/photo"]').closest("details").open = true)`)
				b.do(chromedp.SetUploadFiles("#f-photos", []string{photoNumbered(t, i)}))
				eval[bool](b, `(document.querySelector('form[action$="/work/photo"]').requestSubmit(), true)`)
				kept++
				waits(kept)
				want = append(want, "photo")
			}
		case 45:
			for i, position := range []string{"CH", "CB", "6H"}[:reads] {
				b.to(work)
				eval[bool](b, fmt.Sprintf(`(() => { const f = document.querySelector('form[action$="/measure/typed"]'); f.closest("details").open = true; f.position.value = %q; f.rate.value = "+%d,5"; f.amplitude.value = "%d"; f.beat_error.value = "0,3"; f.requestSubmit(); return true })()`, position, i+1, 270+i))
				kept++
				waits(kept)
				want = append(want, "reading "+position)
			}
		}
	}
	b.shot("offline")
	if n := len(h.since(t, sheet, before)); n != 0 {
		t.Fatalf("%d entries with the cable out", n)
	}
	// Meanwhile a colleague, at a machine that has the network, does the last step;
	// here it is done too.
	aude := workshop.Act{Who: staff.Actor{ID: h.person(t, "aude"), Roles: []staff.Role{staff.Watchmaker}}, Sheet: sheet, Seen: -1}
	if _, err := h.shop.Step(t.Context(), aude, order.StepAct{Step: fmt.Sprintf("1.%d", steps+1), Act: "done"}); err != nil {
		t.Fatal(err)
	}
	step(steps+1, "done")
	want = want[:len(want)-1]
	over := time.Now()

	c.pull(false)
	b.await(`document.querySelector("offline-queue")?.dataset.waiting === "0"`)
	var got []string
	ids, last := map[string]bool{}, time.Time{}
	for _, e := range h.since(t, sheet, before+1) { // after the colleague's
		if ids[e.ID] {
			t.Errorf("%s is written twice", e.ID)
		}
		ids[e.ID] = true
		if e.Happened.Before(began.Add(-time.Second)) || e.Happened.After(over.Add(time.Second)) || e.Happened.Before(last) {
			t.Errorf("entry %d happened at %v, after %v: not when it was made", e.Seq, e.Happened, last)
		}
		last = e.Happened
		switch e.Kind {
		case order.KindStep:
			var x order.StepAct
			if err := e.Decode(&x); err != nil {
				t.Fatal(err)
			}
			got = append(got, "step "+x.Step+" "+x.Act)
		case order.KindReading:
			var x order.Reading
			if err := e.Decode(&x); err != nil {
				t.Fatal(err)
			}
			got = append(got, "reading "+x.Position)
		default:
			got = append(got, string(e.Kind))
		}
	}
	if !slices.Equal(got, want) {
		t.Errorf("%d entries, want %d:\n%s\nwant\n%s", len(got), len(want), strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	b.to("/offline")
	b.await(`document.querySelectorAll("offline-list li").length === 1`)
	if text := b.text(); !strings.Contains(text, "déjà") || !strings.Contains(text, fmt.Sprintf("1.%d, ", steps+1)) || !strings.Contains(text, "Aude") {
		t.Errorf("both versions are not shown:\n%s", text)
	}
	b.axe("what the server refused")
	b.press("Garder la fiche telle quelle")
	b.await(`document.querySelectorAll("offline-list li").length === 0`)
	report, err := h.shop.Store.Verify(t.Context(), store.VerifyOptions{})
	if err != nil || len(report.Flaws) > 0 {
		t.Errorf("%v %v", report.Flaws, err)
	}
}
