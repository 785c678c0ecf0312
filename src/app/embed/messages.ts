// What an embed and the page around it say to each other.
import { LINK_LIMIT, LONGEST_MS, TEXT_LIMIT } from "../../scenario/index.ts";
import type { Theme } from "../store/state.ts";
import { THEMES } from "./options.ts";

/** What the page around the frame may ask that takes its turn. */
export type HostMessage =
  /** Puts the scenario of a link, or a manifest, in place of what the frame shows. */
  | { readonly type: "podpath:set"; readonly id: string | undefined; readonly fragment: string }
  | { readonly type: "podpath:set"; readonly id: string | undefined; readonly text: string }
  /** Asks for the state; the answer is a `podpath:state`. */
  | { readonly type: "podpath:get"; readonly id: string | undefined }
  | Act;

/** What the page around the frame may have done; answered with `podpath:done`. */
export type Act =
  /** Shows another moment, paused: a virtual time in ms. */
  | { readonly type: "podpath:seek"; readonly id: string | undefined; readonly time: number }
  /** Sends one request: from a client outside, to an address or a name with a port; what "Send request" sends, without either. */
  | {
      readonly type: "podpath:send";
      readonly id: string | undefined;
      readonly from: string | undefined;
      readonly to: string | undefined;
    };

/** What the page around the frame may say at any time. */
export type HostWord =
  /** Asks whether anyone is there; the answer is a `podpath:ready`. */
  | { readonly type: "podpath:hello" }
  /** The theme of the page around. */
  | { readonly type: "podpath:theme"; readonly theme: Theme };

/** What the frame tells the page around it. */
export type FrameMessage =
  | { readonly type: "podpath:ready"; readonly version: 1; readonly height: number; readonly theme: Theme }
  /** `height` is at the top so that listeners made for other embeds understand it too. */
  | { readonly type: "podpath:height"; readonly height: number }
  | {
      readonly type: "podpath:state";
      readonly id: string | undefined;
      readonly fragment: string;
      readonly text: string;
      /** Virtual milliseconds since the beginning. */
      readonly time: number;
    }
  /** The answer to `podpath:set`; `superseded` when another one came before this was begun. */
  | { readonly type: "podpath:done"; readonly id: string | undefined; readonly superseded?: true }
  | { readonly type: "podpath:error"; readonly id: string | undefined; readonly message: string }
  /** A request that someone sent, not continuous traffic, ended. */
  | {
      readonly type: "podpath:answered" | "podpath:failed";
      /** Where it was sent to, as typed. */
      readonly target: string;
      /** One sentence. */
      readonly message: string;
      /** Virtual milliseconds. */
      readonly time: number;
      /** The HTTP status; absent of a failure. */
      readonly status?: number;
      /** `refused`, `timeout`, `unreachable`, `unresolved` or `reset`; absent of an answer. */
      readonly outcome?: string;
    };

/** A message that was read: one for us, one for us that cannot be used, or someone else's. */
export type ReadMessage =
  | { readonly kind: "message"; readonly message: HostMessage }
  | { readonly kind: "word"; readonly word: HostWord }
  | { readonly kind: "invalid"; readonly id: string | undefined; readonly problem: string }
  | { readonly kind: "foreign" };

const FOREIGN: ReadMessage = { kind: "foreign" };

/** Reads the data of a message event. Nothing in it is trusted, and what is not ours is left alone. */
export function readMessage(data: unknown): ReadMessage {
  if (typeof data !== "object" || data === null) return FOREIGN;
  const given = data as Readonly<Record<string, unknown>>; // any object can be looked into
  const id = typeof given.id === "string" && given.id.length <= 200 ? given.id : undefined;
  switch (given.type) {
    case "podpath:hello":
      return { kind: "word", word: { type: given.type } };
    case "podpath:theme":
      return readTheme(given.theme, id);
    case "podpath:get":
      return { kind: "message", message: { type: given.type, id } };
    case "podpath:set":
      return readSet(given, id);
    case "podpath:seek":
      return readSeek(given.time, id);
    case "podpath:send":
      return readSend(given, id);
    default:
      return FOREIGN;
  }
}

function readTheme(given: unknown, id: string | undefined): ReadMessage {
  const theme = THEMES.find((each) => each === given);
  if (theme === undefined) return { kind: "invalid", id, problem: `theme: one of ${THEMES.join(", ")}` };
  return { kind: "word", word: { type: "podpath:theme", theme } };
}

function readSet({ fragment, text }: Readonly<Record<string, unknown>>, id: string | undefined): ReadMessage {
  const type = "podpath:set";
  if (typeof fragment === "string" && text === undefined) {
    if (fragment.length > LINK_LIMIT)
      return { kind: "invalid", id, problem: `fragment: at most ${LINK_LIMIT} characters, got ${fragment.length}` };
    return { kind: "message", message: { type, id, fragment } };
  }
  if (typeof text === "string" && fragment === undefined) {
    if (text.length > TEXT_LIMIT)
      return { kind: "invalid", id, problem: `text: at most ${TEXT_LIMIT} characters, got ${text.length}` };
    return { kind: "message", message: { type, id, text } };
  }
  return { kind: "invalid", id, problem: "podpath:set needs either fragment or text, as a string" };
}

function readSeek(time: unknown, id: string | undefined): ReadMessage {
  if (typeof time !== "number" || !(time >= 0 && time <= LONGEST_MS))
    return { kind: "invalid", id, problem: `time: a number of virtual milliseconds from 0 to ${LONGEST_MS}` };
  return { kind: "message", message: { type: "podpath:seek", id, time } };
}

/** The longest name of a client, and the longest target with a path. */
const LONGEST = 2_000;

function readSend({ from, to }: Readonly<Record<string, unknown>>, id: string | undefined): ReadMessage {
  const problem = [from, to].some((each) => each !== undefined && (typeof each !== "string" || each.length > LONGEST));
  if (problem) return { kind: "invalid", id, problem: "podpath:send takes from and to as strings, or neither" };
  return { kind: "message", message: { type: "podpath:send", id, from: textOf(from), to: textOf(to) } };
}

const textOf = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);
