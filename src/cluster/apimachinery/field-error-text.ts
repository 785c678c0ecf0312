// The words of one field error, as kubectl prints them after the object's name.
import type { FieldError, FieldErrorType } from "./errors.ts";

/** Types whose words never name the value. */
const WITHOUT_VALUE: ReadonlySet<FieldErrorType> = new Set([
  "Required value",
  "Forbidden",
  "Too long",
  "Internal error",
]);

/** `spec.ports[0].port: Invalid value: 0: must be between 1 and 65535, inclusive`. */
// Models kubernetes/staging/src/k8s.io/apimachinery/pkg/util/validation/field Error.Error
export function fieldErrorText(error: FieldError): string {
  const parts: string[] = [error.field, error.type];
  if (!WITHOUT_VALUE.has(error.type)) parts.push(JSON.stringify(error.value ?? null));
  if (error.detail !== "") parts.push(error.detail);
  return parts.join(": ");
}
