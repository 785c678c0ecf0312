// Starts all controllers, as the controller manager does.
import type { ComponentContext } from "../client-go/component.ts";
import { startDaemonSetController } from "./daemonset/controller.ts";
import { startDeploymentController } from "./deployment/controller.ts";
import { startDisruptionController } from "./disruption/controller.ts";
import { startEndpointsController } from "./endpoints/controller.ts";
import { startEndpointSliceController } from "./endpointslice/controller.ts";
import { startMirroringController } from "./endpointslicemirroring/controller.ts";
import { startGarbageCollector } from "./garbagecollector/controller.ts";
import { startJobController } from "./job/controller.ts";
import { startNamespaceContent } from "./namespace/content.ts";
import { startNamespaceController } from "./namespace/controller.ts";
import { startNodeLifecycleController } from "./nodelifecycle/controller.ts";
import { startPodGarbageCollector } from "./podgc/controller.ts";
import { startReplicaSetController } from "./replicaset/controller.ts";
import { startServiceController } from "./service/controller.ts";
import { startStatefulSetController } from "./statefulset/controller.ts";
import { startVolumeController } from "./volumes.ts";

/** Each controller gets a context under the name that its events carry. */
export function startControllers(contextFor: (name: string) => ComponentContext): void {
  startDeploymentController(contextFor("deployment-controller"));
  startReplicaSetController(contextFor("replicaset-controller"));
  startStatefulSetController(contextFor("statefulset-controller"));
  startDaemonSetController(contextFor("daemonset-controller"));
  startJobController(contextFor("job-controller"));
  startEndpointSliceController(contextFor("endpoint-slice-controller"));
  startEndpointsController(contextFor("endpoint-controller"));
  startMirroringController(contextFor("endpoint-slice-mirroring-controller"));
  startGarbageCollector(contextFor("garbage-collector-controller"));
  startNamespaceController(contextFor("namespace-controller"));
  startNodeLifecycleController(contextFor("node-controller"), contextFor("taint-eviction-controller"));
  startDisruptionController(contextFor("controllermanager"));
  startPodGarbageCollector(contextFor("pod-garbage-collector-controller"));
  startServiceController(contextFor("service-controller"));
  startVolumeController(contextFor("persistentvolume-controller"), contextFor("disk.podpath.example_provisioner"));
  startNamespaceContent(contextFor("root-ca-certificate-publisher-controller"));
}
