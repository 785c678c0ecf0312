// `kubectl get|create|replace|delete --raw PATH`: the answer of the API server as it came.
import {
  groupVersion,
  type Kinds,
  type KubeObject,
  type ResourceInfo,
  resourceName,
  statusError,
  type UnknownObject,
} from "../../cluster/index.ts";
import { parseManifest } from "../../manifest/index.ts";
import { CommandError } from "../command-error.ts";
import type { ParsedArgs } from "../flags.ts";
import { type CommandIO, fileName } from "../io.ts";
import { compactJson, goJson } from "../json.ts";
import { isMap } from "../maps.ts";
import { ask } from "../session.ts";

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
  const { info, namespace, name } = targetOf(io.cluster.api.kinds, bare);
  return `${compactJson(answer(info, { namespace, name }, io))}\n`;
}

interface Target {
  readonly info: ResourceInfo;
  readonly namespace: string | undefined;
  readonly name: string | undefined;
}

/** What a path means. @throws CommandError, StatusError */
function targetOf(kinds: Kinds, path: string): Target {
  const { group = "", version, namespace, resource, name } = PATH.exec(path)?.groups ?? {};
  if (version === undefined) throw notHere(path);
  const info = kinds
    .versions()
    .find((each) => each.group === group && each.version === version && each.resource === resource);
  if (info === undefined) throw statusError("NotFound", "the server could not find the requested resource");
  return { info, namespace, name };
}

/** Refuses flags that do not go with `--raw` of a command that sends a file. @throws CommandError */
// Models kubernetes/staging/src/k8s.io/kubectl/pkg/cmd/create CreateOptions.Validate
export function checkRaw(args: ParsedArgs): void {
  const path = args.string("raw");
  if (path === "") return;
  const [file = "", ...more] = args.list("filename");
  const isSet = (name: string) => args.knows(name) && args.changed(name);
  if (isSet("edit")) throw new CommandError("--raw and --edit are mutually exclusive");
  if (file === "" || more.length > 0) throw new CommandError("--raw can only use a single local file or stdin");
  if (/^https?:\/\//.test(file)) throw new CommandError("--raw cannot read from a url");
  if (isSet("recursive")) throw new CommandError("--raw and --recursive are mutually exclusive");
  if (isSet("selector")) throw new CommandError("--raw and --selector (-l) are mutually exclusive");
  if (isSet("output")) throw new CommandError("--raw and --output are mutually exclusive");
  if (!path.startsWith("/"))
    throw new CommandError(`--raw must be a valid URL path: parse ${JSON.stringify(path)}: invalid URI for request`);
}

/** Sends a file, or nothing, to a path; the server's answer. @throws CommandError, StatusError */
// Models kubernetes/staging/src/k8s.io/kubectl/pkg/rawhttp
export function rawWrite(verb: "create" | "replace" | "delete", args: ParsedArgs, io: CommandIO): string {
  const path = args.string("raw").split("?")[0] ?? "";
  const { info, namespace, name } = targetOf(io.cluster.api.kinds, path);
  const resource = resourceName(info);
  const { api } = io.cluster;
  if (verb === "delete") {
    if (name === undefined) throw notHere(path);
    const object = ask(io, () => api.delete(resource, namespace, name));
    const gone = api.find(resource, namespace, name) === undefined && !RETURNED.has(resource);
    return `${compactJson(gone ? deletedStatus(info, object) : object)}\n`;
  }
  const body = placed(bodyOf(info, args, io), namespace);
  const answer = ask(io, () =>
    verb === "create" ? api.create(resource, namespace, body) : api.update(resource, body),
  );
  return `${compactJson(answer)}\n`;
}

/** Resources whose deletion answers with the object; others answer with a Status. */
// Models kubernetes/pkg/registry (ReturnDeletedObject)
const RETURNED = new Set([
  "persistentvolumeclaims",
  "persistentvolumes",
  "pods",
  "podtemplates",
  "resourcequotas",
  "serviceaccounts",
  "services",
]);

function deletedStatus({ resource, group }: ResourceInfo, { metadata: { name, uid } }: KubeObject): object {
  const details = { name, ...(group === "" ? {} : { group }), kind: resource, uid };
  return { kind: "Status", apiVersion: "v1", metadata: {}, status: "Success", details };
}

function placed(object: UnknownObject, namespace: string | undefined): UnknownObject {
  return namespace === undefined ? object : { ...object, metadata: { ...object.metadata, namespace } };
}

function bodyOf(info: ResourceInfo, args: ParsedArgs, io: CommandIO): UnknownObject {
  const [file = ""] = args.list("filename");
  const text = file === "-" ? io.stdin : io.files.get(fileName(file));
  if (text === undefined) throw new CommandError(`open ${file}: no such file or directory`);
  const [document] = parseManifest(text);
  const body = document?.value;
  if (document?.error !== undefined || !isMap(body))
    throw statusError("BadRequest", `the object provided is unrecognized (must be of type ${info.kind}): no object`);
  const apiVersion = groupVersion(info);
  if (body.kind !== info.kind || body.apiVersion !== apiVersion)
    throw statusError(
      "BadRequest",
      `the object provided is unrecognized (must be of type ${info.kind}): couldn't get version/kind; json parse error`,
    );
  const metadata = isMap(body.metadata) ? body.metadata : {};
  return { ...body, apiVersion, kind: info.kind, metadata };
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
    `--raw ${path} is not simulated here: /version, /healthz, /livez, /readyz, and objects and lists below /api/v1 and /apis/GROUP/VERSION are`,
  );
}
