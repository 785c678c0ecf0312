// Server-side apply as a request: creates or merges, and remembers who owns what.
import type { KubeObject } from "../api/objects.ts";
import { groupVersion, type ResourceInfo } from "../api/scheme.ts";
import { statusError } from "../apimachinery/errors.ts";
import { fieldErrorStatus, required } from "../apimachinery/field.ts";
import { isJsonObject, type Json } from "../apimachinery/patch/shape.ts";
import { deepCopy } from "../sim/values.ts";
import { decodeStrict } from "./decode.ts";
import type { Patch } from "./options.ts";
import { readBody } from "./patching.ts";
import type { Writer, Writing } from "./writer.ts";

/** Where the object is. */
interface Target {
  readonly namespace?: string | undefined;
  readonly name: string;
}

/** The object after the configuration was applied. @throws StatusError Conflict when others own fields that would change, BadRequest, Invalid. */
// Models kubernetes/staging/src/k8s.io/apiserver/pkg/endpoints/handlers/patch.go applyPatcher
export function applyConfiguration(writer: Writer, writing: Writing, target: Target, patch: Patch): KubeObject {
  const { info, resource, options } = writing;
  if ((options.fieldManager ?? "") === "")
    throw fieldErrorStatus({ group: "meta.k8s.io", kind: "PatchOptions" }, "", [
      required("fieldManager", "is required for apply patch"),
    ]);
  const configuration = readConfiguration(info, target, patch);
  const live = writer.find(resource, target.namespace, target.name);
  const { object, owners } = writer.managers.merge(writing, live, configuration);
  const own = { ...writing, owners, options: { ...options, fieldValidation: options.fieldValidation ?? "Strict" } };
  if (live === undefined) return writer.create(own, target.namespace, configuration);
  const decoded = decodeStrict(object, info, [], "Ignore");
  if ("error" in decoded) throw statusError("BadRequest", decoded.error);
  return writer.replace(own, deepCopy(decoded.object) as KubeObject, live);
}

function readConfiguration(info: ResourceInfo, { namespace, name }: Target, patch: Patch): Json {
  const body = readBody(patch);
  if (!isJsonObject(body)) throw statusError("BadRequest", "error decoding YAML: expected an object");
  const decoded = decodeStrict(body, info, [], "Strict");
  if (!("error" in decoded)) return withoutManagers(body);
  const unknown = /unknown field "([^"]+)"/.exec(decoded.error)?.[1];
  if (unknown === undefined) throw statusError("BadRequest", decoded.error);
  const what = `failed to create typed patch object (${namespace ?? ""}/${name}; ${groupVersion(info)}, Kind=${info.kind})`;
  throw statusError("", `${what}: .${unknown.replaceAll(/\[\d+\]/g, "")}: field not declared in schema`);
}

/** @throws StatusError BadRequest: who owns what is the server's to say. */
function withoutManagers(configuration: Json): Json {
  const { metadata } = configuration;
  if (isJsonObject(metadata) && metadata.managedFields !== undefined && metadata.managedFields !== null)
    throw statusError("BadRequest", "metadata.managedFields must be nil");
  return configuration;
}
