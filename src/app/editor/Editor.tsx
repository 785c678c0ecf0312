// The editor's place in the page. Its contents are a separate chunk, so that the canvas never waits for them.

import { W } from "../../words/en/editor-door.ts";
import { lazyPart } from "../ui/lazyPart.tsx";

export const Editor = lazyPart(W.theEditor, () => import("./EditorMount.tsx").then((module) => module.EditorMount), {
  waiting: () => <section className="panel" aria-label={W.editor} aria-busy="true" />,
});
