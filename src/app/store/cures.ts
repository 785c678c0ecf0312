// Does a cure: a request, an action, a command, or a change of objects.
import type { Cure } from "../../diagnosis/index.ts";
import { editObjects, runInConsole } from "./edits.ts";
import type { Playground } from "./playground.ts";

/** Applies a cure and says what was done. */
export async function applyCure(playground: Playground, { remedy }: Cure): Promise<void> {
  switch (remedy.kind) {
    case "send": {
      const { exchange } = playground.run({ kind: "send", ...remedy.send });
      if (exchange !== undefined) playground.select({ kind: "exchange", id: exchange });
      return;
    }
    case "action": {
      const { action } = remedy;
      if (action.kind === "configure") await playground.configure(action.settings);
      else playground.run(action);
      return;
    }
    case "command":
      await runInConsole(playground, remedy.command);
      return;
    case "edit":
      await editObjects(playground, remedy);
  }
}
