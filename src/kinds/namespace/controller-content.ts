// What every namespace gets: the default ServiceAccount and the cluster's root certificate.
import type { ComponentContext } from "../../cluster/client-go/component.ts";
import { controllerQueue, ignoreRefusal } from "../../cluster/client-go/controller.ts";

const CERTIFICATE = "kube-root-ca.crt";
const SOURCE_NAMESPACE = "kube-system";

/** Starts the two small controllers. Spec: [NS-3]. */
// Models kubernetes/pkg/controller/serviceaccount, kubernetes/pkg/controller/certificates/rootcacertpublisher
export function startNamespaceContent(context: ComponentContext): void {
  const queue = controllerQueue(context, (name) => sync(context, name), "namespaces");
  context.informers.of("namespaces").onChange((namespace, old) => {
    if (namespace !== undefined && old === undefined) queue.add(namespace.metadata.name ?? "");
  });
  for (const resource of ["serviceaccounts", "configmaps"] as const)
    context.informers.of(resource).onChange((object, old) => {
      if (object === undefined && old?.metadata.namespace !== undefined) queue.add(old.metadata.namespace);
    });
}

function sync(context: ComponentContext, name: string): void {
  const { api } = context;
  const namespace = api.find("namespaces", undefined, name);
  if (namespace === undefined || namespace.metadata.deletionTimestamp !== undefined) return;
  if (api.find("serviceaccounts", name, "default") === undefined) {
    const account = { apiVersion: "v1", kind: "ServiceAccount", metadata: { name: "default", namespace: name } };
    ignoreRefusal(() => api.create("serviceaccounts", name, account, { trusted: true }));
  }
  const source = api.find("configmaps", SOURCE_NAMESPACE, CERTIFICATE);
  if (source === undefined || api.find("configmaps", name, CERTIFICATE) !== undefined) return;
  const { annotations } = source.metadata;
  const metadata = { name: CERTIFICATE, namespace: name, ...(annotations === undefined ? {} : { annotations }) };
  ignoreRefusal(() => api.create("configmaps", name, { ...source, metadata }, { trusted: true }));
}
