package web

import (
	"io"
	"net/http"
	"time"

	"etabli.example/fault"
)

func (s *Server) photoRoutes() {
	s.handle("GET /blob/{hash}", s.needs(s.blob))
}

// shownInline are the kinds of bytes a browser may show; all others are saved.
var shownInline = map[string]bool{"image/jpeg": true, "image/png": true, "audio/flac": true, "application/pdf": true}

// blob is GET /blob/{hash}: a photo, a recording, a document. What a hash names
// never changes, so that a browser keeps it, privately.
func (s *Server) blob(w http.ResponseWriter, r *http.Request) error {
	who, err := s.actor(r)
	if err != nil {
		return err
	}
	if len(who.Roles) == 0 {
		return fault.New(fault.Denied, "fault.denied")
	}
	hash := r.PathValue("hash")
	body, media, err := s.shop.Blob(r.Context(), hash)
	if err != nil {
		return err
	}
	defer body.Close()
	h := w.Header()
	h.Set("Content-Type", media)
	h.Set("Content-Disposition", "inline")
	if !shownInline[media] {
		h.Set("Content-Disposition", "attachment")
	}
	h.Set("Content-Security-Policy", "default-src 'none'; sandbox")
	h.Set("Cache-Control", "private, max-age=31536000, immutable")
	h.Set("ETag", `"`+hash+`"`)
	if seek, ok := body.(io.ReadSeeker); ok {
		http.ServeContent(w, r, "", time.Time{}, seek) // a recording is sought in
		return nil
	}
	if r.Header.Get("If-None-Match") == `"`+hash+`"` {
		w.WriteHeader(http.StatusNotModified)
		return nil
	}
	if r.Method == http.MethodHead {
		return nil
	}
	_, err = io.Copy(w, body)
	return err
}
