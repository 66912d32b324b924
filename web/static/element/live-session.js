// Session: from one position to the next. By hand the next position begins at
// once. Where a reading moves on by itself the person first turns the watch:
// the new position waits a moment, so that nothing heard on the way counts.
// Keeping again begins at once; redoing goes back to the position just kept,
// whose readings both stay on the sheet.

import { turnTo } from "./live-position.js";

const TURN_S = 8;

export class Session {
  constructor(meter) {
    this.meter = meter;
  }

  close() {
    clearInterval(this.timer);
  }

  // next goes on to position, or stays where it is "".
  async next(position) {
    const { meter } = this;
    const automatic = Number(meter.dataset.asked) > 0;
    this.before = meter.dataset.position;
    if (automatic && !position) return this.rest();
    await this.to(position || this.before);
    if (!automatic) return;
    this.turning = TURN_S;
    this.count();
    this.timer = setInterval(() => this.count(), 1000);
  }

  // rest is the end of the session: the last reading stays, nothing is kept again.
  rest() {
    this.meter.dataset.asked = "0";
    this.meter.again("start");
  }

  count() {
    if (this.turning <= 0) return this.begin();
    this.meter.note(this.meter.word("turn", this.turning--));
  }

  begin() {
    clearInterval(this.timer);
    this.turning = undefined;
    this.meter.note("");
    this.meter.again("start");
  }

  async redo() {
    const { meter } = this;
    clearInterval(this.timer);
    if (this.turning === undefined) return meter.again("redo");
    this.turning = undefined;
    await this.to(this.before);
  }

  async to(position) {
    const { meter } = this;
    const url = new URL(location.href);
    url.searchParams.set("position", (meter.dataset.position = position));
    history.replaceState(null, "", url);
    meter.again("start");
    await turnTo(meter, url);
  }
}
