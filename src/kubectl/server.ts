// What kubectl asks of the API server beyond plain reading and writing.
import {
  type Answer,
  type ApiServer,
  type PatchType,
  type ResourceInfo,
  resourceName,
  statusError,
  type UnknownObject,
  type WriteOptions,
} from "../cluster/index.ts";

/** What a patch goes to. */
export interface PatchTarget {
  readonly info: ResourceInfo;
  readonly namespace: string | undefined;
  readonly name: string;
}

/** A change of an object: the patch as JSON value, or as the text that was typed. */
export interface PatchBody {
  readonly type: PatchType;
  readonly body: unknown;
}

/** What the API server will know as soon as patches are served. */
interface PatchingServer {
  patch?(
    resource: string,
    target: { namespace: string | undefined; name: string },
    patch: PatchBody,
    options: WriteOptions,
  ): Answer;
  warningsOf?(resource: string): readonly string[];
}

/** Sends a patch. */
export function sendPatch(
  api: ApiServer,
  { info, namespace, name }: PatchTarget,
  patch: PatchBody,
  options: WriteOptions,
): Answer<UnknownObject> {
  const server = api as unknown as PatchingServer; // looked at before it is called
  if (server.patch === undefined)
    throw statusError("MethodNotAllowed", "the server does not allow this method on the requested resource");
  const { object, warnings } = server.patch(resourceName(info), { namespace, name }, patch, options);
  return { object: object as unknown as UnknownObject, warnings }; // every object has fields of some name
}

/** What the server warns of whenever this resource is read. */
export function readWarnings(api: ApiServer, resource: string): readonly string[] {
  const server = api as unknown as PatchingServer; // looked at before it is called
  return server.warningsOf?.(resource) ?? [];
}
