// What a Service is given: IP families, cluster IPs, node ports, a health check port; all or nothing.
import type { Service, ServiceSpec } from "../../cluster/api/types.gen.ts";
import { statusError } from "../../cluster/apimachinery/errors.ts";
import { type FieldErrors, invalid, throwInvalid } from "../../cluster/apimachinery/field.ts";
import { isIPv6 } from "../../cluster/apimachinery/net.ts";
import type { StrategyContext, Transaction } from "../../cluster/apiserver/strategy/strategy.ts";
import { deepEqual } from "../../cluster/sim/values.ts";
import {
  getsNodePorts,
  hasSelector,
  isHeadless,
  mayHaveNodePorts,
  needsClusterIP,
  needsHealthCheck,
  nodePortsOf,
  portPath,
} from "./api-shape.ts";
import { validateClusterIPs } from "./api-validation.ts";

const FIRST_DRY_RUN_PORT = 32769;

/** Allocates for a new or changed Service. @throws StatusError that hides every other mistake; then nothing stays allocated. */
// Models kubernetes/pkg/registry/core/service/storage/alloc.go
export function allocate(service: Service, old: Service | undefined, context: StrategyContext): Transaction {
  const allocation = new Allocation(service, context);
  try {
    allocation.families(old?.spec);
    allocation.addresses(old?.spec);
    allocation.nodePorts(old?.spec);
    allocation.healthCheck(old?.spec);
  } catch (error) {
    allocation.revert();
    throw error;
  }
  return allocation;
}

/** Gives back all that a Service holds. */
export function releaseAll(spec: ServiceSpec, context: StrategyContext): void {
  for (const ip of spec.clusterIPs ?? []) context.clusterIPs.release(ip);
  for (const port of nodePortsOf(spec)) context.nodePorts.release(port);
  if (spec.healthCheckNodePort !== undefined) context.nodePorts.release(spec.healthCheckNodePort);
}

/** One allocation under way. */
class Allocation implements Transaction {
  readonly #service: Service;
  readonly #spec: ServiceSpec;
  readonly #context: StrategyContext;
  readonly #takenIPs: string[] = [];
  readonly #takenPorts: number[] = [];
  readonly #atCommit: Array<() => void> = [];

  constructor(service: Service, context: StrategyContext) {
    service.spec ??= {};
    this.#service = service;
    this.#spec = service.spec;
    this.#context = context;
  }

