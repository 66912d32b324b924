// Microphone: the sound of one microphone as numbered frames. Everything that
// makes speech pleasant is switched off, since it ruins a watch.

export class Microphone {
  // open asks for the microphone and calls onFrame with each ArrayBuffer. It
  // throws a DOMException named as getUserMedia does, or "insecure" where the
  // page did not come over HTTPS or from this machine.
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
    await mic.context.resume();
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
