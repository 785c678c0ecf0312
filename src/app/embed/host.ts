// Speaks with the page around the frame.
import { decode, encodeFitting, newScenario, type Scenario } from "../../scenario/index.ts";
import { nextTask } from "../store/open.ts";
import type { Playground } from "../store/playground.ts";
import { type FrameMessage, type HostMessage, readMessage } from "./messages.ts";
import { MessageQueue, type QueueWork } from "./queue.ts";

/** Listens to the page around the frame and tells it that the frame is ready; returns how to stop. */
export function speakWithHost(playground: Playground): () => void {
  const frame = window.parent;
  const queue = new MessageQueue(workOn(playground));
  const listener = (event: MessageEvent<unknown>) => {
    if (event.source !== frame) return;
    const read = readMessage(event.data);
    if (read.kind === "foreign") return;
    // Only the one who asked gets the answer. A sandboxed asker has no origin to name.
    const targetOrigin = event.origin === "null" || event.origin === "" ? "*" : event.origin;
    const answer = (message: FrameMessage) => frame.postMessage(message, targetOrigin);
    if (read.kind === "invalid") queue.refuse(read.id, answer, read.problem);
    else queue.add(read.message, answer);
  };
  addEventListener("message", listener);
  const stopHeight = tellHeight(frame);
  return () => {
    removeEventListener("message", listener);
    stopHeight();
  };
}

function workOn(playground: Playground): QueueWork {
  return {
    pause: nextTask,
    get: async () => {
      const { run } = playground.store.getState();
      const { text } = run;
      const time = run.world.clock.now;
      return { text, time, fragment: (await encodeFitting(playground.scenarioOf())).fragment };
    },
    set: async (message) => {
      try {
        return await begin(playground, message);
      } catch (error) {
        reportError(error);
        return `it could not be opened: ${error instanceof Error ? error.message : String(error)}`;
      }
    },
  };
}

/** Begins what was set; the problem when it cannot be, or when the reader gave it up. */
async function begin(playground: Playground, message: HostMessage): Promise<string | undefined> {
  if ("text" in message) return open(playground, newScenario(message.text));
  if (!("fragment" in message)) return undefined;
  const decoded = await decode(message.fragment);
  if (decoded.kind === "scenario") return open(playground, decoded.scenario);
  return decoded.kind === "broken" ? decoded.message : "fragment: not the fragment of a Podpath link";
}

/** Opens a scenario; what the frame shows of it stays as its address says. */
async function open(playground: Playground, scenario: Scenario): Promise<string | undefined> {
  const { only } = playground.store.getState().view;
  if (!(await playground.open(scenario))) return "the reader cancelled it or opened something else";
  playground.setView({ only });
  return undefined;
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
