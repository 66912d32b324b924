// enter-next: Enter goes to the next field of the form it wraps, Ctrl Enter
// (Cmd Enter) sends it. In the search for the customer Enter takes the first
// found. Shift Enter is a new line in a text of several lines. Without it Enter
// sends the form, as browsers do.

const FIELDS = "input:not([type=hidden]), select, textarea";

class EnterNext extends HTMLElement {
  connectedCallback() {
    this.addEventListener("keydown", (e) => this.key(e));
  }

  key(e) {
    if (e.key !== "Enter" || e.isComposing || e.altKey || e.shiftKey) return;
    const form = this.querySelector("form");
    if (e.ctrlKey || e.metaKey) {
      e.preventDefault();
      form.requestSubmit(this.querySelector("[data-open]"));
      return;
    }
    if (!e.target.matches(FIELDS)) return;
    if (e.target.form !== form) {
      const first = this.querySelector("a[data-first]");
      if (!first) return; // the search is sent: the server answers with what it finds
      e.preventDefault();
      first.click();
      return;
    }
    e.preventDefault();
    this.next(e.target)?.focus();
  }

  // next is the field after one, in the order of the page; a closed part is skipped.
  next(field) {
    const all = [...this.querySelectorAll(`${FIELDS}, [data-open]`)].filter((f) => !f.disabled && f.offsetParent !== null && !f.closest("details:not([open])"));
    return all[all.indexOf(field) + 1];
  }
}

customElements.define("enter-next", EnterNext);
