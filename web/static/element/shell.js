// What every page has. Each element lives in its own file and is of no use to
// the others; pages without JavaScript work, only less comfortably.
import "./palette-search.js";
import "./key-hints.js";
import "./toast-note.js";
import "./theme-switch.js";
import "./draft-keeper.js";
import "./photo-input.js";
import "./file-button.js";
import "./swap-focus.js";
