package cli

import (
	"bufio"
	"context"
	"crypto/ed25519"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"etabli.example/journal"
	"etabli.example/store"
)

// Where the key that signs seals lies in a data folder, and the seals.
const (
	sealKeyFile = "seal.key"
	sealsFolder = "seals"
)

// runSeal is etabli seal: one more seal, now, beside those of each night.
func runSeal(ctx context.Context, env *Env, args []string) int {
	f := newFlags("seal")
	data := f.String("data", "", "cli.flag.data")
	db := databaseFlag(f)
	out := f.String("out", "", "cli.flag.seal_out")
	err := parseFlags(f, args, 0)
	if err == nil {
		err = shopThere(*data, *db)
	}
	if err != nil {
		return misused(env, speak(), speak().T("seal.usage"), f, err)
	}
	shop, err := OpenShopOn(ctx, *data, *db, nil)
	if err != nil {
		return fail(env, err, 2)
	}
	defer shop.Close()
	s, path, err := sealNow(ctx, shop, shop.Now().UTC().Format("2006-01-02T150405"), *out)
	if err != nil {
		return fail(env, err, 2)
	}
	fmt.Fprintln(env.Stdout, speak().T("seal.made", s.Sheets, path))
	fmt.Fprintln(env.Stdout, speak().T("seal.root", s.Short()))
	fmt.Fprintln(env.Stdout, speak().T("seal.key", s.Fingerprint()))
	return 0
}

// sealKey reads the key that signs seals, or makes it. It is not part of a
// backup: whoever holds one must not be able to sign.
func sealKey(dir string) (ed25519.PrivateKey, error) {
	return signingKey(filepath.Join(dir, sealKeyFile))
}

// signingKey reads a key that signs, or makes it.
func signingKey(path string) (ed25519.PrivateKey, error) {
	seed, err := os.ReadFile(path)
	switch {
	case err == nil && len(seed) == ed25519.SeedSize:
		return ed25519.NewKeyFromSeed(seed), nil
	case err == nil:
		return nil, fmt.Errorf("cli: %s is damaged", path)
	case !errors.Is(err, os.ErrNotExist):
		return nil, err
	}
	_, key, err := ed25519.GenerateKey(nil)
	if err != nil {
		return nil, err
	}
	return key, os.WriteFile(path, key.Seed(), 0o600)
}

// sealNow seals where every sheet stands, keeps the seal under the name of the
// day, and writes it with its heads to a file that can be taken elsewhere.
func sealNow(ctx context.Context, shop *Shop, day, out string) (journal.Seal, string, error) {
	var s journal.Seal
	key, err := sealKey(shop.Data)
	if err != nil {
		return s, "", err
	}
	if out == "" {
		if err := os.MkdirAll(filepath.Join(shop.Data, sealsFolder), 0o700); err != nil {
			return s, "", err
		}
		out = filepath.Join(shop.Data, sealsFolder, day+".seal")
	}
	heads, err := os.CreateTemp(filepath.Dir(out), ".heads-*")
	if err != nil {
		return s, "", err
	}
	defer func() { _ = errors.Join(heads.Close(), os.Remove(heads.Name())) }()
	if s, err = gather(ctx, shop, heads); err != nil {
		return s, "", err
	}
	s = s.Sign(key)
	kept := false
	err = shop.Store.House(house).Do(ctx, func(ctx context.Context, tx *store.Tx) (err error) { kept, err = tx.PutSeal(ctx, day, s); return err })
	if err != nil || !kept {
		return s, "", err // another process sealed this day
	}
	return s, out, writeSeal(out, s, heads)
}

// gather reads every head in one snapshot.
func gather(ctx context.Context, shop *Shop, heads io.Writer) (s journal.Seal, err error) {
	err = shop.Store.House(house).View(ctx, func(ctx context.Context, tx *store.Tx) error {
		s = journal.Seal{Version: 1, House: house, At: shop.Now().UTC().Truncate(time.Second)}
		before, err := tx.Seals(ctx, 1)
		if err != nil {
			return err
		}
		if len(before) > 0 {
			s.Previous = before[0].Root
		}
		w := bufio.NewWriter(heads)
		var tree journal.Tree
		if err := tx.Heads(ctx, func(h journal.Head) error { tree.Add(h); return journal.WriteHead(w, h) }); err != nil {
			return err
		}
		s.Root, s.Sheets = tree.Root(), tree.Len()
		return w.Flush()
	})
	return s, err
}

func writeSeal(path string, s journal.Seal, heads io.ReadSeeker) error {
	first, err := json.Marshal(s)
	if err != nil {
		return err
	}
	if _, err := heads.Seek(0, io.SeekStart); err != nil {
		return err
	}
	f, err := os.OpenFile(path+".part", os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, errFirst := f.Write(append(first, '\n'))
	_, errHeads := io.Copy(f, heads)
	if err := errors.Join(errFirst, errHeads, f.Sync(), f.Close()); err != nil {
		return err
	}
	return os.Rename(path+".part", path)
}

// sealHour is when the night's seal is made, at the house's own time: the day's
// entries are written, the next have not begun.
const sealHour = 2

// sealNightly makes the seal of the night where it is due.
func sealNightly(ctx context.Context, shop *Shop) error {
	now := shop.Now().In(shop.Zone)
	if now.Hour() < sealHour {
		return nil
	}
	day := now.Format("2006-01-02")
	if _, err := os.Stat(filepath.Join(shop.Data, sealsFolder, day+".seal")); err == nil {
		return nil
	}
	_, _, err := sealNow(ctx, shop, day, "")
	return err
}

// verifySeal compares the book with a seal: its signature, its key where one is
// named, and every head it holds. It returns the sheets that are not what they were.
func verifySeal(ctx context.Context, shop *Shop, path, key string) (s journal.Seal, flaws []store.Flaw, err error) {
	f, err := os.Open(path)
	if err != nil {
		return s, nil, err
	}
	defer f.Close()
	h := shop.Store.House(house)
	s, err = journal.ReadSeal(f, func(head journal.Head) error {
		flaw, err := h.CheckHead(ctx, head)
		if flaw != nil && len(flaws) < 1000 {
			flaws = append(flaws, *flaw)
		}
		return err
	})
	switch {
	case err != nil:
		return s, flaws, err
	case s.House != house:
		return s, flaws, fmt.Errorf("cli: the seal is of the house %q", s.House)
	case key != "" && key != s.Fingerprint():
		return s, flaws, fmt.Errorf("cli: the seal was signed with the key %s, not %s", s.Fingerprint(), key)
	}
	return s, flaws, nil
}
