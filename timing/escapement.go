package timing

// Escapement is the kind of escapement listened to. It decides what an
// amplitude may be said from: the formula supposes that the first sound and
// the last of a beat bound the lift.
type Escapement string

// The escapements. The empty one is taken for a Swiss lever.
const (
	Lever    Escapement = "lever"
	PinLever Escapement = "pin_lever"
	Coaxial  Escapement = "coaxial"
	Detent   Escapement = "detent"
	Cylinder Escapement = "cylinder"
)

// CoaxialLiftDeg is the lift angle taken for a co-axial escapement where none
// is given (calibres 8500, 8800 and 8900; reference timing §4.3).
const CoaxialLiftDeg = 38

// known tells whether e is one of the escapements.
func (e Escapement) known() bool {
	switch e {
	case "", Lever, PinLever, Coaxial, Detent, Cylinder:
		return true
	}
	return false
}

// lifts tells whether unlocking and drop bound the lift. A cylinder rests on
// the balance all the time, a detent unlocks at every second beat only and
// gives its impulse within another angle: neither lets an amplitude be heard.
func (e Escapement) lifts() bool { return e != Detent && e != Cylinder }
