package blob

import (
	"errors"
	"os"
	"syscall"
)

// From winerror.h.
const (
	errorWriteProtect   = syscall.Errno(19)
	errorHandleDiskFull = syscall.Errno(39)
	errorDiskFull       = syscall.Errno(112)
)

func isFull(err error) bool {
	return errors.Is(err, errorDiskFull) || errors.Is(err, errorHandleDiskFull)
}

func isReadOnly(err error) bool { return errors.Is(err, errorWriteProtect) }

// syncDir only looks whether dir is there: Windows journals names itself and
// has no way to ask for it.
func syncDir(dir string) error {
	_, err := os.Stat(dir)
	return err
}
