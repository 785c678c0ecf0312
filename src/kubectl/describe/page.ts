// A description being written: indented lines whose cells are aligned at the end.
import { LastAppliedConfigAnnotation, own } from "../../cluster/index.ts";
import { alignTabs, DESCRIBE_TABS } from "../tabwriter.ts";
import { sortedKeys } from "../text.ts";

/** Collects lines; cells are separated by tabs and aligned when the whole is read. */
// Models kubernetes/staging/src/k8s.io/kubectl/pkg/describe PrefixWriter
export class Page {
  #text = "";

  /** Text as it stands. */
  raw(text: string): void {
    this.#text += text;
  }

  /** One line at a level of indentation, two spaces each. */
  line(level: number, text: string): void {
    this.#text += `${"  ".repeat(level)}${text}\n`;
  }

  /** `Name:<tab>value` at the left edge, or indented. */
  field(name: string, value: string | number | boolean | undefined, level = 0): void {
    this.line(level, `${name}:\t${value ?? ""}`);
  }

  /** One line of cells. */
  row(level: number, cells: ReadonlyArray<string | number | undefined>): void {
    this.line(level, cells.map((cell) => cell ?? "").join("\t"));
  }

  /** Ends the columns that are open: what follows is aligned by itself. */
  flush(): void {
    this.#text += "\f";
  }

  /** A title with a list behind it, one entry per line, or `<none>`. `indent` leads every line. */
  list(title: string, entries: readonly string[], indent = ""): void {
    if (entries.length === 0) this.#text += `${indent}${title}:\t<none>\n`;
    for (const [index, entry] of entries.entries()) {
      this.#text += index === 0 ? `${indent}${title}:\t${entry}\n` : `${indent}\t${entry}\n`;
    }
  }

  // Models kubernetes/staging/src/k8s.io/kubectl/pkg/describe printLabelsMultiline
  labels(title: string, labels: Readonly<Record<string, string>> | undefined, indent = ""): void {
    this.list(
      title,
      sortedKeys(labels).map((key) => `${key}=${own(labels, key)}`),
      indent,
    );
  }

  // Models kubernetes/staging/src/k8s.io/kubectl/pkg/describe printAnnotationsMultiline
  annotations(title: string, annotations: Readonly<Record<string, string>> | undefined, indent = ""): void {
    const keys = sortedKeys(annotations).filter((key) => key !== LastAppliedConfigAnnotation);
    this.#text += `${indent}${title}:\t${keys.length === 0 ? "<none>\n" : ""}`;
    for (const [index, key] of keys.entries()) {
      const value = (own(annotations, key) ?? "").replace(/\n$/, "");
      const long = value.length + key.length + 2 > LONGEST || value.includes("\n");
      this.#text += index === 0 ? "" : "\t";
      this.#text += long ? `${key}:\n` : `${key}: ${value}\n`;
      if (long) for (const part of value.split("\n")) this.#text += `\t  ${shortened(part)}\n`;
    }
  }

  /** The text with its tabs. */
  unaligned(): string {
    return this.#text;
  }

  toString(): string {
    return alignTabs(this.#text, DESCRIBE_TABS);
  }
}

const LONGEST = 140;

function shortened(text: string): string {
  return text.length > LONGEST - 2 ? `${text.slice(0, LONGEST - 2)}...` : text;
}
