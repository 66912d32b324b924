package web

import (
	"embed"
	"fmt"
	"html/template"
	"io/fs"
	"path"
	"strings"

	"etabli.example/locale"
	"etabli.example/web/component"
)

//go:embed layout all:page
var templateFiles embed.FS

// pageSets holds one parsed template per language and page. Functions that
// speak are bound when a set is parsed, so that no request can be answered in
// another's language and none pays for a clone.
type pageSets map[locale.Lang]map[string]*template.Template

// parsePages parses every page of web/page in every language.
func parsePages(a *assets) (pageSets, error) {
	sets := pageSets{}
	for _, lang := range locale.Languages() {
		base, err := parseBase(lang, a)
		if err != nil {
			return nil, err
		}
		if sets[lang], err = parseFolder(base); err != nil {
			return nil, err
		}
	}
	return sets, nil
}

func parseBase(lang locale.Lang, a *assets) (*template.Template, error) {
	t := template.New("base").Option("missingkey=error").Funcs(functions(locale.For(lang), a))
	t, err := t.ParseFS(component.Files, "*.html")
	if err != nil {
		return nil, err
	}
	return t.ParseFS(templateFiles, "layout/*.html")
}

// parseFolder gives each page a copy of base with the parts of its folder.
func parseFolder(base *template.Template) (map[string]*template.Template, error) {
	out := map[string]*template.Template{}
	names, err := fs.Glob(templateFiles, "page/*/*.html")
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		if strings.HasPrefix(path.Base(name), "_") {
			continue
		}
		t, err := base.Clone()
		if err != nil {
			return nil, err
		}
		parts, err := fs.Glob(templateFiles, path.Dir(name)+"/_*.html")
		if err != nil {
			return nil, err
		}
		if _, err := t.ParseFS(templateFiles, append(parts, name)...); err != nil {
			return nil, fmt.Errorf("web: %w", err)
		}
		out[strings.TrimSuffix(strings.TrimPrefix(name, "page/"), ".html")] = t
	}
	return out, nil
}
