// kubectl describe secret.
import { own, type Secret } from "../../cluster/index.ts";
import { type Describers, describer, writeHead } from "../../kubectl/describe/describer.ts";
import { byteCount, sortedKeys } from "../../kubectl/text.ts";

// Models kubernetes/staging/src/k8s.io/kubectl/pkg/describe describeSecret
const describeSecret = describer<Secret>((page, secret) => {
  writeHead(page, secret);
  page.raw(`\nType:\t${secret.type ?? ""}\n`);
  page.raw("\nData\n====\n");
  for (const key of sortedKeys(secret.data)) page.field(key, `${byteCount(own(secret.data, key))} bytes`);
});

export const describers: Describers = { secrets: describeSecret };
