package web

import (
	"net/http"
)

func (s *Server) offlineRoutes() {
	s.Handle("GET /worker.js", http.HandlerFunc(s.worker))
	s.handle("GET /offline", s.needs(s.offline))
}

// worker is the service worker. It stands at the root, since it answers for every
// page below its own address; a browser asks for it anew each time.
func (s *Server) worker(w http.ResponseWriter, r *http.Request) {
	f := s.assets.files["worker.js"]
	h := w.Header()
	h.Set("Content-Type", f.kind)
	h.Set("Cache-Control", "no-cache")
	_, _ = w.Write(f.plain) // the browser went away; nothing to do about it
}

// offlinePage lists what waits on this tablet. The list is the tablet's own.
type offlinePage struct {
	Page
	Me string
}

func (s *Server) offline(w http.ResponseWriter, r *http.Request) error {
	who, err := s.actor(r)
	if err != nil {
		return err
	}
	return s.page(w, r, "offline/offline", &offlinePage{Page: Page{Title: "offline.title"}, Me: who.ID})
}
