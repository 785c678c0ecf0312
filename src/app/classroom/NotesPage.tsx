// The window with the speaker's notes: it follows the page that opened it.
import { useEffect, useRef, useState } from "react";
import { W } from "../../words/en/desk.ts";
import { channelName, type NotesMessage, type NotesState, readNotes, spanText } from "./notes.ts";

export function NotesPage({ id }: { readonly id: string }) {
  const { state, isOver, go } = useFollowed(id);
  const now = useNow();
  if (state === undefined) return <p role="status">{W.waiting}</p>;
  const { title, at, of, notes, next, sentence, beganAt } = state;
  return (
    <>
      <p className="notes-times">
        <span className="mono" role="timer" aria-label={W.talkTime}>
          {spanText(now - beganAt)}
        </span>
        <span className="mono" role="timer" aria-label={W.dayTime}>
          {new Date(now).toTimeString().slice(0, 5)}
        </span>
        <span className="mono" role="note" aria-label={W.place}>
          {at}/{of}
        </span>
        <button type="button" className="button" onClick={() => go(-1)}>
          {W.previous}
        </button>
        <button type="button" className="button primary" onClick={() => go(1)}>
          {W.next}
        </button>
      </p>
      {isOver && <p role="alert">{W.over}</p>}
      <h2>{title}</h2>
      <div className="notes-text" aria-live="polite">
        {notes.map((note, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: they are replaced together
          <p key={place}>{note}</p>
        ))}
      </div>
      {sentence !== "" && (
        <section aria-label={W.onPicture}>
          <h3>{W.onPicture}</h3>
          <p>{sentence}</p>
        </section>
      )}
      <section aria-label={W.following}>
        <h3>{W.following}</h3>
        <p className="notes-next">{next}</p>
      </section>
    </>
  );
}

function useFollowed(id: string) {
  const [state, setState] = useState<NotesState>();
  const [isOver, setOver] = useState(false);
  const channel = useRef<BroadcastChannel>(undefined);
  const say = (message: NotesMessage) => channel.current?.postMessage(message);
  useEffect(() => {
    if (typeof BroadcastChannel === "undefined") return undefined;
    const made = new BroadcastChannel(channelName(id));
    channel.current = made;
    made.onmessage = ({ data }: MessageEvent<unknown>) => {
      const message = readNotes(data);
      if (message?.kind === "state") setState(message.state);
      if (message?.kind === "state" || message?.kind === "over") setOver(message.kind === "over");
    };
    made.postMessage({ kind: "hello" } satisfies NotesMessage);
    return () => made.close();
  }, [id]);
  return { state, isOver, go: (by: 1 | -1) => say({ kind: "go", by }) };
}

function useNow(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = window.setInterval(() => setNow(Date.now()), 1_000);
    return () => window.clearInterval(timer);
  }, []);
  return now;
}
