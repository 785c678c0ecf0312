// Back to the beginning of a scenario, in its history: what was done since stays a branch.
import { formatElapsed } from "./elapsed.ts";
import type { Past } from "./past.ts";
import type { Playground } from "./playground.ts";

/** Does something to the history and shows its outcome. */
export async function change(playground: Playground, work: (past: Past) => void): Promise<void> {
  await playground.attempt(async () => {
    const past = await playground.travel();
    work(past);
    playground.store.setState(past.state);
  });
}

/**
 * Returns cluster, text and time to where the scenario was when it came to the page. What was done since is kept as a branch;
 * "Undo" in the message shows it again.
 */
export function startOver(playground: Playground): Promise<void> {
  playground.doors.manifest?.settle();
  playground.freshDraft();
  return change(playground, (past) => {
    const before = past.history.current;
    const until = past.now;
    playground.clearRoute();
    if (!past.restart(playground.store.getState().start, `Started over at ${formatElapsed(until)}`))
      playground.notify("error", "No more branches can be kept. Delete one first.");
    else if (past.history.current !== before)
      playground.notify("info", "Started over. The previous run is kept under Branches.", {
        name: "Undo",
        act: () => playground.switchTo(before),
      });
    playground.setPlaying(true);
  });
}
