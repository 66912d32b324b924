// Cue: what the ear may know while the eyes are on the watch. One short high
// note where all figures come into tolerance, two low ones where they leave it,
// a soft click where a reading is kept. Off until somebody chooses it, and
// never the only sign.

const KEY = "etabli.cue";
const SETTLE_MS = 800; // a verdict must stand this long: figures on a limit would chatter

export class Cue {
  constructor(meter) {
    this.meter = meter;
    this.button = meter.part("cue");
    try {
      this.on = localStorage.getItem(KEY) === "on";
    } catch {
      this.on = false; // storage is refused: off each time
    }
    this.show();
  }

  show() {
    this.button?.setAttribute("aria-pressed", String(this.on));
  }

  toggle() {
    this.on = !this.on;
    try {
      localStorage.setItem(KEY, this.on ? "on" : "off");
    } catch {
      // storage is refused: it holds until the page is left
    }
    this.show();
    if (this.on) this.notes([880]); // the click that allows sound is heard
  }

  // hear follows the verdicts of the readings.
  hear(reading, verdicts) {
    const all = Object.values(verdicts).map((v) => v.verdict);
    const now = !reading.confident || !all.length ? undefined : all.includes("no") ? "out" : all.every((v) => v === "ok") ? "in" : "unsure";
    if (now !== this.seen) {
      this.seen = now;
      this.since = performance.now();
    }
    if (now === undefined || performance.now() - this.since < SETTLE_MS || now === this.told) return;
    if (now === "in") this.notes([1320]);
    else if (this.told === "in" || now === "out") this.notes([330, 330]);
    this.told = now;
    this.meter.dataset.cue = now;
  }

  kept() {
    this.told = undefined;
    this.notes([2200], 0.02);
  }

  notes(pitches, length = 0.09) {
    if (!this.on) return;
    this.context ??= new AudioContext();
    pitches.forEach((pitch, i) => {
      const at = this.context.currentTime + 0.01 + i * 0.16;
      const tone = new OscillatorNode(this.context, { frequency: pitch });
      const gain = new GainNode(this.context, { gain: 0 });
      gain.gain.setTargetAtTime(0.12, at, 0.005);
      gain.gain.setTargetAtTime(0, at + length, 0.02);
      tone.connect(gain).connect(this.context.destination);
      tone.start(at);
      tone.stop(at + length + 0.2);
    });
  }

  close() {
    this.context?.close();
  }
}
