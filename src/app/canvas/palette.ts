// The colours of the style sheet, for what is painted and not styled.

/** The value a colour token has now, in the theme of `element`. */
export function readColour(element: HTMLElement, token: string): string {
  const probe = document.createElement("span");
  probe.style.color = `var(${token})`;
  element.parentElement?.append(probe);
  const colour = getComputedStyle(probe).color;
  probe.remove();
  return colour;
}

/** What the packets are painted with. */
export interface Palette {
  readonly request: string;
  readonly reply: string;
  readonly refused: string;
  readonly dropped: string;
  readonly timeout: string;
  readonly ready: string;
  readonly surface: string;
  readonly ink: string;
  readonly onPacket: string;
}

export function readPalette(element: HTMLElement): Palette {
  const read = (token: string) => readColour(element, token);
  return {
    request: read("--request"),
    reply: read("--reply"),
    refused: read("--refused"),
    dropped: read("--dropped"),
    timeout: read("--timeout"),
    ready: read("--ready"),
    surface: read("--surface"),
    ink: read("--ink"),
    onPacket: read("--on-packet"),
  };
}
