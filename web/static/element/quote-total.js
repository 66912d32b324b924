// quote-total: totals the quote as the customer ticks. The server totals again
// on every answer; without this element a button asks it to.
//
//   <quote-total data-base="33500" data-lang="fr"> … <input data-cents="9500"> …
//     <b data-total>335,00 €</b> <button data-sum>…</button></quote-total>

class QuoteTotal extends HTMLElement {
  connectedCallback() {
    const again = this.querySelector("[data-sum]");
    if (again) again.hidden = true;
    this.addEventListener("change", () => this.total());
  }

  total() {
    let cents = Number(this.dataset.base);
    for (const box of this.querySelectorAll("input[data-cents]:checked")) cents += Number(box.dataset.cents);
    const lang = this.dataset.lang === "fr" ? "fr-FR" : "en-GB";
    this.querySelector("[data-total]").textContent = new Intl.NumberFormat(lang, { style: "currency", currency: "EUR" }).format(cents / 100);
  }
}

customElements.define("quote-total", QuoteTotal);
