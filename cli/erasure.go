package cli

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"etabli.example/ident"
)

// erasuresFile lists who was erased, beside the book and in no backup: a backup
// made before does not know. It holds ids that name nobody.
const erasuresFile = "erasures"

// noteErasure adds one to the list and returns when it is on the disk.
func noteErasure(dir string) func(id string) error {
	return func(id string) error {
		f, err := os.OpenFile(filepath.Join(dir, erasuresFile), os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
		if err != nil {
			return err
		}
		_, err = fmt.Fprintf(f, "%s %s\n", time.Now().UTC().Format("2006-01-02"), id)
		return errors.Join(err, f.Sync(), f.Close())
	}
}

// replayErasures erases in a restored book whoever the list names, and takes the
// list over, so that the next restore knows as well.
func replayErasures(ctx context.Context, at Place, list string) (n int, err error) {
	f, err := os.Open(list)
	if err != nil {
		return 0, err
	}
	defer f.Close()
	shop, err := OpenShopAt(ctx, at, nil)
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, shop.Close()) }()
	for lines := bufio.NewScanner(f); ; n++ {
		if !lines.Scan() {
			return n, lines.Err()
		}
		_, id, ok := strings.Cut(lines.Text(), " ")
		if !ok || !ident.ValidID(id) {
			return n, fmt.Errorf("cli: line %d of %s is no erasure", n+1, list)
		}
		if err := shop.Erased(id); err != nil {
			return n, err
		}
		if err := shop.EraseAgain(ctx, id); err != nil {
			return n, err
		}
	}
}
