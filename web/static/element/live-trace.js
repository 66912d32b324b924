// live-trace: the running trace on a canvas, last minute, wrapping like the
// paper strip. add() takes beats {s: second, o: offset in ms, t: true for a
// tac}. It advances by beats and smooths nothing. Lost sound is a hatched gap.

const SPANS = [2, 4, 8]; // ms, both signs
const GAP_S = 0.7; // longer than two beats of the slowest usual watch
const LEFT = 34, RIGHT = 6, TOP = 6, BOTTOM = 20;

class LiveTrace extends HTMLElement {
  connectedCallback() {
    this.seconds = Number(this.dataset.seconds) || 60;
    this.span = Number(this.dataset.span) || SPANS[0];
    this.beats = [];
    this.canvas = document.createElement("canvas");
    this.replaceChildren(this.canvas);
    this.sizes = new ResizeObserver(() => this.ask());
    this.sizes.observe(this);
    this.themes = new MutationObserver(() => this.ask());
    this.themes.observe(document.documentElement, { attributeFilter: ["data-theme"] });
    document.fonts?.ready.then(() => this.ask());
  }

  disconnectedCallback() {
    this.sizes.disconnect();
    this.themes.disconnect();
  }

  clear() {
    this.beats = [];
    this.span = Number(this.dataset.span) || SPANS[0];
    this.ask();
  }

  add(beats) {
    for (const b of beats) {
      const last = this.beats.at(-1);
      if (last && b.s < last.s - 1) this.beats = []; // the server began again
      this.beats.push(b);
    }
    const from = (this.beats.at(-1)?.s ?? 0) - this.seconds;
    while (this.beats.length && this.beats[0].s < from) this.beats.shift();
    this.widen();
    this.ask();
  }

  // widen takes the next scale once the two lines stand further apart than
  // this one shows; it never narrows while measuring.
  widen() {
    const recent = this.beats.slice(-24);
    const mean = (list) => list.reduce((sum, b) => sum + b.o, 0) / (list.length || 1);
    const apart = Math.abs(mean(recent.filter((b) => b.t)) - mean(recent.filter((b) => !b.t)));
    while (apart > 1.6 * this.span && this.span < SPANS.at(-1)) this.span = SPANS[SPANS.indexOf(this.span) + 1];
  }

  ask() {
    this.asked ??= requestAnimationFrame(() => {
      this.asked = undefined;
      this.draw();
    });
  }

  draw() {
    const box = this.getBoundingClientRect();
    if (!box.width || !box.height) return;
    const dpr = devicePixelRatio || 1;
    this.canvas.width = Math.round(box.width * dpr);
    this.canvas.height = Math.round(box.height * dpr);
    const g = this.canvas.getContext("2d");
    g.scale(dpr, dpr);
    const style = getComputedStyle(this);
    const ink = (name) => style.getPropertyValue(name).trim();
    const area = { w: box.width - LEFT - RIGHT, h: box.height - TOP - BOTTOM };
    const begin = Math.max(0, (this.beats.at(-1)?.s ?? 0) - this.seconds);
    const x = (s) => LEFT + ((s - begin) / this.seconds) * area.w;
    const y = (o) => TOP + area.h * (1 - wrap(o + this.span, 2 * this.span) / (2 * this.span));
    g.font = `400 13px ${style.getPropertyValue("--cond")}`;
    this.grid(g, ink, area, begin, x);
    this.gaps(g, ink, area, x);
    for (const b of this.beats) dot(g, x(b.s), y(b.o), b.t, ink);
  }

  grid(g, ink, area, begin, x) {
    const number = new Intl.NumberFormat(document.documentElement.lang, { signDisplay: "exceptZero" });
    g.strokeStyle = ink("--grid");
    g.fillStyle = ink("--ink3");
    g.lineWidth = 1;
    g.textAlign = "right";
    for (let i = -2; i <= 2; i++) {
      const at = Math.round(TOP + area.h * (0.5 - i / 4)) + 0.5;
      line(g, LEFT, at, LEFT + area.w, at);
      g.fillText(number.format((i * this.span) / 2).replace("-", "\u2212"), LEFT - 8, at + 4);
    }
    const every = this.seconds / 6;
    for (let s = Math.ceil(begin / every) * every; s <= begin + this.seconds + 0.01; s += every) {
      const at = Math.round(x(s)) + 0.5;
      line(g, at, TOP, at, TOP + area.h);
      const end = s + every > begin + this.seconds + 0.01;
      g.textAlign = end ? "right" : "center";
      g.fillText(end ? `${Math.round(s)}\u00a0s` : String(Math.round(s)), end ? at + 4 : at, TOP + area.h + 16);
    }
  }

  gaps(g, ink, area, x) {
    for (let i = 1; i < this.beats.length; i++) {
      const from = this.beats[i - 1].s, to = this.beats[i].s;
      if (to - from < GAP_S) continue;
      g.save();
      g.beginPath();
      g.rect(x(from) + 3, TOP, x(to) - x(from) - 6, area.h);
      g.clip();
      g.strokeStyle = ink("--edge");
      for (let at = x(from) - area.h; at < x(to); at += 8) line(g, at, TOP + area.h, at + area.h, TOP);
      g.restore();
      g.fillStyle = ink("--ink2");
      g.textAlign = "left";
      g.fillText(this.dataset.lost ?? "", x(from) + 6, TOP + 14);
    }
  }
}

function wrap(v, width) {
  return ((v % width) + width) % width;
}

function line(g, x1, y1, x2, y2) {
  g.beginPath();
  g.moveTo(x1, y1);
  g.lineTo(x2, y2);
  g.stroke();
}

function dot(g, x, y, tac, ink) {
  g.beginPath();
  g.arc(x, y, 1.8, 0, 2 * Math.PI);
  if (tac) {
    g.strokeStyle = ink("--tac");
    g.lineWidth = 1.2;
    g.stroke();
  } else {
    g.fillStyle = ink("--tic");
    g.fill();
  }
}

customElements.define("live-trace", LiveTrace);
