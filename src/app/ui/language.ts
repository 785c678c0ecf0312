// Which language the page is in: the address, the visitor's choice, or the browser's wish.
import { firstLanguage, language, loadLanguage, speak } from "../../words/index.ts";
import { readSetting, writeSetting } from "./storage.ts";

const OPTION = "lang";
const KEPT = "language";

/** Loads the language that is wanted, before anything of the page asks for its words. */
export async function speakChosen(): Promise<void> {
  const asked = new URLSearchParams(location.search).get(OPTION);
  const wanted = firstLanguage([asked, readSetting(KEPT), ...navigator.languages]);
  speak(await loadLanguage(wanted));
  const { tag, dir } = language();
  document.documentElement.lang = tag;
  document.documentElement.dir = dir;
}

/** Keeps a choice for the pages that open from now on, also when this one is loaded again. */
export function chooseLanguage(tag: string): void {
  const kept = writeSetting(KEPT, tag);
  const address = new URL(location.href);
  if (kept && !address.searchParams.has(OPTION)) return;
  address.searchParams.set(OPTION, tag);
  history.replaceState(history.state, "", address);
}
