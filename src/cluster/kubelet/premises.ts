// Where the containers of a pod run: their variables, their ports, what probes and a runtime see of them.
import type { Pod } from "../api/types.gen.ts";
import type { ComponentContext } from "../client-go/component.ts";
import { type ContainerLife, openSockets } from "./container.ts";
import { type Environment, environmentOf, MissingSource, wholeEnvironment } from "./env.ts";
import type { WorkerHost } from "./host.ts";
import { plainProgram } from "./plain.ts";
import type { ProbeTarget } from "./probe.ts";
import type { Program, Surroundings } from "./program.ts";
import type { Cell } from "./runtime.ts";
import { slotOf, writeLog } from "./slot.ts";

/** What the premises need of the pod's worker. */
interface Tenant {
  readonly context: ComponentContext;
  readonly machine: WorkerHost;
  pod(): Pod;
  address(): string;
  later(delayMs: number, container: ContainerLife, run: () => void): void;
  /** The same for a program's own doing, which needs no kubelet. */
  elapse(delayMs: number, container: ContainerLife, run: () => void): void;
  died(container: ContainerLife, code: number): void;
}

/** The surroundings of one pod's containers. */
export class Premises {
  readonly #tenant: Tenant;

  constructor(tenant: Tenant) {
    this.#tenant = tenant;
  }

  get hostname(): string {
    const { machine, pod } = this.#tenant;
    const { spec, metadata } = pod();
    if (spec?.hostNetwork === true) return machine.name;
    return (spec?.hostname ?? metadata.name ?? "").slice(0, 63);
  }

  /** The variables of a container that starts; what is missing for them, in the kubelet's words. Spec: [KUBELET-8]. */
  environment(container: ContainerLife): Environment | MissingSource {
    const { context, machine, pod, address } = this.#tenant;
    const services = machine.services.of(pod());
    const own = { address: address(), hostAddress: machine.address, services };
    try {
      return environmentOf(context, pod(), container.spec, own);
    } catch (error) {
      if (!(error instanceof MissingSource)) throw error;
      if (!context.settings().probes) return { services, listed: {} }; // the recording cluster's stand-in looks at none of these
      return error;
    }
  }

  surroundings({ spec, env }: ContainerLife): Surroundings {
    const { machine, pod, address } = this.#tenant;
    const { name = "", namespace = "", annotations = {} } = pod().metadata;
    return {
      container: spec,
      hostname: this.hostname,
      pod: { name, namespace, address: address() },
      node: { name: machine.name, address: machine.address },
      annotations,
      env: env.listed,
      serviceEnv: env.services,
    };
  }

  /** What a container runs: as the runtime knows it, if there is one. */
  program(container: ContainerLife): Program {
    const { runtime, programs } = this.#tenant.machine;
    return (runtime?.program ?? plainProgram)(this.surroundings(container), programs);
  }

  /** What a runtime keeps for a container; undefined where none runs it. */
  cell(container: ContainerLife): Cell | undefined {
    const { context, machine, pod, died } = this.#tenant;
    if (container.cell !== undefined || !context.settings().probes) return container.cell;
    const slot = slotOf(container, {
      context,
      pod,
      surroundings: () => this.surroundings(container),
      env: () => wholeEnvironment(container.env, this.hostname),
      elapse: (delayMs, run) => machine.elapse(delayMs, run),
      listen: (at, handler) => machine.listen(pod(), at, handler),
      exited: (code) => died(container, code),
    });
    container.cell = machine.runtime?.open(slot);
    return container.cell;
  }

  probeTarget(container: ContainerLife): ProbeTarget {
    const { machine, pod, address, later } = this.#tenant;
    const { runtime } = machine;
    return {
      podAddress: address(),
      nodeAddress: machine.address,
      socketAt: (port) => machine.socketAt(pod(), port),
      send: (request, done) => machine.send(request, done),
      later: (delayMs, run) => later(delayMs, container, run),
      ask:
        runtime === undefined
          ? undefined
          : (question, done) => runtime.ask(question, this.probeTarget(container), done),
      exec: (command, timeoutMs, done) => {
        const cell = this.cell(container);
        if (cell === undefined) done({ kind: "ended", code: 0, output: "", steady: true });
        else cell.exec(command, timeoutMs, done);
      },
    };
  }

  /** Opens the ports of a run; one that finds its port taken ends with an error. Spec: [KUBELET-14]. */
  open(container: ContainerLife): void {
    const { context, machine, pod, elapse, died } = this.#tenant;
    const taken = openSockets(container, machine.quirksOf(pod()), (at, handler) => machine.listen(pod(), at, handler));
    if (taken === undefined) return;
    writeLog(container, context.clock.now, `bind() to 0.0.0.0:${taken} failed (98: Address already in use)\n`);
    elapse(0, container, () => died(container, 1));
  }
}
