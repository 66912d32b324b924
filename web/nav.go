package web

import (
	"net/http"
	"strings"
)

// navigation is the bar, in order. An entry is shown once its address has a
// handler of its own.
var navigation = []NavItem{
	{Word: "nav.board", Href: "/board"},
	{Word: "nav.counter", Href: "/counter"},
	{Word: "nav.bench", Href: "/bench"},
	{Word: "nav.stock", Href: "/stock"},
	{Word: "nav.tools", Href: "/tools"},
	{Word: "nav.figures", Href: "/figures"},
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

// navFor returns the bar with the entry of path marked as current.
func (s *Server) navFor(path string) []NavItem {
	out := make([]NavItem, len(s.nav))
	for i, it := range s.nav {
		section := it.Section
		if section == "" {
			section = it.Href
		}
		it.Current = path == section || strings.HasPrefix(path, section+"/")
		out[i] = it
	}
	return out
}
