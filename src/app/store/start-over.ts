// Back to the beginning of a scenario or to another moment, in its history: what was done since stays a branch.
import type { BranchId, Position } from "../../history/index.ts";
import { formatElapsed } from "../../scenario/index.ts";
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
    if (!past.restart(playground.store.getState().start, `Started over at ${formatElapsed(until)}`)) noRoom(playground);
    else if (past.history.current !== before) keptBeside(playground, "Started over.", before);
    playground.setPlaying(true);
  });
}

function noRoom(playground: Playground): void {
  playground.notify("error", "No more branches can be kept. Delete one first.");
}

function keptBeside(playground: Playground, said: string, before: BranchId): void {
  const undo = { name: "Undo", act: () => playground.switchTo(before) } as const;
  playground.notify("info", `${said} The previous run is kept under Branches.`, undo);
}

/** Continues from an earlier moment, which may take some frames; what came after it is kept as a branch, and "Undo" shows it again. */
export function goBackTo(playground: Playground, to: Position): Promise<void> {
  playground.freshDraft();
  return playground.attempt(async () => {
    const past = await playground.travel();
    const before = past.history.current;
    playground.clearRoute();
    playground.seek(to.time, to.actions);
    const arrived = () => {
      if (past.progress !== undefined) return;
      stop();
      const { run, past: isPast } = playground.store.getState();
      if (!isPast || run.world.clock.now !== to.time || run.log.length !== to.actions) return; // the visitor went elsewhere
      const when = formatElapsed(to.time);
      if (!past.branch(`Back at ${when}`)) {
        noRoom(playground);
        return;
      }
      playground.store.setState(past.state);
      keptBeside(playground, `Back at ${when}.`, before);
      playground.setPlaying(true);
    };
    const stop = playground.frames.on(arrived, (error) => reportError(error));
    playground.frames.request();
  });
}
