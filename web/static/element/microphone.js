// Microphone: the sound of one microphone as numbered frames. Everything that
// makes speech pleasant is switched off, since it ruins a watch.

export class Microphone {
  // open asks for the microphone and calls onFrame with each ArrayBuffer. It
  // throws a DOMException named as getUserMedia does, "insecure" where the page
  // did not come over HTTPS or from this machine, or "gesture" where the browser
  // wants a click first.
  static async open(onFrame) {
    if (!navigator.mediaDevices?.getUserMedia || !globalThis.AudioWorkletNode) throw new DOMException("", "insecure");
    const mic = new Microphone();
    mic.stream = await navigator.mediaDevices.getUserMedia({
      audio: { echoCancellation: false, noiseSuppression: false, autoGainControl: false, channelCount: 1 },
    });
    mic.context = new AudioContext({ latencyHint: "interactive" });
    await mic.context.audioWorklet.addModule(new URL("./sound-frames.js", import.meta.url));
    mic.node = new AudioWorkletNode(mic.context, "sound-frames", { numberOfOutputs: 0, channelCount: 1, channelCountMode: "explicit" });
    mic.node.port.onmessage = (e) => onFrame(e.data);
    mic.context.createMediaStreamSource(mic.stream).connect(mic.node);
    if (!(await started(mic.context))) {
      mic.close();
      throw new DOMException("", "gesture");
    }
    return mic;
  }

  // rate is that of the context. The track's own settings are known to lie.
  get rate() {
    return this.context.sampleRate;
  }

  close() {
    this.stream?.getTracks().forEach((t) => t.stop());
    this.context?.close();
  }
}

// started waits for the context to run; without a click it may wait for ever.
function started(context) {
  const patience = new Promise((done) => setTimeout(() => done(false), 1500));
  return Promise.race([context.resume().then(() => true), patience]);
}
