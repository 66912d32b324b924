package cli

import (
	"context"
	"crypto/rand"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"etabli.example/blob"
	"etabli.example/store"
	"etabli.example/workshop"
)

// house is the company every key begins with; a shop has one.
const house = "main"

// Shop is a workshop on its own data folder.
type Shop struct {
	*workshop.Workshop
	Store *store.Store
	Blobs blob.Store
	Data  string

	before []func() // what must end before the book closes
}

// OpenShop opens the workshop whose data lie in dir, making them where there
// are none yet: etabli.db, blobs/, secret.key.
func OpenShop(ctx context.Context, dir string, log *slog.Logger) (*Shop, error) {
	return OpenShopOn(ctx, dir, "", log)
}

// OpenShopOn is OpenShop with the book in the PostgreSQL database that db names
// instead of etabli.db; none where it is empty.
func OpenShopOn(ctx context.Context, dir, db string, log *slog.Logger) (*Shop, error) {
	return OpenShopAt(ctx, Place{Data: dir, DB: db}, log)
}

// Place says where a workshop's data lie.
type Place struct {
	Data  string // the folder: etabli.db and blobs/ where nothing else is named, and the keys
	DB    string // PostgreSQL database of the book, postgres://…; empty: a file in the folder
	Blobs string // bucket of the attachments, s3://…; empty: a folder in the folder
}

// OpenShopAt is OpenShop with book and attachments where the place says.
func OpenShopAt(ctx context.Context, at Place, log *slog.Logger) (*Shop, error) {
	dir, db := at.Data, at.DB
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("cli: data folder: %w", err)
	}
	s, err := store.Open(ctx, bookAt(dir, db))
	if err != nil {
		return nil, err
	}
	blobs, err := openBlobs(ctx, at)
	if err != nil {
		return nil, errors.Join(err, s.Close())
	}
	secret, err := secretKey(filepath.Join(dir, secretFile))
	if err != nil {
		return nil, errors.Join(err, s.Close())
	}
	signer, err := signingKey(filepath.Join(dir, passportKeyFile))
	if err != nil {
		return nil, errors.Join(err, s.Close())
	}
	zone, err := time.LoadLocation("Europe/Paris")
	if err != nil {
		return nil, errors.Join(err, s.Close())
	}
	w := &workshop.Workshop{Book: book{s.House(house)}, Blobs: blobStore{blobs}, Now: time.Now, Zone: zone, Site: "PAR",
		Base: "http://localhost:8080", Log: log, Secret: secret, Signer: signer}
	w.Erased = noteErasure(dir)
	return &Shop{Workshop: w, Store: s, Blobs: blobs, Data: dir}, nil
}

// bookAt says where the book lies: in the database, or in the folder.
func bookAt(dir, db string) store.Options {
	if db != "" {
		return store.Options{URL: db}
	}
	return store.Options{Path: filepath.Join(dir, databaseFile)}
}

func openBlobs(ctx context.Context, at Place) (blob.Store, error) {
	if at.Blobs != "" {
		return blob.OpenBucket(ctx, at.Blobs)
	}
	return blob.OpenFolder(filepath.Join(at.Data, blobsFolder))
}

// blobsFlag is --blobs, or ETABLI_BLOBS. The bucket's keys are never part of it:
// they come from AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.
func blobsFlag(f *flag.FlagSet, name string) *string {
	return f.String(name, os.Getenv("ETABLI_BLOBS"), "cli.flag.blobs")
}

// databaseFlag is --db, or ETABLI_DB, which keeps a password off the command line.
func databaseFlag(f *flag.FlagSet) *string {
	db := os.Getenv("ETABLI_DB")
	f.Func("db", "cli.flag.db", func(s string) error {
		db = s
		return nil
	})
	return &db
}

// Close waits for the live connections and closes the database.
func (s *Shop) Close() error {
	for _, end := range s.before {
		end()
	}
	return s.Store.Close()
}

// passportKeyFile is where the key that signs passports lies in a data folder. Like
// that of the seals it is no part of a backup.
const passportKeyFile = "passport.key"

// secretKey reads the key that signs proofs on the customer's page, or makes it.
func secretKey(path string) ([]byte, error) {
	key, err := os.ReadFile(path)
	if err == nil && len(key) == 32 {
		return key, nil
	}
	if err == nil {
		return nil, fmt.Errorf("cli: %s is damaged", path)
	}
	if !errors.Is(err, os.ErrNotExist) {
		return nil, err
	}
	key = make([]byte, 32)
	rand.Read(key) // never fails
	return key, os.WriteFile(path, key, 0o600)
}

// book fits the store to what the workshop asks for: the workshop names the
// transaction by interface, the store by type.
type book struct{ h *store.House }

var _ workshop.Book = book{}

func (b book) Do(ctx context.Context, work func(context.Context, workshop.Tx) error) error {
	return b.h.Do(ctx, func(ctx context.Context, tx *store.Tx) error { return work(ctx, tx) })
}

func (b book) View(ctx context.Context, read func(context.Context, workshop.Tx) error) error {
	return b.h.View(ctx, func(ctx context.Context, tx *store.Tx) error { return read(ctx, tx) })
}

// blobStore fits the blob store likewise.
type blobStore struct{ s blob.Store }

func (b blobStore) Put(ctx context.Context, r io.Reader, limit int64) (string, int64, error) {
	ref, err := b.s.Put(ctx, r, limit)
	return ref.Hash, ref.Size, err
}

func (b blobStore) Open(ctx context.Context, hash string) (io.ReadCloser, error) {
	return b.s.Open(ctx, hash)
}
