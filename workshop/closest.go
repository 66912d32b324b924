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
// has: the sequence typed under another check character, then two neighbouring
// digits swapped, then one digit wrong; but first of all a number one slip away
// that bears the very check character typed, since that one was read rightly. It
// reports false where what was typed is no number or nothing is near.
func (w *Workshop) Closest(ctx context.Context, who staff.Actor, typed string) (row order.Row, found bool, err error) {
	if err := who.Must(staff.See); err != nil {
		return row, false, err
	}
	seq, check, ok := sequenceOf(typed)
	if !ok {
		return row, false, nil
	}
	err = w.Book.View(ctx, func(ctx context.Context, tx Tx) error {
		for _, near := range neighbours(seq) {
			rows, err := tx.OrdersBySequence(ctx, near)
			if err != nil {
				return err
			}
			for _, r := range rows {
				if check != "" && strings.HasSuffix(r.Number, "-"+check) {
					row, found = r, true
					return nil
				}
				if !found {
					row, found = r, true
				}
			}
		}
		return nil
	})
	return row, found, err
}

// sequenceOf reads the sequence and the check character, if there is one, out of
// a number that may be mistyped: of a full number one of the two is wrong when it
// comes here.
func sequenceOf(typed string) (seq int, check string, ok bool) {
	typed = strings.ToUpper(strings.TrimSpace(typed))
	if seq, check, ok := ident.ParseShort(typed); ok {
		return seq, check, true
	}
	if i := strings.LastIndexByte(typed, '-'); i >= 0 && len(typed)-i == 2 {
		check = typed[i+1:]
	}
	parts := strings.FieldsFunc(typed, func(r rune) bool { return r < '0' || r > '9' })
	for i := len(parts) - 1; i >= 0; i-- {
		if n, err := strconv.Atoi(parts[i]); err == nil && len(parts[i]) == 6 {
			return n, check, true
		}
	}
	return 0, "", false
}

// neighbours lists the sequences one slip of the finger away, likeliest first:
// the sequence itself, where the slip is in the check character.
func neighbours(seq int) []int {
	d := []byte(strconv.Itoa(1_000_000 + seq)[1:])
	var out []int
	add := func() {
		if n, err := strconv.Atoi(string(d)); err == nil && n > 0 {
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
