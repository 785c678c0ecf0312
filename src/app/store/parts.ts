// Parts of the page that are loaded when they are needed, and what to say when they do not come.
import { EN } from "../../words/en/failure.ts";
import { spoken } from "../../words/index.ts";

/** A part of the page did not come: the network, or a release that no longer has it. */
export class PartError extends Error {
  /** What people call it, as "Share" or "The console". */
  readonly part: string;

  constructor(part: string, cause: unknown) {
    super(spoken("failure", EN).notLoaded(part), { cause });
    this.part = part;
  }
}

/**
 * Loads a part of the page: `import()` is called here and in `lazyPart` only. Asking again requests it again.
 *
 * @throws {PartError} when it did not come.
 */
export async function loadPart<T>(name: string, load: () => Promise<T>): Promise<T> {
  try {
    return typeof document === "undefined" ? await load() : await withStyles(name, load);
  } catch (error) {
    throw error instanceof PartError ? error : new PartError(name, error);
  }
}

/** The loader counts a style sheet as loaded once it was asked for, even in vain: those are marked, and asked for again here. */
async function withStyles<T>(name: string, load: () => Promise<T>): Promise<T> {
  const mark = ({ target }: Event) => {
    if (target instanceof HTMLLinkElement && target.rel === "stylesheet")
      target.dataset.lost = `${target.dataset.lost ?? ""} ${name}`;
  };
  addEventListener("error", mark, true);
  try {
    await Promise.all(
      Array.from(document.querySelectorAll<HTMLLinkElement>("link[data-lost]"), (lost) => mend(lost, name)),
    );
    return await load();
  } finally {
    removeEventListener("error", mark, true);
  }
}

/** Asks for a style sheet again; it matters to the part that missed it. */
function mend(lost: HTMLLinkElement, name: string): Promise<void> {
  const fresh = document.createElement("link");
  fresh.rel = lost.rel;
  fresh.href = lost.href;
  fresh.crossOrigin = lost.crossOrigin;
  return new Promise((resolve, reject) => {
    fresh.onload = () => {
      lost.remove();
      resolve();
    };
    fresh.onerror = () => {
      fresh.remove();
      if (lost.dataset.lost?.includes(name) === true) reject(new Error(`no style sheet ${lost.href}`));
      else resolve();
    };
    lost.after(fresh);
  });
}

/** Why a part did not come: the server is out of reach, hands out another release, or just did not deliver it. */
export type Missing = "offline" | "released" | "missing";

/** Asks the server for the page itself, and whether it still begins with the script that runs here. */
export async function whyMissing(): Promise<Missing> {
  const script = document.querySelector("script[type=module][src]")?.getAttribute("src") ?? "";
  try {
    const answer = await fetch(location.pathname, { cache: "no-store" });
    if (!answer.ok) return "missing";
    return (await answer.text()).includes(script) ? "missing" : "released";
  } catch {
    return "offline"; // fetch throws for this reason alone
  }
}

/** What went wrong, for people, and whether a reload can help. */
export async function explainFailure(error: unknown): Promise<{ readonly text: string; readonly reload: boolean }> {
  if (!(error instanceof PartError))
    return { text: error instanceof Error ? error.message : String(error), reload: true };
  const reason = await whyMissing();
  return { text: spoken("failure", EN)[reason], reload: reason !== "offline" };
}
