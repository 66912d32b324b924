// key-hints: Alt+1 … Alt+6 and the other Alt keys printed on controls act the
// same in every browser (Firefox wants Alt+Shift for accesskey). Pressing any
// key shows the hints where the pointer is a finger and they were hidden.

class KeyHints extends HTMLElement {
  connectedCallback() {
    this.onKey = (e) => this.key(e);
    document.addEventListener("keydown", this.onKey);
  }

  disconnectedCallback() {
    document.removeEventListener("keydown", this.onKey);
  }

  key(e) {
    if (e.key.length > 1 || e.altKey || e.ctrlKey) document.documentElement.dataset.keys = "";
    if (!e.altKey || e.ctrlKey || e.metaKey) return;
    const name = /^Digit[1-9]$/.test(e.code) ? e.code.slice(5) : e.key.toLowerCase();
    if (name.length !== 1) return;
    const thing = document.querySelector(`[accesskey="${CSS.escape(name)}"]:not([disabled])`);
    if (!thing || thing.offsetParent === null) return;
    e.preventDefault();
    thing.focus();
    if (!thing.matches("input:not([type=checkbox], [type=radio]), textarea, select")) thing.click();
  }
}

customElements.define("key-hints", KeyHints);
