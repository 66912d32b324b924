package cli

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"time"

	"etabli.example/blob"
	"etabli.example/fault"
	"etabli.example/store"
)

// runVerify is etabli verify: 0 where everything holds, 1 where anything does
// not, 2 for a bad call.
func runVerify(ctx context.Context, env *Env, args []string) int {
	f := newFlags("verify")
	data := f.String("data", "", "cli.flag.data")
	db, bucket := databaseFlag(f), blobsFlag(f, "bucket")
	sheet := f.String("sheet", "", "cli.flag.sheet")
	since := f.String("since", "", "cli.flag.since")
	blobs := f.String("blobs", "all", "cli.flag.blobs_read")
	sealed := f.String("seal", "", "cli.flag.seal")
	key := f.String("key", "", "cli.flag.key")
	err := parseFlags(f, args, 0)
	if err == nil {
		err = shopThere(*data, *db)
	}
	if err == nil && !slices.Contains([]string{"none", "sample", "all"}, *blobs) {
		err = unsuitable("--blobs", *blobs)
	}
	if err != nil {
		return misused(env, speak(), speak().T("cli.data_needed"), f, err)
	}
	o := store.VerifyOptions{Sheet: *sheet, Blobs: store.BlobReading(*blobs)}
	if *since != "" {
		t, err := time.ParseInLocation("2006-01-02", *since, time.Local)
		if err != nil {
			fmt.Fprintln(env.Stderr, speak().T("cli.date_form"))
			return 2
		}
		o.Since = t
	}
	shop, err := OpenShopAt(ctx, Place{*data, *db, *bucket}, nil)
	if store.Damaged(err) {
		fmt.Fprintln(env.Stdout, store.Flaw{Kind: store.FlawFile, Detail: err.Error()})
		fmt.Fprintln(env.Stdout, speak().T("cli.flaws", 1))
		return 1
	}
	if err != nil {
		return fail(env, err, 2)
	}
	defer shop.Close()
	o.Source = blobSource{shop.Blobs}
	bar := progress(env, speak().T("cli.verifying"), false)
	o.Progress = func(done, total int) { bar.tell(int64(done), int64(total)) }
	report, err := shop.Store.Verify(ctx, o)
	bar.end()
	if err != nil {
		return fail(env, err, 2)
	}
	p := speak()
	if *sealed != "" {
		s, flaws, err := verifySeal(ctx, shop, *sealed, *key)
		if err != nil {
			return fail(env, err, 2)
		}
		report.Flaws = append(report.Flaws, flaws...)
		if len(flaws) == 0 {
			fmt.Fprintln(env.Stdout, p.T("seal.holds", s.At.In(shop.Zone).Format("2006-01-02 15:04"), s.Sheets))
		}
		fmt.Fprintln(env.Stdout, p.T("seal.key", s.Fingerprint()))
	}
	for _, flaw := range report.Flaws {
		fmt.Fprintln(env.Stdout, flaw)
	}
	fmt.Fprintln(env.Stdout, p.T("cli.verified", report.Sheets, report.Entries, report.Blobs))
	if !report.OK() {
		fmt.Fprintln(env.Stdout, p.T("cli.flaws", len(report.Flaws)+report.More))
		return 1
	}
	fmt.Fprintln(env.Stdout, p.T("cli.whole"))
	return 0
}

// isShop reports whether dir holds a workshop's data: a command that reads must
// not make an empty one by a slip of the finger. With its book in a database,
// a workshop's folder has the key at least.
func isShop(dir, db string) bool {
	if dir == "" {
		return false
	}
	sign := databaseFile
	if db != "" {
		sign = secretFile
	}
	_, err := os.Stat(filepath.Join(dir, sign))
	return err == nil
}

// shopThere is nil where isShop, otherwise the fault of a --data that names none.
func shopThere(dir, db string) error {
	switch {
	case dir == "":
		return missing("--data")
	case !isShop(dir, db):
		return fault.New(fault.Invalid, "cli.no_shop", dir)
	}
	return nil
}

// blobSource fits the attachments to what verifying asks.
type blobSource struct{ s blob.Store }

func (b blobSource) Has(ctx context.Context, hash string) error {
	_, err := b.s.Stat(ctx, hash)
	return err
}

func (b blobSource) Verify(ctx context.Context, hash string) error {
	return blob.Verify(ctx, b.s, hash)
}

// BlobSource is where the shop's blobs lie, as verifying asks for it.
func BlobSource(s *Shop) store.BlobSource { return blobSource{s.Blobs} }
