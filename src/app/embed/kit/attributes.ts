// The attributes of `<pod-path>`: one list for the element, the plug-ins, the component and links.

/** Those that are options of the frame's address. */
export const OPTIONS = [
  "scenario",
  "view",
  "step",
  "at",
  "controls",
  "autoplay",
  "readonly",
  "present",
  "lang",
  "lesson",
  "namespace",
  "selector",
  "focus",
  "predict",
] as const;

/** Those that are the element's own. */
const OWN = ["theme", "height", "label", "caption", "link", "send", "src"] as const;

export const ATTRIBUTES = [...OPTIONS, ...OWN] as const;

/** What says yes or no: as an attribute `1` or `0`. */
type Flag = boolean | "0" | "1";

/** The options of a frame. */
export interface FrameOptions {
  /** Name of an example in the gallery. */
  readonly scenario?: string | undefined;
  /** Name of a lesson. */
  readonly lesson?: string | undefined;
  /** What is open at first; `canvas` by default. */
  readonly view?: "canvas" | "editor" | "console" | "split" | undefined;
  /** Opens right after this many recorded actions, paused; of a lesson, the step. */
  readonly step?: number | string | undefined;
  /** Opens at this virtual millisecond, paused. */
  readonly at?: number | string | undefined;
  /** The bars with the view, the timeline and the panels; on by default. */
  readonly controls?: Flag | undefined;
  /** Whether time runs from the start; on by default. */
  readonly autoplay?: Flag | undefined;
  /** Whether the YAML can be read but not changed. */
  readonly readonly?: Flag | undefined;
  /** Whether it begins large and without panels. */
  readonly present?: Flag | undefined;
  /** Whether it asks where a packet goes before it moves. */
  readonly predict?: Flag | undefined;
  readonly lang?: string | undefined;
  /** The picture shows only this namespace, … */
  readonly namespace?: string | undefined;
  /** … what this label selector matches, … */
  readonly selector?: string | undefined;
  /** … or this Service with what belongs to it: namespace and name, such as `default/web`. */
  readonly focus?: string | undefined;
}

/** All attributes of `<pod-path>`. */
export interface PodPathAttributes extends FrameOptions {
  /** That of the page around by default. */
  readonly theme?: "light" | "dark" | undefined;
  /** Pixels; what suits the width by default. */
  readonly height?: number | string | undefined;
  /** The frame's title. */
  readonly label?: string | undefined;
  /** A line below. */
  readonly caption?: string | undefined;
  /** The part of a link after `#`, where a scenario is more than its YAML. */
  readonly link?: string | undefined;
  /** Who sends a request at first, and where to: `laptop`, `phone 192.168.1.12:30080`. */
  readonly send?: string | undefined;
  /** The playground's address. */
  readonly src?: string | undefined;
}

/** A value as an attribute or a part of an address has it; undefined for one that is not given. */
export function attributeOf(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  return typeof value === "boolean" ? String(Number(value)) : String(value);
}
