// Since when something has been wrong: checks the cluster at earlier moments.
import { useCallback } from "react";
import { diagnose } from "../../diagnosis/index.ts";
import { searchCause } from "../../history/index.ts";
import { W } from "../../words/en/health.ts";
import { type AskBack, BackToCause } from "../ui/BackToCause.tsx";

const WORDS = {
  button: W.ask,
  asking: W.busy,
  always: W.always,
  until: W.until,
};

/** @param id - of a finding. */
export function Since({ id }: { readonly id: string }) {
  const askBack: AskBack = useCallback(
    (history, at) =>
      searchCause(history, { holds: ({ world }) => diagnose(world).some((each) => each.id === id) }, { at }),
    [id],
  );
  return <BackToCause askBack={askBack} words={WORDS} />;
}
