// Messages from the page around a frame: ours and usable, ours and refused with the reason, or left alone.
import fc from "fast-check";
import { readMessage } from "../../app/embed/index.ts";
import { newScenario } from "../../scenario/index.ts";
import { MANIFESTS } from "../manifests.ts";
import { mutated } from "../mutate.ts";
import { begin, pass } from "../play.ts";
import { target } from "../target.ts";
import { checkAnswer, checkPrototypes } from "../walls.ts";
import { PROTOTYPE_NAMES, WORDS } from "../words.ts";

const type = fc.constantFrom(
  "podpath:set",
  "podpath:get",
  "podpath:seek",
  "podpath:send",
  "podpath:hello",
  "podpath:theme",
  ...PROTOTYPE_NAMES,
);
const value = fc.oneof(
  fc.anything({ maxDepth: 2 }),
  fc.constantFrom<unknown>(...WORDS, 1e12, -1, "x".repeat(2_000_000)),
  mutated(MANIFESTS).map(({ broken }) => broken),
);
const key = fc.constantFrom("id", "text", "fragment", "at", "step", "theme", "height", "version", ...PROTOTYPE_NAMES);
const message = fc.oneof(
  { weight: 1, arbitrary: fc.anything() },
  {
    weight: 5,
    arbitrary: fc
      .tuple(type, fc.array(fc.tuple(key, value), { maxLength: 4 }))
      .map(([given, fields]): unknown => Object.fromEntries([["type", given], ...fields])),
  },
  { weight: 2, arbitrary: mutated(MANIFESTS).map(({ broken }): unknown => ({ type: "podpath:set", text: broken })) },
);

export const messages = target({
  name: "messages",
  rule: "[FUZZ-6] any message to a frame is used, refused with the reason, or left alone",
  runs: 100,
  inputs: message,
  check(data) {
    const read = readMessage(data);
    checkPrototypes();
    if (read.kind === "invalid") checkAnswer(read.problem, JSON.stringify(data) ?? "");
    if (read.kind !== "message" || !("text" in read.message)) return;
    pass(begin(newScenario(read.message.text)).run, 10_000);
    checkPrototypes();
  },
});
