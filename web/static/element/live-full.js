// The measuring page in full screen: three figures at 40 mm and nothing else.
// Space keeps, Escape leaves, a tap anywhere shows the buttons.

export function enterFull(meter) {
  meter.dataset.full = "";
  meter.part("fullscreen").hidden = false;
  document.activeElement?.blur(); // so that Space keeps
  document.documentElement.requestFullscreen?.().catch(() => {}); // refused: it still fills the window
}

export function leaveFull(meter) {
  if (!("full" in meter.dataset)) return;
  delete meter.dataset.full;
  meter.part("fullscreen").hidden = true;
  if (document.fullscreenElement) document.exitFullscreen();
  meter.part("full").focus();
}
