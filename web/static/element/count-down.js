// count-down: how long until data-until (an instant). The server wrote the hour
// beside it; this only counts. At the hour the page is asked for again, since
// the line it stands on may then be done.

class CountDown extends HTMLElement {
  connectedCallback() {
    this.until = new Date(this.dataset.until).getTime();
    this.over = this.until <= Date.now();
    this.timer = setInterval(() => this.tick(), 1000);
    this.tick();
  }

  disconnectedCallback() {
    clearInterval(this.timer);
  }

  tick() {
    const left = Math.ceil((this.until - Date.now()) / 1000);
    if (left <= 0) {
      clearInterval(this.timer);
      this.textContent = "";
      const busy = document.activeElement?.closest?.("input, textarea, select");
      if (!this.over && !busy) location.reload();
      return;
    }
    const two = (n) => String(n).padStart(2, "0");
    const h = Math.floor(left / 3600), m = Math.floor((left % 3600) / 60), s = left % 60;
    this.textContent = `(${h ? `${h}:${two(m)}` : m}:${two(s)})`;
  }
}

customElements.define("count-down", CountDown);
