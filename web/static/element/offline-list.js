// offline-list: what waits on this tablet, and what the server refused with its
// answer beside it: both versions are shown, and the person decides.
//
//   <offline-list><template>row</template><ul></ul></offline-list>

class OfflineList extends HTMLElement {
  async connectedCallback() {
    this.row = this.querySelector("template").content.firstElementChild;
    this.empty = this.querySelector("[data-part=empty]");
    if (!navigator.serviceWorker) return;
    await navigator.serviceWorker.ready;
    navigator.serviceWorker.addEventListener("message", (e) => e.data?.type === "queue" && this.draw());
    this.draw();
  }

  async ask(message) {
    const worker = (await navigator.serviceWorker.ready).active;
    return new Promise((done) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = (e) => done(e.data);
      worker.postMessage(message, [port2]);
    });
  }

  async draw() {
    const items = (await this.ask({ type: "list" })) ?? [];
    this.empty.hidden = items.length > 0;
    this.querySelector("ul").replaceChildren(...items.map((it) => this.one(it)));
  }

  one(it) {
    const row = this.row.cloneNode(true), part = (name) => row.querySelector(`[data-part=${name}]`);
    const said = it.fields.filter(([k, v]) => !["seen", "entry", "lift", "beat"].includes(k) && typeof v === "string" && v).map(([, v]) => v);
    part("number").textContent = it.number;
    part("number").href = `/orders/${it.number}`;
    part("mine").textContent = said.join(", ");
    part("when").textContent = new Date(it.happened).toLocaleString(document.documentElement.lang);
    part("when").dateTime = it.happened;
    const refused = it.state === "refused";
    for (const p of row.querySelectorAll("[data-refused]")) p.hidden = !refused;
    for (const p of row.querySelectorAll("[data-waiting]")) p.hidden = refused;
    if (!refused) return row;
    part("theirs").textContent = answerOf(it);
    part("again").addEventListener("click", () => this.ask({ type: "again", id: it.id }).then(() => this.draw()));
    part("drop").addEventListener("click", () => this.ask({ type: "drop", id: it.id }).then(() => this.draw()));
    return row;
  }
}

// answerOf finds in the page the server answered with what it said, and how the
// step stands there.
function answerOf(it) {
  const page = new DOMParser().parseFromString(it.answer, "text/html");
  const text = (e) => e?.textContent.replace(/\s+/g, " ").trim() ?? "";
  const said = [...page.querySelectorAll("[role=alert], .msg")].map(text).filter(Boolean);
  const step = new Map(it.fields).get("step");
  const stands = step && text(page.querySelector(`li.step[data-step="${CSS.escape(step)}"] .what`));
  return [...new Set(said.length ? said : [text(page.querySelector("main"))]), stands].filter(Boolean).join(" · ").slice(0, 600);
}

customElements.define("offline-list", OfflineList);
