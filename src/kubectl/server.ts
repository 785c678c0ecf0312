// What kubectl asks of the API server beyond plain reading and writing.
import {
  type Answer,
  type ApiServer,
  type PatchType,
  type ResourceInfo,
  resourceName,
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

/** Sends a patch. */
export function sendPatch(
  api: ApiServer,
  { info, namespace, name }: PatchTarget,
  patch: PatchBody,
  options: WriteOptions,
): Answer<UnknownObject> {
  const { object, warnings } = api.patch(resourceName(info), { namespace, name }, patch, options);
  return { object: object as unknown as UnknownObject, warnings }; // every object has fields of some name
}
