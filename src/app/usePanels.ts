// Which panels are open: beside each other at a desk, one at a time where there is less room.
import { useState } from "react";
import { useApp } from "./store/react.ts";
import type { Selection } from "./store/state.ts";
import { readSetting, writeSetting } from "./ui/storage.ts";
import { useChanged } from "./ui/useChanged.ts";
import { useMedia } from "./ui/useMedia.ts";

export const SHEETS = ["Cluster", "YAML", "Console", "Log", "Inspector"] as const;
export type Sheet = (typeof SHEETS)[number] | "Lesson";

/** Room for the picture with a panel on each side. app.css has the same number. */
const DESK = "(min-width: 1100px) and (min-height: 560px)";

/** A panel that the visitor opened or folded stays so, also after a reload. */
type Chosen = "open" | "folded" | undefined;

export interface Panels {
  /** Whether panels share the page; otherwise `sheet` says which one is open. */
  readonly desk: boolean;
  readonly editor: boolean;
  readonly side: boolean;
  readonly sheet: Sheet;
  setEditor(open: boolean): void;
  setSide(open: boolean): void;
  setSheet(sheet: Sheet): void;
}

function useChosen(name: string): [Chosen, (open: boolean) => void] {
  const [chosen, setChosen] = useState<Chosen>(() => {
    const kept = readSetting(name);
    return kept === "open" || kept === "folded" ? kept : undefined;
  });
  const choose = (open: boolean) => {
    const next = open ? "open" : "folded";
    setChosen(next);
    writeSetting(name, next);
  };
  return [chosen, choose];
}

/**
 * The editor is open at first. The inspector and the packet log open when a packet travels or
 * something is inspected. What the visitor opens or folds by hand stays that way, but a field that
 * is asked for brings the text back.
 */
export function usePanels(): Panels {
  const desk = useMedia(DESK);
  const [editor, setEditor] = useChosen("editor");
  const [side, setSide] = useChosen("side");
  const [sheet, setSheet] = useState<Sheet>("Cluster");
  const inspected = useApp((state) => state.selection);
  const asked = useApp((state) => state.asked);
  const logged = useApp((state) => state.log.length > 0 && state.view.touring !== true);
  const [saysMore, setSaysMore] = useState(inspected !== undefined);
  useChanged(inspected, () => {
    if (inspected === undefined) setSaysMore(false);
    else if (!isInText(document.activeElement)) {
      setSaysMore(true);
      if (isSent(inspected) && sheet === "Lesson") setSheet("Cluster");
      else if (showsDetails(inspected, sheet)) setSheet("Inspector");
    }
  });
  useChanged(asked, () => {
    if (asked === undefined) return;
    setSheet("YAML");
    if (editor === "folded") setEditor(true);
  });
  return {
    desk,
    editor: editor !== "folded",
    side: side === undefined ? logged || (saysMore && inspected !== undefined) : side === "open",
    sheet,
    setEditor,
    setSide,
    setSheet,
  };
}

/** A click into the text selects what it describes, but the visitor wants to type. */
function isInText(element: Element | null): boolean {
  return element !== null && element.closest(".area-editor") !== null;
}

/** Whether a selection opens the inspector where panels take turns: after sending and finding, the picture stays. */
function showsDetails(selection: Selection, sheet: Sheet): boolean {
  if (document.activeElement?.closest(".find") != null) return false;
  return !isSent(selection) || sheet !== "Cluster";
}

/** Whether it is a request as a whole: its story is below the picture, and may wait there for a press. */
function isSent(selection: Selection): boolean {
  return selection.kind === "exchange" && selection.packet === undefined;
}
