// palette-search: the search field of the bar. Ctrl+K (Cmd+K) focuses it from
// anywhere. A scanner is a fast keyboard that ends with Enter: what it types
// while no field has the focus is searched for.

const FAST_MS = 40; // between two characters of a scanner; people need longer
const SHORTEST = 5; // characters of the shortest number worth taking for a scan

class PaletteSearch extends HTMLElement {
  connectedCallback() {
    this.input = this.querySelector("input[type=search]");
    this.typed = "";
    this.last = 0;
    this.onKey = (e) => this.key(e);
    document.addEventListener("keydown", this.onKey);
  }

  disconnectedCallback() {
    document.removeEventListener("keydown", this.onKey);
  }

  key(e) {
    if ((e.ctrlKey || e.metaKey) && !e.altKey && !e.shiftKey && e.key.toLowerCase() === "k") {
      e.preventDefault();
      this.input.focus();
      this.input.select();
      return;
    }
    if (e.key === "Escape" && document.activeElement === this.input) this.input.blur();
    if (!editable(e.target)) this.scan(e);
  }

  scan(e) {
    if (e.ctrlKey || e.altKey || e.metaKey) return;
    const fast = e.timeStamp - this.last < FAST_MS;
    this.last = e.timeStamp;
    if (e.key === "Enter") {
      if (fast && this.typed.length >= SHORTEST) {
        e.preventDefault();
        this.input.value = this.typed;
        this.input.form.requestSubmit();
      }
      this.typed = "";
    } else if (e.key.length === 1) {
      this.typed = fast ? this.typed + e.key : e.key;
    }
  }
}

function editable(target) {
  return target instanceof Element && target.closest("input, textarea, select, [contenteditable]") !== null;
}

customElements.define("palette-search", PaletteSearch);
