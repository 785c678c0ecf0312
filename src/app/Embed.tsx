// The embed: the picture, with the editor and the console when they are asked for.
import { Code2, Info, SquareTerminal, X } from "lucide-react";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { Canvas } from "./canvas/index.ts";
import { Console } from "./console/index.tsx";
import { Editor } from "./editor/index.ts";
import { type EmbedOptions, OpenFull, type SplitTab, SplitTabs, useHost, useShown } from "./embed/index.ts";
import { FaultHost } from "./FaultHost.tsx";
import { ClusterNews, PacketLog } from "./log/index.ts";
import { LinkBanner } from "./share/index.ts";
import type { Opened } from "./store/opened.ts";
import type { Playground } from "./store/playground.ts";
import { PlaygroundProvider, useApp } from "./store/react.ts";
import { Timeline } from "./timeline/index.ts";
import { Guard, ReloadContext } from "./ui/Guard.tsx";
import { lazyPart } from "./ui/lazyPart.tsx";
import { NoticeBar } from "./ui/NoticeBar.tsx";
import { OpeningBar } from "./ui/OpeningBar.tsx";
import { useChanged } from "./ui/useChanged.ts";
import { useMedia } from "./ui/useMedia.ts";
import { useTheme } from "./ui/useTheme.ts";
import "./embed.css";
import { W } from "../words/en/frame.ts";

const Inspector = lazyPart(W.inspector, () => import("./inspector/index.ts").then((module) => module.Inspector));
const KeepFocus = lazyPart(W.focus, () => import("./ui/KeepFocus.tsx").then((module) => module.KeepFocus), {
  place: "over",
});

interface EmbedProps {
  readonly playground: Playground;
  readonly opened: Opened;
  readonly options: EmbedOptions;
  /** What of the address could not be used. */
  readonly problems: readonly string[];
}

export function Embed(props: EmbedProps) {
  return (
    <PlaygroundProvider value={props.playground}>
      <ReloadContext value={props.playground.reload}>
        <Frame {...props} />
      </ReloadContext>
    </PlaygroundProvider>
  );
}

type Panel = "YAML" | "Console" | "Details";
const ICONS = { YAML: Code2, Console: SquareTerminal, Details: Info } as const;
const PANELS: readonly Panel[] = ["YAML", "Console", "Details"];
const FIRST_PANEL = { canvas: undefined, editor: "YAML", split: "YAML", console: "Console" } as const;

function Frame({ playground, opened, options, problems }: EmbedProps) {
  const { view, controls, readonly, autoplay } = options;
  const [chosen, setPanel] = useState<Panel | undefined>(FIRST_PANEL[view]);
  const [tab, setTab] = useState<SplitTab>("Picture");
  const tabbed = useMedia("(max-width: 759px)") && view === "split";
  const panel = tabbed && chosen === "YAML" ? undefined : chosen;
  const alone = (view === "editor" || view === "console") && panel === FIRST_PANEL[view];
  const presenting = useApp((state) => state.view.presenting);
  useChanged(
    useApp((state) => state.selection),
    () => {
      const { selection } = playground.store.getState();
      const isPointedAt =
        selection?.kind === "object" || (selection?.kind === "exchange" && selection.packet !== undefined);
      if (isPointedAt && controls && document.activeElement?.closest(".embed-panel, .embed-tabs .editor") == null)
        setPanel("Details");
    },
  );
  const start = useRef<HTMLButtonElement>(null);
  const end = useRef<HTMLButtonElement>(null);
  useTheme();
  useShown(playground);
  useHost(playground);
  useEffect(() => playground.setView({ narrated: !autoplay && !readonly }), [playground, autoplay, readonly]);
  return (
    <div className="embed" data-presenting={presenting} data-panel={panel} data-alone={alone} data-controls={controls}>
      <button ref={start} type="button" className="button embed-skip" onClick={() => end.current?.focus()}>
        {W.skip}
      </button>
      {tabbed ? (
        <SplitTabs tab={tab} onChoose={setTab}>
          {tab === "YAML" ? <Editor readOnly={readonly} /> : <Picture />}
        </SplitTabs>
      ) : (
        !alone && <Picture />
      )}
      {panel !== undefined && (
        <div className="embed-panel">
          <PanelView panel={panel} readonly={readonly} />
        </div>
      )}
      {controls && (
        <div className="embed-bar">
          <Guard name={W.timeline}>
            <Timeline />
          </Guard>
          <div className="embed-buttons">
            {PANELS.filter((each) => !tabbed || each !== "YAML").map((each) => (
              <PanelButton
                key={each}
                panel={each}
                open={panel === each}
                onToggle={() => setPanel(panel === each ? undefined : each)}
              />
            ))}
            <OpenFull />
          </div>
        </div>
      )}
      <div className="visually-hidden">
        <Guard name={W.packetLog}>
          <PacketLog />
        </Guard>
      </div>
      <ClusterNews />
      <KeepFocus />
      <FaultHost />
      <Guard name={W.message} place="over">
        <NoticeBar />
        <OpeningBar />
      </Guard>
      <Guard name={W.link} place="over">
        <LinkBanner opened={opened} />
      </Guard>
      <Problems problems={problems} />
      <button ref={end} type="button" className="button embed-skip" onClick={() => start.current?.focus()}>
        {W.back}
      </button>
    </div>
  );
}

function Picture() {
  return (
    <main className="embed-canvas">
      <Guard name={W.theCluster}>
        <Canvas />
      </Guard>
    </main>
  );
}

function PanelView(props: { readonly panel: Panel; readonly readonly: boolean }): ReactNode {
  switch (props.panel) {
    case "YAML":
      return <Editor readOnly={props.readonly} />;
    case "Console":
      return <Console />;
    case "Details":
      return <Inspector />;
  }
}

function PanelButton(props: { readonly panel: Panel; readonly open: boolean; readonly onToggle: () => void }) {
  const Icon = ICONS[props.panel];
  return (
    <button
      type="button"
      className="button plain"
      title={W.panels[props.panel]}
      aria-pressed={props.open}
      onClick={props.onToggle}
    >
      <Icon size={14} aria-hidden="true" />
      <span className="embed-word">{W.panels[props.panel]}</span>
    </button>
  );
}

function Problems({ problems }: { readonly problems: readonly string[] }) {
  const [shown, setShown] = useState(true);
  if (problems.length === 0 || !shown) return null;
  return (
    <div className="embed-problems" role="status">
      <ul>
        {problems.map((problem) => (
          <li key={problem}>{problem}</li>
        ))}
      </ul>
      <button type="button" className="button plain icon" aria-label={W.dismiss} onClick={() => setShown(false)}>
        <X size={14} aria-hidden="true" />
      </button>
    </div>
  );
}
