// How a live figure is written and put into the page: digits, ruler, verdict.
// The last digit is withheld while it is noise, and its place kept.

const lang = () => document.documentElement.lang || "fr";

// Quantities by their name on the wire: fields of the reading, decimals, sign.
export const QUANTITIES = {
  rate: { value: "rate_s_per_day", spread: ["rate_u", "clock_u"], decimals: 1, signed: true },
  amplitude: { value: "amplitude_deg", spread: ["amplitude_u"], decimals: 0, after: "°" },
  beat_error: { value: "beat_error_ms", spread: ["beat_error_u"], decimals: 1 },
};

// figureOf returns {value, spread, text, held} of a quantity, or null where the
// reading does not give it. held is the part of the text that is still noise.
export function figureOf(reading, q) {
  const value = reading[q.value];
  if (value === null || value === undefined) return null;
  const parts = q.spread.map((name) => reading[name]).filter((u) => typeof u === "number");
  const spread = parts.length ? Math.hypot(...parts) : null;
  const step = 10 ** -q.decimals;
  const noisy = spread !== null && spread > 5 * step;
  if (noisy && q.decimals === 0) return { value, spread, text: write(Math.round(value / 10) * 10, 0, q.signed), held: "" };
  const text = write(value, q.decimals, q.signed);
  const cut = noisy ? write(value, 0, q.signed) : text;
  return { value, spread, text: cut, held: noisy ? text.slice(-1 - q.decimals) : "" };
}

function write(value, decimals, signed) {
  const f = new Intl.NumberFormat(lang(), { minimumFractionDigits: decimals, maximumFractionDigits: decimals, useGrouping: false, signDisplay: signed ? "exceptZero" : "negative" });
  return f.format(value).replace("-", "\u2212");
}

function writeSpread(u, decimals) {
  if (u === null) return "";
  const d = u < 0.1 && decimals > 0 ? 2 : u < 10 ? Math.max(1, decimals) : 0;
  return `±${write(Math.max(u, 10 ** -d), d, false)}`;
}

// show puts a figure (or null) into every place of the page named key.
export function show(root, key, figure, judgement) {
  const q = QUANTITIES[key];
  for (const place of root.querySelectorAll(`[data-figure="${key}"]`)) {
    place.dataset.chars = figure ? figure.text.length + figure.held.length : 1;
    place.replaceChildren(figure ? figure.text : "–", ...(figure ? extras(figure, q) : []));
  }
  for (const place of root.querySelectorAll(`[data-pm="${key}"]`)) place.textContent = figure ? writeSpread(figure.spread, q.decimals) : "";
  for (const place of root.querySelectorAll(`[data-ruler="${key}"] > .ruler > svg`)) point(place, figure, judgement);
}

function extras(figure, q) {
  const out = [];
  if (figure.held) out.push(span("held", figure.held));
  if (q.after) out.push(span("deg", q.after));
  return out;
}

function span(name, text) {
  const s = document.createElement("span");
  s.className = name;
  s.textContent = text;
  return s;
}

// point moves the hand of a ruler; the scale stays. Beyond it the hand is
// pinned to the end and hollow.
function point(svg, figure, judgement) {
  const pointer = svg.querySelector(".pointer");
  pointer.toggleAttribute("hidden", !figure);
  if (!figure) return;
  const min = Number(svg.dataset.min), max = Number(svg.dataset.max);
  const at = (v) => (100 * (Math.max(min, Math.min(max, v)) - min)) / (max - min);
  pointer.setAttribute("class", `pointer ${judgement ?? "na"}`);
  const hand = pointer.querySelector(".hand");
  hand.setAttribute("x", `${at(figure.value)}%`);
  hand.classList.toggle("pinned", figure.value < min || figure.value > max);
  const bar = pointer.querySelector(".spread") ?? pointer.insertBefore(rect(), hand);
  const half = figure.spread ?? 0;
  bar.setAttribute("x", `${at(figure.value - half)}%`);
  bar.setAttribute("width", `${Math.max(0.5, at(figure.value + half) - at(figure.value - half))}%`);
}

function rect() {
  const r = document.createElementNS("http://www.w3.org/2000/svg", "rect");
  r.setAttribute("class", "spread");
  r.setAttribute("y", "20.5");
  r.setAttribute("height", "4");
  return r;
}

// judge shows the chip that holds in every kit named key; null shows none.
export function judge(root, key, verdict) {
  for (const kit of root.querySelectorAll(`[data-kit="${key}"]`)) {
    for (const chip of kit.querySelectorAll("[data-verdict]")) {
      chip.hidden = chip.dataset.verdict !== verdict?.verdict;
      if (!chip.hidden && verdict.text) chip.querySelector(".v > span").textContent = verdict.text;
    }
  }
}
