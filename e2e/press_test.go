package e2e

import (
	"fmt"
	"testing"
	"time"

	"etabli.example/trade/order"
)

// One press on the key that keeps a reading, while it is free, keeps it: nobody
// has to press again, position after position.
func TestOnePressKeeps(t *testing.T) {
	h := openHouse(t)
	number := h.at(t)[string(order.InDiagnosis)]
	b := h.open(t, soundOf(t, heard, 60))
	b.as("samir", "fr")
	b.to("/orders/" + number + "/measure?phase=before&position=CH&winding=24h&source=microphone")
	eval[bool](b, `(() => {
		const meter = document.querySelector("bench-meter"), received = meter.received;
		window.__said = [];
		meter.received = (m) => {
			if (m.type !== "reading") __said.push(JSON.stringify(m));
			received.call(meter, m);
		};
		return true;
	})()`)
	eval[bool](b, `(document.querySelector("[data-part=listen]").click(), true)`)
	const pressOnce = `(() => {
		const key = document.querySelector("[data-part=keep]:not([hidden])[aria-disabled=false]");
		key?.click();
		return key !== null;
	})()`
	for n := range 4 {
		before, position := len(readings(t, h, number)), eval[string](b, `document.querySelector("bench-meter").dataset.position`)
		b.await(pressOnce)
		deadline := time.Now().Add(patience / 2)
		for len(readings(t, h, number)) == before {
			if time.Now().After(deadline) {
				b.failed(fmt.Errorf("press %d on a free key kept nothing; the bench was told %s", n+1, eval[string](b, `__said.join("; ")`)))
			}
			time.Sleep(50 * time.Millisecond)
		}
		if got := len(readings(t, h, number)); got != before+1 {
			t.Fatalf("press %d kept %d readings", n+1, got-before)
		}
		b.await(fmt.Sprintf(`document.querySelector("bench-meter").dataset.position !== %q`, position))
	}
}
