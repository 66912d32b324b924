// Package component holds the parts every page is put together from: a typed
// struct for each and a template of the same name that draws it. It works out
// geometry and picks classes; it is not a place for sentences (they arrive
// translated, or are fixed words looked up by the template's t) and it knows
// neither HTTP nor the trade's rules.
//
// A page uses one with {{template "verdict" .Rate.Verdict}}. The gallery
// (GET /gallery) shows all of them.
package component

import "embed"

// Files holds the templates, one {{define}} per component.
//
//go:embed *.html
var Files embed.FS
