package cli

import (
	"archive/tar"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"etabli.example/store"
)

// The files of a data folder, and of the archive that a backup is.
const (
	databaseFile = "etabli.db"
	blobsFolder  = "blobs"
	secretFile   = "secret.key"
)

// runBackup is etabli backup: one archive of book, blobs and key, consistent
// while the workshop is at work.
func runBackup(ctx context.Context, env *Env, args []string) int {
	f := flag.NewFlagSet("backup", flag.ContinueOnError)
	f.SetOutput(env.Stderr)
	data := f.String("data", "", "folder of the workshop's data")
	db := databaseFlag(f)
	out := f.String("out", "", "archive to write; it must not be there yet")
	if f.Parse(args) != nil || f.NArg() > 0 || !isShop(*data, *db) || *out == "" {
		fmt.Fprintln(env.Stderr, speak().T("cli.backup_usage"))
		return 2
	}
	if _, err := os.Lstat(*out); err == nil {
		fmt.Fprintln(env.Stderr, speak().T("store.exists", *out))
		return 2
	}
	if err := backup(ctx, env, *data, *db, *out); err != nil {
		return fail(env, err, 2)
	}
	fmt.Fprintln(env.Stdout, speak().T("cli.backed_up", *out))
	return 0
}

// backup copies the book first: what its entries name was durable before them,
// so the blobs copied afterwards are never fewer.
func backup(ctx context.Context, env *Env, data, db, out string) (err error) {
	shop, err := OpenShopOn(ctx, data, db, nil)
	if err != nil {
		return err
	}
	defer shop.Close()
	tmp, err := os.MkdirTemp(filepath.Dir(out), ".etabli-backup-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(tmp)
	book := filepath.Join(tmp, databaseFile)
	bar := progress(env, speak().T("cli.copying_book"), false)
	err = shop.Store.Backup(ctx, book, bar.tell)
	bar.end()
	if err != nil {
		return err
	}
	part := filepath.Join(tmp, "archive")
	w, err := os.OpenFile(part, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, ignoreClosed(w.Close())) }()
	t := tar.NewWriter(w)
	if err := addFile(t, book, databaseFile); err != nil {
		return err
	}
	if err := addFile(t, filepath.Join(data, secretFile), secretFile); err != nil {
		return err
	}
	bar = progress(env, speak().T("cli.copying_blobs"), true)
	err = addTree(ctx, t, data, blobsFolder, bar)
	bar.end()
	if err != nil {
		return err
	}
	if err := errors.Join(t.Close(), w.Sync(), w.Close()); err != nil {
		return err
	}
	return os.Rename(part, out)
}

func ignoreClosed(err error) error {
	if errors.Is(err, os.ErrClosed) {
		return nil
	}
	return err
}

func addFile(t *tar.Writer, path, name string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	if err := t.WriteHeader(&tar.Header{Name: name, Mode: 0o600, Size: info.Size(), ModTime: info.ModTime(), Format: tar.FormatPAX}); err != nil {
		return err
	}
	_, err = io.CopyN(t, f, info.Size())
	return err
}

// addTree adds the blobs; one that is being written has no name yet and is not
// wanted, one that goes meanwhile is not missed by the copied book.
func addTree(ctx context.Context, t *tar.Writer, data, folder string, bar *bar) error {
	var copied int64
	return filepath.WalkDir(filepath.Join(data, folder), func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		rel, err := filepath.Rel(data, path)
		if err != nil || d.IsDir() || len(d.Name()) != 64 {
			return err
		}
		err = addFile(t, path, filepath.ToSlash(rel))
		if errors.Is(err, os.ErrNotExist) {
			return nil
		}
		if info, errInfo := d.Info(); errInfo == nil {
			copied += info.Size()
			bar.tell(copied, -1)
		}
		return err
	})
}

// runRestore is etabli restore: a backup into a folder that holds no workshop.
func runRestore(ctx context.Context, env *Env, args []string) int {
	f := flag.NewFlagSet("restore", flag.ContinueOnError)
	f.SetOutput(env.Stderr)
	data := f.String("data", "", "folder to restore into; it must hold no workshop yet")
	db := databaseFlag(f)
	if f.Parse(args) != nil || f.NArg() != 1 || *data == "" {
		fmt.Fprintln(env.Stderr, speak().T("cli.restore_usage"))
		return 2
	}
	if isShop(*data, "") || isShop(*data, *db) {
		fmt.Fprintln(env.Stderr, speak().T("store.exists", filepath.Join(*data, databaseFile)))
		return 2
	}
	if err := restore(ctx, env, f.Arg(0), *data, *db); err != nil {
		return fail(env, err, 2)
	}
	fmt.Fprintln(env.Stdout, speak().T("cli.restored", *data))
	return 0
}

// errArchive is an archive that no backup of ours is.
var errArchive = errors.New("cli: not a backup archive")

func restore(ctx context.Context, env *Env, archive, data, db string) error {
	in, err := os.Open(archive)
	if err != nil {
		return err
	}
	defer in.Close()
	if err := os.MkdirAll(data, 0o700); err != nil {
		return err
	}
	tmp, err := os.MkdirTemp(data, ".restore-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(tmp)
	info, err := in.Stat()
	if err != nil {
		return err
	}
	bar := progress(env, speak().T("cli.unpacking"), true)
	err = unpack(ctx, tar.NewReader(&counted{in, info.Size(), 0, bar.tell}), tmp, data)
	bar.end()
	if err != nil {
		return err
	}
	bar = progress(env, speak().T("cli.copying_book"), db == "")
	defer bar.end()
	err = store.Restore(ctx, filepath.Join(tmp, databaseFile), bookAt(data, db), bar.tell)
	if err != nil {
		return err
	}
	return os.Rename(filepath.Join(tmp, secretFile), filepath.Join(data, secretFile))
}

// unpack puts blobs in their place, and book and key aside: they come last, since
// their names are what makes the folder a workshop.
func unpack(ctx context.Context, t *tar.Reader, aside, data string) error {
	book := false
	for {
		h, err := t.Next()
		if errors.Is(err, io.EOF) {
			if !book {
				return errArchive
			}
			return nil
		}
		if err != nil {
			return fmt.Errorf("%w: %w", errArchive, err)
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		to := filepath.Join(data, filepath.FromSlash(h.Name))
		switch {
		case h.Name == databaseFile:
			to, book = filepath.Join(aside, databaseFile), true
		case h.Name == secretFile:
			to = filepath.Join(aside, secretFile)
		case strings.HasPrefix(h.Name, blobsFolder+"/") && filepath.IsLocal(filepath.FromSlash(h.Name)) && len(filepath.Base(to)) == 64:
		default:
			return fmt.Errorf("%w: %q", errArchive, h.Name)
		}
		if err := writeFile(to, t); err != nil {
			return err
		}
	}
}

func writeFile(path string, r io.Reader) (err error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	w, err := os.OpenFile(path, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(w, r)
	return errors.Join(err, w.Sync(), w.Close())
}
