// Field errors: how each kind is made, and the answer they make together.
import { type FieldError, StatusError } from "./errors.ts";
import { fieldErrorText } from "./field-error-text.ts";

/** A list of mistakes, in the order in which they are reported. */
export type FieldErrors = FieldError[];

/** `path: Required value: detail`. */
export function required(field: string, detail = ""): FieldError {
  return { type: "Required value", field, detail };
}

/** `path: Invalid value: VALUE: detail`. */
export function invalid(field: string, value: unknown, detail: string): FieldError {
  return { type: "Invalid value", field, value, detail };
}

/** `path: Forbidden: detail`. */
export function forbidden(field: string, detail: string): FieldError {
  return { type: "Forbidden", field, detail };
}

/** `path: Duplicate value: VALUE`. */
export function duplicate(field: string, value: unknown): FieldError {
  return { type: "Duplicate value", field, value, detail: "" };
}

/** `path: Unsupported value: VALUE: supported values: "A", "B"`; the values in the order given. */
export function notSupported(field: string, value: unknown, supported: readonly string[]): FieldError {
  const detail = `supported values: ${supported.map((each) => JSON.stringify(each)).join(", ")}`;
  return { type: "Unsupported value", field, value: value ?? "", detail };
}

/** `path: Too long: may not be more than N bytes`. */
export function tooLong(field: string, most: number): FieldError {
  return { type: "Too long", field, detail: `may not be more than ${most} bytes` };
}

/** `path: Too many: N: must have at most M items`. */
export function tooMany(field: string, count: number, most: number): FieldError {
  return { type: "Too many", field, value: count, detail: `must have at most ${most} items` };
}

/** One Invalid per message, as the name checks give several. */
export function invalidEach(field: string, value: unknown, details: readonly string[]): FieldErrors {
  return details.map((detail) => invalid(field, value, detail));
}

/** Throws what was found, if anything was. */
export function throwInvalid(kind: { group: string; kind: string }, name: string, errors: FieldErrors): void {
  if (errors.length > 0) throw fieldErrorStatus(kind, name, errors);
}

/** The 422 answer for these mistakes: `Service "web" is invalid: …`, several in brackets, equal ones reported once. */
// Models kubernetes/staging/src/k8s.io/apimachinery/pkg/api/errors NewInvalid
export function fieldErrorStatus(
  { group, kind }: { readonly group: string; readonly kind: string },
  name: string,
  causes: readonly FieldError[],
): StatusError {
  const texts = [...new Set(causes.map(fieldErrorText))];
  const told = texts.length === 1 ? texts[0] : `[${texts.join(", ")}]`;
  const qualified = group === "" ? kind : `${kind}.${group}`;
  const message = `${qualified} ${JSON.stringify(name)} is invalid: ${told}`;
  return new StatusError({ code: 422, reason: "Invalid", message, causes, details: { kind, group, name } });
}
