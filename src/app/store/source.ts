// Where what is on the page came from: for the list of the visitor's work, and for Reset.

/** Where a text and its run came from. `name` is for people: an example's or a link's title, a file's name. */
export interface Source {
  readonly kind: "example" | "link" | "file" | "copy" | "branch" | "earlier" | "page";
  readonly name: string;
}

/** An entry of the visitor's work as the page opened it. */
export interface OpenedEntry {
  readonly id: string;
  /** Which writing of it was read: an entry that another page has written since has another one. */
  readonly revision: string;
}

/** How a run or a text came to the page. */
export interface From {
  readonly source: Source;
  /** What Reset goes back to; what was shown first, when it is left out. */
  readonly original?: string;
  /** The entry that continues, when it is one. */
  readonly entry?: OpenedEntry;
}

/** What the page began with, or what took its place last: another run, an example, the text before a reset. */
export interface Beginning extends From {
  /** Grows with every beginning. */
  readonly id: number;
  readonly text: string;
  readonly original: string;
}

/** What made place for something else and can be opened again. */
export interface KeptAside {
  readonly name: string;
  readonly open: () => void;
}

export const FROM_PAGE: From = { source: { kind: "page", name: "" } };

export function fromLink(title: string | undefined): From {
  return { source: { kind: "link", name: title ?? "" } };
}
