// Who owns whom: controller references, and the indexes by which owners find what they own.
import type { KubeObject } from "../api/objects.ts";
import type { OwnerReference } from "../api/types.gen.ts";
import type { Informer } from "./informer.ts";

/** The reference to an object's controller, if it has one. */
// Models kubernetes/staging/src/k8s.io/apimachinery/pkg/apis/meta/v1 GetControllerOf
export function controllerOf(object: KubeObject): OwnerReference | undefined {
  const owners = object.metadata.ownerReferences;
  return owners?.find((owner) => owner.controller === true);
}

/** Whether `owner` is the controller of `object`. */
export function isControlledBy(object: KubeObject, owner: KubeObject): boolean {
  return controllerOf(object)?.uid === owner.metadata.uid;
}

/** The reference that makes `owner` the controller of an object. */
// Models kubernetes/staging/src/k8s.io/apimachinery/pkg/apis/meta/v1 NewControllerRef
export function controllerReference(owner: KubeObject): OwnerReference {
  return {
    apiVersion: owner.apiVersion,
    blockOwnerDeletion: true,
    controller: true,
    kind: owner.kind,
    name: owner.metadata.name ?? "",
    uid: owner.metadata.uid ?? "",
  };
}

/** Index by the controller's uid; objects without a controller are filed under `orphans/NAMESPACE`. */
export const BY_CONTROLLER = "controller";

/** The value under which BY_CONTROLLER files uncontrolled objects. */
export function orphansOf(namespace: string | undefined): string {
  return `orphans/${namespace ?? ""}`;
}

export function indexByController<T extends KubeObject>(informer: Informer<T>): void {
  informer.addIndex(
    BY_CONTROLLER,
    (object) => [controllerOf(object)?.uid ?? orphansOf(object.metadata.namespace)],
    (object, old) => object.metadata.ownerReferences === old.metadata.ownerReferences,
  );
}

/** Index by namespace. */
export const BY_NAMESPACE = "namespace";

export function indexByNamespace<T extends KubeObject>(informer: Informer<T>): void {
  informer.addIndex(
    BY_NAMESPACE,
    (object) => [object.metadata.namespace ?? ""],
    () => true,
  );
}
