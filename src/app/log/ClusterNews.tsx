// Tells screen readers what changes in the cluster; the packet log covers packets.
import { useEffect, useState } from "react";
import { W } from "../../words/en/news.ts";
import { usePlayground } from "../store/react.ts";
import { newsOf } from "./news.ts";

/** Changes that come together are reported together. */
const TOGETHER_MS = 900;

export function ClusterNews() {
  const playground = usePlayground();
  const [news, setNews] = useState("");
  useEffect(() => {
    let told = playground.store.getState();
    let timer: number | undefined;
    const tell = () => {
      timer = undefined;
      const now = playground.store.getState();
      const text = now.run === told.run ? newsOf(told.objects, now.objects) : ""; // another moment is no change
      told = now;
      if (text !== "") setNews(text);
    };
    const stop = playground.store.subscribe(({ objects }) => {
      if (objects !== told.objects) timer ??= window.setTimeout(tell, TOGETHER_MS);
    });
    return () => {
      stop();
      window.clearTimeout(timer);
    };
  }, [playground]);
  return (
    <p className="visually-hidden" role="status" aria-label={W.label}>
      {news}
    </p>
  );
}
