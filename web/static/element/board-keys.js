// board-keys: the arrow keys walk the board. Left and right change the stage,
// up and down the watch; Enter opens what has the focus, as for any link. The
// keys work only while a card has the focus or nothing has.

class BoardKeys extends HTMLElement {
  connectedCallback() {
    this.onKey = (e) => this.key(e);
    document.addEventListener("keydown", this.onKey);
  }

  disconnectedCallback() {
    document.removeEventListener("keydown", this.onKey);
  }

  key(e) {
    if (e.altKey || e.ctrlKey || e.metaKey || e.shiftKey) return;
    const card = document.activeElement?.closest?.(".w");
    const free = document.activeElement === document.body || document.activeElement?.id === "content";
    if (!card && !free) return;
    if (e.key === "Enter" && free) {
      this.querySelector("#next")?.click();
      return;
    }
    const to = card ? this.beside(card, e.key) : e.key.startsWith("Arrow") ? this.querySelector(".w") : null;
    if (!to) return;
    e.preventDefault();
    to.focus();
    to.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  beside(card, key) {
    const columns = [...this.querySelectorAll(".col")].map((c) => [...c.querySelectorAll(".w")]).filter((c) => c.length > 0);
    const x = columns.findIndex((c) => c.includes(card));
    const y = columns[x].indexOf(card);
    const step = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0], Home: [0, -y] }[key];
    if (!step) return null;
    const column = columns[x + step[0]];
    return column?.[step[0] ? Math.min(y, column.length - 1) : y + step[1]] ?? null;
  }
}

customElements.define("board-keys", BoardKeys);
