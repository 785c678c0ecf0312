// CPU and memory that pods ask for and nodes have, as numbers.
import type { Container, Pod } from "../api/types.gen.ts";
import { parseQuantity } from "../apimachinery/quantity.ts";
import { own, setOwn } from "../sim/values.ts";

/** Amounts by resource name: `cpu` in thousandths of a core, everything else in its own unit (bytes, pieces). */
export type Amounts = Readonly<Record<string, number>>;

type Quantities = { readonly [name: string]: string } | undefined;

/** Turns a resource list into numbers; what cannot be read counts as 0, as validation has refused it long before. */
export function toAmounts(list: Quantities): Amounts {
  const amounts: Record<string, number> = {};
  for (const [name, text] of Object.entries(list ?? {})) {
    const quantity = parseQuantity(String(text));
    if ("error" in quantity) continue;
    setOwn(
      amounts,
      name,
      name === "cpu" ? Number(quantity.nanos / 1_000_000n) : Number(quantity.nanos / 1_000_000_000n),
    );
  }
  return amounts;
}

const NOTHING: Amounts = {};

/** What a pod asks for: its containers and sidecars together, or its greediest init container if that is more. */
// Models kubernetes/staging/src/k8s.io/component-helpers/resource PodRequests
export function podRequests(pod: Pod): Amounts {
  const containers = pod.spec?.containers ?? [];
  const init = pod.spec?.initContainers ?? [];
  if (!containers.some(asks) && !init.some(asks) && pod.spec?.overhead === undefined) return NOTHING;
  let sum: Amounts = {};
  for (const container of containers) sum = plus(sum, requests(container));
  let sidecars: Amounts = {};
  let greediest: Amounts = {};
  for (const container of init) {
    if (container.restartPolicy === "Always") {
      sidecars = plus(sidecars, requests(container));
      greediest = most(greediest, sidecars);
    } else greediest = most(greediest, plus(sidecars, requests(container)));
  }
  return plus(most(plus(sum, sidecars), greediest), toAmounts(pod.spec?.overhead));
}

function asks(container: Container): boolean {
  return container.resources?.requests !== undefined || container.resources?.limits !== undefined;
}

/** A limit without a request is a request. */
function requests(container: Container): Amounts {
  return toAmounts({ ...container.resources?.limits, ...container.resources?.requests });
}

function plus(a: Amounts, b: Amounts): Amounts {
  const sum: Record<string, number> = { ...a };
  for (const [name, amount] of Object.entries(b)) setOwn(sum, name, (own(sum, name) ?? 0) + amount);
  return sum;
}

function most(a: Amounts, b: Amounts): Amounts {
  const greatest: Record<string, number> = { ...a };
  for (const [name, amount] of Object.entries(b)) setOwn(greatest, name, Math.max(own(greatest, name) ?? 0, amount));
  return greatest;
}
