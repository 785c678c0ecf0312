// The page: its regions and how they share the room.
import { PanelLeftOpen, PanelRightOpen } from "lucide-react";
import { useCallback, useEffect, useMemo, useState } from "react";
import { flushSync } from "react-dom";
import { Canvas } from "./canvas/index.ts";
import { Classroom } from "./classroom/index.ts";
import { Console } from "./console/index.tsx";
import { Editor } from "./editor/index.ts";
import { isFramed, useHost } from "./embed/index.ts";
import { FaultHost } from "./FaultHost.tsx";
import { Header } from "./Header.tsx";
import { Inspector } from "./inspector/index.ts";
import { type AskedLesson, KeptProgress, Lesson, LessonsList } from "./lessons/index.ts";
import { ClusterNews, PacketLog } from "./log/index.ts";
import { LinkBanner } from "./share/index.ts";
import type { Opened } from "./store/opened.ts";
import type { Playground } from "./store/playground.ts";
import { PlaygroundProvider, useApp, usePlayground } from "./store/react.ts";
import { Timeline } from "./timeline/index.ts";
import { Guard, ReloadContext } from "./ui/Guard.tsx";
import { KeepFocus } from "./ui/KeepFocus.tsx";
import { NoticeBar } from "./ui/NoticeBar.tsx";
import { OpeningBar } from "./ui/OpeningBar.tsx";
import { Separator } from "./ui/Separator.tsx";
import { useTheme } from "./ui/useTheme.ts";
import { type Panels, SHEETS, usePanels } from "./usePanels.ts";
import { Welcome } from "./welcome/index.ts";
import { type Work, WorkWarning } from "./work/index.ts";

import "./app.css";
import { W } from "../words/en/frame.ts";
import { W as P } from "../words/en/page.ts";

interface AppProps {
  readonly playground: Playground;
  /** What the address held when the page was opened. */
  readonly opened: Opened;
  /** Keeps what the visitor does; without it nothing is kept. */
  readonly work: Work | undefined;
  /** The lesson that the address asks for. */
  readonly lesson?: AskedLesson | undefined;
  /** Whether the ways in are offered: to a first visit that asks for nothing. */
  readonly offered?: boolean;
}

export function App({ playground, opened, work, lesson, offered }: AppProps) {
  return (
    <PlaygroundProvider value={playground}>
      <ReloadContext value={playground.reload}>
        <Page opened={opened} work={work} lesson={lesson} offered={offered === true} />
      </ReloadContext>
    </PlaygroundProvider>
  );
}

function Page({ opened, work, lesson: first, offered = false }: Omit<AppProps, "playground">) {
  const panels = usePanels();
  const { way, isListed, show } = useWelcome(offered, panels);
  const { lesson, openLesson, closeLesson } = useLesson(first, panels);
  const [kept] = useState(() => new KeptProgress());
  const { desk, editor, sheet } = panels;
  const side = panels.side || lesson !== undefined;
  const presenting = useApp((state) => state.view.presenting);
  useTheme();
  const playground = usePlayground();
  useEffect(() => playground.setView({ narrated: true }), [playground]);
  return (
    <div
      className="page"
      data-presenting={presenting}
      data-sheet={sheet}
      data-editor={editor}
      data-side={side}
      data-lesson={lesson !== undefined}
    >
      <Header work={work} lessons={kept} onLesson={openLesson} onShowMe={show.tour} />
      <div className="area area-editor" hidden={desk && !editor}>
        <Editor {...(desk ? { onFold: () => fold("editor", panels.setEditor) } : {})} />
        {desk && <Separator {...EDITOR} usual={Math.round(window.innerWidth * 0.24)} />}
      </div>
      {desk && !editor && <Strip panel="editor" label={P.yaml} onOpen={() => unfold("editor", panels.setEditor)} />}
      <main className="area area-canvas">
        {way !== undefined && !presenting && (
          <Guard name={P.welcome}>
            <Welcome way={way} onTour={show.tour} onLearn={show.lessons} onClose={show.page} />
          </Guard>
        )}
        <Guard name={W.theCluster}>
          <Canvas />
        </Guard>
        <Guard name={W.timeline}>
          <Timeline />
        </Guard>
      </main>
      <div className="area area-inspector" hidden={desk && !side}>
        <Guard name={W.inspector}>
          <Inspector {...(desk && lesson === undefined ? { onFold: () => fold("inspector", panels.setSide) } : {})} />
        </Guard>
        {desk && side && <Separator {...SIDE} usual={Math.round(window.innerWidth * 0.215)} />}
      </div>
      {desk && !side && (
        <Strip panel="inspector" label={P.inspector} onOpen={() => unfold("inspector", panels.setSide)} />
      )}
      {lesson !== undefined && (
        <div className="area area-lesson">
          <Lesson asked={lesson} kept={kept} onLesson={openLesson} onClose={closeLesson} />
        </div>
      )}
      <div className="area area-console">
        <Console sizable={desk} />
      </div>
      <section className="area area-log" aria-label={P.story}>
        <h2 className="area-title">{P.packetLog}</h2>
        <Guard name={W.packetLog}>
          <PacketLog />
        </Guard>
      </section>
      <ClusterNews />
      <SheetTabs panels={panels} lesson={lesson !== undefined} />
      <KeepFocus />
      <FaultHost />
      {isFramed(location.search) && <FrameHost />}
      <Classroom
        finished={() => [...kept.all()].flatMap(([id, { done }]) => (done ? [id] : []))}
        onLessonAgain={(id) => {
          kept.replace(new Map([...kept.all()].filter(([each]) => each !== id)));
          openLesson({ id });
        }}
      />
      {isListed && <LessonsList kept={kept} onLesson={openLesson} onClose={show.noLessons} />}
      <Guard name={W.message} place="over">
        <NoticeBar />
        <OpeningBar />
      </Guard>
      {work !== undefined && (
        <Guard name={P.warning} place="over">
          <WorkWarning work={work} />
        </Guard>
      )}
      <Guard name={W.link} place="over">
        <LinkBanner opened={opened} />
      </Guard>
    </div>
  );
}

