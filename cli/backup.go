package cli

import (
	"archive/tar"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"strings"

	"etabli.example/blob"
	"etabli.example/fault"
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
	f := newFlags("backup")
	data := f.String("data", "", "cli.flag.data")
	db, blobs := databaseFlag(f), blobsFlag(f, "blobs")
	out := f.String("out", "", "cli.flag.archive")
	err := parseFlags(f, args, 0)
	if err == nil {
		err = shopThere(*data, *db)
	}
	if err == nil && *out == "" {
		err = missing("--out")
	}
	if err != nil {
		return misused(env, speak(), speak().T("cli.backup_usage"), f, err)
	}
	if _, err := os.Lstat(*out); err == nil {
		fmt.Fprintln(env.Stderr, speak().T("store.exists", *out))
		return 2
	}
	if err := backup(ctx, env, Place{*data, *db, *blobs}, *out); err != nil {
		return fail(env, err, 2)
	}
	fmt.Fprintln(env.Stdout, speak().T("cli.backed_up", *out))
	return 0
}

// backup copies the book first: what its entries name was durable before them,
// so the blobs copied afterwards are never fewer.
func backup(ctx context.Context, env *Env, at Place, out string) (err error) {
	shop, err := OpenShopAt(ctx, at, nil)
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
	if err := addFile(t, filepath.Join(at.Data, secretFile), secretFile); err != nil {
		return err
	}
	bar = progress(env, speak().T("cli.copying_blobs"), true)
	err = addBlobs(ctx, t, shop.Blobs, bar)
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

// addBlobs adds the attachments; one that goes meanwhile is not missed by the
// copied book.
func addBlobs(ctx context.Context, t *tar.Writer, from blob.Store, bar *bar) error {
	var copied int64
	return from.List(ctx, func(ref blob.Ref) error {
		r, err := from.Open(ctx, ref.Hash)
		if fault.Is(err, fault.NotFound) {
			return nil
		}
		if err != nil {
			return err
		}
		defer r.Close()
		name := blobsFolder + "/" + ref.Hash[:2] + "/" + ref.Hash[2:4] + "/" + ref.Hash
		if err := t.WriteHeader(&tar.Header{Name: name, Mode: 0o600, Size: ref.Size, Format: tar.FormatPAX}); err != nil {
			return err
		}
		if _, err := io.CopyN(t, r, ref.Size); err != nil {
			return err
		}
		copied += ref.Size
		bar.tell(copied, -1)
		return nil
	})
}

// runRestore is etabli restore: a backup into a folder that holds no workshop.
func runRestore(ctx context.Context, env *Env, args []string) int {
	f := newFlags("restore")
	data := f.String("data", "", "cli.flag.restore_data")
	db, blobs := databaseFlag(f), blobsFlag(f, "blobs")
	erasures := f.String("erasures", "", "cli.flag.erasures")
	err := parseFlags(f, args, 1)
	if err == nil && *data == "" {
		err = missing("--data")
	}
	if err == nil && f.NArg() != 1 {
		err = missing(speak().T("cli.word.file"))
	}
	if err != nil {
		return misused(env, speak(), speak().T("cli.restore_usage"), f, err)
	}
	if isShop(*data, "") || isShop(*data, *db) {
		fmt.Fprintln(env.Stderr, speak().T("store.exists", filepath.Join(*data, databaseFile)))
		return 2
	}
	_, absent := os.Stat(*data)
	if err := restore(ctx, env, f.Arg(0), Place{*data, *db, *blobs}); err != nil {
		if errors.Is(absent, os.ErrNotExist) {
			err = errors.Join(err, os.RemoveAll(*data)) // ours, and holding half a backup
		}
		if errors.Is(err, errArchive) {
			fmt.Fprintln(env.Stderr, "etabli: "+speak().T("cli.no_backup"))
			return 2
		}
		return fail(env, err, 2)
	}
	if *erasures != "" {
		n, err := replayErasures(ctx, Place{*data, *db, *blobs}, *erasures)
		if err != nil {
			return fail(env, err, 2)
		}
		fmt.Fprintln(env.Stdout, speak().T("cli.erased_again", n))
	}
	fmt.Fprintln(env.Stdout, speak().T("cli.restored", *data))
	return 0
}

// errArchive is an archive that no backup of ours is.
var errArchive = errors.New("cli: not a backup archive")

func restore(ctx context.Context, env *Env, archive string, at Place) error {
	data, db := at.Data, at.DB
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
	blobs, err := openBlobs(ctx, at)
	if err != nil {
		return err
	}
	bar := progress(env, speak().T("cli.unpacking"), true)
	err = unpack(ctx, tar.NewReader(&counted{in, info.Size(), 0, bar.tell}), tmp, blobs)
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

// unpack puts blobs in their place, each under the hash of what it is, and book and key aside: they come last, since
// their names are what makes the folder a workshop.
func unpack(ctx context.Context, t *tar.Reader, aside string, blobs blob.Store) error {
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
		switch hash := path.Base(h.Name); {
		case h.Name == databaseFile || h.Name == secretFile:
			book = book || h.Name == databaseFile
			err = archiveEnds(writeFile(filepath.Join(aside, h.Name), t))
		case strings.HasPrefix(h.Name, blobsFolder+"/") && blob.CheckHash(hash) == nil:
			var ref blob.Ref
			ref, err = blobs.Put(ctx, t, h.Size)
			if err = archiveEnds(err); err == nil && ref.Hash != hash {
				err = fmt.Errorf("%w: %q is damaged", errArchive, h.Name)
			}
		default:
			err = fmt.Errorf("%w: %q", errArchive, h.Name)
		}
		if err != nil {
			return err
		}
	}
}

// archiveEnds says of an archive that ends within a file that it is none.
func archiveEnds(err error) error {
	if errors.Is(err, io.ErrUnexpectedEOF) {
		return fmt.Errorf("%w: %w", errArchive, err)
	}
	return err
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
