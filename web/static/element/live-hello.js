// hello is what a bench-meter says first on each connection: which sound it
// sends, and what is measured in it.
export function hello(meter) {
  const d = meter.dataset;
  return {
    type: "start",
    session: meter.session,
    source: d.source,
    rate: meter.mic?.rate ?? 48000,
    lift: Number(d.lift),
    beat: Number(d.beat),
    position: d.position,
    winding: d.winding,
    phase: d.phase,
    preset: d.preset,
    set: Number(d.set),
    asked: Number(d.asked),
    ear: "ear" in d,
    turn: meter.turn,
    lang: document.documentElement.lang,
  };
}
