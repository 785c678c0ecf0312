// kubectl describe storageclass.
import type { StorageClass } from "../../cluster/index.ts";
import { isDefaultClass } from "../printers/storage.ts";
import { formatLabels } from "../text.ts";
import { describer, writeEvents } from "./describer.ts";

function yesNo(value: boolean | undefined): string {
  return value === undefined ? "<unset>" : value ? "True" : "False";
}

// Models kubernetes/staging/src/k8s.io/kubectl/pkg/describe describeStorageClass
export const describeStorageClass = describer<StorageClass>((page, storage, context) => {
  page.field("Name", storage.metadata.name);
  page.field("IsDefaultClass", isDefaultClass(storage) ? "Yes" : "No");
  page.field("Annotations", formatLabels(storage.metadata.annotations));
  page.field("Provisioner", storage.provisioner);
  page.field("Parameters", formatLabels(storage.parameters));
  page.field("AllowVolumeExpansion", yesNo(storage.allowVolumeExpansion));
  const options = storage.mountOptions ?? [];
  if (options.length === 0) page.field("MountOptions", "<none>");
  else page.line(0, "MountOptions:");
  for (const option of options) page.line(1, option);
  if (storage.reclaimPolicy !== undefined) page.field("ReclaimPolicy", storage.reclaimPolicy);
  if (storage.volumeBindingMode !== undefined) page.field("VolumeBindingMode", storage.volumeBindingMode);
  writeEvents(page, storage, context);
});
