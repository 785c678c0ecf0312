// What an embed and the page around it say to each other.
import { LINK_LIMIT, TEXT_LIMIT } from "../../scenario/index.ts";

/** What the page around the frame may ask. */
export type HostMessage =
  /** Puts the scenario of a link, or a manifest, in place of what the frame shows. */
  | { readonly type: "podpath:set"; readonly id: string | undefined; readonly fragment: string }
  | { readonly type: "podpath:set"; readonly id: string | undefined; readonly text: string }
  /** Asks for the state; the answer is a `podpath:state`. */
  | { readonly type: "podpath:get"; readonly id: string | undefined };

/** What the frame tells the page around it. */
export type FrameMessage =
  | { readonly type: "podpath:ready"; readonly version: 1; readonly height: number }
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
  | { readonly type: "podpath:error"; readonly id: string | undefined; readonly message: string };

/** A message that was read: one for us, one for us that cannot be used, or someone else's. */
export type ReadMessage =
  | { readonly kind: "message"; readonly message: HostMessage }
  | { readonly kind: "invalid"; readonly id: string | undefined; readonly problem: string }
  | { readonly kind: "foreign" };

const FOREIGN: ReadMessage = { kind: "foreign" };

/** Reads the data of a message event. Nothing in it is trusted, and what is not ours is left alone. */
export function readMessage(data: unknown): ReadMessage {
  if (typeof data !== "object" || data === null) return FOREIGN;
  const { type, id: given, fragment, text } = data as Readonly<Record<string, unknown>>; // any object can be looked into
  if (type !== "podpath:set" && type !== "podpath:get") return FOREIGN;
  const id = typeof given === "string" && given.length <= 200 ? given : undefined;
  if (type === "podpath:get") return { kind: "message", message: { type, id } };
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
