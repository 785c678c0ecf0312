// Lists of resources with their amounts, added and compared as Kubernetes does it.
import type { Container, Pod, ResourceRequirements } from "../../cluster/api/types.gen.ts";
import { formatQuantity, parseQuantity, type Quantity } from "../../cluster/apimachinery/quantity.ts";
import { compareText } from "../../cluster/sim/text.ts";

/** Amounts by the names of their resources. */
export type ResourceList = ReadonlyMap<string, Quantity>;

/** A list as objects have it; what cannot be read counts as 0, as validation refuses it. */
export function toList(written: Readonly<Record<string, string>> | undefined): ResourceList {
  return new Map(Object.entries(written ?? {}).map(([name, text]) => [name, quantity(text)]));
}

/** A list as objects have it. */
export function fromList(list: ResourceList): Record<string, string> {
  return Object.fromEntries(sorted(list).map(([name, amount]) => [name, formatQuantity(amount)]));
}

/** `pods=1,requests.cpu=2`. */
// Models kubernetes/staging/src/k8s.io/apiserver/pkg/admission/plugin/resourcequota prettyPrint
export function printList(list: ResourceList): string {
  return sorted(list)
    .map(([name, amount]) => `${name}=${formatQuantity(amount)}`)
    .join(",");
}

export function sorted(list: ResourceList): [string, Quantity][] {
  return [...list].sort(([a], [b]) => compareText(a, b));
}

export function count(pieces: number): Quantity {
  return { nanos: BigInt(pieces) * 1_000_000_000n, format: "DecimalSI" };
}

function quantity(text: string): Quantity {
  const read = parseQuantity(String(text));
  return "error" in read ? count(0) : read;
}

/** The sum; nothing takes over how the other is written. */
// Models kubernetes/staging/src/k8s.io/apimachinery/pkg/api/resource Quantity.Add
export function add(a: ResourceList, b: ResourceList): ResourceList {
  const sum = new Map(a);
  for (const [name, amount] of b) {
    const before = sum.get(name);
    const format = before === undefined || before.nanos === 0n ? amount.format : before.format;
    sum.set(name, { nanos: (before?.nanos ?? 0n) + amount.nanos, format });
  }
  return sum;
}

/** Only what is named. */
export function mask(list: ResourceList, names: { has(name: string): boolean }): ResourceList {
  return new Map([...list].filter(([name]) => names.has(name)));
}

function most(a: ResourceList, b: ResourceList): ResourceList {
  const greatest = new Map(a);
  for (const [name, amount] of b) {
    const before = greatest.get(name);
    if (before === undefined || amount.nanos > before.nanos) greatest.set(name, amount);
  }
  return greatest;
}

const POD_LEVEL = new Set(["cpu", "memory"]);

/** What a container asks for: a limit without a request is a request. */
export function requestsOf({ resources }: Pick<Container, "resources">): ResourceList {
  return toList({ ...resources?.limits, ...resources?.requests });
}

export function limitsOf({ resources }: Pick<Container, "resources">): ResourceList {
  return toList(resources?.limits);
}

/** What a whole pod asks for, or may use: `of` says it of a container. */
// Models kubernetes/staging/src/k8s.io/component-helpers/resource PodRequests, PodLimits
export function podTotal({ spec }: Pod, of: (container: Pick<Container, "resources">) => ResourceList): ResourceList {
  let total: ResourceList = new Map();
  for (const container of spec?.containers ?? []) total = add(total, of(container));
  let sidecars: ResourceList = new Map();
  let greediest: ResourceList = new Map();
  for (const container of spec?.initContainers ?? []) {
    const together = add(of(container), sidecars);
    if (container.restartPolicy === "Always") {
      total = add(total, of(container));
      sidecars = together;
    }
    greediest = most(greediest, together);
  }
  const whole: ResourceRequirements | undefined = spec?.resources;
  return new Map([...most(total, greediest), ...mask(of({ resources: whole }), POD_LEVEL)]);
}
