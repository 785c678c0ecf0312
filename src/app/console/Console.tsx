// The console's frame: its tabs, its height, and what it shows.
import { ChevronDown, ChevronUp, Eraser } from "lucide-react";
import { useState, useSyncExternalStore } from "react";
import { useApp } from "../store/react.ts";
import { Tabs } from "../ui/Tabs.tsx";
import { DraftSheet } from "./EditSheet.tsx";
import { Events } from "./Events.tsx";
import { Packets } from "./Packets.tsx";
import { Separator } from "./Separator.tsx";
import { Terminal } from "./Terminal.tsx";
import "./console.css";

const TABS = ["Console", "Packets", "Events"] as const;
type Tab = (typeof TABS)[number];

/** The console with its neighbours. `sizable` gives it a handle for its height. */
export function Console({ sizable = false }: { readonly sizable?: boolean }) {
  const [tab, setTab] = useState<Tab>("Console");
  const [collapsed, setCollapsed] = useState(false);
  const transcript = useApp((state) => state.session.transcript);
  const printed = useSyncExternalStore(transcript.subscribe, () => transcript.scrollback.lines.length > 0);
  const [used, setUsed] = useState(false);
  if (!used && (printed || tab !== "Console")) setUsed(true);
  return (
    <section className="console" aria-label="Console" data-collapsed={collapsed}>
      {sizable && !collapsed && <Separator used={used} />}
      <Tabs
        tabs={TABS}
        chosen={tab}
        onChoose={(next) => {
          setTab(next);
          setCollapsed(false);
        }}
        label="Console panels"
      >
        <div className="console-view" hidden={tab !== "Console"}>
          <Terminal />
        </div>
        {tab === "Packets" && <Packets />}
        {tab === "Events" && <Events />}
      </Tabs>
      <DraftSheet />
      <div className="console-tools">
        {tab === "Console" && !collapsed && (
          <button
            type="button"
            className="button plain icon"
            aria-label="Clear the console"
            title="Clear (Ctrl+L)"
            onClick={() => transcript.clear()}
          >
            <Eraser size={14} aria-hidden="true" />
          </button>
        )}
        {sizable && (
          <button
            type="button"
            className="button plain icon"
            aria-label={collapsed ? "Open the console" : "Fold the console"}
            aria-expanded={!collapsed}
            onClick={() => setCollapsed(!collapsed)}
          >
            {collapsed ? <ChevronUp size={15} aria-hidden="true" /> : <ChevronDown size={15} aria-hidden="true" />}
          </button>
        )}
      </div>
    </section>
  );
}
