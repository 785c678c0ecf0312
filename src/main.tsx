// Mounts the page: its outline at once, the whole as soon as the engine is there.
import "./app/fonts.css";
import { createRoot } from "react-dom/client";
import { keepMessages, Opening, speakChosen } from "./app/opening/index.ts";
import "./app/ui/tokens.css";
import "./app/ui/base.css";

keepMessages();
const element = document.getElementById("root");
if (element === null) throw new Error("index.html has no #root");

/** The page's modules ask for their words as they load, so the language comes first. */
async function load() {
  await speakChosen();
  return (await import("./app/index.ts")).start;
}

createRoot(element).render(<Opening load={load} />);
