package shelf

import (
	"bytes"
	"compress/zlib"
	"io"
	"regexp"

	"etabli.example/fault"
)

// active are the names that make a PDF do something by itself: run a script, start
// a programme, send a form, play, or carry another file.
var active = regexp.MustCompile(`/(?:JavaScript|JS|Launch|SubmitForm|ImportData|RichMedia|EmbeddedFiles?|XFA|GoToE|GoToR|Rendition|Movie|Sound)(?:[\s/<>\[\]()%]|$)`)

// plain are those of them too long to stand in a picture or a font by chance. They
// are looked for everywhere: what looks like a stream may be no stream to a reader.
var plain = regexp.MustCompile(`/(?:JavaScript|Launch|SubmitForm|ImportData|RichMedia|EmbeddedFiles?|Rendition)(?:[\s/<>\[\]()%]|$)`)

// escapedByte is a letter of a name written by its number: /J#61vaScript.
var escapedByte = regexp.MustCompile(`#[0-9A-Fa-f]{2}`)

// mostInflated bounds what one compressed stream of objects may become.
const mostInflated = 64 << 20

// InspectPDF reports whether b is a PDF that can be kept. One that does something
// by itself is fault.Invalid (shelf.active), what is no PDF fault.Invalid
// (shelf.no_pdf). sealed says that its objects are encrypted, so that nobody could
// look: such a file is kept and never shown by a browser of the house.
//
// What is looked at is every object, those packed into streams too; of the content
// of pages, fonts and pictures only what stands there in the clear.
func InspectPDF(b []byte) (sealed bool, err error) {
	head := b[:min(len(b), 1024)]
	if !bytes.Contains(head, []byte("%PDF-")) || !bytes.Contains(b[max(0, len(b)-2048):], []byte("%%EOF")) {
		return false, fault.New(fault.Invalid, "shelf.no_pdf")
	}
	if plain.Match(unescaped(b)) {
		return false, fault.New(fault.Invalid, "shelf.active")
	}
	rest := b
	for {
		objects, stream, after, more := nextStream(rest)
		if acts(objects) {
			return false, fault.New(fault.Invalid, "shelf.active")
		}
		if bytes.Contains(objects, []byte("/Encrypt")) {
			sealed = true
		}
		if !more {
			return sealed, nil
		}
		dict := objects[max(0, bytes.LastIndex(objects, []byte("obj"))):]
		switch {
		case bytes.Contains(dict, []byte("/Encrypt")):
			sealed = true
		case bytes.Contains(unescaped(dict), []byte("/ObjStm")):
			packed, ok := inflate(stream)
			if !ok {
				sealed = true // packed in another way, or encrypted
			}
			if acts(packed) {
				return false, fault.New(fault.Invalid, "shelf.active")
			}
		}
		rest = after
	}
}

// nextStream cuts off what stands before the next stream, and the stream.
func nextStream(b []byte) (objects, stream, after []byte, more bool) {
	at := bytes.Index(b, []byte("stream"))
	if at < 0 {
		return b, nil, nil, false
	}
	objects, b = b[:at], bytes.TrimLeft(b[at+len("stream"):], "\r\n")
	end := bytes.Index(b, []byte("endstream"))
	if end < 0 {
		return append(bytes.Clone(objects), b...), nil, nil, false // cut short: all of it is looked at
	}
	return objects, b[:end], b[end+len("endstream"):], true
}

func acts(objects []byte) bool { return active.Match(unescaped(objects)) }

// unescaped writes the letters of names that are given by their numbers.
func unescaped(b []byte) []byte {
	if bytes.IndexByte(b, '#') < 0 {
		return b
	}
	return escapedByte.ReplaceAllFunc(b, func(x []byte) []byte {
		digit := func(c byte) byte {
			switch {
			case c <= '9':
				return c - '0'
			case c <= 'F':
				return c - 'A' + 10
			}
			return c - 'a' + 10
		}
		return []byte{digit(x[1])<<4 | digit(x[2])}
	})
}

// inflate unpacks a stream; ok is false where it is not packed that way, or too large.
func inflate(stream []byte) (out []byte, ok bool) {
	z, err := zlib.NewReader(bytes.NewReader(stream))
	if err != nil {
		return nil, false
	}
	out, err = io.ReadAll(io.LimitReader(z, mostInflated+1))
	return out, err == nil && len(out) <= mostInflated
}
