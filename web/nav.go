package web

import (
	"net/http"
	"strings"

	"etabli.example/trade/staff"
)

// navigation is the bar, in order. An entry is shown once its address has a
// handler of its own.
var navigation = []NavItem{
	{Word: "nav.board", Href: "/board"},
	{Word: "nav.counter", Href: "/counter"},
	{Word: "nav.bench", Href: "/bench"},
	{Word: "nav.stock", Href: "/stock"},
	{Word: "nav.tools", Href: "/tools"},
	{Word: "nav.figures", Href: "/figures", Right: staff.SeeFigures},
}

// served returns the entries whose address has a handler.
func served(mux *http.ServeMux, items []NavItem) []NavItem {
	var out []NavItem
	for _, it := range items {
		if hasRoute(mux, it.Href) {
			out = append(out, it)
		}
	}
	return out
}

// hasRoute reports whether GET path is answered by anything but the page for
// unknown addresses.
func hasRoute(mux *http.ServeMux, path string) bool {
	r, err := http.NewRequest(http.MethodGet, path, nil)
	if err != nil {
		return false
	}
	_, pattern := mux.Handler(r)
	return pattern != "" && pattern != "/"
}

// navFor returns the bar of whoever asks, with the entry of the page marked as
// current. What a person may not open is not in their bar.
func (s *Server) navFor(r *http.Request) []NavItem {
	path := r.URL.Path
	who, err := s.actor(r)
	var out []NavItem
	for _, it := range s.nav {
		if it.Right != "" && err == nil && !who.May(it.Right) {
			continue
		}
		section := it.Section
		if section == "" {
			section = it.Href
		}
		it.Current = path == section || strings.HasPrefix(path, section+"/")
		out = append(out, it)
	}
	return out
}
