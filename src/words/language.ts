// The language that is spoken: its sentences, and how it counts.

/** Sentences of one part of Podpath: texts, and functions that put values into texts. */
export type Part = object;

export interface Language {
  /** As in `lang` of HTML. */
  readonly tag: string;
  readonly dir: "ltr" | "rtl";
  /** How numbers and plurals are formed, where `tag` is not what Intl should use. */
  readonly locale?: string;
  /** What a part says in this language. */
  part<T extends Part>(name: string, english: T): T;
}

export const ENGLISH: Language = { tag: "en", dir: "ltr", part: (_name, english) => english };

let current = ENGLISH;
let plurals: Intl.PluralRules | undefined;
let numbers: Intl.NumberFormat | undefined;

/** Speaks a language from now on. Parts that were asked for before stay as they are. */
export function speak(language: Language): void {
  current = language;
  plurals = undefined;
  numbers = undefined;
}

/** The language that is spoken. */
export function language(): Language {
  return current;
}

/** What Intl is given for dates and numbers. */
export function locale(): string {
  return current.locale ?? current.tag;
}

/** A part in the language that is spoken. */
export function spoken<T extends Part>(name: string, english: T): T {
  return current.part(name, english);
}

/** A number as it is written: with separators, as 1,000. */
export function number(value: number): string {
  numbers ??= new Intl.NumberFormat(locale());
  return numbers.format(value);
}

/** The forms that a language has for numbers; `#` is replaced by the number. */
export type Forms = { readonly other: string } & Partial<Readonly<Record<Intl.LDMLPluralRule, string>>>;

/** The form for a number. */
export function plural(value: number, forms: Forms): string {
  plurals ??= new Intl.PluralRules(locale());
  return (forms[plurals.select(value)] ?? forms.other).replace("#", number(value));
}
