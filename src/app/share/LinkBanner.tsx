// What the page says about the link in its address: broken, opened, or waiting for leave.
import { useEffect, useState } from "react";
import { type Decoded, decode, newScenario } from "../../scenario/index.ts";
import { W } from "../../words/en/share.ts";
import type { Opened } from "../store/opened.ts";
import type { Playground } from "../store/playground.ts";
import { useApp, usePlayground } from "../store/react.ts";
import { isTouched, isWork } from "../store/run.ts";
import { lazyPart } from "../ui/lazyPart.tsx";
import { forgetLink, namesScenario } from "../ui/link.ts";
import type { LinkNews } from "./LinkMessage.tsx";
import { openLinked } from "./openLinked.ts";

const LinkMessage = lazyPart(W.banner, () => import("./LinkMessage.tsx").then((module) => module.LinkMessage), {
  place: "over",
  onDismiss: ({ onDone }) => onDone(),
});

/** @param opened - what the address held when the page was opened. */
export function LinkBanner({ opened }: { readonly opened: Opened }) {
  const playground = usePlayground();
  const [news, setNews] = useState<LinkNews | undefined>(() => brokenOf(opened));
  useEffect(() => {
    let latest = 0;
    const changed = async () => {
      const turn = ++latest;
      const decoded = await decode(location.hash);
      if (turn === latest) setNews(answer(playground, decoded));
    };
    const listener = () => void changed();
    addEventListener("hashchange", listener);
    return () => removeEventListener("hashchange", listener);
  }, [playground]);
  useForgetLink(playground);
  if (news === undefined) return null;
  return <LinkMessage news={news} onDone={() => setNews(undefined)} />;
}

function brokenOf(opened: Opened): LinkNews | undefined {
  if (opened.kind === "cancelled") return opened;
  if (opened.kind !== "broken") return undefined;
  const { message, text, scenario } = opened;
  return { kind: "broken", message, scenario: scenario ?? (text === undefined ? undefined : newScenario(text)) };
}

/** Opens what the address holds at once, unless the visitor would lose something. */
function answer(playground: Playground, decoded: Decoded): LinkNews | undefined {
  if (decoded.kind !== "scenario") return brokenOf(decoded);
  if (isTouched(playground.store.getState().run)) return { kind: "ask", scenario: decoded.scenario };
  openLinked(playground, decoded.scenario);
  return undefined;
}

/** The address stops naming the scenario as soon as the visitor changed something: a reload then opens the visitor's own. */
function useForgetLink(playground: Playground): void {
  const run = useApp((state) => state.run);
  useEffect(
    () =>
      run.performed.on(({ action }) => {
        if (namesScenario() && isWork(action) && isTouched(playground.store.getState().run)) forgetLink();
      }),
    [playground, run],
  );
}
