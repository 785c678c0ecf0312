// The YAML of the scenario, readable until the editor is here.
import { useState } from "react";
import { START_YAML } from "../store/start.ts";

export function Editor() {
  const [text, setText] = useState(START_YAML);
  return (
    <section className="panel" aria-label="YAML editor">
      <textarea
        className="plain-editor mono"
        aria-label="YAML"
        spellCheck={false}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
    </section>
  );
}
