// The search over the picture: what is typed finds objects; choosing one selects it, brings it into sight and lights it.
import { X } from "lucide-react";
import {
  type KeyboardEvent,
  type RefObject,
  useEffect,
  useId,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import { useReactFlow, useStoreApi } from "reactflow";
import type { MissingAt } from "../../store/missing.ts";
import { loadPart } from "../../store/parts.ts";
import { usePlayground } from "../../store/react.ts";
import type { Scene } from "../scene.ts";
import { Filter } from "./Filter.tsx";
import { findIn, type Hit, LONGEST_TEXT, type Subject } from "./match.ts";
import { ghostPlace, lightFound, movedTo, placeOf, selectFound } from "./sight.ts";
import { gatesOf, missingSubjects, subjectsOf } from "./subjects.ts";
import "./find.css";
import { W } from "../../../words/en/picture-more.ts";

export interface FindProps {
  readonly text: string;
  /** What had the focus before. */
  readonly opener: RefObject<Element | null>;
  readonly onText: (text: string) => void;
  readonly onClose: () => void;
  /** Called before the picture is moved. */
  readonly onMove: () => void;
  readonly scene: Scene;
}

export function Find({ text, opener, onText, onClose, onMove, scene }: FindProps) {
  const playground = usePlayground();
  const field = useRef<HTMLInputElement>(null);
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => field.current?.focus(), []); // in the same turn as the field before it goes, so that no key is lost
  const missing = useMissing(scene);
  const found = useMemo(() => {
    const { objects, world } = playground.store.getState();
    return findIn([...subjectsOf(objects, world), ...missingSubjects(missing)], text, gatesOf(objects));
  }, [playground, text, missing]);
  const [at, setAt] = useState(0);
  const [chosen, setChosen] = useState<Subject>();
  const id = useId();
  const close = (back: boolean) => {
    if (back) returnFocus(opener.current);
    onClose();
  };
  useShown(chosen, scene, { onMove, onShown: (hasFocus) => close(!hasFocus) });
  const choose = (hit: Hit | undefined) => {
    if (hit === undefined) return;
    selectFound(playground, hit.subject);
    setChosen(hit.subject);
  };
  const { hits, count } = found;
  const active = Math.min(at, hits.length - 1);
  const keyDown = (event: KeyboardEvent) => {
    const next = NEXT.get(event.key)?.(active, hits.length);
    if (event.nativeEvent.isComposing) return;
    if (event.key === "Enter") choose(hits[active]);
    else if (next !== undefined && hits.length > 0) setAt(next);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only notices Escape, and that the focus left it
    <div
      ref={box}
      className="floating find"
      onKeyDown={(event) => {
        if (event.key !== "Escape" || event.nativeEvent.isComposing) return;
        event.stopPropagation();
        close(true);
      }}
      onBlur={({ relatedTarget }) => {
        if (chosen === undefined && relatedTarget !== null && !box.current?.contains(relatedTarget)) close(false);
      }}
    >
      <div className="find-line">
        <input
          ref={field}
          className="find-field"
          type="search"
          aria-label={W.find}
          placeholder={W.findExample}
          maxLength={LONGEST_TEXT}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          aria-autocomplete="list"
          aria-controls={`${id}list`}
          aria-activedescendant={hits.length > 0 ? `${id}${active}` : undefined}
          value={text}
          onChange={({ target }) => {
            onText(target.value);
            setAt(0);
          }}
          onKeyDown={keyDown}
        />
        <button type="button" className="button plain icon" aria-label={W.close} onClick={() => close(true)}>
          <X size={15} aria-hidden="true" />
        </button>
      </div>
      <p className="find-count" role="status">
        {wordsFor(text, count)}
      </p>
      <div id={`${id}list`} className="find-list" role="listbox" aria-label={W.found} hidden={hits.length === 0}>
        {hits.map((hit, index) => (
          <Option
            key={keyOf(hit.subject)}
            id={`${id}${index}`}
            hit={hit}
            active={index === active}
            onPoint={() => setAt(index)}
            onChoose={() => choose(hit)}
          />
        ))}
      </div>
      {count > hits.length && <p className="find-more">{W.moreFound(count - hits.length)}</p>}
      {text === "" && <Filter onDone={() => close(true)} />}
    </div>
  );
}

