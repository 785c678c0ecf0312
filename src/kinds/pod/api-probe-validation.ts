// What probes and hooks of a container must be: the field errors, in the API server's order.
import type { Container, HTTPGetAction, LifecycleHandler, Probe } from "../../cluster/api/types.gen.ts";
import {
  type FieldErrors,
  forbidden,
  invalid,
  invalidEach,
  notSupported,
  required,
} from "../../cluster/apimachinery/field.ts";
import { nonNegative, portNumber } from "../../cluster/apimachinery/names.ts";
import { validatePortOrName } from "../service/api-validation.ts";

const SCHEMES = ["HTTP", "HTTPS"];
const HANDLERS = ["exec", "httpGet", "tcpSocket", "grpc", "sleep"] as const;
const NUMBERS = [
  "initialDelaySeconds",
  "timeoutSeconds",
  "periodSeconds",
  "successThreshold",
  "failureThreshold",
] as const;

type Handler = Pick<Probe, "exec" | "httpGet" | "tcpSocket" | "grpc"> & Pick<LifecycleHandler, "sleep">;

/** The hooks and probes of a container under `at`; a pod ends within `grace` seconds. */
export function validateHooksAndProbes(container: Container, at: string, grace: number | undefined): FieldErrors {
  const { lifecycle = {}, livenessProbe, readinessProbe, startupProbe } = container;
  return [
    ...(["postStart", "preStop"] as const).flatMap((hook) => {
      const handler = lifecycle[hook];
      return handler === undefined ? [] : validateHandler(handler, `${at}.lifecycle.${hook}`, grace);
    }),
    ...validateOnceProbe(livenessProbe, `${at}.livenessProbe`),
    ...validateReadinessProbe(readinessProbe, `${at}.readinessProbe`),
    ...validateOnceProbe(startupProbe, `${at}.startupProbe`),
  ];
}

/** Liveness and startup succeed by one success. */
// Models kubernetes/pkg/apis/core/validation validateLivenessProbe, validateStartupProbe
function validateOnceProbe(probe: Probe | undefined, at: string): FieldErrors {
  if (probe === undefined) return [];
  const { successThreshold = 0 } = probe;
  return [
    ...validateProbe(probe, at),
    ...(successThreshold === 1 ? [] : [invalid(`${at}.successThreshold`, successThreshold, "must be 1")]),
  ];
}

function validateReadinessProbe(probe: Probe | undefined, at: string): FieldErrors {
  if (probe === undefined) return [];
  const grace = probe.terminationGracePeriodSeconds;
  if (grace === undefined) return validateProbe(probe, at);
  return [
    ...validateProbe(probe, at),
    invalid(`${at}.terminationGracePeriodSeconds`, grace, "must not be set for readinessProbes"),
  ];
}

function validateProbe(probe: Probe, at: string): FieldErrors {
  const errors = validateHandler(probe, at, undefined);
  for (const field of NUMBERS) {
    const value = probe[field];
    if (value !== undefined) errors.push(...invalidEach(`${at}.${field}`, value, nonNegative(value)));
  }
  const grace = probe.terminationGracePeriodSeconds;
  if (grace !== undefined && grace <= 0)
    errors.push(invalid(`${at}.terminationGracePeriodSeconds`, grace, "must be greater than 0"));
  return errors;
}

/** One handler; the first in the order of the kinds counts. */
// Models kubernetes/pkg/apis/core/validation validateHandler
function validateHandler(handler: Handler, at: string, grace: number | undefined): FieldErrors {
  const [first, ...others] = HANDLERS.filter((each) => handler[each] !== undefined);
  if (first === undefined) return [required(at, "must specify a handler type")];
  return [
    ...validateAction(handler, first, `${at}.${first}`, grace),
    ...others.map((each) => forbidden(`${at}.${each}`, "may not specify more than 1 handler type")),
  ];
}

function validateAction(
  { exec, httpGet, tcpSocket, grpc, sleep }: Handler,
  kind: (typeof HANDLERS)[number],
  at: string,
  grace: number | undefined,
): FieldErrors {
  if (kind === "exec") return (exec?.command?.length ?? 0) === 0 ? [required(`${at}.command`)] : [];
  if (kind === "httpGet" && httpGet !== undefined) return validateHttpGet(httpGet, at);
  if (kind === "tcpSocket") return validatePortOrName(tcpSocket?.port, `${at}.port`);
  if (kind === "grpc") return invalidEach(`${at}.port`, grpc?.port, portNumber(grpc?.port ?? 0));
  const seconds = sleep?.seconds ?? 0;
  if (grace === undefined || (seconds >= 0 && seconds <= grace)) return [];
  return [invalid(at, seconds, `must be non-negative and less than terminationGracePeriodSeconds (${grace})`)];
}

function validateHttpGet({ path = "", port, scheme, httpHeaders = [] }: HTTPGetAction, at: string): FieldErrors {
  return [
    ...(path === "" ? [required(`${at}.path`)] : []),
    ...validatePortOrName(port, `${at}.port`),
    ...(SCHEMES.includes(scheme ?? "") ? [] : [notSupported(`${at}.scheme`, scheme, SCHEMES)]),
    ...httpHeaders.flatMap(({ name }) =>
      /^[-A-Za-z0-9]+$/.test(name) ? [] : [invalid(`${at}.httpHeaders`, name, HEADER)],
    ),
  ];
}

const HEADER =
  "a valid HTTP header must consist of alphanumeric characters or '-' (e.g. 'X-Header-Name', regex used for validation is '[-A-Za-z0-9]+')";
