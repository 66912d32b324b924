// enter-next: Enter goes to the next field of the form it wraps, Ctrl Enter
// (Cmd Enter) sends it. In the search for the customer Enter takes the first
// found. Shift Enter is a new line in a text of several lines. Without it Enter
// sends the form, as browsers do.

const FIELDS = "input:not([type=hidden]), select, textarea";

class EnterNext extends HTMLElement {
  connectedCallback() {
    this.addEventListener("keydown", (e) => this.key(e));
    // Some keyboards and scanners send the character on its own: it must not
    // send the form from the field that has just got the focus.
    this.addEventListener("keypress", (e) => {
      if (e.key === "Enter" && !e.shiftKey && e.target.matches(FIELDS) && this.takes(e.target)) e.preventDefault();
    });
  }

  key(e) {
    if (e.key !== "Enter" || e.isComposing || e.altKey || e.shiftKey) return;
    const form = this.querySelector("form");
    if (e.ctrlKey || e.metaKey) {
      e.preventDefault();
      form.requestSubmit(this.querySelector("[data-open]"));
      return;
    }
    if (!e.target.matches(FIELDS) || !this.takes(e.target)) return;
    e.preventDefault();
    if (e.target.form === form) this.next(e.target)?.focus();
    else this.querySelector("a[data-first]").click();
  }

  // takes tells whether Enter in a field is ours: not in a search that has found
  // nothing, which is sent so that the server answers.
  takes(field) {
    return field.form === this.querySelector("form") || this.querySelector("a[data-first]") !== null;
  }

  // next is the field after one, in the order of the page; a closed part is skipped.
  next(field) {
    const all = [...this.querySelectorAll(`${FIELDS}, [data-open]`)].filter((f) => !f.disabled && f.offsetParent !== null && !f.closest("details:not([open])"));
    return all[all.indexOf(field) + 1];
  }
}

customElements.define("enter-next", EnterNext);
