package blob_test

import (
	"bytes"
	"encoding/binary"
	"testing"

	"etabli.example/blob"
)

// A photo's size, new content each time: the cost is that of three fsyncs.
func BenchmarkFolder_Put(b *testing.B) {
	f, err := blob.OpenFolder(b.TempDir())
	if err != nil {
		b.Fatal(err)
	}
	content := make([]byte, 400_000)
	b.SetBytes(int64(len(content)))
	for n := uint64(0); b.Loop(); n++ {
		binary.LittleEndian.PutUint64(content, n)
		if _, err := f.Put(b.Context(), bytes.NewReader(content), 1<<20); err != nil {
			b.Fatal(err)
		}
	}
}
