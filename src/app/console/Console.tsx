// The console's frame: its tabs, its height, and what it shows.
import { ChevronDown, ChevronUp, Eraser } from "lucide-react";
import { useState, useSyncExternalStore } from "react";
import { useApp } from "../store/react.ts";
import { Guard } from "../ui/Guard.tsx";
import { Separator } from "../ui/Separator.tsx";
import { readSetting, writeSetting } from "../ui/storage.ts";
import { Tabs } from "../ui/Tabs.tsx";
import { DraftSheet } from "./EditSheet.tsx";
import { Events } from "./Events.tsx";
import { Packets } from "./Packets.tsx";
import { Terminal } from "./Terminal.tsx";
import "./console.css";
import { W } from "../../words/en/console.ts";

const TABS = ["Console", "Packets", "Events"] as const;
type Tab = (typeof TABS)[number];

const HEIGHT = { name: "console-height", label: W.height, edge: "top", least: 74, most: 0.7 } as const;
/** The tabs and one line to type in: until someone uses the console, the picture needs the room more. */
const LINE_PX = 74;

/** The console with its neighbours. `sizable` gives it a handle for its height. */
export function Console({ sizable = false }: { readonly sizable?: boolean }) {
  const [tab, setTab] = useState<Tab>("Console");
  const [collapsed, setCollapsed] = useState(() => sizable && readSetting("console") === "folded");
  const fold = (folded: boolean) => {
    setCollapsed(folded);
    writeSetting("console", folded ? "folded" : undefined);
  };
  const transcript = useApp((state) => state.run.transcript);
  const printed = useSyncExternalStore(transcript.changed.on, () => transcript.scrollback.lines.length > 0);
  const [used, setUsed] = useState(false);
  if (!used && (printed || tab !== "Console")) setUsed(true);
  return (
    <section
      className="console"
      aria-label={W.console}
      data-collapsed={collapsed}
      onFocus={({ target }) => target.matches("input") && setUsed(true)}
    >
      {sizable && !collapsed && (
        <Separator {...HEIGHT} usual={used ? Math.min(260, window.innerHeight * 0.27) : LINE_PX} />
      )}
      <Tabs
        tabs={TABS}
        names={W.tabs}
        chosen={tab}
        onChoose={(next) => {
          setTab(next);
          if (collapsed) fold(false);
        }}
        label={W.panels}
      >
        <div className="console-view" hidden={tab !== "Console"}>
          <Guard name={W.theConsole}>
            <Terminal />
          </Guard>
        </div>
        <Guard key={tab} name={W.tabs[tab]}>
          {tab === "Packets" && <Packets />}
          {tab === "Events" && <Events />}
        </Guard>
      </Tabs>
      <DraftSheet />
      <div className="console-tools">
        {tab === "Console" && !collapsed && (
          <button
            type="button"
            className="button plain icon"
            aria-label={W.clear}
            title={W.clearTitle}
            onClick={() => transcript.clear()}
          >
            <Eraser size={14} aria-hidden="true" />
          </button>
        )}
        {sizable && (
          <button
            type="button"
            className="button plain icon"
            aria-label={collapsed ? W.open : W.fold}
            aria-expanded={!collapsed}
            onClick={() => fold(!collapsed)}
          >
            {collapsed ? <ChevronUp size={15} aria-hidden="true" /> : <ChevronDown size={15} aria-hidden="true" />}
          </button>
        )}
      </div>
    </section>
  );
}
