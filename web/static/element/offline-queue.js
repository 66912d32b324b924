// offline-queue: says at the bench that the network is away and how much waits,
// and shows on the page what was done meanwhile as done. The service worker keeps
// and sends; this only tells.
//
//   <offline-queue data-person="…" data-number="…" data-keep="…" data-away="…" data-waits="…" data-refused="…" data-undo="…" hidden><span></span> <a></a></offline-queue>

const AGAIN_MS = 5000; // between two tries while something waits

class OfflineQueue extends HTMLElement {
  async connectedCallback() {
    if (!navigator.serviceWorker) return; // not a trusted address: forms go straight to the server
    this.items = [];
    this.heard = (e) => e.data?.type === "queue" && this.show(e.data.items);
    this.back = () => this.ask({ type: "flush" }).then(() => this.list());
    this.draw = () => this.show(this.items);
    navigator.serviceWorker.addEventListener("message", this.heard);
    addEventListener("online", this.back);
    addEventListener("offline", this.draw);
    await navigator.serviceWorker.register("/worker.js");
    await navigator.serviceWorker.ready;
    await this.ask({ type: "person", id: this.dataset.person });
    this.timer = setInterval(() => this.items.some((it) => it.state === "waiting") && this.back(), AGAIN_MS);
    this.list();
    await this.ask({ type: "keep", path: location.pathname, files: performance.getEntriesByType("resource").map((e) => e.name) });
    if (this.dataset.keep) await this.ask({ type: "shelf", paths: this.dataset.keep.split(" ") });
    this.dataset.ready = "";
  }

  disconnectedCallback() {
    navigator.serviceWorker?.removeEventListener("message", this.heard);
    removeEventListener("online", this.back);
    removeEventListener("offline", this.draw);
    clearInterval(this.timer);
  }

  // ask sends one message to the worker and waits for its answer.
  async ask(message) {
    const worker = navigator.serviceWorker.controller ?? (await navigator.serviceWorker.ready).active;
    return new Promise((done) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = (e) => done(e.data);
      worker.postMessage(message, [port2]);
    });
  }

  async list() {
    this.show(await this.ask({ type: "list" }));
  }

  show(items) {
    this.items = items ?? [];
    const waits = this.items.filter((it) => it.state === "waiting").length, refused = this.items.length - waits;
    const say = [];
    if (!navigator.onLine) say.push(this.dataset.away);
    if (waits) say.push(this.dataset.waits.replace("{0}", waits));
    if (refused) say.push(this.dataset.refused.replace("{0}", refused));
    this.hidden = say.length === 0;
    const text = say.join(" ");
    const to = this.querySelector("span");
    if (to.textContent !== text) to.textContent = text;
    this.dataset.waiting = waits;
    this.dataset.refusedCount = refused;
    for (const it of this.items) if (it.state === "waiting" && it.number === this.dataset.number && it.path.endsWith("/work/step")) this.step(new Map(it.fields));
    const done = document.querySelectorAll("li.step.done, li.step.skipped").length;
    const count = document.querySelector("#work-count")?.firstChild;
    if (count && waits) count.textContent = done;
  }

  // step draws a tap that waits: the row as it will stand, with the key that takes it back.
  step(fields) {
    const row = document.querySelector(`li.step[data-step="${CSS.escape(fields.get("step"))}"]`);
    if (!row) return;
    const act = fields.get("do");
    row.classList.remove("open", "started", "done", "skipped");
    row.classList.add(act === "undone" ? "open" : act);
    for (const key of row.querySelectorAll(".do button[name=do]")) {
      const ended = act === "done" || act === "skipped";
      if (key.value === "undone") key.hidden = !ended;
      else key.hidden = ended || (key.value === "started" && act === "started");
    }
    if ((act === "done" || act === "skipped") && !row.querySelector(".do button[value=undone]")) {
      const done = row.querySelector(".do button[value=done]");
      if (!done) return;
      const undo = done.cloneNode(false);
      undo.value = "undone";
      undo.textContent = this.dataset.undo;
      undo.removeAttribute("aria-label");
      undo.className = "b q bench";
      undo.hidden = false;
      done.after(undo);
    }
  }
}

customElements.define("offline-queue", OfflineQueue);
