// What kubectl asks of the API server beyond plain reading and writing.
import {
  type Answer,
  type ApiServer,
  groupVersion,
  type PatchType,
  type ResourceInfo,
  resourceName,
  type UnknownObject,
  type WriteOptions,
} from "../cluster/index.ts";

/** The object as the server gives it in a version: of custom resources only apiVersion differs. */
// Models apiextensions-apiserver/pkg/apiserver/conversion nopConverter
export function inVersion<T extends { readonly apiVersion: string }>(info: ResourceInfo, object: T): T {
  const apiVersion = groupVersion(info);
  return info.custom === undefined || object.apiVersion === apiVersion ? object : { ...object, apiVersion };
}

/** What a patch goes to. */
export interface PatchTarget {
  readonly info: ResourceInfo;
  readonly namespace: string | undefined;
  readonly name: string;
}

/** The patch that kubectl sends of itself: built-in kinds merge lists by their keys, custom resources replace them. */
export function patchTypeOf(info: ResourceInfo): "strategic" | "merge" {
  return info.custom === undefined ? "strategic" : "merge";
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
