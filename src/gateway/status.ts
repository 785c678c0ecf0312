// What is said of classes, Gateways, listeners and routes. Pure functions; times are added when it is written.
import { deepEqual } from "../cluster/index.ts";
import type {
  Address,
  Condition,
  Gateway,
  GatewayClass,
  Listener,
  ParentReference,
  ParentStatus,
  Route,
} from "./api.ts";
import type { SeenGateway } from "./attach.ts";
import { no, type Said, yes } from "./conditions.ts";
import { GROUP } from "./definitions/index.ts";
import { CONTROLLER_NAME } from "./installation.ts";

/** Whether a class is accepted: it takes no parameters. */
export function classSaid({ spec }: GatewayClass): Said {
  if (spec?.parametersRef !== undefined)
    return no("Accepted", "InvalidParameters", "parametersRef is not supported: this class takes no parameters");
  return yes("Accepted", "GatewayClass is accepted");
}

/** How a Gateway's pods and Service are. */
export interface Plane {
  readonly addresses: readonly Address[];
  /** Whether a pod is ready. */
  readonly isReady: boolean;
  /** Why they could not be made. */
  readonly refusal: string | undefined;
  readonly cloud: boolean;
}

/** The conditions of a Gateway and of its listeners. Spec: [GW-3] [GW-4]. */
export function gatewayStatus(
  { gateway, listeners, resolved }: SeenGateway,
  plane: Plane,
): {
  readonly conditions: readonly Said[];
  readonly listeners: ReadonlyArray<{
    readonly listener: Listener;
    readonly kinds: ReadonlyArray<{ readonly group: string; readonly kind: string }>;
    readonly conditions: readonly Said[];
  }>;
} {
  const accepted = gatewayAccepted(gateway, listeners);
  return {
    conditions: [
      accepted,
      ...(resolved === undefined ? [] : [resolved]),
      programmed(
        gateway,
        accepted,
        listeners.some(({ isServed }) => isServed),
        plane,
      ),
    ],
    listeners: listeners.map(({ listener, kinds, said, isServed }) => ({
      listener,
      kinds: kinds.map((kind) => ({ group: GROUP, kind })),
      conditions: [...said, listenerProgrammed(isServed && accepted.status === "True", plane)],
    })),
  };
}

function gatewayAccepted({ spec }: Gateway, listeners: SeenGateway["listeners"]): Said {
  const { parametersRef } = spec?.infrastructure ?? {};
  if (parametersRef !== undefined) {
    const what = `${parametersRef.kind} ${parametersRef.name}`;
    return no("Accepted", "InvalidParameters", `infrastructure.parametersRef to ${what} is not supported`);
  }
  const unknown = spec?.addresses?.find(({ type = "IPAddress" }) => type !== "IPAddress");
  if (unknown !== undefined)
    return no("Accepted", "UnsupportedAddress", `addresses of type ${unknown.type} are not supported`);
  const bad = listeners.filter(({ isValid }) => !isValid).map(({ listener }) => listener.name);
  if (bad.length === 0) return yes("Accepted", "Gateway is accepted");
  const message = `listeners that are not valid: ${bad.join(", ")}`;
  return bad.length === listeners.length
    ? no("Accepted", "ListenersNotValid", message)
    : yes("Accepted", message, "ListenersNotValid");
}

function programmed({ spec }: Gateway, accepted: Said, isServed: boolean, plane: Plane): Said {
  if (accepted.status !== "True") return no("Programmed", "Invalid", accepted.message);
  if (plane.refusal !== undefined) return no("Programmed", "NoResources", plane.refusal);
  if (!isServed) return no("Programmed", "Invalid", "no listener can be served");
  if (!plane.isReady) return no("Programmed", "Pending", "no pod of the Gateway is ready");
  const values = plane.addresses.map(({ value }) => value);
  if (values.length === 0) return no("Programmed", "AddressNotAssigned", "no address has been assigned to the Gateway");
  const missing = spec?.addresses?.find(({ value = "" }) => value !== "" && !values.includes(value));
  if (missing !== undefined) {
    const why = plane.cloud ? "is not available" : "cannot be had without a cloud provider";
    return no("Programmed", "AddressNotUsable", `address ${missing.value} ${why}`);
  }
  return yes("Programmed", `Address assigned: ${values.join(", ")}`);
}

function listenerProgrammed(isServed: boolean, { isReady, refusal }: Plane): Said {
  if (!isServed) return no("Programmed", "Invalid", "Listener is not valid, or its references are not resolved");
  return isReady && refusal === undefined
    ? yes("Programmed", "Listener is programmed")
    : no("Programmed", "Pending", "no pod of the Gateway is ready");
}

/** What a Gateway says that no controller looks at. */
export const WAITING = {
  conditions: ["Accepted", "Programmed"].map((type) => ({
    lastTransitionTime: "1970-01-01T00:00:00Z",
    message: "Waiting for controller",
    reason: "Pending",
    status: "Unknown",
    type,
  })),
};

/** A route's status with what its parents here say now; parents of other controllers stay. Undefined: there is nothing to write. */
export function routeStatus(
  { status }: Route,
  parents: ReadonlyArray<{ readonly parentRef: ParentReference; readonly said: readonly Said[] }>,
  date: (said: readonly Said[], before: readonly Condition[] | undefined) => readonly Condition[],
): { readonly parents: readonly ParentStatus[] } | undefined {
  const before = status?.parents ?? [];
  const others = before.filter(({ controllerName }) => controllerName !== CONTROLLER_NAME);
  const own = parents.map(({ parentRef, said }) => {
    const old = before.find((each) => each.controllerName === CONTROLLER_NAME && deepEqual(each.parentRef, parentRef));
    return { conditions: date(said, old?.conditions), controllerName: CONTROLLER_NAME, parentRef };
  });
  if (own.length === 0 && before.length === others.length) return undefined;
  return { parents: [...others, ...own] };
}
