// The embed: the picture, with the editor and the console when they are asked for.
import { Code2, Info, SquareTerminal, X } from "lucide-react";
import { lazy, type ReactNode, Suspense, useEffect, useState } from "react";
import type { Decoded } from "../scenario/index.ts";
import { Canvas } from "./canvas/index.ts";
import { Console } from "./console/index.tsx";
import { Editor } from "./editor/index.ts";
import { type EmbedOptions, OpenFull, speakWithHost, useShown } from "./embed/index.ts";
import { FaultHost } from "./FaultHost.tsx";
import { PacketLog } from "./log/index.ts";
import { LinkBanner } from "./share/index.ts";
import type { Playground } from "./store/playground.ts";
import { PlaygroundProvider } from "./store/react.ts";
import { Timeline } from "./timeline/index.ts";
import { NoticeBar } from "./ui/NoticeBar.tsx";
import { useTheme } from "./ui/useTheme.ts";
import "./embed.css";

const Inspector = lazy(() => import("./inspector/index.ts").then((module) => ({ default: module.Inspector })));

interface EmbedProps {
  readonly playground: Playground;
  readonly opened: Decoded;
  readonly options: EmbedOptions;
  /** What of the address could not be used. */
  readonly problems: readonly string[];
}

export function Embed(props: EmbedProps) {
  return (
    <PlaygroundProvider value={props.playground}>
      <Frame {...props} />
    </PlaygroundProvider>
  );
}

type Panel = "YAML" | "Console" | "Details";
const ICONS = { YAML: Code2, Console: SquareTerminal, Details: Info } as const;
const PANELS: readonly Panel[] = ["YAML", "Console", "Details"];
const FIRST_PANEL = { canvas: undefined, editor: "YAML", split: "YAML", console: "Console" } as const;

function Frame({ playground, opened, options, problems }: EmbedProps) {
  const { view, controls, readonly } = options;
  const [panel, setPanel] = useState<Panel | undefined>(FIRST_PANEL[view]);
  const alone = (view === "editor" || view === "console") && panel === FIRST_PANEL[view];
  useTheme();
  useShown(playground);
  useEffect(() => speakWithHost(playground), [playground]);
  return (
    <div className="embed" data-panel={panel} data-alone={alone} data-controls={controls}>
      {!alone && (
        <main className="embed-canvas">
          <Canvas />
        </main>
      )}
      {panel !== undefined && (
        <div className="embed-panel">
          <PanelView panel={panel} readonly={readonly} brought={opened.kind === "scenario"} />
        </div>
      )}
      {controls && (
        <div className="embed-bar">
          <Timeline />
          <div className="embed-buttons">
            {PANELS.map((each) => (
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
        <PacketLog />
      </div>
      <FaultHost />
      <NoticeBar />
      <LinkBanner opened={opened} />
      <Problems problems={problems} />
    </div>
  );
}

function PanelView(props: { readonly panel: Panel; readonly readonly: boolean; readonly brought: boolean }): ReactNode {
  switch (props.panel) {
    case "YAML":
      return <Editor readOnly={props.readonly} brought={props.brought} />;
    case "Console":
      return <Console />;
    case "Details":
      return (
        <Suspense>
          <Inspector />
        </Suspense>
      );
  }
}

function PanelButton(props: { readonly panel: Panel; readonly open: boolean; readonly onToggle: () => void }) {
  const Icon = ICONS[props.panel];
  return (
    <button type="button" className="button plain" aria-pressed={props.open} onClick={props.onToggle}>
      <Icon size={14} aria-hidden="true" />
      {props.panel}
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
      <button type="button" className="button plain icon" aria-label="Dismiss" onClick={() => setShown(false)}>
        <X size={14} aria-hidden="true" />
      </button>
    </div>
  );
}
