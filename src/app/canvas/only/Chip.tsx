// Says that less than everything is shown, what is hidden, and how to show it.
import { Focus, X } from "lucide-react";
import { useEffect } from "react";
import { describeHidden, describeOnly } from "../../store/only.ts";
import { useApp, usePlayground } from "../../store/react.ts";
import { setOnly, showOnly } from "../../store/show-only.ts";
import type { Only } from "../../store/state.ts";
import "./only.css";
import { W } from "../../../words/en/picture-more.ts";

export function Chip({ only }: { readonly only: Only }) {
  const playground = usePlayground();
  const hidden = useApp(describeHidden);
  const isGone = useApp(({ objects }) => only.focus !== undefined && objects.get("services")?.has(only.focus) !== true);
  useInAddress(only);
  return (
    <div className="only" role="status">
      <span className="only-chip">
        <Focus size={14} aria-hidden="true" />
        <span className="only-words" title={describeOnly(only)}>
          {W.only(describeOnly(only))}
        </span>
        <button
          type="button"
          className="button plain icon"
          aria-label={W.showAll}
          title={W.showAll}
          onClick={() => showOnly(playground, undefined)}
        >
          <X size={14} aria-hidden="true" />
        </button>
      </span>
      <span className="only-hidden">{isGone ? W.doesNotExist : hidden}</span>
    </div>
  );
}

/** Keeps what is shown in the address of the whole page, for a reload; that of a frame belongs to the page around it. */
function useInAddress(only: Only): void {
  useEffect(() => {
    writeAddress(only);
    return () => writeAddress(undefined);
  }, [only]);
}

function writeAddress(only: Only | undefined): void {
  const query = new URLSearchParams(location.search);
  if (query.has("embed")) return;
  const rest = setOnly(query, only).toString();
  history.replaceState(null, "", `${location.pathname}${rest === "" ? "" : `?${rest}`}${location.hash}`);
}
