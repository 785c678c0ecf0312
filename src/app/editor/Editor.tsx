// The editor's place in the page. What fills it comes in a chunk of its own, so that the canvas never waits for it.
import { lazy, Suspense } from "react";
import type { EditorProps } from "./EditorMount.tsx";

const EditorMount = lazy(() => import("./EditorMount.tsx").then((module) => ({ default: module.EditorMount })));

export function Editor(props: EditorProps) {
  return (
    <Suspense fallback={<section className="panel" aria-label="YAML editor" aria-busy="true" />}>
      <EditorMount {...props} />
    </Suspense>
  );
}
