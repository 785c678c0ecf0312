// Waiting for a pod of a workload or a Service, as commands do that need one running.
import type { Pod } from "../../cluster/index.ts";
import { CommandError } from "../errors.ts";
import { guard } from "../guard.ts";
import type { CommandIO } from "../io.ts";
import { podFor } from "./exec.ts";

const TIMED_OUT = "timed out waiting for the condition";

/** Calls `found` with the pod that a word means, once there is one; what is wrong with the word itself is said at once. */
// Models kubernetes/staging/src/k8s.io/kubectl/pkg/polymorphichelpers GetFirstPod
export function awaitPodFor(word: string, timeoutMs: number, io: CommandIO, found: (pod: Pod) => void): void {
  let pod = lookFor(word, io);
  if (pod !== undefined) {
    found(pod);
    return;
  }
  let stopped = false;
  io.onInterrupt(() => {
    stopped = true;
    io.exit(130);
  });
  const look = () => {
    pod = stopped ? undefined : lookFor(word, io);
    return stopped || pod !== undefined;
  };
  io.cluster.until(look, timeoutMs, () =>
    guard(io, () => {
      if (stopped) return;
      if (pod === undefined) throw new CommandError(TIMED_OUT);
      found(pod);
    }),
  );
}

function lookFor(word: string, io: CommandIO): Pod | undefined {
  try {
    return podFor(word, io);
  } catch (error) {
    if (error instanceof CommandError && error.message === TIMED_OUT) return undefined;
    throw error;
  }
}
