// write-here: two people write to each other across the counter, on one screen.
// It fills the screen, turns the text round for whoever stands opposite, offers
// ready sentences and empties the sheet. Nothing that is written leaves the page.

class WriteHere extends HTMLElement {
  connectedCallback() {
    this.sheet = this.querySelector("textarea");
    for (const b of this.querySelectorAll("button[hidden]")) b.hidden = false;
    this.addEventListener("click", (e) => this.pressed(e.target.closest("button")));
  }

  pressed(button) {
    if (!button) return;
    if (button.dataset.say) {
      this.sheet.value = (this.sheet.value.trim() + "\n" + button.dataset.say).trim() + "\n";
    } else if (button.dataset.do === "turn") {
      this.classList.toggle("turned");
    } else if (button.dataset.do === "full") {
      if (document.fullscreenElement) document.exitFullscreen();
      else this.requestFullscreen?.();
    } else if (button.dataset.do === "clear") {
      this.sheet.value = "";
    }
    this.sheet.focus();
  }
}

customElements.define("write-here", WriteHere);
