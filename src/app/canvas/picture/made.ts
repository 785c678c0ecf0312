// A picture of a manifest, from the text to the file: what `podpath picture` does, without files and without a page.
import { newScenario, type Scenario } from "../../../scenario/index.ts";
import { Playground } from "../../store/playground.ts";
import { drafted } from "../../store/request.ts";
import { openRun, type Target } from "../../store/run.ts";
import { readTarget } from "../../store/targets.ts";
import type { Room } from "../fit.ts";
import { pictureOf, type Theme } from "./index.ts";

/** What a picture is made of. */
export interface Making {
  readonly text: string;
  readonly settings: Scenario["settings"];
  readonly theme: Theme;
  readonly room: Room;
  readonly title: string;
  /** The virtual milliseconds after which it is drawn; requests are sent then. */
  readonly at: number;
  /** A request whose route is drawn: who sends it, and where to; without the latter, where "Send request" would. */
  readonly send: { readonly from: string; readonly to: string | undefined } | undefined;
}

/** Why there is no picture. */
export type Problem =
  /** Documents that can't be applied, each with its number from 1 and the API server's words. */
  | { readonly kind: "refused"; readonly documents: readonly string[] }
  | { readonly kind: "sender"; readonly from: string; readonly known: readonly string[] }
  /** The address can't be read, or, without one, nothing can be sent to. */
  | { readonly kind: "target"; readonly to: string | undefined };

/** An SVG document, or why there is none. */
export type Made = { readonly svg: string } | { readonly problem: Problem };

const STILL = { request: () => 0, cancel: () => undefined };
/** How long a request may take until the picture is drawn, in virtual ms: a client's time-out and more. */
const PATIENCE_MS = 180_000;

export { pictureOf };

export async function makePicture({ text, settings, theme, room, title, at, send }: Making): Promise<Made> {
  const run = await openRun({ ...newScenario(text), settings });
  const refused = run
    .lastApplied()
    .documents.flatMap(({ document, error }) => (error === undefined ? [] : [`${document + 1}: ${error.message}`]));
  if (refused.length > 0) return { problem: { kind: "refused", documents: refused } };
  run.advance(at);
  const playground = new Playground(run, STILL);
  let exchange: number | undefined;
  if (send !== undefined) {
    const state = playground.store.getState();
    const known = run.world.settings.clients.map(({ name }) => name);
    if (!known.includes(send.from)) return { problem: { kind: "sender", from: send.from, known } };
    const target: Target | undefined = send.to === undefined ? drafted(state, undefined).target : readTarget(send.to);
    if (target === undefined) return { problem: { kind: "target", to: send.to } };
    exchange = playground.run({ kind: "send", from: { kind: "client", name: send.from }, ...target }).exchange;
    for (let waited = 0; waited < PATIENCE_MS && isPending(exchange, run); waited += 1_000) run.advance(1_000);
  }
  const state = playground.store.getState();
  return { svg: pictureOf(state, { theme, room, title, exchange }) };
}

function isPending(
  exchange: number | undefined,
  { world }: { world: { trace: { exchange(id: number): { outcome: { kind: string } } | undefined } } },
): boolean {
  return exchange !== undefined && world.trace.exchange(exchange)?.outcome.kind === "pending";
}
