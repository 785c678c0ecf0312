// The terminal: what was printed, and the prompt after it.
import {
  type KeyboardEvent,
  memo,
  type RefObject,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
} from "react";
import { own } from "../../cluster/index.ts";
import { createShell, type Shell } from "../../shell/index.ts";
import { W } from "../../words/en/console.ts";
import { useApp, usePlayground } from "../store/react.ts";
import type { Line } from "../store/scrollback.ts";
import { MomentButton } from "../ui/MomentButton.tsx";
import { completeIn } from "./complete.ts";
import { EffectNotes } from "./effectNotes.ts";
import { mentionsIn, namesOf, type Stretch } from "./mentions.ts";
import { Prompt } from "./Prompt.tsx";
import { Typing } from "./typing.ts";

export function Terminal() {
  const playground = usePlayground();
  const transcript = useApp((state) => state.run.transcript);
  const scrollback = useSyncExternalStore(transcript.changed.on, () => transcript.scrollback);
  const running = useSyncExternalStore(transcript.changed.on, () => transcript.busy);
  const opening = useApp((state) => state.opening !== undefined);
  const busy = running || opening;
  const prompt = useSyncExternalStore(transcript.changed.on, () => transcript.prompt);
  const playing = useApp((state) => state.playing);
  const idle = useMemo(() => new EffectNotes(), []);
  const typing = useMemo(() => newTyping(playground, idle), [playground, idle]);
  const box = useStickyEnd(scrollback);
  useEffect(() => {
    if (busy) return;
    tellIdle(playground, idle);
    typing.next();
  }, [busy, typing, idle, playground]);
  useLastLink(box, scrollback);
  const focusPrompt = () => {
    if (document.getSelection()?.isCollapsed !== false) box.current?.querySelector("input")?.focus();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a click beside the text is a short cut to the prompt, which Tab reaches
    // biome-ignore lint/a11y/useKeyWithClickEvents: the prompt itself is reached by keyboard
    <div ref={box} className="terminal mono" dir="ltr" onClick={focusPrompt}>
      <div role="log" aria-label={W.output} onKeyDown={(event) => walkLinks(event, focusPrompt)}>
        {scrollback.dropped > 0 && <p className="terminal-line terminal-note">{W.removed(scrollback.dropped)}</p>}
        {scrollback.lines.map((line) => (
          <TerminalLine key={line.id} line={line} />
        ))}
      </div>
      {running && !playing && (
        <p className="terminal-line terminal-note">
          {W.paused}{" "}
          <button type="button" className="terminal-link" onClick={() => playground.setPlaying(true)}>
            {W.play}
          </button>
        </p>
      )}
      {running && playing && <StillRunning onStop={() => typing.interrupt("")} />}
      <Prompt
        typing={typing}
        prompt={busy ? "" : prompt}
        opening={opening}
        complete={(line, cursor) => completeIn(playground.store.getState().run, line, cursor)}
        onClear={() => transcript.clear()}
      />
    </div>
  );
}

/** A command takes this long, in milliseconds, before its way out is offered: a finger has no Ctrl+C. */
const LONG_MS = 4_000;

function StillRunning({ onStop }: { readonly onStop: () => void }) {
  const [long, setLong] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLong(true), LONG_MS);
    return () => clearTimeout(timer);
  }, []);
  if (!long) return null;
  return (
    <p className="terminal-line terminal-note">
      {W.running}{" "}
      <button type="button" className="terminal-link" onClick={onStop}>
        {W.stop}
      </button>
    </p>
  );
}

function newTyping(playground: ReturnType<typeof usePlayground>, idle: EffectNotes): Typing {
  const transcript = () => playground.store.getState().run.transcript;
  return new Typing({
    busy: () => transcript().busy || playground.store.getState().opening !== undefined,
    isIncomplete: (text) => shellOf(playground).isIncomplete(text),
    run: (line) => {
      shellOf(playground);
      const { world } = playground.store.getState();
      idle.begins(world);
      playground.run({ kind: "shell", line });
      if (!transcript().busy) tellIdle(playground, idle);
    },
    interrupt: () => void (transcript().busy && playground.run({ kind: "interrupt" })),
    giveUp: (text) => transcript().giveUp(text),
  });
}

