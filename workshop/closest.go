package workshop

import (
	"context"
	"strconv"
	"strings"

	"etabli.example/ident"
	"etabli.example/trade/order"
	"etabli.example/trade/staff"
)

// Closest finds the order whose number was most likely meant by one that nobody
// has: two neighbouring digits swapped first, then one digit wrong. It reports
// false where what was typed is no number or nothing is near.
func (w *Workshop) Closest(ctx context.Context, who staff.Actor, typed string) (row order.Row, found bool, err error) {
	if err := who.Must(staff.See); err != nil {
		return row, false, err
	}
	seq, ok := sequenceOf(typed)
	if !ok {
		return row, false, nil
	}
	err = w.Book.View(ctx, func(ctx context.Context, tx Tx) error {
		for _, near := range neighbours(seq) {
			rows, err := tx.OrdersBySequence(ctx, near)
			if err != nil {
				return err
			}
			if len(rows) > 0 {
				row, found = rows[0], true
				return nil
			}
		}
		return nil
	})
	return row, found, err
}

// sequenceOf reads the sequence out of a number that may be mistyped: of a full
// number the check character is wrong when one comes here.
func sequenceOf(typed string) (int, bool) {
	if seq, _, ok := ident.ParseShort(strings.TrimSpace(typed)); ok {
		return seq, true
	}
	parts := strings.FieldsFunc(typed, func(r rune) bool { return r < '0' || r > '9' })
	for i := len(parts) - 1; i >= 0; i-- {
		if n, err := strconv.Atoi(parts[i]); err == nil && len(parts[i]) == 6 {
			return n, true
		}
	}
	return 0, false
}

// neighbours lists the sequences one slip of the finger away, likeliest first.
func neighbours(seq int) []int {
	d := []byte(strconv.Itoa(1_000_000 + seq)[1:])
	var out []int
	add := func() {
		if n, err := strconv.Atoi(string(d)); err == nil && n > 0 && n != seq {
			out = append(out, n)
		}
	}
	add()
	for i := 0; i+1 < len(d); i++ {
		d[i], d[i+1] = d[i+1], d[i]
		add()
		d[i], d[i+1] = d[i+1], d[i]
	}
	for i := range d {
		was := d[i]
		for c := byte('0'); c <= '9'; c++ {
			d[i] = c
			add()
		}
		d[i] = was
	}
	return out
}
