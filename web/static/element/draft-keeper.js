// draft-keeper: keeps what is typed into a form. It wraps the form:
//
//   <draft-keeper data-form="reception" data-kept="…" data-waiting="…">
//     <form …>…</form> <span data-draft role="status"></span>
//   </draft-keeper>
//
// While somebody types it sends the named values (no files, no passwords) every
// EVERY_MS as PUT /draft/{data-form}, form-encoded, and expects 204: waiting for
// a pause would lose a sentence typed in one go. One request is under way at a
// time, so that an older text never comes after a newer one. Loading the page
// again fills the values in on the server's side; DELETE on the same address
// drops them.

const EVERY_MS = 350;
const PATIENCE_MS = 5000; // for an answer
const RETRY_MS = 700;

class DraftKeeper extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    if (!this.form || !this.dataset.form) return;
    this.form.addEventListener("input", () => this.changed());
    this.form.addEventListener("change", () => this.changed());
    this.form.addEventListener("submit", () => this.rest());
    this.onHide = () => this.dirty && this.send(true);
    this.onOnline = () => this.dirty && this.soon(0);
    addEventListener("pagehide", this.onHide);
    addEventListener("online", this.onOnline);
  }

  disconnectedCallback() {
    clearTimeout(this.timer);
    removeEventListener("pagehide", this.onHide);
    removeEventListener("online", this.onOnline);
  }

  changed() {
    this.dirty = true;
    if (!this.timer && !this.busy) this.soon(EVERY_MS);
  }

  soon(ms) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), ms);
  }

  // rest stops keeping: the form itself is on its way.
  rest() {
    clearTimeout(this.timer);
    this.timer = 0;
    this.dirty = false;
    this.under?.abort();
  }

  values() {
    const out = new URLSearchParams();
    for (const [name, value] of new FormData(this.form)) {
      const control = this.form.elements.namedItem(name);
      if (typeof value === "string" && control?.type !== "password") out.append(name, value);
    }
    return out;
  }

  send(leaving) {
    this.under = new AbortController();
    const signal = leaving ? undefined : AbortSignal.any([this.under.signal, AbortSignal.timeout(PATIENCE_MS)]);
    return fetch(`/draft/${encodeURIComponent(this.dataset.form)}`, { method: "PUT", body: this.values(), keepalive: leaving, signal });
  }

  async save() {
    this.timer = 0;
    if (this.busy || !this.dirty) return;
    this.busy = true;
    this.dirty = false;
    let next = EVERY_MS;
    try {
      const answer = await this.send(false);
      if (!answer.ok) throw new Error(String(answer.status));
      this.say(this.dataset.kept, true);
    } catch {
      if (this.under.signal.aborted) return; // the form was sent
      this.dirty = true;
      next = RETRY_MS;
      this.say(this.dataset.waiting, false);
    } finally {
      this.busy = false;
    }
    if (this.dirty) this.soon(next);
  }

  say(text, kept) {
    const place = this.querySelector("[data-draft]");
    if (!place || !text) return;
    const clock = new Intl.DateTimeFormat(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });
    place.textContent = kept ? `${text}, ${clock.format(new Date())}` : text;
  }
}

customElements.define("draft-keeper", DraftKeeper);
