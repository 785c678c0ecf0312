// Ties the lines of the text to what is pointed at in the rest of the page, both ways.
import { Emitter } from "../../cluster/index.ts";
import type { FieldAt, Lit } from "../store/lit.ts";
import type { EditedText } from "./edited.ts";
import { outline, type Section } from "./language/index.ts";
import { fieldAtPlace, type LitLines, linesOf, placeOfField } from "./lines.ts";
import { isLong } from "./long.ts";

const NONE: readonly LitLines[] = [];

export class EditorLinks {
  readonly #edited: EditedText;
  /** Tells that other places of the text are lit. */
  readonly changed = new Emitter<void>();
  #lit: readonly LitLines[] = NONE;
  #pointed: string | undefined;
  #read: { readonly text: string; readonly sections: readonly Section[] } | undefined;

  constructor(edited: EditedText) {
    this.#edited = edited;
  }

  /** Follows the page from now on; returns how to end it. */
  begin(): () => void {
    const { host } = this.#edited;
    const stops = [host.onLit((lit) => this.#light(lit)), host.onAsked((field) => this.#reveal(field))];
    return () => {
      for (const stop of stops) stop();
    };
  }

  /** The lines that belong to what is pointed at elsewhere. */
  get lit(): readonly LitLines[] {
    return this.#lit;
  }

  /** Says where the pointer or the caret is: line from 1, characters before it. */
  pointAt(line: number, column: number): void {
    const field = fieldAtPlace(this.#sections(), line, column);
    const id = field === undefined ? undefined : `${field.resource} ${field.key} ${field.path}`;
    if (id === this.#pointed) return;
    this.#pointed = id;
    this.#edited.host.point(field);
  }

  /** Says that neither pointer nor caret is in the text. */
  leave(): void {
    this.#pointed = undefined;
    this.#edited.host.point(undefined);
  }

  #light(lit: Lit | undefined): void {
    const lines = linesOf(lit === undefined ? [] : this.#sections(), lit);
    if (lines.length === 0 && this.#lit.length === 0) return;
    this.#lit = lines;
    this.changed.emit();
  }

  #reveal(field: FieldAt): boolean {
    const place = placeOfField(this.#sections(), field);
    if (place === undefined) return false;
    this.#edited.reveal(place.first, place.column);
    return true;
  }

  #sections(): readonly Section[] {
    const { text } = this.#edited.state;
    if (this.#read?.text !== text) this.#read = { text, sections: isLong(text) ? [] : outline(text) };
    return this.#read.sections;
  }
}
