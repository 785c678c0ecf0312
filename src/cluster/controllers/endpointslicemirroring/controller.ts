// The mirroring controller: hand-made Endpoints of Services without a selector become slices.
import { keyOf, makeKey, splitKey } from "../../api/objects.ts";
import type { EndpointSlice, Endpoints, Service } from "../../api/types.gen.ts";
import {
  LabelManagedBy,
  LabelServiceName,
  LabelSkipMirror,
  LeaderElectionRecordAnnotationKey,
} from "../../api/well-known.ts";
import type { ComponentContext } from "../../client-go/component.ts";
import { controllerQueue, deleteObject, ignoreRefusal, write } from "../../client-go/controller.ts";
import { CONTROLLER_NAME, mirror } from "./mirror.ts";

const BY_MIRRORED = "mirrored";
const SLICES = "endpointslices.discovery.k8s.io";

/** Starts the controller. Spec: [MIRROR-1] and following. */
// Models kubernetes/pkg/controller/endpointslicemirroring/endpointslicemirroring_controller.go
export function startMirroringController(context: ComponentContext): void {
  const slices = context.informers.of(SLICES);
  slices.addIndex(BY_MIRRORED, (slice) => mirroredKey(slice));
  let writing = false;
  const queue = controllerQueue(
    context,
    (key) => {
      writing = true;
      try {
        sync(context, key);
      } finally {
        writing = false;
      }
    },
    "endpoints",
  );
  context.informers.of("endpoints").onChange((endpoints, old) => {
    const changed = endpoints ?? old;
    if (changed !== undefined) queue.add(keyOf(changed));
  });
  context.informers.of("services").onChange((service, old) => {
    const changed = service ?? old;
    if (changed !== undefined) queue.add(keyOf(changed));
  });
  slices.onChange((slice, old) => {
    if (writing) return;
    for (const each of [slice, old]) if (each !== undefined) for (const key of mirroredKey(each)) queue.add(key);
  });
}

function mirroredKey(slice: EndpointSlice): string[] {
  const labels = slice.metadata.labels ?? {};
  const name = labels[LabelServiceName];
  return labels[LabelManagedBy] === CONTROLLER_NAME && name !== undefined
    ? [makeKey(slice.metadata.namespace, name)]
    : [];
}

function sync(context: ComponentContext, key: string): void {
  const endpoints = context.informers.of("endpoints").get(key);
  const service = context.informers.of("services").get(key);
  const slices = context.informers.of(SLICES).byIndex(BY_MIRRORED, key);
  if (endpoints === undefined || !isMirrored(endpoints, service)) {
    for (const slice of slices) deleteObject(context, SLICES, slice);
    return;
  }
  const changes = mirror(endpoints, slices);
  const { namespace } = splitKey(key);
  for (const slice of changes.create)
    ignoreRefusal(() => context.api.create(SLICES, namespace, slice, { trusted: true }));
  for (const slice of changes.update) write(context, SLICES, slice);
  for (const slice of changes.remove) deleteObject(context, SLICES, slice);
}

/** Only Endpoints whose Service has no selector are copied: the others have a controller of their own. Spec: [MIRROR-1]. */
function isMirrored(endpoints: Endpoints, service: Service | undefined): boolean {
  if (service === undefined || Object.keys(service.spec?.selector ?? {}).length > 0) return false;
  if (endpoints.metadata.labels?.[LabelSkipMirror] === "true") return false;
  return endpoints.metadata.annotations?.[LeaderElectionRecordAnnotationKey] === undefined;
}
