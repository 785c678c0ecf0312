// The page: its regions and how they share the room.
import { Moon, Sun, SunMoon, X } from "lucide-react";
import { useEffect, useState } from "react";
import { Canvas } from "./canvas/index.ts";
import { Console } from "./console/index.tsx";
import { Editor } from "./editor/index.ts";
import { Inspector } from "./inspector/index.ts";
import { PacketLog } from "./log/index.ts";
import { Share } from "./share/index.ts";
import type { Playground } from "./store/playground.ts";
import { PlaygroundProvider, useApp, usePlayground } from "./store/react.ts";
import type { Theme } from "./store/state.ts";
import { Timeline } from "./timeline/index.ts";
import "./app.css";

export function App({ playground }: { playground: Playground }) {
  return (
    <PlaygroundProvider value={playground}>
      <Page />
    </PlaygroundProvider>
  );
}

const SHEETS = ["Cluster", "YAML", "Console", "Log", "Inspector"] as const;
type Sheet = (typeof SHEETS)[number];

function Page() {
  const [sheet, setSheet] = useState<Sheet>("Cluster");
  useTheme();
  return (
    <div className="page" data-sheet={sheet}>
      <Header />
      <div className="area area-editor">
        <Editor />
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
      <NoticeBar />
    </div>
  );
}

function Header() {
  return (
    <header className="header">
      <h1>Podpath</h1>
      <span className="quiet header-subtitle">Kubernetes Services, simulated in your browser</span>
      <span className="header-end">
        <Share />
        <ThemeButton />
      </span>
    </header>
  );
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

function useTheme(): void {
  const theme = useApp((state) => state.view.theme);
  useEffect(() => {
    if (theme === "auto") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
  }, [theme]);
}

const NOTICE_MS = 6_000;

function NoticeBar() {
  const playground = usePlayground();
  const notice = useApp((state) => state.notice);
  useEffect(() => {
    if (notice === undefined || notice.tone === "error") return;
    const timer = setTimeout(() => playground.dismissNotice(), NOTICE_MS);
    return () => clearTimeout(timer);
  }, [notice, playground]);
  return (
    <div className="notices" role="status">
      {notice !== undefined && (
        <p className="notice" data-tone={notice.tone}>
          {notice.text}
          <button
            type="button"
            className="button plain icon"
            aria-label="Dismiss"
            onClick={() => playground.dismissNotice()}
          >
            <X size={14} aria-hidden="true" />
          </button>
        </p>
      )}
    </div>
  );
}