/** Says beside the output of a command that has ended what it stored without effect. */
function tellIdle(playground: ReturnType<typeof usePlayground>, idle: EffectNotes): void {
  const {
    world,
    run: { transcript },
  } = playground.store.getState();
  for (const note of idle.ended(world)) transcript.note(note);
}

/** The shell of the run that is shown; the console brings it along, so that a page without console does not load it. */
function shellOf(playground: ReturnType<typeof usePlayground>): Shell {
  const { run } = playground.store.getState();
  run.attachShell(createShell);
  if (run.shell === undefined) throw new Error("console: attaching a shell left none");
  return run.shell;
}

/** Of all names in the output the last one is reached by Tab; arrow keys lead to the others. */
function useLastLink(box: RefObject<HTMLDivElement | null>, content: unknown) {
  const last = useRef<HTMLElement | null>(null);
  useLayoutEffect(() => {
    void content; // runs whenever lines came
    const links = linksOf(box.current);
    const link = links.at(-1) ?? null;
    if (link === last.current) return;
    last.current?.setAttribute("tabindex", "-1");
    link?.setAttribute("tabindex", "0");
    last.current = link;
  }, [box, content]);
}

/** Names of objects and times of commands. */
const LINKS = ".terminal-line > :is(.terminal-link, .moment-button)";

function linksOf(box: HTMLElement | null): HTMLElement[] {
  return [...(box?.querySelectorAll<HTMLElement>(LINKS) ?? [])];
}

/** Up and down walk through the names in the output, Escape goes back to the prompt. */
function walkLinks(event: KeyboardEvent<HTMLElement>, toPrompt: () => void): void {
  const { key, target, currentTarget } = event;
  if (!(target instanceof HTMLElement) || !target.matches(LINKS)) return;
  const by = own({ ArrowUp: -1, ArrowLeft: -1, ArrowDown: 1, ArrowRight: 1 }, key);
  if (by === undefined && key !== "Escape") return;
  event.preventDefault();
  event.stopPropagation();
  if (by === undefined) {
    toPrompt();
    return;
  }
  const links = linksOf(currentTarget);
  links[links.indexOf(target) + by]?.focus();
}

/** Keeps the end in view as lines come, unless the visitor reads further up. */
function useStickyEnd(content: unknown) {
  const box = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  useEffect(() => {
    const element = box.current;
    if (element === null) return;
    const scrolled = () => {
      atEnd.current = element.scrollHeight - element.scrollTop - element.clientHeight < 30;
    };
    element.addEventListener("scroll", scrolled, { passive: true });
    return () => element.removeEventListener("scroll", scrolled);
  }, []);
  useLayoutEffect(() => {
    void content; // runs whenever lines came
    if (atEnd.current && box.current !== null) box.current.scrollTop = box.current.scrollHeight;
  }, [content]);
  return box;
}

/** A line of columns: wrapped, it would be unreadable. */
const TABLE = /\S {3,}\S/;

const TerminalLine = memo(function TerminalLine({ line }: { readonly line: Line }) {
  const playground = usePlayground();
  // Found once, against the objects of the moment in which the line was printed.
  const [names] = useState(() => namesOf(playground.store.getState().objects));
  const stretches: readonly Stretch[] = useMemo(
    () => (line.kind === "out" ? mentionsIn(line.text, names) : [{ text: line.text }]),
    [line, names],
  );
  return (
    <div className={`terminal-line terminal-${line.kind}`} data-table={TABLE.test(line.text) || undefined}>
      {line.at !== undefined && <MomentButton at={line.at} />}
      {line.prompt !== undefined && <span className="terminal-prompt">{line.prompt} </span>}
      {stretches.map(({ text, object }, index) =>
        object === undefined ? (
          text
        ) : (
          <button
            // biome-ignore lint/suspicious/noArrayIndexKey: stretches of a line never move
            key={index}
            type="button"
            className="terminal-link"
            tabIndex={-1}
            title={W.select(text)}
            onClick={() => playground.select({ kind: "object", ...object })}
          >
            {text}
          </button>
        ),
      )}
    </div>
  );
});
