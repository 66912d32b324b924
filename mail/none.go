package mail

import (
	"context"

	"etabli.example/fault"
)

// None is the Sender of a house that has not said which mail server takes its
// messages: it sends nothing and says so, so that no sheet claims a message was sent.
type None struct{}

var _ Sender = None{}

// Send implements Sender: always fault.Unavailable.
func (None) Send(context.Context, Message) error {
	return fault.New(fault.Unavailable, "mail.none")
}
