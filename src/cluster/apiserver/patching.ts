// A patch on its way to the object it makes: read, applied, checked; in the server's words when it cannot be.
import type { KubeObject } from "../api/objects.ts";
import { type ResourceInfo, structOfResource } from "../api/scheme.ts";
import { StatusError, statusError } from "../apimachinery/errors.ts";
import { fieldErrorStatus, invalid } from "../apimachinery/field.ts";
import { goText } from "../apimachinery/patch/gotext.ts";
import { applyJsonPatch, PatchError } from "../apimachinery/patch/json.ts";
import { applyMergePatch } from "../apimachinery/patch/merge.ts";
import { isJsonObject, type Json } from "../apimachinery/patch/shape.ts";
import { applyStrategicPatch } from "../apimachinery/patch/strategic.ts";
import { jsonSyntaxError } from "../apimachinery/patch/syntax.ts";
import { own } from "../sim/values.ts";
import { decodeStrict } from "./decode.ts";
import type { Patch, WriteOptions } from "./options.ts";

/** The object that a patch makes, decoded, with warnings of unknown fields. @throws StatusError */
// Models kubernetes/staging/src/k8s.io/apiserver/pkg/endpoints/handlers/patch.go
export function patched(
  info: ResourceInfo,
  current: KubeObject,
  patch: Patch,
  options: WriteOptions,
): { object: KubeObject; warnings: readonly string[] } {
  const body = readBody(patch);
  const merged = merge(info, current, patch, body);
  const told = patch.type === "strategic" ? goText(body) : JSON.stringify(merged);
  const decoded = decodeStrict(merged, info, [], options.fieldValidation ?? "Warn");
  if ("error" in decoded) throw invalidPatch(told, errorWords(decoded.error, patch));
  checkIdentity(info, current, merged);
  return { object: decoded.object as KubeObject, warnings: decoded.warnings };
}

/** The patch as a value; text is parsed. @throws StatusError BadRequest */
export function readBody({ body }: Patch): unknown {
  if (typeof body !== "string") return body;
  const complaint = jsonSyntaxError(body);
  if (complaint !== undefined) throw statusError("BadRequest", complaint);
  return JSON.parse(body);
}

function merge(info: ResourceInfo, current: KubeObject, patch: Patch, body: unknown): Json {
  try {
    const target = current as unknown as Json; // an API object is JSON
    const made = applyPatch(info, target, { ...patch, body });
    if (!isJsonObject(made))
      throw statusError("BadRequest", `json: cannot unmarshal ${jsonKind(made)} into Go value of type ${goType(info)}`);
    return made;
  } catch (error) {
    if (!(error instanceof PatchError)) throw error;
    if (patch.type === "strategic") throw statusError("", error.message);
    const isSyntax = error.message.startsWith("json: ");
    throw isSyntax ? statusError("BadRequest", error.message) : unprocessable();
  }
}

/** What a patch makes of an object, without defaults or checks of the result. @throws PatchError | StatusError */
export function applyPatch(info: ResourceInfo, target: Json, { type, body }: Patch): unknown {
  if (type === "json") return applyJsonPatch(target, body);
  if (!isJsonObject(body))
    throw statusError(
      "BadRequest",
      `json: cannot unmarshal ${jsonKind(body)} into Go value of type map[string]interface {}`,
    );
  if (type === "merge") return applyMergePatch(target, body);
  if (info.custom !== undefined) throw statusError("UnsupportedMediaType", NOT_STRATEGIC);
  return applyStrategicPatch(target, body, structOfResource(info));
}

const NOT_STRATEGIC =
  "the body of the request was in an unknown format - accepted media types include: application/json-patch+json, application/merge-patch+json, application/apply-patch+yaml";

const goType = ({ version, kind }: ResourceInfo) => `${version}.${kind}`;

function jsonKind(value: unknown): string {
  if (Array.isArray(value)) return "array";
  return value === null ? "null" : typeof value === "boolean" ? "bool" : typeof value;
}

/** 422 without an object: an operation of the patch cannot be done; the server does not say which. */
function unprocessable(): StatusError {
  const message = "the server rejected our request due to an error in our request";
  return new StatusError({ code: 422, reason: "Invalid", message, causes: [] });
}

function invalidPatch(told: string, words: string): StatusError {
  const { status } = fieldErrorStatus({ group: "", kind: "" }, "", [invalid("patch", told, words)]);
  return new StatusError({ ...status, details: {} });
}

/** What the converter of strategic patches says of a wrong type; other patches are decoded as whole objects. */
// Models k8s.io/apimachinery/pkg/runtime fromUnstructured
function errorWords(error: string, patch: Patch): string {
  const words = error.replace(/^\S+ in version "[^"]*" cannot be handled as a \S+: /, "");
  if (patch.type !== "strategic") return words;
  const wrong = /^json: cannot unmarshal (\w+)(?: \S+)? into Go struct field \S+ of type (\S+)$/.exec(words);
  if (wrong === null) return words;
  const [, from = "", to = ""] = wrong;
  const kind = own(GO_KINDS, from) ?? from;
  if (to.startsWith("[]")) return `cannot restore slice from ${kind}`;
  if (to.startsWith("map[")) return `cannot restore map from ${kind}`;
  const isText = to === "string" || NAMED_STRINGS.test(to);
  if (from === "number" && isText) return `cannot convert int64 to ${to}`;
  if (from === "number" && /^u?int/.test(to)) return `cannot convert float64 to ${to}`;
  if (SCALARS.has(to)) return `unrecognized type: ${to}`;
  return isText ? "unrecognized type: string" : `cannot restore struct from: ${kind}`;
}

const GO_KINDS: Readonly<Record<string, string>> = { object: "map", array: "slice", number: "int64" };
/** Go's names of the types that are strings with a name; all others with a version are structs. */
const NAMED_STRINGS =
  /^v\d\w*\.(?!Affinity$)\w*(?:Type|Protocol|Policy|Affinity|Family|Mode|Scheme|Operator|Phase|Action|Effect)$/;
const SCALARS = new Set(["int32", "int64", "string", "bool", "float64"]);

function checkIdentity({ version, group }: ResourceInfo, current: KubeObject, merged: Json): void {
  const metadata = isJsonObject(merged.metadata) ? merged.metadata : {};
  const { name, namespace } = current.metadata;
  if (metadata.name !== name)
    throw statusError(
      "BadRequest",
      `the name of the object (${String(metadata.name ?? "")}) does not match the name on the URL (${name})`,
    );
  if (metadata.namespace !== namespace)
    throw statusError(
      "BadRequest",
      `the namespace of the object (${String(metadata.namespace ?? "")}) does not match the namespace on the request (${namespace})`,
    );
  const expected = group === "" ? version : `${group}/${version}`;
  if (merged.apiVersion !== expected)
    throw statusError(
      "BadRequest",
      `the API version in the data (${String(merged.apiVersion ?? "")}) does not match the expected API version (${expected})`,
    );
}
