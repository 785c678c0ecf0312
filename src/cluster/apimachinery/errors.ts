// API errors as values: field errors with their path, and the Status that the API server answers.

/** The kinds of field errors, with the words Kubernetes prints for each. */
export type FieldErrorType =
  | "Required value"
  | "Invalid value"
  | "Unsupported value"
  | "Duplicate value"
  | "Forbidden"
  | "Not found"
  | "Too long"
  | "Too many"
  | "Internal error";

/** One mistake at one field. `detail` may be empty; `value` is printed as Kubernetes prints it (strings quoted, structs as JSON). */
export interface FieldError {
  readonly type: FieldErrorType;
  /** For example `spec.ports[0].nodePort`. */
  readonly field: string;
  readonly value?: unknown;
  readonly detail: string;
}

/** `metav1.Status.reason` values used here. */
export type StatusReason =
  /** Unknown: printed as `Error from server: MESSAGE`. */
  | ""
  | "BadRequest"
  | "NotFound"
  | "AlreadyExists"
  | "Conflict"
  | "Invalid"
  | "Forbidden"
  | "MethodNotAllowed"
  | "TooManyRequests"
  | "ServiceUnavailable"
  | "UnsupportedMediaType"
  | "InternalError"
  | "Expired";

/** What the API server answers instead of an object. */
export interface Status {
  readonly code: number;
  readonly reason: StatusReason;
  /** The text kubectl prints behind `Error from server (REASON): `. */
  readonly message: string;
  /** Field errors, when reason is Invalid: what editors place as markers. */
  readonly causes: readonly FieldError[];
  /** The object's kind and name as far as they are known. */
  readonly details?: {
    readonly kind?: string;
    readonly group?: string;
    readonly name?: string;
  };
}

/** Thrown by the API server for what the client did wrong. Warnings collected before the error come along, as in the HTTP answer. */
export class StatusError extends Error {
  override name = "StatusError";
  readonly status: Status;
  readonly warnings: readonly string[];

  constructor(status: Status, warnings: readonly string[] = []) {
    super(status.message);
    this.status = status;
    this.warnings = warnings;
  }
}

const CODES: Readonly<Record<StatusReason, number>> = {
  "": 500,
  BadRequest: 400,
  Forbidden: 403,
  NotFound: 404,
  MethodNotAllowed: 405,
  AlreadyExists: 409,
  Conflict: 409,
  Expired: 410,
  UnsupportedMediaType: 415,
  Invalid: 422,
  TooManyRequests: 429,
  InternalError: 500,
  ServiceUnavailable: 503,
};

/** A StatusError of this reason with a message ready to print. */
export function statusError(reason: StatusReason, message: string, causes: readonly FieldError[] = []): StatusError {
  return new StatusError({ code: CODES[reason], reason, message, causes });
}

/** `services "web" not found`; `resource` is the plural with its group, as in `deployments.apps`. */
export function notFound(resource: string, name: string): StatusError {
  return statusError("NotFound", `${resource} "${name}" not found`);
}

/** `services "web" already exists`. */
export function alreadyExists(resource: string, name: string): StatusError {
  return statusError("AlreadyExists", `${resource} "${name}" already exists`);
}

/** `pods "web" is forbidden: WHY`; what gets its name only later is called by the beginning of it. */
// Models k8s.io/apiserver/pkg/admission NewForbidden
export function forbiddenObject(
  resource: string,
  { name = "", generateName = "" }: { readonly name?: string | undefined; readonly generateName?: string | undefined },
  why: string,
): StatusError {
  return statusError("Forbidden", `${resource} "${generateName === "" ? name : generateName}" is forbidden: ${why}`);
}
