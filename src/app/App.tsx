// The page: its regions and how they share the room.
import { Moon, Sun, SunMoon } from "lucide-react";
import { useState } from "react";
import type { Decoded } from "../scenario/index.ts";
import { Canvas } from "./canvas/index.ts";
import { Console } from "./console/index.tsx";
import { Editor } from "./editor/index.ts";
import { EmbedButton } from "./embed/index.ts";
import { FaultHost } from "./FaultHost.tsx";
import { Health } from "./health/index.tsx";
import { Help } from "./help/index.ts";
import { Inspector } from "./inspector/index.ts";
import { PacketLog } from "./log/index.ts";
import { LinkBanner, Share } from "./share/index.ts";
import type { Playground } from "./store/playground.ts";
import { PlaygroundProvider, useApp, usePlayground } from "./store/react.ts";
import type { Theme } from "./store/state.ts";
import { Timeline } from "./timeline/index.ts";
import { NoticeBar } from "./ui/NoticeBar.tsx";
import { useTheme } from "./ui/useTheme.ts";

import "./app.css";

/** @param opened - what the address held when the page was opened. */
export function App({ playground, opened }: { readonly playground: Playground; readonly opened: Decoded }) {
  return (
    <PlaygroundProvider value={playground}>
      <Page opened={opened} />
    </PlaygroundProvider>
  );
}

const SHEETS = ["Cluster", "YAML", "Console", "Log", "Inspector"] as const;
type Sheet = (typeof SHEETS)[number];

function Page({ opened }: { readonly opened: Decoded }) {
  const [sheet, setSheet] = useState<Sheet>("Cluster");
  useTheme();
  return (
    <div className="page" data-sheet={sheet}>
      <Header />
      <div className="area area-editor">
        <Editor brought={opened.kind === "scenario"} />
      </div>
      <main className="area area-canvas">
        <Canvas />
        <Timeline />
      </main>
      <div className="area area-inspector">
        <Inspector />
      </div>
      <div className="area area-console">
        <Console sizable />
      </div>
      <section className="area area-log" aria-label="Story">
        <h2 className="area-title">Packet log</h2>
        <PacketLog />
      </section>
      <nav className="sheet-tabs" aria-label="Panels">
        {SHEETS.map((each) => (
          <button key={each} type="button" className="tab" aria-pressed={sheet === each} onClick={() => setSheet(each)}>
            {each}
          </button>
        ))}
      </nav>
      <FaultHost />
      <NoticeBar />
      <LinkBanner opened={opened} />
    </div>
  );
}

function Header() {
  return (
    <header className="header">
      <h1>Podpath</h1>
      <button type="button" className="button skip" onClick={focusFirstSender}>
        Skip to the cluster
      </button>
      <span className="quiet header-subtitle">Kubernetes Services, simulated in your browser</span>
      <span className="header-end">
        <Health />
        <Share />
        <EmbedButton />
        <Help />
        <ThemeButton />
      </span>
    </header>
  );
}

/** Past the editor to the button that a visitor needs first. */
function focusFirstSender(): void {
  document.querySelector<HTMLElement>('[aria-label="Cluster"] button.primary.send')?.focus();
}

const NEXT_THEME: Readonly<Record<Theme, Theme>> = { auto: "light", light: "dark", dark: "auto" };

function ThemeButton() {
  const playground = usePlayground();
  const theme = useApp((state) => state.view.theme);
  const Icon = theme === "auto" ? SunMoon : theme === "light" ? Sun : Moon;
  return (
    <button
      type="button"
      className="button plain icon"
      aria-label={`Theme: ${theme}`}
      title={`Theme: ${theme}`}
      onClick={() => playground.setView({ theme: NEXT_THEME[theme] })}
    >
      <Icon size={16} aria-hidden="true" />
    </button>
  );
}
