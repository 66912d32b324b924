package locale

import (
	"embed"
	"encoding/json"
	"fmt"
	"maps"
	"path"
	"sync"
	"time"
)

//go:embed fr/*.json en/*.json
var files embed.FS

// message is one sentence, or one per plural form. Where there is no plural,
// one is empty.
type message struct {
	one, other string
}

// UnmarshalJSON reads "text" or {"one": "text", "other": "text"}.
func (m *message) UnmarshalJSON(data []byte) error {
	if len(data) > 0 && data[0] == '"' {
		return json.Unmarshal(data, &m.other)
	}
	var forms map[string]string
	if err := json.Unmarshal(data, &forms); err != nil {
		return err
	}
	if len(forms) != 2 || forms["one"] == "" || forms["other"] == "" {
		return fmt.Errorf("plural needs exactly one and other: %s", data)
	}
	m.one, m.other = forms["one"], forms["other"]
	return nil
}

// catalogues reads the embedded files once. A file that cannot be read is a
// defect of the build, which the tests catch: it panics.
var catalogues = sync.OnceValue(func() map[Lang]map[string]message {
	all := map[Lang]map[string]message{}
	for _, lang := range Languages() {
		all[lang] = map[string]message{}
		entries, err := files.ReadDir(string(lang))
		if err != nil {
			panic("locale: " + err.Error())
		}
		for _, e := range entries {
			maps.Copy(all[lang], mustRead(path.Join(string(lang), e.Name())))
		}
	}
	return all
})

func mustRead(name string) map[string]message {
	data, err := files.ReadFile(name)
	if err != nil {
		panic("locale: " + err.Error())
	}
	var words map[string]message
	if err := json.Unmarshal(data, &words); err != nil {
		panic("locale: " + name + ": " + err.Error())
	}
	return words
}

// paris is where the house is unless it says otherwise.
var paris = sync.OnceValue(func() *time.Location {
	loc, err := time.LoadLocation("Europe/Paris")
	if err != nil {
		panic("locale: " + err.Error()) // time/tzdata is linked in: cannot happen
	}
	return loc
})

// missing counts the keys asked for that no catalogue has.
var missing struct {
	sync.Mutex
	count map[string]int
}

// mostMissing bounds the count, since a key may be composed of what a stranger sent.
const mostMissing = 1000

func noteMissing(lang Lang, key string) {
	missing.Lock()
	defer missing.Unlock()
	if missing.count == nil {
		missing.count = map[string]int{}
	}
	name := string(lang) + " " + key
	if _, seen := missing.count[name]; seen || len(missing.count) < mostMissing {
		missing.count[name]++
	}
}

// Missing returns how often each unknown key was asked for since the process
// began, named "fr order.title". Tests of pages fail where it is not empty.
func Missing() map[string]int {
	missing.Lock()
	defer missing.Unlock()
	return maps.Clone(missing.count)
}
