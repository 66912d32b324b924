package web

import (
	"html/template"
	"strings"
	"unicode/utf8"

	"etabli.example/web/component"
	"etabli.example/workshop"
)

// MeasurePage is the live measuring page, template "measure/live". Everything
// on it is text already written in the person's language, save what the
// element bench-meter sends on with the sound.
type MeasurePage struct {
	Page
	Order     string // "PAR-26-004217-K"
	OrderHref string
	Watch     string // "Tissot Le Locle"
	Calibre   string // "ETA 2824-2"

	BPH     string // "28 800 A/h"; "" where it is found by listening
	Lift    string // "50°"
	Winding string // "à fond (0 h)"

	Live       LiveStart
	Source     string // "microphone", "file" or "simulated"
	Sources    component.Choices
	Preset     component.Field // simulated watches to choose from
	LiftField  component.Field
	BeatField  component.Field
	WindField  component.Field // winding state
	SetField   component.Field // how many positions
	AskedField component.Field // uncertainty at which the next position comes by itself

	PositionName string // "cadran en haut"
	Progress     string // "5 sur 6"
	Rate         Dial
	Amplitude    Dial
	BeatError    Dial
	Doubt        liftDoubt // of the lift angle, where it should be confirmed
	Clock        string    // how far the sound card's clock is known; "" where none is used
	ClockHref    string    // where it is calibrated
	Card         workshop.CardClock

	Wheel component.Wheel
	Table component.PositionTable
	Next  string // "Ensuite CB, cadran en bas."
	Do    string // what to do with the watch
	Keep  string // "Garder CH, passer à CB"

	Act        component.Act // of the forms
	Phase      string        // "before", "after", "control"
	Phases     []component.Choice
	Electronic bool          // it has no balance: another page measures it
	Readings   string        // address of the whole record
	Refused    string        // why the person cannot measure here; nothing is offered then
	Said       string        // why a form was not taken
	SetupOpen  bool          // the settings are part of the page: a form of theirs was refused
	Simulate   string        // address of the page with a simulated watch; "" where it is one
	ByCard     bool          // the measured file was recorded through Card
	Held       string        // name of the sound of a measured file that may be kept
	HeldTrace  template.HTML // its trace

	// Addresses of the forms. Keep and Redo work on what was heard last; Upload
	// takes the file "sound"; Manual the fields rate, amplitude, beat_error.
	KeepAction, RedoAction, UploadAction, ManualAction string
	Manual                                             []component.Field
	Instrument                                         instrumentChoice // of the form Manual
	Upload                                             component.Field
	Words                                              []LiveWord // what bench-meter may have to say
}

// Fresh is what one more form of the page carries.
func (p *MeasurePage) Fresh() component.Act { return newAct(p.Act.Seen) }

// LiveStart is what bench-meter tells the server first.
type LiveStart struct {
	Socket   string // path of the WebSocket
	Order    string
	Position string
	Winding  string
	Lift     float64 // degrees
	Beat     int     // beats per hour; 0 lets the server find it
	Preset   string  // of a simulated watch
	Set      int     // positions of the session
	Asked    float64 // s/d at 95 %: a reading this sure moves on by itself; 0 waits for a person
	Ear      bool    // listens for the watch to stop and notes it
}

// Dial is one live figure. Where Figure is set (a file was measured, or the
// page was reloaded) it is shown until sound arrives.
type Dial struct {
	Key       string // "rate", "amplitude", "beat_error": also the verdict's name on the wire
	Name      string
	Unit      string
	Figure    string
	PlusMinus string
	Reason    string // in place of the figure
	Verdict   *component.Verdict
	Ruler     component.Ruler
	Source    string // where the limits come from
}

// Digits returns the figure without the degree sign, which is drawn smaller.
func (d Dial) Digits() string { return strings.TrimSuffix(d.Figure, "°") }

// Degrees reports whether a degree sign follows the figure.
func (d Dial) Degrees() bool { return d.Figure != "" && d.Unit == "°" }

// Chars returns how many characters the figure has: longer ones are set smaller.
func (d Dial) Chars() int { return max(1, utf8.RuneCountInString(d.Digits())) }

// Kit returns the three chips one of which is shown.
func (d Dial) Kit() []component.Verdict {
	return []component.Verdict{{Judgement: component.Inside}, {Judgement: component.Outside}, {Judgement: component.Inconclusive}}
}

// Shown reports whether the chip of judgement j is shown at first.
func (d Dial) Shown(j component.Judgement) bool { return d.Verdict != nil && d.Verdict.Judgement == j }

// LiveWord is a sentence kept in the page under the name the server or the
// element uses for it: a timing.Reason, a timing.Notice, "offline", "denied".
type LiveWord struct{ Name, Text string }

// liveWords lists the names; each has a key live.say.<name>.
var liveWords = []string{
	"no_watch", "too_noisy", "too_short", "two_watches", "clipped", "gain_control", "samples_missing", "other_watch",
	"stopped_at", "rebanking", "position_changed", "unlocking_not_heard", "unlisted_beat", "antiphase",
	"not_a_watch", "turn",
	"listening", "stable", "offline", "mic_denied", "mic_none", "mic_insecure", "kept",
	"signal_none", "signal_weak", "signal_fair", "signal_good",
}

// Words returns the sentences of a live page in the language of t.
func Words(t func(string, ...any) string) []LiveWord {
	out := make([]LiveWord, len(liveWords))
	for i, name := range liveWords {
		out[i] = LiveWord{name, t("live.say." + name)}
	}
	return out
}
