package diagnosis

import (
	"embed"
	"encoding/csv"
	"fmt"
	"strconv"
	"strings"
)

//go:embed data/*.csv
var dataFiles embed.FS

// row is one line of a data file by column name.
type row map[string]string

// rows reads a data file. A malformed file is a defect of the build, not of
// the input, so it panics; the tests read every file.
func rows(name string) []row {
	f, err := dataFiles.Open("data/" + name)
	if err != nil {
		panic("diagnosis: " + err.Error())
	}
	defer f.Close()
	r := csv.NewReader(f)
	r.Comment = '#'
	all, err := r.ReadAll()
	if err != nil {
		panic(fmt.Sprintf("diagnosis: data/%s: %v", name, err))
	}
	out := make([]row, 0, len(all))
	for _, line := range all[1:] {
		m := row{}
		for i, column := range all[0] {
			m[column] = strings.TrimSpace(line[i])
		}
		out = append(out, m)
	}
	return out
}

// float reads column c, or def where it is empty.
func (r row) float(c string, def float64) float64 {
	if r[c] == "" {
		return def
	}
	v, err := strconv.ParseFloat(r[c], 64)
	if err != nil {
		panic(fmt.Sprintf("diagnosis: column %s: %v", c, err))
	}
	return v
}

// list reads a ;-separated column.
func (r row) list(c string) []string {
	var out []string
	for _, s := range strings.Split(r[c], ";") {
		if s = strings.TrimSpace(s); s != "" {
			out = append(out, s)
		}
	}
	return out
}

// text reads the pair of columns c_fr and c_en.
func (r row) text(c string) Text { return Text{FR: r[c+"_fr"], EN: r[c+"_en"]} }
