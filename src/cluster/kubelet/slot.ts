// A container as its runtime sees it, and what it has written.
import type { Pod } from "../api/types.gen.ts";
import type { ComponentContext } from "../client-go/component.ts";
import { type ContainerLife, isRunning, type Listen } from "./container.ts";
import type { Surroundings } from "./program.ts";
import type { Slot } from "./runtime.ts";

/** What a slot needs of the pod's worker. */
interface SlotHost {
  readonly context: ComponentContext;
  pod(): Pod;
  surroundings(): Surroundings;
  env(): Readonly<Record<string, string>>;
  elapse(delayMs: number, run: () => void): () => void;
  readonly listen: Listen;
  exited(code: number): void;
}

/** Shows a container to its runtime. */
export function slotOf(container: ContainerLife, host: SlotHost): Slot {
  const { context } = host;
  const isStill = (id: string | undefined) => isRunning(container) && container.containerID === id;
  const later = (delayMs: number, run: () => void) => {
    const { containerID } = container;
    return host.elapse(delayMs, () => {
      if (isStill(containerID)) run();
    });
  };
  return {
    context,
    spec: container.spec,
    pod: host.pod,
    role: container.role,
    surroundings: host.surroundings,
    env: host.env,
    later,
    listen(at, handler) {
      const close = host.listen(at, handler);
      if (close !== undefined) container.close.push(close);
      return close;
    },
    write: (text) => writeLog(container, context.clock.now, text),
    exit(code) {
      later(0, () => host.exited(code));
    },
    changed() {
      for (const look of container.again.splice(0)) look();
    },
  };
}

/** Lines that are kept of what a container writes. */
const MOST_LINES = 5_000;

/** Adds to what a container has written; a text that does not begin a line continues with the last. */
export function writeLog(container: ContainerLife, at: number, text: string): void {
  container.log ??= [];
  const { log } = container;
  const lines = text.split(/(?<=\n)/);
  const last = log.at(-1);
  if (last !== undefined && !last.text.endsWith("\n"))
    log.push({ at: log.pop()?.at ?? at, text: last.text + (lines.shift() ?? "") });
  for (const line of lines) if (line !== "") log.push({ at, text: line });
  if (log.length > MOST_LINES) log.splice(0, log.length - MOST_LINES);
}
