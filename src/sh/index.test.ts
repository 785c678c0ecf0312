// The door of the sh language, and what a machine needs to run it.
import { expect, test } from "vitest";
import * as door from "./index.ts";

test("the door offers these names", () => {
  expect(Object.keys(door).sort()).toMatchInlineSnapshot(`
    [
      "BUILTINS",
      "BrokenPipe",
      "Budget",
      "FileError",
      "Incomplete",
      "MemoryFiles",
      "OutputSpent",
      "PROGRAMS",
      "Paths",
      "ProcessTable",
      "SIGNALS",
      "Steps",
      "StepsSpent",
      "SyntaxFault",
      "Turns",
      "compileRegex",
      "drive",
      "inputOf",
      "isIncomplete",
      "matches",
      "openSession",
      "outputTo",
      "patternOf",
      "readOptions",
      "resolvePath",
      "runOn",
      "sh",
      "shellProgram",
      "sleep",
      "start",
      "streamsOf",
    ]
  `);
});
