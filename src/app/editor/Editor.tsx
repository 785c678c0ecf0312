// The editor's place in the page. Its contents are a separate chunk, so that the canvas never waits for them.
import { lazyPart } from "../ui/lazyPart.tsx";

export const Editor = lazyPart(
  "The YAML editor",
  () => import("./EditorMount.tsx").then((module) => module.EditorMount),
  { waiting: () => <section className="panel" aria-label="YAML editor" aria-busy="true" /> },
);
