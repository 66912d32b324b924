// step-focus: the follow-up sheet's steps under the keyboard. A row that was
// done is drawn anew by the server and would take the focus with it; it goes to
// the next step that is left, so that Enter, Enter, Enter does the list, and at
// its end to the key that finishes.

class StepFocus extends HTMLElement {
  connectedCallback() {
    this.addEventListener("focusin", (e) => (this.held = e.target.closest("li")?.id));
    this.observer = new MutationObserver(() => this.lost());
    this.observer.observe(this, { childList: true, subtree: true });
  }

  disconnectedCallback() {
    this.observer.disconnect();
  }

  lost() {
    if (!this.held || document.activeElement !== document.body) return;
    const rows = [...this.querySelectorAll("li.step")];
    const at = Math.max(0, rows.findIndex((row) => row.id === this.held));
    const left = [...rows.slice(at), ...rows.slice(0, at)].map((row) => row.querySelector("button[value=done]")).find(Boolean);
    (left ?? document.querySelector("#work-finish button"))?.focus({ preventScroll: !left });
  }
}

customElements.define("step-focus", StepFocus);
