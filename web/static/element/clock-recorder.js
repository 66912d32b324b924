// clock-recorder: records a reference quartz through the microphone into the
// form's file, for as long as data-seconds says, and sends the form. Without
// scripts a recording made elsewhere is chosen instead.
import { Microphone } from "./microphone.js";

const HEAD = 44; // bytes of a WAV file before its samples

class ClockRecorder extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", (e) => e.target.closest("[data-part=record]") && this.record());
  }

  disconnectedCallback() {
    this.mic?.close();
  }

  note(text) {
    this.querySelector("[data-part=note]").textContent = text;
  }

  async record() {
    const form = this.querySelector("form");
    if (this.mic || !form.reportValidity()) return;
    this.frames = [];
    this.samples = 0;
    this.next = undefined;
    try {
      this.mic = await Microphone.open((frame) => this.take(frame));
    } catch (err) {
      this.note(this.dataset[{ NotAllowedError: "mic_denied", insecure: "mic_insecure" }[err.name] ?? "mic_none"]);
    }
  }

  // take keeps one frame; a hole in their numbers would be an error of the clock.
  take(frame) {
    if (!this.mic) return;
    const at = Number(new DataView(frame).getBigUint64(0, true));
    if (this.next !== undefined && at !== this.next) return this.end(this.dataset.broken);
    this.frames.push(frame.slice(8));
    this.samples += (frame.byteLength - 8) / 2;
    this.next = at + (frame.byteLength - 8) / 2;
    const left = Number(this.dataset.seconds) - Math.floor(this.samples / this.mic.rate);
    if (left !== this.left) this.note(this.dataset.recording.replace("{0}", left));
    this.left = left;
    if (left <= 0) this.send();
  }

  end(text) {
    this.mic.close();
    this.mic = undefined;
    this.note(text);
  }

  send() {
    const file = new DataTransfer();
    file.items.add(new File([head(this.samples, this.mic.rate), ...this.frames], "reference.wav", { type: "audio/wav" }));
    this.end(this.dataset.recorded);
    this.querySelector("input[type=file]").files = file.files;
    this.querySelector("form").requestSubmit();
  }
}

// head is that of a WAV file of so many 16-bit samples of one channel.
function head(samples, rate) {
  const v = new DataView(new ArrayBuffer(HEAD));
  const text = (at, s) => [...s].forEach((c, i) => v.setUint8(at + i, c.charCodeAt(0)));
  text(0, "RIFF");
  v.setUint32(4, HEAD - 8 + 2 * samples, true);
  text(8, "WAVEfmt ");
  v.setUint32(16, 16, true);
  v.setUint16(20, 1, true);
  v.setUint16(22, 1, true);
  v.setUint32(24, rate, true);
  v.setUint32(28, 2 * rate, true);
  v.setUint16(32, 2, true);
  v.setUint16(34, 16, true);
  text(36, "data");
  v.setUint32(40, 2 * samples, true);
  return v.buffer;
}

customElements.define("clock-recorder", ClockRecorder);
