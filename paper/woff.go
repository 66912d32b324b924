package paper

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
)

// WOFF 1.0 (W3C Recommendation, 13 December 2012): a 44-byte header, 20-byte
// table records, tables deflated one by one.
const (
	woffSignature = 0x774F4646
	woffHeader    = 44
	woffRecord    = 20
	sfntHeader    = 12
	sfntRecord    = 16
	mostFontBytes = 8 << 20
)

var errWOFF = errors.New("paper: not a WOFF font")

// unwrap returns the TrueType font inside a WOFF file. The fonts are kept as
// their maker ships them, so that anyone can compare them; a PDF wants them
// unwrapped.
func unwrap(woff []byte) ([]byte, error) {
	if len(woff) < woffHeader || binary.BigEndian.Uint32(woff) != woffSignature {
		return nil, errWOFF
	}
	flavour, n := binary.BigEndian.Uint32(woff[4:]), int(binary.BigEndian.Uint16(woff[12:]))
	if len(woff) < woffHeader+n*woffRecord {
		return nil, errWOFF
	}
	out := make([]byte, sfntHeader+n*sfntRecord)
	binary.BigEndian.PutUint32(out, flavour)
	binary.BigEndian.PutUint16(out[4:], uint16(n))
	searchRange, selector := 16, 0
	for searchRange*2 <= n*16 {
		searchRange, selector = searchRange*2, selector+1
	}
	binary.BigEndian.PutUint16(out[6:], uint16(searchRange))
	binary.BigEndian.PutUint16(out[8:], uint16(selector))
	binary.BigEndian.PutUint16(out[10:], uint16(n*16-searchRange))
	for i := range n {
		rec := woff[woffHeader+i*woffRecord:]
		table, err := inflate(woff, rec)
		if err != nil {
			return nil, fmt.Errorf("%w: table %q", err, rec[:4])
		}
		to := out[sfntHeader+i*sfntRecord:]
		copy(to[:4], rec[:4])
		copy(to[4:8], rec[16:20]) // checksum
		binary.BigEndian.PutUint32(to[8:], uint32(len(out)))
		binary.BigEndian.PutUint32(to[12:], uint32(len(table)))
		out = append(out, table...)
		for len(out)%4 != 0 {
			out = append(out, 0)
		}
		if len(out) > mostFontBytes {
			return nil, errWOFF
		}
	}
	return out, nil
}

// inflate returns the table that record rec of woff names.
func inflate(woff, rec []byte) ([]byte, error) {
	offset, packed, full := int64(binary.BigEndian.Uint32(rec[4:])), int64(binary.BigEndian.Uint32(rec[8:])), int64(binary.BigEndian.Uint32(rec[12:]))
	if offset+packed > int64(len(woff)) || packed > full || full > mostFontBytes {
		return nil, errWOFF
	}
	data := woff[offset : offset+packed]
	if packed == full {
		return data, nil
	}
	r, err := zlib.NewReader(bytes.NewReader(data))
	if err != nil {
		return nil, errWOFF
	}
	table, err := io.ReadAll(io.LimitReader(r, full+1))
	if err != nil || int64(len(table)) != full {
		return nil, errWOFF
	}
	return table, nil
}
