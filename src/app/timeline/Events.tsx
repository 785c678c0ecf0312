// What happened, as a list to read, and notes on it.
import { useState } from "react";
import { formatElapsed, NOTE_LIMIT } from "../../scenario/index.ts";
import { W } from "../../words/en/branches.ts";
import { writeNote } from "../store/branching.ts";
import { useApp, useNow, usePlayground } from "../store/react.ts";
import type { Mark } from "./marks.ts";

const SHOWN = 200;

/** Writes a note on the moment that is shown, changes the one there, or deletes it. */
function NoteForm() {
  const playground = usePlayground();
  const time = useNow(100);
  const notes = useApp((state) => state.notes);
  const there = notes.find(({ at }) => Math.floor(at / 100) * 100 === time);
  const [text, setText] = useState<string>();
  const write = (written: string) => {
    void writeNote(playground, written.trim(), there?.at ?? playground.store.getState().world.clock.now);
    setText(undefined);
  };
  return (
    <form
      className="note-form"
      onSubmit={(event) => {
        event.preventDefault();
        write(text ?? there?.text ?? "");
      }}
    >
      <input
        aria-label={W.noteOn(formatElapsed(time))}
        placeholder={W.noteOn(formatElapsed(time))}
        maxLength={NOTE_LIMIT}
        value={text ?? there?.text ?? ""}
        onFocus={() => playground.setPlaying(false)}
        onChange={(event) => setText(event.target.value)}
      />
      <button type="submit" className="button">
        {there === undefined ? W.addNote : W.saveNote}
      </button>
      {there !== undefined && (
        <button type="button" className="button" onClick={() => write("")}>
          {W.deleteNote}
        </button>
      )}
    </form>
  );
}

export function Events({ marks }: { readonly marks: readonly Mark[] }) {
  const playground = usePlayground();
  return (
    <>
      <h2>{W.happened}</h2>
      <p className="quiet">{W.select}</p>
      <NoteForm />
      {marks.length === 0 && <p className="quiet">{W.empty}</p>}
      {marks.length > SHOWN && <p className="quiet">{W.lastOf(SHOWN, marks.length)}</p>}
      <ol>
        {marks.slice(-SHOWN).map((mark, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the list only grows at its end
          <li key={index} data-kind={mark.kind} data-ahead={mark.ahead}>
            <button
              type="button"
              className="event-door"
              disabled={mark.ahead}
              title={mark.ahead ? undefined : W.look}
              onClick={() => playground.seek(mark.at)}
            >
              <span className="mono quiet">{formatElapsed(mark.at)}</span>
              <span className="event-mark" aria-hidden="true" data-kind={mark.kind} />
              <span>
                {mark.text}
                {mark.ahead && <span className="quiet"> {W.ahead}</span>}
              </span>
            </button>
          </li>
        ))}
      </ol>
    </>
  );
}
