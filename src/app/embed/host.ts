// Speaks with the page around the frame.
import { decode, encode, newScenario } from "../../scenario/index.ts";
import type { Playground } from "../store/playground.ts";
import { type FrameMessage, type HostMessage, readMessage } from "./messages.ts";

/** Listens to the page around the frame and tells it that the frame is ready; returns how to stop. */
export function speakWithHost(playground: Playground): () => void {
  const frame = window.parent;
  if (frame === window) return () => undefined;
  const listener = (event: MessageEvent<unknown>) => {
    if (event.source !== frame) return;
    const read = readMessage(event.data);
    if (read.kind === "foreign") return;
    // Only the one who asked gets the answer. A sandboxed asker has no origin to name.
    const targetOrigin = event.origin === "null" || event.origin === "" ? "*" : event.origin;
    const reply = (message: FrameMessage) => frame.postMessage(message, targetOrigin);
    if (read.kind === "invalid") reply({ type: "podpath:error", id: read.id, message: read.problem });
    else answer(playground, read.message).then(reply, (error: unknown) => reportError(error));
  };
  addEventListener("message", listener);
  const stopHeight = tellHeight(frame);
  return () => {
    removeEventListener("message", listener);
    stopHeight();
  };
}

async function answer(playground: Playground, message: HostMessage): Promise<FrameMessage> {
  const { id } = message;
  if (message.type === "podpath:get") {
    const { session } = playground.store.getState();
    const fragment = await encode(session.scenario("run"));
    return { type: "podpath:state", id, fragment, text: session.text, time: session.cluster.clock.now };
  }
  if ("text" in message) {
    await playground.open(newScenario(message.text));
    return { type: "podpath:done", id };
  }
  const decoded = await decode(message.fragment);
  if (decoded.kind === "scenario") {
    await playground.open(decoded.scenario);
    return { type: "podpath:done", id };
  }
  const reason = decoded.kind === "broken" ? decoded.message : "fragment: not the fragment of a Podpath link";
  return { type: "podpath:error", id, message: reason };
}

/** Heights that suit the picture: wide frames show it low, narrow ones high. */
function wantedHeight(width: number): number {
  if (width < 560) return 640;
  return Math.round(Math.min(Math.max(width * 0.58, 400), 720));
}

/** Tells the height that suits the frame's width, first with readiness and then whenever the width changes. Nothing in it is secret. */
function tellHeight(frame: Window): () => void {
  let told = 0;
  const tell = (type: "podpath:ready" | "podpath:height") => {
    const height = wantedHeight(document.documentElement.clientWidth);
    if (type === "podpath:height" && height === told) return;
    told = height;
    const message: FrameMessage = type === "podpath:ready" ? { type, version: 1, height } : { type, height };
    frame.postMessage(message, "*");
  };
  tell("podpath:ready");
  const sized = new ResizeObserver(() => tell("podpath:height"));
  sized.observe(document.documentElement);
  return () => sized.disconnect();
}
