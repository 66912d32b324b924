package horology

import (
	"slices"
	"sync"
)

// Lubricant is an oil, a grease or a treatment and where it goes.
type Lubricant struct {
	Brand, Product      string
	KindFR              string // as printed, French
	PointFR, PointEN    string // where it is applied
	Kinds               []string
	Viscosity           string
	QuantityFR          string // how much, French
	Alternative         string
	StorageFR, HazardFR string
	Confidence          Confidence
	Source              string
}

// Lubricants returns every use of every lubricant, in catalogue order.
func Lubricants() []Lubricant { return slices.Clone(lubricants()) }

var lubricants = sync.OnceValue(func() []Lubricant {
	var out []Lubricant
	for _, r := range table("lubricants") {
		out = append(out, Lubricant{
			Brand: r.text("brand"), Product: r.text("product"), KindFR: r.text("kind"),
			PointFR: r.text("application_point_fr"), PointEN: r.text("application_point_en"),
			Kinds: r.list("watch_types", ";"), Viscosity: r.text("viscosity"), QuantityFR: r.text("quantity_rule"),
			Alternative: r.text("alternative"), StorageFR: r.text("shelf_life_storage"),
			HazardFR: r.text("hazard_note"), Confidence: r.confidence(), Source: r.text("source"),
		})
	}
	return out
})
