// swap-focus: a part of the page that the server draws anew takes the focus
// with it when it was in there, and the keyboard would begin again at the top.
// The focus goes back to the same control, else to the first one of the part,
// else to the part's neighbour. step-focus knows better for its own rows.

const CONTROLS = "input:not([type=hidden]), select, textarea, button, a[href], summary";

let last = null; // what had the focus
let within = []; // ids of what it stood in, innermost first

document.addEventListener("focusin", (e) => {
  last = e.target.closest("step-focus") ? null : e.target;
  within = [];
  for (let p = e.target.parentElement; p; p = p.parentElement) if (p.id) within.push(p.id);
});

new MutationObserver(() => {
  if (!last || last.isConnected || document.activeElement !== document.body) return;
  again(last)?.focus({ preventScroll: true });
  if (document.activeElement === document.body) last = null; // nothing of it is left
}).observe(document.body, { childList: true, subtree: true });

function again(lost) {
  const same = (lost.id && document.getElementById(lost.id)) || (lost.name && [...document.getElementsByName(lost.name)].find((e) => e.value === lost.value));
  if (same) return same;
  const part = within.map((id) => document.getElementById(id)).find(Boolean);
  if (!part) return null;
  const all = [...document.querySelectorAll(CONTROLS)].filter((e) => !e.disabled && e.offsetParent !== null);
  return all.find((e) => part.contains(e)) ?? all.find((e) => part.compareDocumentPosition(e) & Node.DOCUMENT_POSITION_FOLLOWING);
}
