// All examples in sight, by the question that each answers, each with a small picture of itself.
import { type CSSProperties, useEffect, useState } from "react";
import { own } from "../../cluster/index.ts";
import { W } from "../../words/en/gallery.ts";
import { EXAMPLES, type Example, QUESTIONS, scenarioOf } from "../examples/index.ts";
import type { Playground } from "../store/playground.ts";
import { usePlayground } from "../store/react.ts";
import { Dialog } from "../ui/Dialog.tsx";
import { ABOUT } from "./about.ts";
import { Sketch } from "./Sketch.tsx";
import { type SketchOf, sketchOf } from "./sketch.ts";
import "./gallery.css";

const GROUPS = QUESTIONS.map((question) => ({
  question,
  examples: EXAMPLES.filter((example) => example.question === question),
}));

export function GalleryDialog({ onClose }: { readonly onClose: () => void }) {
  const playground = usePlayground();
  const sketches = useSketches();
  const choose = (example: Example) => {
    onClose();
    void playground.attempt(() => openExample(playground, example));
  };
  return (
    <Dialog title={W.examples} size="page" onClose={onClose}>
      <p className="quiet">{W.intro}</p>
      <section aria-label={W.label}>
        <ul className="gallery" aria-label={W.examples}>
          {GROUPS.map(({ question, examples }) => (
            <li key={question} style={{ "--cards": examples.length } as CSSProperties}>
              <h3>{question}</h3>
              <ul className="gallery-cards">
                {examples.map((example) => (
                  <li key={example.name}>
                    <button type="button" className="gallery-card" onClick={() => choose(example)}>
                      <Sketch sketch={sketches.get(example.name)} riddle={example.riddle} />
                      <strong>{example.title}</strong>
                      <span>{own(ABOUT, example.name)}</span>
                    </button>
                  </li>
                ))}
              </ul>
            </li>
          ))}
        </ul>
      </section>
    </Dialog>
  );
}

/** Opens an example in a fresh cluster, and lets it come up. */
async function openExample(playground: Playground, example: Example): Promise<void> {
  const source = { kind: "example", name: example.title } as const;
  if (await playground.open(scenarioOf(example), { source })) await playground.settle();
}

/** The pictures, as the texts come: an example that does not load has none, and reports it when it is opened. */
function useSketches(): ReadonlyMap<string, SketchOf> {
  const [sketches, setSketches] = useState<ReadonlyMap<string, SketchOf>>(new Map());
  useEffect(() => {
    let shown = true;
    for (const { name, load } of EXAMPLES)
      load().then(
        (text) => shown && setSketches((before) => new Map(before).set(name, sketchOf(text))),
        () => undefined,
      );
    return () => {
      shown = false;
    };
  }, []);
  return sketches;
}
