// bench-meter: the live measuring page. It sends sound (or, for a simulated
// watch, only the start message) and shows what comes back.
//
// What is said on the wire stands in package live; sound is numbered frames, see
// sound-frames.js. "start" and an unanswered "keep" are sent again on reconnecting.
import "./live-trace.js";
import { entryId } from "./entry-id.js";
import { Microphone } from "./microphone.js";
import { SoundSocket } from "./sound-socket.js";
import { QUANTITIES, figureOf, show, judge } from "./live-figure.js";
import { toast } from "./toast-note.js";
import { why, steady, signal } from "./live-say.js";
import { enterFull, leaveFull } from "./live-full.js";
import { Session } from "./live-session.js";
import { Cue } from "./live-cue.js";
import { hello } from "./live-hello.js";

const EVERY_MS = 200; // digits change at most five times a second

class BenchMeter extends HTMLElement {
  connectedCallback() {
    this.words = this.querySelector("[data-part=words]").content;
    this.session = crypto.randomUUID?.() ?? String(Math.random()).slice(2);
    if (this.dataset.source === "file") this.part("listen")?.setAttribute("hidden", "");
    this.turn = 0;
    this.cue = new Cue(this);
    this.steps = new Session(this);
    this.addEventListener("click", (e) => this.clicked(e));
    this.addEventListener("submit", (e) => this.submitted(e));
    this.onKey = (e) => this.key(e);
    document.addEventListener("keydown", this.onKey);
    this.onFull = () => document.fullscreenElement || leaveFull(this);
    document.addEventListener("fullscreenchange", this.onFull);
    if (this.dataset.source === "microphone") this.listenIfAllowed();
    if (this.dataset.source === "file") this.ready("held" in this.dataset);
  }

  disconnectedCallback() {
    document.removeEventListener("keydown", this.onKey);
    document.removeEventListener("fullscreenchange", this.onFull);
    this.socket?.close();
    this.mic?.close();
    this.cue.close();
    this.steps.close();
    clearTimeout(this.timer);
  }

  part(name) {
    return this.querySelector(`[data-part="${name}"]`) ?? document.querySelector(`[data-part="${name}"]`);
  }

  word(name, value) {
    return (this.words.querySelector(`[data-word="${name}"]`)?.textContent ?? "").replace("{0}", value);
  }

  note(text) {
    for (const name of ["note", "full-note"]) if (this.part(name).textContent !== text) this.part(name).textContent = text;
  }

  async listenIfAllowed() {
    const state = await navigator.permissions?.query({ name: "microphone" }).catch(() => null);
    if (state?.state === "granted" && this.isConnected) this.listen();
  }

  async listen() {
    if (this.socket || this.opening) return;
    this.opening = true;
    try {
      if (this.dataset.source === "microphone") this.mic = await Microphone.open((frame) => this.socket?.push(frame));
    } catch (err) {
      if (err.name !== "gesture") this.note(this.word({ NotAllowedError: "mic_denied", insecure: "mic_insecure" }[err.name] ?? "mic_none"));
      return;
    } finally {
      this.opening = false;
    }
    this.part("listen").hidden = true;
    this.ready(false);
    this.note(this.word("listening"));
    this.socket = new SoundSocket(this.dataset.socket, () => hello(this), {
      message: (m) => this.received(m),
      online: (yes) => {
        this.note(yes ? "" : this.word("offline"));
        if (yes) this.keepAgain();
      },
    });
    this.awake = await navigator.wakeLock?.request("screen").catch(() => null);
  }

  // stop ends listening where the server will not go on; the person may begin again.
  stop() {
    this.socket.close();
    this.mic?.close();
    this.socket = this.mic = undefined;
    this.part("keep").hidden = true;
    this.part("listen").hidden = false;
  }

  received(m) {
    if (m.type === "reading" && m.turn === this.turn) {
      if (m.beats?.length) this.part("trace").add(m.beats);
      this.latest = m;
      this.timer ??= setTimeout(() => this.render(), Math.max(0, EVERY_MS - (performance.now() - (this.drawn ?? 0))));
    }
    if (m.type === "hearing") signal(this, m.peak_db === null ? 0 : 60 + m.peak_db);
    if (m.type === "stopped") this.note(m.text);
    if (m.type === "kept") this.kept(m);
    if (m.type === "error") {
      this.note(m.message);
      this.entry = undefined;
      if (m.of !== "keep" && m.of !== "ear") this.stop();
    }
  }

  render() {
    this.timer = undefined;
    this.drawn = performance.now();
    const { reading, verdicts = {} } = this.latest;
    for (const [key, q] of Object.entries(QUANTITIES)) {
      const figure = figureOf(reading, q);
      show(this, key, figure, verdicts[key]?.verdict);
      judge(this, key, figure && verdicts[key]);
      why(this, key, figure, reading);
    }
    steady(this, reading);
    signal(this, reading.signal_db ?? 0);
    const notice = reading.notices?.find((n) => n !== "unlocking_not_heard");
    this.note(notice ? this.word(notice) : "");
    this.ready(reading.confident);
    this.cue.hear(reading, verdicts);
    if (this.latest.steady) this.keep();
  }

  ready(yes) {
    const keep = this.part("keep");
    keep.hidden = false;
    keep.classList.toggle("locked", !yes);
    keep.setAttribute("aria-disabled", String(!yes));
  }

  clicked(e) {
    const name = e.target.closest("[data-part]")?.dataset.part;
    if (name === "listen") this.listen();
    if (name === "full") enterFull(this);
    if (name === "full-leave") leaveFull(this);
    if (name === "full-keep") this.keep();
    if (name === "cue") this.cue.toggle();
    if (name === "fullscreen") this.part("taps").hidden = !this.part("taps").hidden;
  }

  submitted(e) {
    if (this.part("keep").getAttribute("aria-disabled") === "true" && e.submitter === this.part("keep")) return e.preventDefault();
    if (!this.socket) return; // a file was measured: the form goes its own way
    e.preventDefault();
    if (e.submitter === this.part("redo")) this.steps.redo();
    else this.keep();
  }

  keep() {
    if (this.steps.turning) return this.steps.begin();
    if (this.entry || this.part("keep").getAttribute("aria-disabled") === "true") return;
    this.entry = entryId();
    this.keepAgain();
  }

  keepAgain() {
    if (this.entry) this.socket?.say({ type: "keep", entry: this.entry });
  }

  again(type) {
    this.since = undefined;
    this.ready(false); // nothing is measured yet in this position
    this.part("trace").clear();
    this.turn++; // readings on their way, or about to be drawn, are of the position before
    this.timer = clearTimeout(this.timer);
    this.socket.say(type === "redo" ? { type, turn: this.turn } : hello(this));
  }

  async kept(m) {
    if (!this.entry) return; // answered already
    this.entry = undefined;
    this.cue.kept();
    toast(m.text || this.word("kept"));
    await this.steps.next(m.next);
  }

  key(e) {
    const free = !e.target.closest?.("input,textarea,select,button,a,[popover]");
    if (e.key === " " && free && !e.repeat && this.part("listen")) {
      e.preventDefault();
      if (this.part("listen").hidden) this.socket ? this.keep() : this.part("keep").form.requestSubmit(this.part("keep"));
      else this.listen();
    }
    if (e.key === "Backspace" && free && this.socket) this.steps.redo();
    if (e.key === "Escape") leaveFull(this);
  }
}

customElements.define("bench-meter", BenchMeter);
