// Where a packet was lost, and what its sender does not know yet: shown on the picture from the drop until the sender gives up.
import type { Exchange, Hop, Loss, Trace } from "../../cluster/index.ts";
import { W } from "../../words/en/canvas.ts";
import { waitsUntil } from "../store/sentences.ts";

/** A loss as the picture tells it, at the end of `hop`. */
export interface ToldLoss {
  readonly hop: Hop;
  readonly text: string;
  readonly waits: string;
}

/** An unselected loss is shown for this many virtual milliseconds. */
const TOLD_MS = 12_000;

const WORDS: Readonly<Partial<Record<Hop["verdict"], string>>> = {
  dropped: W.dropped,
  lost: W.lost,
  unreachable: W.noRoute,
};

/** The loss of the selected request, else of the one lost last. */
export function toldLoss(
  waiting: readonly Exchange[],
  trace: Trace,
  of: { selected: number | undefined; now: number },
) {
  const chosen = waiting.find(({ id }) => id === of.selected);
  const fresh = waiting.findLast(({ loss }) => loss !== undefined && of.now - loss.at < TOLD_MS);
  const exchange = chosen ?? fresh;
  if (exchange?.loss === undefined) return undefined;
  return tell(exchange, exchange.loss, trace);
}

function tell(exchange: Exchange, loss: Loss, trace: Trace): ToldLoss | undefined {
  const hop = lastHop(exchange, trace);
  if (hop === undefined) return undefined;
  const word = WORDS[hop.verdict];
  const reason = loss.reason.endsWith(".") ? loss.reason : `${loss.reason}.`;
  const text = word === undefined ? `${reason.slice(0, 1).toUpperCase()}${reason.slice(1)}` : `${word}: ${reason}`;
  return { hop, text, waits: waitsUntil(exchange, loss) };
}

/** The end of its last packet; of one that waits for a name, of its question. */
function lastHop(exchange: Exchange, trace: Trace): Hop | undefined {
  const own = trace.packet(exchange.packets.at(-1) ?? -1)?.hops.at(-1);
  if (own !== undefined) return own;
  const question = [...trace.exchanges()].findLast(({ parent }) => parent === exchange.id);
  return question && trace.packet(question.packets.at(-1) ?? -1)?.hops.at(-1);
}
