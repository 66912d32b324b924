package component

// TimelineEntry is one entry of a sheet. Template "timeline" draws a Timeline;
// "timeline-entry" one entry.
type TimelineEntry struct {
	Time      string // "9 h 52"
	Instant   string // RFC 3339, for <time datetime>
	Icon      string // seen in the node
	Title     string
	Who       string // "Samir B., poste 2"
	Number    string // "n° 17"
	Href      string // the entry's own address; "" for none
	Text      string
	Readings  []Reading
	Summary   string // "X +2,2 s/j, D 5,9 s/j"
	Verdict   *Verdict
	More      *Link
	Photos    []Photo
	Corrected bool // a later entry corrects it: struck lightly, still legible
}

// Day is the entries of one day.
type Day struct {
	Name    string // "Aujourd’hui, lundi 23 novembre"
	Entries []TimelineEntry
}

// Timeline is a sheet as it is read, with the state of its chain at the foot.
type Timeline struct {
	Days  []Day
	Chain string // "17 écritures, chaîne intacte"
}

// Link is a word that leads somewhere.
type Link struct{ Href, Text string }

// Photo is one picture of a strip; without Src it is a dashed place named for
// what is still to be shot. Template "photos" takes a slice.
type Photo struct {
	Href    string // full size
	Src     string // thumbnail, 92×64 or larger of the same shape
	Caption string
	Alt     string
}
