// Since when something has been wrong: checks the cluster at earlier moments.
import { useCallback } from "react";
import { diagnose } from "../../diagnosis/index.ts";
import { searchCause } from "../../history/index.ts";
import { type AskBack, BackToCause } from "../ui/BackToCause.tsx";

const WORDS = {
  button: "Since when?",
  asking: "Checking earlier moments",
  always: "It has been like this from the beginning.",
  until: "Not the case until",
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
