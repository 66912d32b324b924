// photo-input: shows what was chosen in its file input and makes pictures of a
// modern camera smaller before they are sent. Without it the input sends the
// files as they are; the server checks them either way.
//
//   <photo-input data-too-large="…"><input type="file" accept="image/*" multiple>
//     <div class="shots"></div><p class="msg" hidden></p></photo-input>
//
// With data-send the form is sent as soon as something was chosen.

const LONGEST_PX = 3200; // enough to read an engraving
const LEAVE_BYTES = 3e6; // smaller files are sent untouched
const MOST_BYTES = 25e6; // as package photo takes

class PhotoInput extends HTMLElement {
  connectedCallback() {
    this.input = this.querySelector("input[type=file]");
    this.shots = this.querySelector(".shots");
    this.input?.addEventListener("change", () => this.changed());
  }

  async changed() {
    const files = await Promise.all([...this.input.files].map(smaller));
    const all = new DataTransfer();
    files.forEach((f) => all.items.add(f));
    this.input.files = all.files;
    const said = this.querySelector(".msg");
    if (said) {
      said.hidden = !files.some((f) => f.size > MOST_BYTES);
      said.textContent = this.dataset.tooLarge ?? "";
    }
    this.shots?.replaceChildren(...files.map(preview));
    if ("send" in this.dataset && files.length) this.input.form.requestSubmit();
  }
}

async function smaller(file) {
  if (file.size < LEAVE_BYTES || !file.type.startsWith("image/")) return file;
  try {
    const picture = await createImageBitmap(file);
    const scale = Math.min(1, LONGEST_PX / Math.max(picture.width, picture.height));
    const canvas = new OffscreenCanvas(Math.round(picture.width * scale), Math.round(picture.height * scale));
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    const blob = await canvas.convertToBlob({ type: "image/jpeg", quality: 0.9 });
    return new File([blob], file.name.replace(/\.\w+$/, ".jpg"), { type: "image/jpeg", lastModified: file.lastModified });
  } catch {
    return file; // not a picture this browser can read: the server will say
  }
}

function preview(file) {
  const img = document.createElement("img");
  img.alt = file.name;
  img.src = URL.createObjectURL(file);
  img.addEventListener("load", () => URL.revokeObjectURL(img.src), { once: true });
  return img;
}

customElements.define("photo-input", PhotoInput);
