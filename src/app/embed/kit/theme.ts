// Whether the page around an element is light or dark, as it looks.

export type PageTheme = "light" | "dark";

/** The theme behind an element: that of the first background that is not see-through, white otherwise. */
export function themeAround(element: Element): PageTheme {
  for (let at: Element | null = element; at !== null; at = at.parentElement) {
    const theme = themeOf(getComputedStyle(at).backgroundColor);
    if (theme !== undefined) return theme;
  }
  const root = getComputedStyle(document.documentElement);
  const darkFirst = /\bdark\b/.test(root.colorScheme) && !/\blight\b/.test(root.colorScheme);
  return darkFirst ? "dark" : "light";
}

const NUMBER = /(?:\d*\.)?\d+(?:e-?\d+)?%?/g;

/** Of a computed colour, such as `rgb(27, 27, 29)` or `oklch(0.2 0.02 250)`; undefined where it is see-through. */
export function themeOf(colour: string): PageTheme | undefined {
  const [, form = ""] = /^(rgb|color\(srgb|oklch|oklab|lch|lab)/.exec(colour) ?? [];
  const whole = form === "rgb" ? 255 : form.startsWith("l") ? 100 : 1;
  const [first = 0, second = 0, third = 0, alpha = 1] = (colour.match(NUMBER) ?? []).map((each) =>
    each.endsWith("%") ? Number.parseFloat(each) / 100 : Number(each),
  );
  if (alpha < 0.5 || form === "") return undefined;
  const light = form.includes("l") && !form.startsWith("c") ? first : 0.2126 * first + 0.7152 * second + 0.0722 * third;
  return light / whole < 0.5 ? "dark" : "light";
}

/** Calls back when the page around may have changed its theme: its root's or body's attributes, or what the system prefers. */
export function onThemeChange(listener: () => void): () => void {
  const later = () => void setTimeout(listener, 50); // style sheets take their turn
  const observer = new MutationObserver(later);
  for (const element of [document.documentElement, document.body])
    observer.observe(element, { attributes: true, attributeFilter: ["class", "style", ...THEME_ATTRIBUTES] });
  const preferred = matchMedia("(prefers-color-scheme: dark)");
  preferred.addEventListener("change", later);
  return () => {
    observer.disconnect();
    preferred.removeEventListener("change", later);
  };
}

/** Where Docusaurus, Starlight, MkDocs Material, Bootstrap and others keep it. */
const THEME_ATTRIBUTES = ["data-theme", "data-color-mode", "data-mode", "data-bs-theme", "data-md-color-scheme"];
