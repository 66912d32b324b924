// take-back: a tap that was wrong is taken back in one tap for as long as the
// server allows it without a word. When the time is over the key goes; opening
// the step again asks why, below.
//
//   <take-back data-ms="9000"><form>…</form></take-back>

class TakeBack extends HTMLElement {
  connectedCallback() {
    this.timer = setTimeout(() => this.remove(), Number(this.dataset.ms) || 10000);
  }

  disconnectedCallback() {
    clearTimeout(this.timer);
  }
}

customElements.define("take-back", TakeBack);