  commit(): void {
    if (!this.#context.dryRun) for (const run of this.#atCommit) run();
  }

  revert(): void {
    if (this.#context.dryRun) return;
    for (const ip of this.#takenIPs) this.#context.clusterIPs.release(ip);
    for (const port of this.#takenPorts) this.#context.nodePorts.release(port);
  }

  /** Fills in ipFamilyPolicy and ipFamilies for a cluster that has IPv4 only. */
  // Models alloc.go initIPFamilyFields
  families(old: ServiceSpec | undefined): void {
    const spec = this.#spec;
    if (!needsClusterIP(spec) || isSettledPreferDualStack(spec, old)) return;
    const isBare = spec.clusterIP === "None" && !hasSelector(spec);
    spec.ipFamilyPolicy ??= old?.ipFamilyPolicy ?? (isBare ? "RequireDualStack" : "SingleStack");
    this.#refuse(validateClusterIPs(spec));
    this.#refuse(checkPolicy(spec));
    this.#refuse(inferFamilies(spec));
    if (isBare) {
      const [first = "IPv4", second] = spec.ipFamilies ?? [];
      const other = first === "IPv4" ? "IPv6" : "IPv4";
      const both = second !== undefined || spec.ipFamilyPolicy !== "SingleStack";
      spec.ipFamilies = both ? [first, second ?? other] : [first];
      return;
    }
    this.#refuse(checkConfigured(spec));
    if ((spec.ipFamilies ?? []).length === 0) spec.ipFamilies = ["IPv4"];
  }

  addresses(old: ServiceSpec | undefined): void {
    const spec = this.#spec;
    if (old !== undefined && needsClusterIP(old)) {
      if (!needsClusterIP(spec)) this.#releaseLater(old.clusterIPs ?? []);
      return;
    }
    if (!needsClusterIP(spec) || isHeadless(spec)) return;
    const asked = spec.clusterIPs?.[0] ?? "";
    const ip = asked === "" ? this.#nextAddress() : this.#askedAddress(asked);
    spec.clusterIP = ip;
    spec.clusterIPs = [ip];
  }

  #askedAddress(asked: string): string {
    const reason = this.#context.clusterIPs.allocate(asked, this.#context.dryRun);
    if (reason !== undefined) this.#refuseAddress(`failed to allocate IP ${asked}: ${reason}`);
    if (!this.#context.dryRun) this.#takenIPs.push(asked);
    this.#needName(asked, `failed to allocate IP ${asked}`);
    return asked;
  }

  #nextAddress(): string {
    const { clusterIPs, dryRun } = this.#context;
    if (dryRun) return clusterIPs.placeholder;
    const ip = clusterIPs.allocateNext();
    if (ip === undefined)
      throw statusError("InternalError", "Internal error occurred: failed to allocate a serviceIP: range is full");
    this.#takenIPs.push(ip);
    this.#spec.clusterIPs ??= [""];
    this.#needName(ip, "failed to allocate IP");
    return ip;
  }

  /** Each address is an IPAddress object that points to its Service by name. */
  #needName(ip: string, words: string): void {
    if (this.#context.dryRun || (this.#service.metadata?.name ?? "") !== "") return;
    this.#refuseAddress(
      `${words}: IPAddress.networking.k8s.io ${JSON.stringify(ip)} is invalid: spec.parentRef.name: Required value`,
    );
  }

  #refuseAddress(detail: string): never {
    this.#refuse([invalid("spec.clusterIPs", this.#spec.clusterIPs ?? [], detail)]);
    throw new Error("service allocation: a refused address went on");
  }

  nodePorts(old: ServiceSpec | undefined): void {
    const spec = this.#spec;
    const before = old === undefined ? [] : nodePortsOf(old);
    const held = new Set(old !== undefined && mayHaveNodePorts(old) ? before : []);
    if (old === undefined ? getsNodePorts(spec) || mayHaveNodePorts(spec) : mayHaveNodePorts(spec)) {
      if (old === undefined) this.#newNodePorts();
      else this.#changedNodePorts(held);
    }
    const kept = new Set(mayHaveNodePorts(spec) ? nodePortsOf(spec) : []);
    for (const port of held) if (!kept.has(port)) this.#atCommit.push(() => this.#context.nodePorts.release(port));
  }

  // Models alloc.go initNodePorts
  #newNodePorts(): void {
    const ports = this.#spec.ports ?? [];
    const byPort = new Map<number, number>();
    for (const [i, port] of ports.entries()) {
      const asked = port.nodePort ?? 0;
      if (asked === 0 && !getsNodePorts(this.#spec)) continue;
      const given = byPort.get(port.port);
      if (given !== undefined && asked === 0) port.nodePort = given;
      else if (given === undefined) {
        const wanted = ports.find((each) => each.port === port.port && (each.nodePort ?? 0) !== 0)?.nodePort;
        port.nodePort = wanted === undefined ? this.#nextPort() : this.#askedPort(wanted, i);
        byPort.set(port.port, port.nodePort);
      } else if (asked !== given) this.#askedPort(asked, i);
    }
  }

  // Models alloc.go updateNodePorts
  #changedNodePorts(held: ReadonlySet<number>): void {
    const taken = new Set<number>();
    for (const [i, port] of (this.#spec.ports ?? []).entries()) {
      const asked = port.nodePort ?? 0;
      if (asked !== 0) {
        if (!held.has(asked) && !taken.has(asked)) taken.add(this.#askedPort(asked, i));
      } else if (getsNodePorts(this.#spec)) port.nodePort = this.#nextPort();
    }
  }

  #askedPort(port: number, index: number): number {
    const reason = this.#takePort(port);
    if (reason !== undefined) this.#refuse([invalid(portPath(index, "nodePort"), port, reason)]);
    return port;
  }

  #takePort(port: number): string | undefined {
    const { nodePorts, dryRun } = this.#context;
    const isTaken = nodePorts.has(port) || this.#takenPorts.includes(port);
    if (dryRun && isTaken) return "provided port is already allocated";
    const reason = dryRun ? undefined : nodePorts.allocate(port);
    if (reason === undefined) this.#takenPorts.push(port);
    return reason;
  }

  #nextPort(): number {
    const { nodePorts, dryRun } = this.#context;
    const port = dryRun ? Math.max(FIRST_DRY_RUN_PORT - 1, ...this.#takenPorts) + 1 : nodePorts.allocateNext();
    if (port === undefined)
      throw statusError("InternalError", "Internal error occurred: failed to allocate a nodePort: range is full");
    this.#takenPorts.push(port);
    return port;
  }

  healthCheck(old: ServiceSpec | undefined): void {
    const needed = old !== undefined && needsHealthCheck(old);
    const needs = needsHealthCheck(this.#spec);
    const held = old?.healthCheckNodePort;
    if (needed && !needs && held !== undefined) this.#atCommit.push(() => this.#context.nodePorts.release(held));
    if (needed || !needs) return;
    const asked = this.#spec.healthCheckNodePort ?? 0;
    if (asked === 0) {
      this.#spec.healthCheckNodePort = this.#nextPort();
      return;
    }
    const reason = this.#takePort(asked);
    if (reason === undefined) return;
    const words = `failed to allocate requested HealthCheck NodePort ${asked}: ${reason}`;
    throw statusError("InternalError", `Internal error occurred: ${words}`);
  }

  #releaseLater(ips: readonly string[]): void {
    this.#atCommit.push(() => {
      for (const ip of ips) this.#context.clusterIPs.release(ip);
    });
  }

  #refuse(errors: FieldErrors): void {
    throwInvalid(this.#context.info, this.#service.metadata?.name ?? "", errors);
  }
}

/** A Service that prefers two families and changed nothing about its addresses is left alone. */
function isSettledPreferDualStack(spec: ServiceSpec, old: ServiceSpec | undefined): boolean {
  if (old === undefined || spec.ipFamilyPolicy !== "PreferDualStack" || old.type !== spec.type) return false;
  return (
    old.ipFamilyPolicy === "PreferDualStack" &&
    deepEqual(spec.clusterIPs, old.clusterIPs) &&
    deepEqual(spec.ipFamilies, old.ipFamilies)
  );
}

function checkPolicy(spec: ServiceSpec): FieldErrors {
  if (spec.ipFamilyPolicy !== "SingleStack") return [];
  const words = (what: string) => `must be 'RequireDualStack' or 'PreferDualStack' when multiple ${what} are specified`;
  const errors: FieldErrors = [];
  if (spec.clusterIPs?.length === 2) errors.push(invalid("spec.ipFamilyPolicy", "SingleStack", words("cluster IPs")));
  if (spec.ipFamilies?.length === 2) errors.push(invalid("spec.ipFamilyPolicy", "SingleStack", words("IP families")));
  return errors;
}

function inferFamilies(spec: ServiceSpec): FieldErrors {
  const ips = spec.clusterIPs ?? [];
  if (ips[0] === "None") return [];
  const families = [...(spec.ipFamilies ?? [])];
  const errors: FieldErrors = [];
  for (const [i, ip] of ips.entries()) {
    if (i < families.length) continue;
    if (isIPv6(ip)) errors.push(invalid(`spec.clusterIPs[${i}]`, ips, "IPv6 is not configured on this cluster"));
    else families.push("IPv4");
  }
  if (errors.length === 0 && families.length > 0) spec.ipFamilies = families;
  return errors;
}

function checkConfigured(spec: ServiceSpec): FieldErrors {
  const errors: FieldErrors = [];
  if (spec.ipFamilyPolicy === "RequireDualStack")
    errors.push(
      invalid("spec.ipFamilyPolicy", "RequireDualStack", "this cluster is not configured for dual-stack services"),
    );
  for (const [i, family] of (spec.ipFamilies ?? []).entries())
    if (family !== "IPv4") errors.push(invalid(`spec.ipFamilies[${i}]`, family, "not configured on this cluster"));
  return errors;
}
