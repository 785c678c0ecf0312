// The element as a component of React 18 or later, on the server too.
import { createElement, type ReactElement, type ReactNode, useEffect, useRef } from "react";
import { ATTRIBUTES, attributeOf, type PodPathAttributes } from "./attributes.ts";
import { define } from "./define.ts";
import type { PodPath as PodPathElement } from "./element.ts";

/** What happened in the frame: the message that says so (docs/embed.md, "Messages"). */
export type Told = Readonly<Record<string, unknown>>;

export interface PodPathProps extends PodPathAttributes {
  /** The manifest. When it changes, the playground shows the new one in a fresh cluster. */
  readonly yaml?: string | undefined;
  /** What readers see instead of the plain manifest until the playground is there: the site's own block of code. */
  readonly children?: ReactNode;
  readonly className?: string | undefined;
  readonly onReady?: ((told: Told) => void) | undefined;
  readonly onAnswered?: ((told: Told) => void) | undefined;
  readonly onFailed?: ((told: Told) => void) | undefined;
  readonly onStatement?: ((told: Told) => void) | undefined;
  /** A changed manifest that can't be applied, with the reason; what was shown before stays. */
  readonly onRefused?: ((error: Error) => void) | undefined;
}

const EVENTS = { ready: "onReady", answered: "onAnswered", failed: "onFailed", statement: "onStatement" } as const;

/** A playground: `<PodPath yaml={yaml} view="split" src="/podpath/" />`. */
export function PodPath(props: PodPathProps): ReactElement {
  // The element reads its attributes once: others make another element.
  const attributes = ATTRIBUTES.flatMap((name) => {
    const value = attributeOf(props[name]);
    return value === undefined ? [] : [[name, value] as const];
  });
  return createElement(Live, { key: JSON.stringify(attributes), attributes: Object.fromEntries(attributes), props });
}

function Live({ attributes, props }: { attributes: Readonly<Record<string, string>>; props: PodPathProps }) {
  const { yaml, children, className } = props;
  const element = useRef<PodPathElement>(null);
  const latest = useRef(props);
  const shown = useRef(yaml);
  useEffect(() => {
    latest.current = props;
  });
  useEffect(() => {
    define();
    return listen(element.current, latest);
  }, []);
  useEffect(() => {
    if (yaml === undefined || yaml === shown.current) return;
    shown.current = yaml;
    element.current?.set(yaml).catch((error: Error) => latest.current.onRefused?.(error));
  }, [yaml]);
  const block = children ?? (yaml === undefined ? null : createElement("pre", null, yaml));
  const classes = className === undefined ? {} : { class: className };
  return createElement("pod-path", { ref: element, ...attributes, ...classes }, block);
}

function listen(element: PodPathElement | null, latest: { readonly current: PodPathProps }): () => void {
  const stop = new AbortController();
  for (const [name, handler] of Object.entries(EVENTS)) {
    const told = (event: Event) => latest.current[handler]?.((event as CustomEvent<Told>).detail); // the element's own
    element?.addEventListener(name, told, stop);
  }
  return () => stop.abort();
}
