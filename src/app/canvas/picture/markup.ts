// SVG as text: elements with escaped attributes and words, and the colours of the page as numbers.
import tokens from "../../ui/tokens.css?raw";

export type Attributes = Readonly<Record<string, string | number | undefined>>;

export type Theme = "light" | "dark";

const escaped = (text: string) =>
  text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

/** An element. Control characters, which XML can't hold, are left out of what it says. */
export function element(name: string, attributes: Attributes, ...children: readonly string[]): string {
  const given = Object.entries(attributes).flatMap(([key, value]) =>
    value === undefined ? [] : [` ${key}="${escaped(typeof value === "number" ? String(rounded(value)) : value)}"`],
  );
  const inner = children.join("");
  return `<${name}${given.join("")}${inner === "" ? "/>" : `>${inner}</${name}>`}`;
}

/** Words in an element. */
export function words(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is removed
  return escaped(text.replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, ""));
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}

/** The colours of a theme, by the names that the style sheet gives them. */
export type Colours = (name: string) => string;

/** Reads the page's own style sheet, so that a colour means the same in both. @throws Error for a name it does not have */
export function coloursOf(theme: Theme): Colours {
  const [, root = ""] = /:root \{([\s\S]*?)\n\}/.exec(tokens) ?? [];
  const known = new Map(
    Array.from(root.matchAll(/--([\w-]+): (?:light-dark\((#\w+), (#\w+)\)|(#\w+));/g), ([, name = "", ...values]) => {
      const [light, dark, both] = values;
      return [name, both ?? (theme === "dark" ? dark : light) ?? ""] as const;
    }),
  );
  return (name) => {
    const colour = known.get(name);
    if (colour === undefined) throw new Error(`picture: the style sheet has no colour ${name}`);
    return colour;
  };
}

export const SANS = "Inter, roboto, arial, sans-serif";
export const MONO = "'JetBrains Mono', menlo, consolas, monospace";

export interface TextStyle {
  readonly size?: number;
  readonly fill: string;
  readonly bold?: boolean;
  readonly mono?: boolean;
  readonly anchor?: "middle" | "end";
  /** The most room it may take, in pixels: what is longer is shortened. */
  readonly room?: number;
}

/** A line of text whose middle is at `y`. */
export function line(text: string, x: number, y: number, style: TextStyle): string {
  const { size = 12, fill, bold, mono, anchor, room } = style;
  const width = size * (mono === true ? 0.61 : 0.56);
  const most = room === undefined ? Number.POSITIVE_INFINITY : Math.max(1, Math.floor(room / width));
  const shown = text.length > most ? `${text.slice(0, most - 1)}…` : text;
  return element(
    "text",
    {
      x,
      y: y + size * 0.36,
      "font-size": size,
      fill,
      "font-weight": bold === true ? 600 : undefined,
      "font-family": mono === true ? MONO : undefined,
      "text-anchor": anchor,
    },
    words(shown),
  );
}
