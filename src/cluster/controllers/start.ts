// Starts all controllers, as the controller manager does.

import { startDeploymentController } from "../../kinds/deployment/controller.ts";
import { startEndpointsController } from "../../kinds/endpoints/controller.ts";
import { startEndpointSliceController } from "../../kinds/endpointslice/controller.ts";
import { startNamespaceController } from "../../kinds/namespace/controller.ts";
import { startNamespaceContent } from "../../kinds/namespace/controller-content.ts";
import { startNodeLifecycleController } from "../../kinds/node/controller.ts";
import { startReplicaSetController, startReplicationController } from "../../kinds/replicaset/controller.ts";
import { startServiceController } from "../../kinds/service/controller.ts";
import type { ComponentContext } from "../client-go/component.ts";
import { startMirroringController } from "./endpointslicemirroring/controller.ts";
import { startGarbageCollector } from "./garbagecollector/controller.ts";
import { startPodGarbageCollector } from "./podgc/controller.ts";

/** Each controller gets a context under the name that its events carry. */
export function startControllers(contextFor: (name: string) => ComponentContext): void {
  startDeploymentController(contextFor("deployment-controller"));
  startReplicaSetController(contextFor("replicaset-controller"));
  startReplicationController(contextFor("replication-controller"));
  startEndpointSliceController(contextFor("endpoint-slice-controller"));
  startEndpointsController(contextFor("endpoint-controller"));
  startMirroringController(contextFor("endpoint-slice-mirroring-controller"));
  startGarbageCollector(contextFor("garbage-collector-controller"));
  startNamespaceController(contextFor("namespace-controller"));
  startNodeLifecycleController(contextFor("node-controller"), contextFor("taint-eviction-controller"));
  startPodGarbageCollector(contextFor("pod-garbage-collector-controller"));
  startServiceController(contextFor("service-controller"));
  startNamespaceContent(contextFor("root-ca-certificate-publisher-controller"));
}
