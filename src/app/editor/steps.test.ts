// Texts from before the rich editor came, which it can go back to.
import { describe, expect, test } from "vitest";
import { newScenario } from "../../scenario/index.ts";
import { Playground } from "../store/playground.ts";
import { createRun } from "../store/run.ts";
import { EditedText } from "./edited.ts";
import { hostOf } from "./playgroundHost.ts";

const TEXT = "# a text\n";
const OTHER = "# another\n";

function open() {
  const frames = { request: () => 0, cancel: () => undefined };
  const playground = new Playground(createRun(newScenario(TEXT)), frames);
  const edited = new EditedText({ host: hostOf(playground), later: () => () => undefined });
  edited.begin();
  const type = (next: string) => {
    edited.type(next);
    edited.apply();
  };
  return { edited, type };
}

describe("[RICH-2] texts before the rich editor came", () => {
  test("each applied one can be gone back to, in order, and is given away once", () => {
    const { edited, type } = open();
    type(`${TEXT}# one`);
    edited.type(`${TEXT}# one t`);
    type(`${TEXT}# one two`);
    edited.replaceAll(OTHER);
    expect(edited.takeSteps()).toEqual([TEXT, `${TEXT}# one`, `${TEXT}# one two`]);
    expect(edited.takeSteps()).toEqual([]);
  });

  test("an editor that undoes by itself is given nothing", () => {
    const { edited } = open();
    const ignore = () => undefined;
    edited.show({ undoes: true, edit: ignore, replaceAll: ignore, reveal: ignore, scrollTo: ignore });
    edited.type(OTHER);
    expect(edited.takeSteps()).toEqual([]);
  });

  test("fifty are kept", () => {
    const { edited, type } = open();
    for (let count = 1; count <= 60; count++) type(`${TEXT}# ${count}`);
    const steps = edited.takeSteps();
    expect([steps.length, steps[0], steps.at(-1)]).toEqual([50, `${TEXT}# 10`, `${TEXT}# 59`]);
  });

  test("long ones take the place of as many short ones as they need", () => {
    const { edited, type } = open();
    for (let count = 1; count <= 10; count++) type(`${TEXT}# ${count}`);
    for (let count = 1; count <= 28; count++) type(`# ${count}${"x".repeat(400_000)}`);
    const steps = edited.takeSteps();
    expect([steps.length, steps[0]?.slice(0, 4), steps.at(-1)?.slice(0, 4)]).toEqual([24, "# 4x", "# 27"]);
  });
});
