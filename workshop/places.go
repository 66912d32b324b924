package workshop

import (
	"context"
	"encoding/json"

	"etabli.example/fault"
	"etabli.example/trade/order"
	"etabli.example/trade/staff"
)

// Places is how many watches each stage has room for, by the stage that names
// its column on the board; a stage that is missing has no bound.
type Places map[order.Stage]int

// mostPlaces bounds the places of one stage.
const mostPlaces = 500

const placesKey = "places"

// Places returns the places of each stage; empty where nobody set them.
func (w *Workshop) Places(ctx context.Context) (p Places, err error) {
	err = w.Book.View(ctx, func(ctx context.Context, tx Tx) error { p, err = places(ctx, tx); return err })
	return p, err
}

func places(ctx context.Context, tx Tx) (Places, error) {
	text, err := tx.Setting(ctx, placesKey)
	if err != nil || text == "" {
		return Places{}, err
	}
	p := Places{}
	return p, fault.Wrap("workshop.places", json.Unmarshal([]byte(text), &p))
}

// SavePlaces changes the places of every stage; one without places has no bound.
func (w *Workshop) SavePlaces(ctx context.Context, who staff.Actor, p Places) error {
	if err := who.Must(staff.ManagePeople); err != nil {
		return err
	}
	var bad fault.Problems
	for stage, n := range p {
		if n < 0 || n > mostPlaces {
			bad.Add("places_"+string(stage), "fault.out_of_range", 0, mostPlaces)
		}
	}
	if err := bad.Err(); err != nil {
		return err
	}
	text, err := json.Marshal(p)
	if err != nil {
		return fault.Wrap("workshop.SavePlaces", err)
	}
	return w.Book.Do(ctx, func(ctx context.Context, tx Tx) error { return tx.PutSetting(ctx, placesKey, string(text)) })
}