/** What is missing, where the picture shows any of it. */
function useMissing({ boxes }: Scene): readonly MissingAt[] {
  const playground = usePlayground();
  const [missing, setMissing] = useState<readonly MissingAt[]>([]);
  const isAny = [...boxes.keys()].some((id) => id.startsWith("ghost:"));
  useEffect(() => {
    if (!isAny) return;
    void playground.attempt(async () => {
      const { shownMissing } = await loadPart(W.missing, () => import("../ghosts/Ghost.tsx"));
      setMissing(shownMissing(playground.store.getState()));
    });
  }, [playground, isAny]);
  return missing;
}

/** Which one of a list comes next, by key. */
const NEXT = new Map<string, (at: number, count: number) => number>([
  ["ArrowDown", (at, count) => (at + 1) % count],
  ["ArrowUp", (at, count) => (at + count - 1) % count],
  ["PageDown", (at, count) => Math.min(at + 6, count - 1)],
  ["PageUp", (at) => Math.max(at - 6, 0)],
]);

function wordsFor(text: string, count: number): string {
  if (text.trim() === "") return W.findHint;
  return count === 0 ? W.nothingFound : W.foundCount(count);
}

function keyOf({ selection, ghost }: Subject): string {
  if (ghost !== undefined) return ghost.id;
  return selection.kind === "object" ? `${selection.resource} ${selection.key}` : JSON.stringify(selection);
}

interface OptionProps {
  readonly id: string;
  readonly hit: Hit;
  readonly active: boolean;
  readonly onPoint: () => void;
  readonly onChoose: () => void;
}

function Option({ id, hit: { subject, why }, active, onPoint, onChoose }: OptionProps) {
  const line = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (active) line.current?.scrollIntoView({ block: "nearest" });
  }, [active]);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: its keys are those of the field, which keeps the focus
    <div
      ref={line}
      id={id}
      className="find-option"
      role="option"
      tabIndex={-1}
      aria-selected={active}
      onPointerMove={onPoint}
      onPointerDown={(event) => event.preventDefault()}
      onClick={onChoose}
    >
      <span className="find-kind">{subject.kind}</span>
      <b>{subject.name}</b>
      {subject.namespace !== undefined && <span className="find-space">{subject.namespace}</span>}
      {why !== "" && <span className="find-why">{why}</span>}
    </div>
  );
}

/** Gives the focus back to what had it, or to the button. */
function returnFocus(to: Element | null): void {
  const button = document.querySelector<HTMLElement>(".find-button");
  (to instanceof HTMLElement && to !== document.body && to.isConnected ? to : button)?.focus();
}

/** Shows what was chosen, as soon as the picture has it: moves to it, gives it the focus, and lights it. */
function useShown(
  chosen: Subject | undefined,
  scene: Scene,
  { onMove, onShown }: { onMove: () => void; onShown: (hasFocus: boolean) => void },
): void {
  const playground = usePlayground();
  const { getViewport, setViewport } = useReactFlow();
  const flow = useStoreApi();
  const latest = useRef({ scene, onMove, onShown });
  useEffect(() => {
    latest.current = { scene, onMove, onShown };
  });
  useEffect(() => {
    if (chosen === undefined) return;
    const { selection, ghost } = chosen;
    const now = latest.current.scene;
    const place = ghost === undefined ? placeOf(selection, now) : ghostPlace(ghost.id, now);
    const view = getViewport();
    const moved = place === undefined ? view : movedTo(place.box, view, flow.getState());
    if (moved !== view) {
      latest.current.onMove();
      void setViewport(moved);
    }
    let looks = MOST_LOOKS;
    const timer = setInterval(() => {
      const hasFocus = place !== undefined && focusBox(flow.getState().domNode, place.id);
      if (!hasFocus && place !== undefined && --looks > 0) return;
      clearInterval(timer);
      latest.current.onShown(hasFocus);
      lightFound(playground, selection.kind === "object" ? selection : undefined);
    }, DRAWN_MS);
    return () => clearInterval(timer);
  }, [chosen, playground, flow, getViewport, setViewport]);
}

/** By then the picture has usually drawn what was selected; a busy browser takes longer. */
const DRAWN_MS = 60;
const MOST_LOOKS = 6;

function focusBox(pane: HTMLElement | null, id: string): boolean {
  const button = pane?.querySelector<HTMLElement>(`[data-id="${CSS.escape(id)}"] :is(.hit, .band-name, .client-card)`);
  button?.focus({ preventScroll: true });
  return button != null && document.activeElement === button;
}
