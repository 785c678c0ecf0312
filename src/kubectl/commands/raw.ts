// `kubectl get --raw PATH`: the answer of the API server as it came.
import { type KubeObject, RESOURCES, type ResourceInfo, resourceName, statusError } from "../../cluster/index.ts";
import { CommandError } from "../errors.ts";
import type { CommandIO } from "../io.ts";
import { compactJson, goJson } from "../json.ts";

const HEALTH = new Set(["/healthz", "/livez", "/readyz"]);
const PATH =
  /^\/(?:api|apis\/(?<group>[^/]+))\/(?<version>[^/]+)(?:\/namespaces\/(?<namespace>[^/]+))?\/(?<resource>[^/]+)(?:\/(?<name>[^/]+))?$/;

/** What the API server answers to a GET of this path. @throws CommandError for paths that are not simulated. */
export function rawAnswer(path: string, io: CommandIO): string {
  const bare = path.split("?")[0] ?? path;
  if (HEALTH.has(bare)) return "ok";
  if (bare === "/version")
    return goJson({ gitVersion: io.cluster.settings.version }).replace(/^ +/gm, (blanks) =>
      " ".repeat(blanks.length / 2),
    );
  const { group = "", version, namespace, resource, name } = PATH.exec(bare)?.groups ?? {};
  if (version === undefined) throw notHere(bare);

  const info = RESOURCES.find((each) => each.group === group && each.version === version && each.resource === resource);
  if (info === undefined) throw statusError("NotFound", "the server could not find the requested resource");
  return `${compactJson(answer(info, { namespace, name }, io))}\n`;
}

function answer(
  info: ResourceInfo,
  { namespace, name }: { namespace: string | undefined; name: string | undefined },
  io: CommandIO,
): object {
  return name === undefined ? listAnswer(info, namespace, io) : io.cluster.api.get(resourceName(info), namespace, name);
}

/** A list as the server gives it: its items are without kind. */
export function listAnswer(info: ResourceInfo, namespace: string | undefined, { cluster: { api } }: CommandIO): object {
  const items: readonly KubeObject[] = api.list(resourceName(info), namespace === undefined ? {} : { namespace });
  const apiVersion = info.group === "" ? info.version : `${info.group}/${info.version}`;
  const metadata = { resourceVersion: String(api.store.resourceVersion) };
  const bodies = items.map((item) => {
    const { apiVersion: _, kind: __, ...rest } = item as KubeObject & { apiVersion?: string; kind?: string };
    return rest;
  });
  return { kind: `${info.kind}List`, apiVersion, metadata, items: bodies };
}

function notHere(path: string): CommandError {
  return new CommandError(
    `get --raw ${path} is not simulated here: /version, /healthz, /livez, /readyz, and objects and lists below /api/v1 and /apis/GROUP/VERSION are`,
  );
}
