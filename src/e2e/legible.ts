// What can be read on the picture: every text with its size on screen and where it is.
import type { Page } from "@playwright/test";

export interface SeenText {
  readonly text: string;
  /** Size of its letters on screen, in CSS pixels. */
  readonly px: number;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Every text in sight on the picture and on what floats over it. */
export function textsOnPicture(page: Page): Promise<SeenText[]> {
  return page.evaluate(() => {
    const root = document.querySelector(".canvas .react-flow");
    if (root === null) return [];
    const pane = root.getBoundingClientRect();
    const found: SeenText[] = [];
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const text = node.textContent?.trim() ?? "";
      const element = node.parentElement;
      if (text === "" || element === null || element.closest("[popover], .visually-hidden") !== null) continue;
      if (element.closest(".lesser") !== null && getComputedStyle(element).clipPath !== "none") continue; // said, not shown
      if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      const rect = range.getBoundingClientRect();
      let [left, top, right, bottom] = [rect.left, rect.top, rect.right, rect.bottom];
      const clips = [pane];
      for (let each: Element | null = element; each !== null && each !== root; each = each.parentElement)
        if (getComputedStyle(each).overflow !== "visible") clips.push(each.getBoundingClientRect());
      for (const clip of clips) {
        left = Math.max(left, clip.left);
        top = Math.max(top, clip.top);
        right = Math.min(right, clip.right);
        bottom = Math.min(bottom, clip.bottom);
      }
      if (right - left < 2 || bottom - top < 2) continue;
      const matrix = element.closest("svg")?.getScreenCTM()?.a;
      const html = element instanceof HTMLElement ? element : undefined;
      const scale = html?.offsetWidth ? html.getBoundingClientRect().width / html.offsetWidth : (matrix ?? 1);
      const viewport = root.querySelector<HTMLElement>(".react-flow__viewport");
      const zoom = viewport?.contains(element) ? new DOMMatrix(getComputedStyle(viewport).transform).a : scale;
      const px = Number.parseFloat(getComputedStyle(element).fontSize) * zoom;
      found.push({ text, px, x: left, y: top, width: right - left, height: bottom - top });
    }
    return found;
  });
}

/** Pairs of texts that cover one another by more than a hair. */
export function overlapping(texts: readonly SeenText[]): readonly string[] {
  const HAIR = 1;
  return texts.flatMap((a, at) =>
    texts.slice(at + 1).flatMap((b) => {
      const wide = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
      const high = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
      return wide > HAIR && high > HAIR ? [`${a.text} / ${b.text}`] : [];
    }),
  );
}
