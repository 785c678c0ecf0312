// Monaco's colours, taken from the page's tokens: neutral text, colour only for what the canvas colours too.
import { editor } from "monaco-editor/editor";

const THEME = "podpath";

/** Puts the page's present colours on every editor, and again when they change; returns how to stop. */
export function followTheme(): () => void {
  paint();
  const observer = new MutationObserver(paint);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme"] });
  const media = ["(prefers-color-scheme: dark)", "(forced-colors: active)"].map((query) => matchMedia(query));
  for (const each of media) each.addEventListener("change", paint);
  return () => {
    observer.disconnect();
    for (const each of media) each.removeEventListener("change", paint);
  };
}

function paint(): void {
  const probe = document.createElement("span");
  document.body.append(probe);
  const read = (css: string) => {
    probe.style.color = css;
    return hex(getComputedStyle(probe).color);
  };
  const token = (name: string) => read(`var(--${name})`);
  const isDark = Number.parseInt(token("surface").slice(1, 3), 16) < 0x80; // the ground, a grey or nearly one
  const forced = matchMedia("(forced-colors: active)").matches;
  const bare = (color: string) => color.slice(1, 7);
  editor.defineTheme(THEME, {
    base: forced ? (isDark ? "hc-black" : "hc-light") : isDark ? "vs-dark" : "vs",
    inherit: true,
    rules: [
      { token: "", foreground: bare(token("ink")) },
      { token: "type", foreground: bare(token("ink-2")) },
      { token: "string", foreground: bare(token("ink")) },
      { token: "string.yaml", foreground: bare(token("ink")) },
      { token: "number", foreground: bare(token("ink")) },
      { token: "keyword", foreground: bare(token("ink")) },
      { token: "operators", foreground: bare(token("ink-3")) },
      { token: "comment", foreground: bare(token("ink-3")), fontStyle: "italic" },
    ],
    colors: {
      "editor.background": token("surface"),
      "editor.foreground": token("ink"),
      "editorLineNumber.foreground": token("ink-3"),
      "editorLineNumber.activeForeground": token("ink"),
      "editorLineNumber.dimmedForeground": token("ink-3"),
      "editor.lineHighlightBackground": token("band"),
      "editor.lineHighlightBorder": "#00000000",
      "editorCursor.foreground": token("ink"),
      "editorIndentGuide.background1": token("line"),
      "editorIndentGuide.activeBackground1": token("line-strong"),
      "editorWidget.background": token("surface"),
      "editorWidget.foreground": token("ink"),
      "editorWidget.border": token("line"),
      "editorHoverWidget.background": token("surface"),
      "editorHoverWidget.border": token("line-strong"),
      "editorSuggestWidget.background": token("surface"),
      "editorSuggestWidget.border": token("line-strong"),
      "editorSuggestWidget.selectedBackground": token("surface-3"),
      "editorSuggestWidget.selectedForeground": token("ink"),
      "editorSuggestWidget.highlightForeground": token("request-ink"),
      "editorSuggestWidget.focusHighlightForeground": token("request-ink"),
      "editorError.foreground": token("refused"),
      "editorWarning.foreground": token("not-ready"),
      "editorInfo.foreground": token("request"),
      ...(forced
        ? { "editor.selectionBackground": read("Highlight"), "editor.selectionForeground": read("HighlightText") }
        : {}),
      focusBorder: token("focus"),
      "widget.shadow": "#00000022",
    },
  });
  probe.remove();
  editor.setTheme(THEME);
}

/** `rgb(1 2 3)` in any of its spellings as `#010203`. */
function hex(color: string): string {
  const parts = [...color.matchAll(/[\d.]+/g)].slice(0, 3).map((match) => Number(match[0]));
  return `#${parts.map((part) => Math.round(part).toString(16).padStart(2, "0")).join("")}`;
}
