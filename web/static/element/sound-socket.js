// SoundSocket: sends a start message and numbered frames, and connects again by
// itself. While it cannot send, frames wait; beyond the bound the oldest go,
// and the server sees the gap by the index of the next. What was sent last may
// have died with the connection, so it is sent again: the server skips samples
// whose index it has already had.

const WAITING_BYTES = 12e6; // about two minutes at 48 kHz: an outage of one, and what is sent again
const FULL_BYTES = 1e6; // handed to the browser but not yet sent
const AGAIN_FRAMES = 400; // about 17 seconds: more than the browser and the network may hold on their way
const FIRST_MS = 400, LONGEST_MS = 5000;

export class SoundSocket {
  // hello() returns the start message at the time of each connection. on has
  // message(object) and online(boolean).
  constructor(path, hello, on) {
    this.url = new URL(path, location.href);
    this.url.protocol = location.protocol === "https:" ? "wss:" : "ws:";
    this.hello = hello;
    this.on = on;
    this.waiting = [];
    this.bytes = 0;
    this.sent = []; // the last frames handed to the browser
    this.pause = FIRST_MS;
    this.connect();
  }

  get open() {
    return this.socket?.readyState === WebSocket.OPEN;
  }

  connect() {
    this.socket = new WebSocket(this.url);
    this.socket.onopen = () => {
      this.pause = FIRST_MS;
      this.say(this.hello());
      this.waiting.unshift(...this.sent.splice(0));
      this.bytes = this.waiting.reduce((sum, f) => sum + f.byteLength, 0);
      this.flush();
      this.on.online(true);
    };
    this.socket.onmessage = (e) => typeof e.data === "string" && this.on.message(JSON.parse(e.data));
    this.socket.onclose = () => {
      if (this.ended) return;
      this.on.online(false);
      this.timer = setTimeout(() => this.connect(), this.pause);
      this.pause = Math.min(LONGEST_MS, 2 * this.pause);
    };
  }

  // say sends one JSON message, if there is a connection.
  say(message) {
    if (this.open) this.socket.send(JSON.stringify(message));
  }

  push(frame) {
    this.waiting.push(frame);
    this.bytes += frame.byteLength;
    while (this.bytes > WAITING_BYTES) this.bytes -= this.waiting.shift().byteLength;
    this.flush();
  }

  flush() {
    while (this.open && this.waiting.length && this.socket.bufferedAmount < FULL_BYTES) {
      const frame = this.waiting.shift();
      this.bytes -= frame.byteLength;
      this.socket.send(frame);
      this.sent.push(frame);
      if (this.sent.length > AGAIN_FRAMES) this.sent.shift();
    }
  }

  close() {
    this.ended = true;
    clearTimeout(this.timer);
    this.socket?.close();
  }
}
