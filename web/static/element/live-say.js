// What the measuring page says beside its figures: why one is missing, since
// when they stand, how good the signal is. meter is the bench-meter.

const BARS_DB = [6, 12, 20, 30];

// why says in place of a missing figure what is the matter, for the rate the
// reason of the whole reading, for the amplitude its own.
export function why(meter, key, figure, reading) {
  const place = meter.querySelector(`[data-why="${key}"]`);
  const name = figure || key === "beat_error" ? "" : key === "rate" ? (reading.reason ?? "listening") : reading.confident ? "unlocking_not_heard" : "";
  place.textContent = name && meter.word(name);
  place.hidden = !name;
}

// steady says since when the figures can be trusted.
export function steady(meter, reading) {
  meter.since = reading.confident ? (meter.since ?? performance.now()) : undefined;
  const text = meter.since === undefined ? "" : meter.word("stable", Math.round((performance.now() - meter.since) / 1000));
  if (meter.part("stable").textContent !== text) meter.part("stable").textContent = text;
}

// signal draws the bars and says their word.
export function signal(meter, db) {
  const bars = BARS_DB.filter((limit) => db >= limit).length;
  meter.part("signal").dataset.bars = bars;
  meter.part("signal-word").textContent = meter.word(["signal_none", "signal_weak", "signal_weak", "signal_fair", "signal_good"][bars]);
}
