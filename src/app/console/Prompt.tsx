// The line that is typed, its list of offers, and the lines of an unfinished command.
import {
  type ClipboardEvent,
  type KeyboardEvent,
  useEffect,
  useId,
  useLayoutEffect,
  useRef,
  useState,
  useSyncExternalStore,
} from "react";
import { W } from "../../words/en/console.ts";
import { usePlayground } from "../store/react.ts";
import type { Candidate, Complete } from "./completion.ts";
import { Offers } from "./Offers.tsx";
import { accept, type Effect, EMPTY_PROMPT, lineOf, type PromptState, press, typed } from "./promptState.ts";
import type { Typing } from "./typing.ts";

interface PromptProps {
  readonly typing: Typing;
  /** What comes before the cursor; "" while a command runs. */
  readonly prompt: string;
  /** Whether commands wait for a scenario that is opening. */
  readonly opening: boolean;
  readonly complete: Complete;
  readonly onClear: () => void;
}

export function Prompt(props: PromptProps) {
  const { typing, prompt, opening } = props;
  const { open, waiting } = useSyncExternalStore(typing.changed.on, typing.read);
  const { state, input, on, take } = usePrompt(props);
  const id = useId();
  const { offered, searching, leaving } = state;
  const sign = searching !== undefined ? "(search)" : open !== "" ? ">" : prompt;
  return (
    <>
      {open !== "" && (
        <pre className="terminal-open">
          {open.split("\n").map((text, at) => `${at === 0 ? prompt : ">"} ${text}\n`)}
        </pre>
      )}
      {waiting.length > 0 && <p className="terminal-line terminal-note">{W.waiting(waiting.length, opening)}</p>}
      <div className="terminal-input">
        {sign !== "" && <span className="terminal-prompt">{sign}</span>}
        <input
          ref={input}
          {...on}
          role="combobox"
          aria-label={W.command}
          aria-describedby={`${id}-keys`}
          aria-expanded={offered !== undefined}
          aria-controls={`${id}-offers`}
          aria-autocomplete="list"
          aria-activedescendant={offered === undefined ? undefined : `${id}-offers-${offered.chosen}`}
          autoCapitalize="off"
          autoComplete="off"
          autoCorrect="off"
          spellCheck={false}
          enterKeyHint="send"
          value={state.line}
        />
        {searching !== undefined && (
          <output className="terminal-found">
            {searching.at === undefined
              ? state.line === ""
                ? ""
                : W.nothingFound
              : typing.read().history.entries[searching.at]}
          </output>
        )}
        {offered !== undefined && (
          <Offers
            id={`${id}-offers`}
            candidates={offered.completion.candidates}
            chosen={offered.chosen}
            onChoose={take}
          />
        )}
      </div>
      <p id={`${id}-keys`} className="visually-hidden">
        {W.keys}
      </p>
      {leaving && (
        <p className="terminal-line terminal-note" role="status">
          {W.leaves}
        </p>
      )}
    </>
  );
}

/** The state of the line and what the input's events do to it. */
function usePrompt({ typing, prompt, complete, onClear }: PromptProps) {
  const [state, setState] = useState<PromptState>(EMPTY_PROMPT);
  const input = useRef<HTMLInputElement>(null);
  const { doors } = usePlayground();
  useEffect(
    () =>
      doors.openPrompt((line) => {
        if (input.current === null || input.current.offsetParent === null) return false;
        setState(lineOf(line));
        input.current.focus();
        return true;
      }),
    [doors],
  );
  useLayoutEffect(() => {
    const element = input.current;
    if (element !== null && element.selectionStart === element.selectionEnd)
      element.setSelectionRange(state.cursor, state.cursor);
  }, [state]);
  const context = () => ({ ...typing.read(), complete, prompt });
  const apply = (effect: Effect | undefined) => {
    if (effect?.kind === "enter") typing.enter(effect.text);
    if (effect?.kind === "interrupt") typing.interrupt(effect.text);
    if (effect?.kind === "walk") setState(lineOf(typing.walk(state.line, effect.by)));
    if (effect?.kind === "clear") onClear();
  };
  const here = (): PromptState => ({ ...state, cursor: input.current?.selectionStart ?? state.cursor });
  const on = {
    onChange: (event: { readonly target: HTMLInputElement }) => {
      const { value, selectionStart } = event.target;
      setState(typed(state, { line: value, cursor: selectionStart ?? value.length }, context()));
    },
    onKeyDown: (event: KeyboardEvent<HTMLInputElement>) => {
      if (event.nativeEvent.isComposing) return;
      const key = {
        key: event.ctrlKey ? event.key.toLowerCase() : event.key,
        ctrl: event.ctrlKey,
        shift: event.shiftKey,
        other: event.metaKey || event.altKey,
        selection: hasSelection(event.currentTarget),
      };
      const outcome = press(here(), key, context());
      if (!outcome.handled) return;
      event.preventDefault();
      setState(outcome.state);
      apply(outcome.effect);
    },
    onBlur: () =>
      setState(({ line, cursor, searching }) => ({
        line: searching === undefined ? line : "",
        cursor,
        leaving: false,
      })),
    onPaste: (event: ClipboardEvent<HTMLInputElement>) => {
      const text = event.clipboardData.getData("text/plain").replaceAll("\r\n", "\n");
      if (!text.includes("\n")) return;
      event.preventDefault();
      const { selectionStart, selectionEnd, value } = event.currentTarget;
      const whole = value.slice(0, selectionStart ?? value.length) + text + value.slice(selectionEnd ?? value.length);
      const end = whole.lastIndexOf("\n");
      typing.enter(whole.slice(0, end));
      setState(lineOf(whole.slice(end + 1)));
    },
  };
  const take = (candidate: Candidate) => setState(accept(here(), candidate));
  return { state, input, on, take };
}

/** Ctrl+C copies when something is selected, as everywhere else. */
function hasSelection(input: HTMLInputElement): boolean {
  return input.selectionStart !== input.selectionEnd || document.getSelection()?.isCollapsed === false;
}
