// Speaks with the page around the frame.
import { describeOutcome, type Exchange } from "../../cluster/index.ts";
import { decode, encodeFitting, newScenario, type Scenario } from "../../scenario/index.ts";
import { keptMessages } from "../store/early.ts";
import { nextTask } from "../store/open.ts";
import type { Playground } from "../store/playground.ts";
import { currentRequest } from "../store/request.ts";
import { LAPTOP } from "../store/state.ts";
import { readTarget } from "../store/targets.ts";
import { wantedHeight } from "./height.ts";
import { type Act, type FrameMessage, type HostMessage, type HostWord, readMessage } from "./messages.ts";
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
    else if (read.kind === "word") hear(playground, read.word, answer);
    else queue.add(read.message, answer);
  };
  addEventListener("message", listener);
  const stops = [tellHeight(playground, frame), tellOutcomes(playground, frame)];
  tellUnapplied(playground, frame);
  for (const event of keptMessages()) listener(event);
  return () => {
    removeEventListener("message", listener);
    for (const stop of stops) stop();
  };
}

/** Words have no turn: they wait for nothing. */
function hear(playground: Playground, word: HostWord, answer: (message: FrameMessage) => void): void {
  if (word.type === "podpath:hello") answer(ready(playground));
  else playground.setView({ theme: word.theme });
}

/** Tells the page around what of the frame's own YAML could not be applied; it asked for nothing, so there is no id. */
function tellUnapplied(playground: Playground, frame: Window): void {
  const message = unapplied(playground);
  if (message !== undefined)
    frame.postMessage({ type: "podpath:error", id: undefined, message } satisfies FrameMessage, "*");
}

function ready(playground: Playground): FrameMessage {
  const { theme } = playground.store.getState().view;
  return { type: "podpath:ready", version: 1, height: currentHeight(), theme };
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
    act: async (message) => act(playground, message),
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
  return unapplied(playground);
}

/** What was wrong with the first document that could not be applied; what a recorded run did is as its author wants it. */
function unapplied({ store }: Playground): string | undefined {
  const { run } = store.getState();
  if (run.origin.log.length > 0) return undefined;
  const report = run.lastApplied();
  const wrong = report.documents.find(({ error }) => error !== undefined);
  if (wrong?.error === undefined) return undefined;
  const where = wrong.item === undefined ? "" : ` ${wrong.item}`;
  return `document ${wrong.document + 1}${where} could not be applied: ${wrong.error.message}`;
}

/** Does what was asked; the problem when it can't be done. */
async function act(playground: Playground, message: Act): Promise<string | undefined> {
  if (message.type === "podpath:seek") return seek(playground, message.time);
  const state = playground.store.getState();
  const request = currentRequest(state);
  const { clients } = state.world.settings;
  const { from, to } = message;
  if (from !== undefined && !clients.some(({ name }) => name === from))
    return `from: one of ${clients.map(({ name }) => name).join(", ")}`;
  const target = to === undefined ? request.target : readTarget(to);
  if (target === undefined)
    return to === undefined ? "there is nothing to send to" : "to: an address or a name with a port";
  const sender =
    from === undefined ? (to === undefined ? request.from : LAPTOP) : { kind: "client" as const, name: from };
  const result = playground.run({ kind: "send", from: sender, ...target });
  if (result.exchange !== undefined) playground.select({ kind: "exchange", id: result.exchange });
  return result.error;
}

/** How long the way to a moment may take, in real ms, and how often it is looked at. */
const SEEK_MS = 20_000;
const LOOK_MS = 20;

async function seek(playground: Playground, time: number): Promise<string | undefined> {
  if (time >= playground.now) {
    playground.toNow();
    return undefined;
  }
  playground.seek(time);
  for (let waited = 0; waited < SEEK_MS; waited += LOOK_MS) {
    const { world, past } = playground.store.getState();
    if (past && Math.abs(world.clock.now - time) < 1) return undefined;
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
  return "the reader went to another moment";
}

/** Tells how requests end, but neither those of continuous traffic nor what is looked at again; returns how to stop. */
function tellOutcomes(playground: Playground, frame: Window): () => void {
  const { store } = playground;
  let stop: (() => void) | undefined;
  const follow = () => {
    stop?.();
    const { trace, clock } = store.getState().world;
    const lost = new Set<number>();
    stop = trace.news.on((news) => {
      if (news.kind !== "exchange-ended" && news.kind !== "exchange-lost") return;
      const { exchange } = news;
      if (exchange.purpose !== "request" || store.getState().past) return;
      const ends = news.kind === "exchange-lost" ? exchange.loss?.ends : exchange.outcome.kind;
      if (ends === undefined || (ends !== "answered" && lost.has(exchange.id))) return;
      if (news.kind === "exchange-lost") lost.add(exchange.id);
      frame.postMessage(outcomeOf(exchange, ends, clock.now), "*");
    });
  };
  follow();
  const unfollow = store.subscribe((state, before) => {
    if (state.world !== before.world) follow();
  });
  return () => {
    stop?.();
    unfollow();
  };
}

function outcomeOf(exchange: Exchange, ends: Exchange["outcome"]["kind"], time: number): FrameMessage {
  const { target, outcome } = exchange;
  const message = describeOutcome(exchange);
  if (outcome.kind === "answered") return { type: "podpath:answered", target, message, time, status: outcome.status };
  return { type: "podpath:failed", target, message, time, outcome: ends };
}

const currentHeight = () => wantedHeight(document.documentElement.clientWidth);

/** Tells the height that suits the frame's width, first with readiness and then whenever the width changes. Nothing in it is secret. */
function tellHeight(playground: Playground, frame: Window): () => void {
  let told = currentHeight();
  frame.postMessage(ready(playground), "*");
  const sized = new ResizeObserver(() => {
    const height = currentHeight();
    if (height === told) return;
    told = height;
    frame.postMessage({ type: "podpath:height", height } satisfies FrameMessage, "*");
  });
  sized.observe(document.documentElement);
  return () => sized.disconnect();
}
