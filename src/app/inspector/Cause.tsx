// Run back to the cause: since when a request fails, and what changed then.
import { useCallback } from "react";
import type { Exchange } from "../../cluster/index.ts";
import { W } from "../../words/en/inspector.ts";
import { causeOf, requestOf } from "../store/repeat.ts";
import { type AskBack, BackToCause } from "../ui/BackToCause.tsx";

const WORDS = {
  button: W.rewind,
  asking: W.resending,
  always: W.never,
  until: W.until,
};

/** A button that finds the cause of a request's failure in time; nothing for requests that cannot be sent again. */
export function Cause({ exchange }: { readonly exchange: Exchange }) {
  const askBack: AskBack = useCallback((history, at) => causeOf(history, exchange, at), [exchange]);
  if (requestOf(exchange) === undefined) return null;
  return <BackToCause key={exchange.id} askBack={askBack} words={WORDS} />;
}