/** What the front door shows: its line, the tour, or the list of lessons that it leads to. */
function useWelcome(offered: boolean, { setSheet }: Panels) {
  const [way, setWay] = useState<"offer" | "tour" | undefined>(offered ? "offer" : undefined);
  const [isListed, setListed] = useState(false);
  const show = useMemo(
    () => ({
      tour: () => {
        setSheet("Cluster");
        setWay("tour");
      },
      page: () => setWay(undefined),
      lessons: () => setListed(true),
      noLessons: () => setListed(false),
    }),
    [setSheet],
  );
  return { way, isListed, show };
}

/** In a frame the page around it hears the height, and may ask for the state. */
function FrameHost() {
  useHost(usePlayground());
  return null;
}

/** The lesson that is open; it has a place of its own at a desk, and is the sheet in front where there is less room. */
function useLesson(first: AskedLesson | undefined, { setSheet }: Panels) {
  const [lesson, setLesson] = useState(first);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the lesson of the address, once
  useEffect(() => {
    if (first !== undefined) setSheet("Lesson");
  }, []);
  const openLesson = (asked: AskedLesson) => {
    setLesson(asked);
    setSheet("Lesson");
    forgetAddress();
  };
  const closeLesson = useCallback(() => {
    setLesson(undefined);
    setSheet("Cluster");
  }, [setSheet]);
  return { lesson, openLesson, closeLesson };
}

/** The lesson of the address is no longer the one that is open: a reload goes on with that one by itself. */
function forgetAddress(): void {
  const address = new URL(location.href);
  if (!address.searchParams.has("lesson")) return;
  address.searchParams.delete("lesson");
  address.searchParams.delete("step");
  history.replaceState(history.state, "", address);
}

const EDITOR = { name: "editor-width", label: P.editorWidth, edge: "right", least: 240, most: 0.5 } as const;
const SIDE = { name: "side-width", label: P.inspectorWidth, edge: "left", least: 240, most: 0.45 } as const;

/** The panels by name, where they take turns. */
function SheetTabs({ panels: { sheet, setSheet }, lesson }: { readonly panels: Panels; readonly lesson: boolean }) {
  const news = useLessonNews(sheet === "Lesson");
  return (
    <nav className="sheet-tabs" aria-label={P.panels}>
      {[...SHEETS, ...(lesson ? (["Lesson"] as const) : [])].map((each) => (
        <button key={each} type="button" className="tab" aria-pressed={sheet === each} onClick={() => setSheet(each)}>
          {P.sheets[each]}
          {each === "Lesson" && news && <span className="tab-news"> ✓ {P.stepDone}</span>}
        </button>
      ))}
    </nav>
  );
}

/** Whether a step's checks were met since the lesson was last looked at. */
function useLessonNews(looking: boolean): boolean {
  const met = useApp((state) => state.lesson?.met.size ?? 0);
  const [seen, setSeen] = useState(met);
  useEffect(() => {
    if (looking || met < seen) setSeen(met);
  }, [looking, met, seen]);
  return !looking && met > seen;
}

type Foldable = "editor" | "inspector";

/** Folds a panel; the focus goes to what opens it again. */
function fold(panel: Foldable, set: (open: boolean) => void): void {
  flushSync(() => set(false));
  document.querySelector<HTMLElement>(`.strip-${panel}`)?.focus();
}

/** Opens a panel; the focus goes to what folds it again. */
function unfold(panel: Foldable, set: (open: boolean) => void): void {
  flushSync(() => set(true));
  document.querySelector<HTMLElement>(`.area-${panel} .fold`)?.focus();
}

interface StripProps {
  readonly panel: Foldable;
  readonly label: string;
  readonly onOpen: () => void;
}

/** What a folded panel leaves at the edge of the page. */
function Strip({ panel, label, onOpen }: StripProps) {
  const Icon = panel === "editor" ? PanelLeftOpen : PanelRightOpen;
  return (
    <button type="button" className={`strip strip-${panel}`} aria-label={P.open[panel]} onClick={onOpen}>
      <Icon size={16} aria-hidden="true" />
      <span>{label}</span>
    </button>
  );
}
