// kubectl describe configmap.
import { type ConfigMap, own } from "../../cluster/index.ts";
import { type Describers, describer, writeEvents, writeHead } from "../../kubectl/describe/describer.ts";
import { byteCount, sortedKeys } from "../../kubectl/text.ts";

// Models kubernetes/staging/src/k8s.io/kubectl/pkg/describe ConfigMapDescriber
const describeConfigMap = describer<ConfigMap>((page, config, context) => {
  writeHead(page, config);
  page.raw("\nData\n====\n");
  for (const key of sortedKeys(config.data)) page.raw(`${key}:\n----\n${own(config.data, key)}\n\n`);
  page.raw("\nBinaryData\n====\n");
  for (const key of sortedKeys(config.binaryData))
    page.line(0, `${key}: ${byteCount(own(config.binaryData, key))} bytes`);
  page.line(0, "");
  writeEvents(page, config, context);
});

export const describers: Describers = { configmaps: describeConfigMap };
