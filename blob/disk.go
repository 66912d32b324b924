package blob

import (
	"errors"
	"os"

	"etabli.example/fault"
)

// diskFault says what a person can do about a failing disk: make room, or make
// it writable. Anything else is internal.
func diskFault(op string, err error) error {
	var f *fault.Error
	switch {
	case err == nil:
		return nil
	case errors.As(err, &f):
		return fault.Wrap(op, err)
	case isFull(err):
		return &fault.Error{Kind: fault.Unavailable, Op: op, Key: "blob.disk_full", Err: err}
	case isReadOnly(err):
		return &fault.Error{Kind: fault.Unavailable, Op: op, Key: "blob.read_only", Err: err}
	}
	return fault.Wrap(op, err)
}

func syncFile(path string) error {
	file, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	return errors.Join(file.Sync(), file.Close())
}
