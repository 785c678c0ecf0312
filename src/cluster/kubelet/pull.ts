// Pulling the image of a container: at once here, or never, with the back-off that follows.
import type { Container } from "../api/types.gen.ts";
import type { ClusterSettings } from "../sim/settings.ts";
import type { ContainerLife } from "./container.ts";

/** Images of this registry are never found. docs/semantics.md 7. */
const NOWHERE = "registry.invalid/";

/** What pulling needs of the pod's worker. */
export interface PullHost {
  settings(): ClusterSettings;
  later(delayMs: number, container: ContainerLife, run: () => void): void;
  say(container: ContainerLife, type: "Normal" | "Warning", reason: string, message: string): void;
  changed(): void;
  nextBackoff(container: ContainerLife): number;
  pulled(container: ContainerLife): void;
}

/** Pulls and starts a container whose turn it is. Spec: [KUBELET-3]. */
// Models kubernetes/pkg/kubelet/images/image_manager.go EnsureImageExists
export function pullImage(host: PullHost, container: ContainerLife): void {
  container.run++;
  const { spec } = container;
  host.say(container, "Normal", "Pulling", `Pulling image "${spec.image}"`);
  if (!isPullable(spec)) {
    fail(host, container);
    return;
  }
  host.say(container, "Normal", "Pulled", `Successfully pulled image "${spec.image}"`);
  host.later(host.settings().containerStart, container, () => host.pulled(container));
}

function isPullable(container: Container): boolean {
  return !(container.image ?? "").startsWith(NOWHERE);
}

function fail(host: PullHost, container: ContainerLife): void {
  const image = container.spec.image ?? "";
  const registry = image.split("/")[0];
  const message = `failed to pull and unpack image "${image}": failed to resolve reference "${image}": failed to do request: dial tcp: lookup ${registry}: no such host`;
  container.state = { waiting: { reason: "ErrImagePull", message } };
  host.say(container, "Warning", "Failed", `Failed to pull image "${image}": ${message}`);
  host.say(container, "Warning", "Failed", "Error: ErrImagePull");
  host.later(host.settings().imagePull, container, () => backOff(host, container, image));
}

function backOff(host: PullHost, container: ContainerLife, image: string): void {
  const wait = host.nextBackoff(container);
  const message = `Back-off pulling image "${image}"`;
  container.state = { waiting: { reason: "ImagePullBackOff", message } };
  host.say(container, "Normal", "BackOff", message);
  host.say(container, "Warning", "Failed", "Error: ImagePullBackOff");
  host.changed();
  if (!host.settings().probes) return; // the recording cluster's stand-in tries once
  host.later(wait, container, () => {
    pullImage(host, container);
    host.changed();
  });
}
