// draft-keeper: keeps what is typed into a form. It wraps the form:
//
//   <draft-keeper data-form="reception" data-kept="…" data-waiting="…">
//     <form …>…</form> <span data-draft role="status"></span>
//   </draft-keeper>
//
// After a pause it sends the named values (no files, no passwords) as
// PUT /draft/{data-form}, form-encoded, and expects 204. Loading the page again
// fills them in on the server's side; DELETE on the same address drops them.

const PAUSE_MS = 900;
const RETRY_MS = 8000;

class DraftKeeper extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    if (!this.form || !this.dataset.form) return;
    this.form.addEventListener("input", () => this.later(PAUSE_MS));
    this.form.addEventListener("submit", () => {
      clearTimeout(this.timer);
      this.dirty = false;
    });
    this.onHide = () => this.dirty && this.save(true);
    addEventListener("pagehide", this.onHide);
  }

  disconnectedCallback() {
    clearTimeout(this.timer);
    removeEventListener("pagehide", this.onHide);
  }

  later(ms) {
    this.dirty = true;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(false), ms);
  }

  values() {
    const out = new URLSearchParams();
    for (const [name, value] of new FormData(this.form)) {
      const control = this.form.elements.namedItem(name);
      if (typeof value === "string" && control?.type !== "password") out.append(name, value);
    }
    return out;
  }

  async save(leaving) {
    this.dirty = false;
    try {
      const answer = await fetch(`/draft/${encodeURIComponent(this.dataset.form)}`, { method: "PUT", body: this.values(), keepalive: leaving });
      if (!answer.ok) throw new Error(String(answer.status));
      this.say(this.dataset.kept, true);
    } catch {
      this.say(this.dataset.waiting, false);
      this.later(RETRY_MS);
    }
  }

  say(text, kept) {
    const place = this.querySelector("[data-draft]");
    if (!place || !text) return;
    const clock = new Intl.DateTimeFormat(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });
    place.textContent = kept ? `${text}, ${clock.format(new Date())}` : text;
  }
}

customElements.define("draft-keeper", DraftKeeper);
