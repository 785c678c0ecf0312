// What a speaker has beside the picture: the words of the slide for the room, the way to the notes, and the code.
import { NotebookText, QrCode } from "lucide-react";
import { useCallback, useEffect, useMemo, useReducer, useRef, useState } from "react";
import { useApp, usePlayground } from "../store/react.ts";
import { pageAddress } from "../ui/link.ts";
import { useShortcut } from "../ui/shortcuts.ts";
import { channelName, type NotesMessage, readNotes } from "./notes.ts";
import { DeckTalk, hasStops, LessonTalk, type Talk, WAITING } from "./talk.ts";
import "./talk.css";
import { W } from "../../words/en/talk.ts";

/** How often the slide is looked at again. */
const LOOK_MS = 500;

export function Speaker() {
  const playground = usePlayground();
  const talk = useTalk();
  const [, look] = useReducer((looks: number) => looks + 1, 0);
  useEffect(() => {
    const timer = window.setInterval(() => {
      talk?.look();
      look();
    }, LOOK_MS);
    return () => {
      window.clearInterval(timer);
      talk?.end();
    };
  }, [talk]);
  const go = useCallback(
    (by: 1 | -1) => {
      if (talk === undefined) return;
      if (by < 0) talk.previous();
      else void playground.attempt(async () => talk.next().then(look));
      look();
    },
    [talk, playground],
  );
  const next = useCallback(
    () => (talk?.hasStops === true && hasStops(playground, "ahead") ? false : go(1)),
    [talk, playground, go],
  );
  const previous = useCallback(
    () => (talk?.hasStops === true && hasStops(playground, "behind") ? false : go(-1)),
    [talk, playground, go],
  );
  useShortcut("nextSlide", talk && next);
  useShortcut("previousSlide", talk && previous);
  const press = (by: 1 | -1) => {
    const isStop = (by > 0 ? next() : previous()) === false;
    if (isStop) document.querySelector<HTMLElement>(`[data-stop="${by > 0 ? "next" : "previous"}"]`)?.click();
  };
  const notes = useNotes(talk, press);
  const slide = talk?.slide;
  return (
    <section className="talk" aria-label={W.talk} data-bare={slide === undefined}>
      {slide !== undefined && (
        <div className="talk-words" aria-live="polite">
          <span className="talk-number mono">
            {slide.at}/{slide.of}
          </span>
          <p className="talk-title">
            {slide.title || (slide.at === 0 ? W.first : W.moment(slide.at))}
            {slide.next === WAITING && <span className="talk-wait">{WAITING}</span>}
          </p>
          {slide.text !== "" && <p className="talk-text">{slide.text}</p>}
        </div>
      )}
      <span className="talk-buttons">
        {slide !== undefined && (
          <button type="button" className="button" onClick={notes.open}>
            <NotebookText size={18} aria-hidden="true" />
            {W.notes}
          </button>
        )}
        <button
          type="button"
          className="button"
          title={W.codeTitle}
          onClick={() => playground.store.setState({ classroom: "code" })}
        >
          <QrCode size={18} aria-hidden="true" />
          <span className="talk-word">{W.code}</span>
        </button>
      </span>
      {notes.isBlocked && (
        <p className="talk-blocked" role="alert">
          {W.blocked}{" "}
          <a href={notes.address} target="_blank" rel="noopener">
            {W.notesOf}
          </a>
        </p>
      )}
    </section>
  );
}

/** The moments that the presenter kept, or else the lesson that is open. */
function useTalk(): Talk | undefined {
  const playground = usePlayground();
  const deck = useApp((state) => state.deck);
  const course = useApp((state) => state.lesson?.course);
  const last = useRef<DeckTalk>(undefined);
  return useMemo(() => {
    if (deck !== undefined) {
      last.current = new DeckTalk(playground, deck, last.current?.at);
      return last.current;
    }
    return course === undefined ? undefined : new LessonTalk(playground, course);
  }, [playground, deck, course]);
}

/** The window with the notes, which follows the talk and may move it. */
function useNotes(talk: Talk | undefined, press: (by: 1 | -1) => void) {
  const [id] = useState(() => Math.random().toString(36).slice(2, 10));
  const [beganAt] = useState(() => Date.now());
  const [isBlocked, setBlocked] = useState(false);
  const address = `${pageAddress()}?notes=${id}`;
  const shown = useRef({ talk, press });
  shown.current = { talk, press };
  useEffect(() => {
    if (typeof BroadcastChannel === "undefined") return undefined;
    const channel = new BroadcastChannel(channelName(id));
    const say = (message: NotesMessage) => channel.postMessage(message);
    let isFollowed = false;
    let last = "";
    const report = () => {
      const slide = isFollowed ? shown.current.talk?.slide : undefined;
      if (slide === undefined) return;
      const sentence = document.querySelector(".narration-sentence")?.textContent ?? "";
      const state = { ...slide, sentence, beganAt };
      const key = JSON.stringify(state);
      if (key !== last) say({ kind: "state", state });
      last = key;
    };
    channel.onmessage = ({ data }: MessageEvent<unknown>) => {
      const message = readNotes(data);
      if (message?.kind === "hello") {
        isFollowed = true;
        last = "";
        setBlocked(false);
        report();
      }
      if (message?.kind === "go") shown.current.press(message.by);
    };
    const timer = window.setInterval(report, LOOK_MS / 2);
    return () => {
      window.clearInterval(timer);
      say({ kind: "over" });
      channel.close();
    };
  }, [id, beganAt]);
  const open = () => setBlocked(window.open(address, `podpath-notes-${id}`, "popup,width=760,height=620") === null);
  return { open, isBlocked, address };
}
