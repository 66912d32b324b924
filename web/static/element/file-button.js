// file-button: a browser writes the button of a file input in its own language,
// whatever the page's. Each input gets a button in the page's words, lying
// under it, and the name of what was chosen; the input itself stays what is
// clicked, focused and sent. Without scripts the browser's own button serves.

const words = document.body.dataset;

function dress(input) {
  const file = document.createElement("span");
  file.className = "filebutton";
  const button = document.createElement("span");
  button.className = "b";
  button.textContent = input.multiple ? words.chooseMany : words.choose;
  const chosen = document.createElement("span");
  chosen.className = "chosen";
  button.setAttribute("aria-hidden", "true");
  input.replaceWith(file);
  file.append(input, button, chosen);
  const say = () => (chosen.textContent = named([...input.files]));
  input.addEventListener("change", say);
  input.form?.addEventListener("reset", () => setTimeout(say));
  say();
}

function named(files) {
  if (!files.length) return words.none;
  return files.length === 1 ? files[0].name : `${files.length}\u00a0${words.many}`;
}

function dressAll() {
  document.querySelectorAll("input[type=file]:not(.filebutton > *)").forEach(dress);
}

dressAll();
new MutationObserver(dressAll).observe(document.body, { childList: true, subtree: true });
