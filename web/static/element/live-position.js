// Turning to the next position without leaving the page: what belongs to a
// position (wheel, table, scales, sources, labels) is taken from the page the
// server would send for it, so that it is drawn in one place only.

const OF_POSITION = ["h1", "#positions", "[data-ruler]", ".src", "[data-part=keep] span", ".full .pos"];

// turnTo fills root with the parts of the page at url.
export async function turnTo(root, url) {
  const answer = await fetch(url);
  if (!answer.ok) return location.assign(url); // the server has something to say
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const selector of OF_POSITION) {
    const fresh = page.querySelectorAll(`bench-meter ${selector}`);
    root.querySelectorAll(selector).forEach((old, i) => fresh[i] && old.replaceChildren(...fresh[i].childNodes));
  }
  for (const input of document.querySelectorAll("input[type=hidden][name=position]")) input.value = root.dataset.position;
}
