// toast-note: one note at the foot of the page, gone after eight seconds or
// with the next action. It lives in #toasts, a polite live region, so it is
// also spoken.

const STAYS_MS = 8000;
const GRACE_MS = 600; // the click or key that brought it is not the next action

class ToastNote extends HTMLElement {
  connectedCallback() {
    this.shown = performance.now();
    this.timer = setTimeout(() => this.remove(), STAYS_MS);
    this.onAct = (e) => {
      if (performance.now() - this.shown > GRACE_MS && !this.contains(e.target) && e.key !== "Tab" && e.key !== "Shift") this.remove();
    };
    document.addEventListener("click", this.onAct);
    document.addEventListener("keydown", this.onAct);
    this.addEventListener("focusin", () => clearTimeout(this.timer)); // whoever is about to undo is not hurried
  }

  disconnectedCallback() {
    clearTimeout(this.timer);
    document.removeEventListener("click", this.onAct);
    document.removeEventListener("keydown", this.onAct);
  }
}

customElements.define("toast-note", ToastNote);

// toast shows text in place of what is shown now.
export function toast(text) {
  const place = document.getElementById("toasts");
  if (!place) return;
  const note = document.createElement("toast-note");
  note.className = "toast";
  note.textContent = text;
  place.replaceChildren(note);
}
