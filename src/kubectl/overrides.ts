// `--overrides`: what is typed as JSON or YAML is merged into the object that the flags made.
import { resourceInfo, type UnknownObject } from "../cluster/index.ts";
import { parseManifest } from "../manifest/index.ts";
import { CommandError } from "./command-error.ts";
import type { ParsedArgs } from "./flags.ts";
import { isMap } from "./maps.ts";
import { patchedHere } from "./patched.ts";

/** The object with the JSON or YAML of --overrides merged in, as --override-type says. @throws CommandError */
// Models kubernetes/staging/src/k8s.io/kubectl/pkg/cmd/util Overrider
export function overridden(resource: "pods" | "services", object: UnknownObject, args: ParsedArgs): UnknownObject {
  const text = args.string("overrides");
  if (text === "") return object;
  const type = args.string("override-type");
  if (type !== "merge" && type !== "strategic" && type !== "json")
    throw new CommandError(`invalid override type: ${type}`);
  const [document] = parseManifest(text);
  const body = document?.value;
  if (document?.error !== undefined || (type !== "json" && !isMap(body)))
    throw new CommandError(`invalid JSON in --overrides: ${document?.error?.message ?? "not an object"}`);
  const target = { info: resourceInfo(resource), namespace: undefined, name: object.metadata.name ?? "", object };
  return patchedHere(target, { type, body });
}
