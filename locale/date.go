package locale

import (
	"fmt"
	"strconv"
	"time"
)

// Date writes the day of t: "19/07/2028" in French, "19 Jul 2028" in English
// (a figure month would be read two ways). The zero time is "–".
func (p *Printer) Date(t time.Time) string {
	if t.IsZero() {
		return none
	}
	return p.day(t.In(p.loc))
}

// Day writes a date without clock, as the store keeps it ("2028-07-19"), like
// Date. Text that is no date is "–".
func (p *Printer) Day(iso string) string {
	t, err := time.Parse(time.DateOnly, iso)
	if err != nil {
		return none
	}
	return p.day(t)
}

func (p *Printer) day(t time.Time) string {
	if p.lang == EN {
		return fmt.Sprintf("%d %s %d", t.Day(), p.T("date.short."+strconv.Itoa(int(t.Month()))), t.Year())
	}
	return t.Format("02/01/2006")
}

// DateLong writes the day of t in words: "lundi 23 novembre 2026".
func (p *Printer) DateLong(t time.Time) string {
	if t.IsZero() {
		return none
	}
	t = t.In(p.loc)
	return fmt.Sprintf("%s %s %s %d", p.weekday(t), p.dayOfMonth(t), p.T("date.month."+strconv.Itoa(int(t.Month()))), t.Year())
}

// DateShort writes weekday, day and month for dense lists: "lun. 23 nov.".
func (p *Printer) DateShort(t time.Time) string {
	if t.IsZero() {
		return none
	}
	t = t.In(p.loc)
	weekday := p.T("date.weekday_short." + strconv.Itoa(int(t.Weekday())))
	return weekday + " " + p.dayOfMonth(t) + nbsp + p.T("date.short."+strconv.Itoa(int(t.Month())))
}

// Time writes the time of day of t: "9 h 52" in French, "09:52" in English.
func (p *Printer) Time(t time.Time) string {
	if t.IsZero() {
		return none
	}
	t = t.In(p.loc)
	if p.lang == EN {
		return t.Format("15:04")
	}
	if t.Minute() == 0 {
		return fmt.Sprintf("%d"+nbsp+"h", t.Hour())
	}
	return fmt.Sprintf("%d"+nbsp+"h"+nbsp+"%02d", t.Hour(), t.Minute())
}

// DateTime writes day and time: "19/07/2028 à 9 h 52".
func (p *Printer) DateTime(t time.Time) string {
	if t.IsZero() {
		return none
	}
	return p.T("date.at", p.Date(t), p.Time(t))
}

func (p *Printer) weekday(t time.Time) string {
	return p.T("date.weekday." + strconv.Itoa(int(t.Weekday())))
}

// dayOfMonth writes the day; the first is "1er" in French.
func (p *Printer) dayOfMonth(t time.Time) string {
	if t.Day() == 1 {
		return p.T("date.first")
	}
	return strconv.Itoa(t.Day())
}
