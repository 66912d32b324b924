// theme-switch: changes the theme at once and tells the server behind; without
// it the same form reloads the page.

class ThemeSwitch extends HTMLElement {
  connectedCallback() {
    this.addEventListener("submit", (e) => {
      const theme = e.submitter?.value;
      if (!theme) return;
      e.preventDefault();
      document.documentElement.dataset.theme = theme;
      const form = e.target;
      const body = new URLSearchParams(new FormData(form, e.submitter));
      // A failure leaves the page as chosen; the next page falls back to the old theme.
      fetch(form.action, { method: "POST", body, headers: { "HX-Request-Type": "partial" } }).catch(() => {});
      this.querySelector(theme === "dark" ? ".to-light" : ".to-dark")?.focus();
    });
  }
}

customElements.define("theme-switch", ThemeSwitch);
