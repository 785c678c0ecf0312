// The volumes of a pod: nothing of it starts until they can be had.

/** What waiting for volumes needs of the pod's worker. */
interface MountHost {
  /** What the volumes lack, in the kubelet's words; undefined when they are there. */
  lacks(): string | undefined;
  isOver(): boolean;
  say(message: string): void;
  later(delayMs: number, run: () => void): void;
  mounted(): void;
}

/** How soon a volume that can't be had is tried again, doubled each time. Models kubernetes/pkg/util/goroutinemap/exponentialbackoff. */
const FIRST_RETRY_MS = 500;
const LONGEST_RETRY_MS = 122_000;

/** Tells what the volumes lack and tries again, until they are there. Spec: [WORLD-2]. */
// Models kubernetes/pkg/kubelet/volumemanager WaitForAttachAndMount
export function awaitVolumes(host: MountHost, retryMs = FIRST_RETRY_MS): void {
  if (host.isOver()) return;
  const lacks = host.lacks();
  if (lacks === undefined) {
    host.mounted();
    return;
  }
  host.say(lacks);
  host.later(retryMs, () => awaitVolumes(host, Math.min(retryMs * 2, LONGEST_RETRY_MS)));
}
