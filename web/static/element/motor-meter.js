// motor-meter: listens to the motor of an electronic watch. It sends sound as
// bench-meter does and shows the sentences and figures that come back, written by
// the server in the page's language.
import { entryId } from "./entry-id.js";
import { judge } from "./live-figure.js";
import { Microphone } from "./microphone.js";
import { SoundSocket } from "./sound-socket.js";
import { toast } from "./toast-note.js";

class MotorMeter extends HTMLElement {
  connectedCallback() {
    this.words = this.querySelector("[data-part=words]").content;
    this.session = crypto.randomUUID?.() ?? String(Math.random()).slice(2);
    this.addEventListener("click", (e) => this.clicked(e));
  }

  disconnectedCallback() {
    this.socket?.close();
    this.mic?.close();
  }

  part(name) {
    return this.querySelector(`[data-part="${name}"]`);
  }

  word(name) {
    return this.words.querySelector(`[data-word="${name}"]`)?.textContent ?? "";
  }

  note(text) {
    if (this.part("note").textContent !== text) this.part("note").textContent = text;
  }

  clicked(e) {
    const name = e.target.closest("[data-part]")?.dataset.part;
    if (name === "listen") this.listen();
    if (name === "again") this.again();
    if (name === "keep") this.keep();
  }

  async listen() {
    if (this.socket || this.opening) return;
    this.opening = true;
    try {
      this.mic = await Microphone.open((frame) => this.socket?.push(frame));
    } catch (err) {
      this.note(this.word({ NotAllowedError: "mic_denied", insecure: "mic_insecure" }[err.name] ?? "mic_none"));
      return;
    } finally {
      this.opening = false;
    }
    this.live(true);
    this.note(this.word("listening"));
    this.socket = new SoundSocket(this.dataset.socket, () => this.hello(), {
      message: (m) => this.received(m),
      online: (yes) => {
        this.note(this.word(yes ? "listening" : "offline"));
        if (yes && this.entry) this.socket.say({ type: "keep", entry: this.entry });
      },
    });
    this.awake = await navigator.wakeLock?.request("screen").catch(() => null);
  }

  // live shows the buttons of a motor that is listened to, or the one that begins.
  live(yes) {
    this.toggleAttribute("data-live", yes);
    this.part("listen").hidden = yes;
    this.part("keep").hidden = this.part("again").hidden = this.part("level-line").hidden = !yes;
    this.ready(false);
  }

  ready(yes) {
    this.part("keep").setAttribute("aria-disabled", String(!yes));
    this.part("keep").classList.toggle("locked", !yes);
  }

  hello() {
    const d = this.dataset;
    return {
      type: "start", kind: "quartz", session: this.session, source: "microphone", rate: this.mic.rate,
      position: "CH", winding: "unknown", phase: d.phase, lang: document.documentElement.lang,
    };
  }

  again() {
    this.show({ figures: {}, notices: [], why: "", confident: false, verdict: "" });
    this.socket.say({ type: "redo" });
  }

  received(m) {
    if (m.type === "stepping") this.show(m);
    if (m.type === "hearing") this.part("level").value = m.peak_db === null ? 0 : 60 + m.peak_db;
    if (m.type === "kept") {
      this.entry = undefined;
      toast(m.text || this.word("kept"));
    }
    if (m.type === "error") {
      this.entry = undefined;
      if (m.of !== "keep") {
        this.socket.close();
        this.mic.close();
        this.socket = this.mic = undefined;
        this.live(false);
      }
      this.note(m.message);
    }
  }

  show(m) {
    for (const place of this.querySelectorAll("[data-motor]")) {
      const text = m.figures[place.dataset.motor] ?? (place.dataset.motor === "pm" ? "" : "–");
      if (place.textContent !== text) place.textContent = text;
    }
    judge(this, "rate", m.confident ? { verdict: m.verdict } : null);
    this.part("why").textContent = m.why;
    this.part("why").hidden = !m.why;
    if (this.socket?.open) this.note(m.notices.join(" ") || this.word("listening"));
    this.ready(m.confident);
  }

  keep() {
    if (this.entry || this.part("keep").getAttribute("aria-disabled") === "true") return;
    this.entry = entryId();
    this.socket.say({ type: "keep", entry: this.entry });
  }
}

customElements.define("motor-meter", MotorMeter);
