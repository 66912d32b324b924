// The AudioWorklet that turns the microphone into numbered frames: eight bytes
// little-endian with the index of the first sample, then mono int16 PCM. The
// index counts samples since capture began, so a lost frame is a known gap.

const FRAME = 2048; // samples: 43 ms at 48 kHz

class SoundFrames extends AudioWorkletProcessor {
  constructor() {
    super();
    this.next = 0; // index of the sample that comes next
    this.begin();
  }

  begin() {
    this.buffer = new ArrayBuffer(8 + 2 * FRAME);
    this.view = new DataView(this.buffer);
    this.view.setBigUint64(0, BigInt(this.next), true);
    this.filled = 0;
  }

  process(inputs) {
    const sound = inputs[0]?.[0];
    if (!sound) return true;
    for (const v of sound) {
      const clipped = Math.max(-1, Math.min(1, v));
      this.view.setInt16(8 + 2 * this.filled, Math.round(clipped * 32767), true);
      this.next++;
      if (++this.filled === FRAME) {
        this.port.postMessage(this.buffer, [this.buffer]);
        this.begin();
      }
    }
    return true;
  }
}

registerProcessor("sound-frames", SoundFrames);
