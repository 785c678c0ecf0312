// One container at work: its files, its main process, and the commands that are run beside it.
import {
  type Cell,
  type Container,
  declaredPorts,
  type ExecEnd,
  greeter,
  type Handler,
  type IncomingRequest,
  type Program as PlainProgram,
  type Pod,
  type ProgramPort,
  portOf,
  type Reply,
  type Slot,
  uniquePorts,
} from "../cluster/index.ts";
import { type Machine, type Process, type Program, start } from "../sh/index.ts";
import { askedByItself, askedByServices, saysNothing } from "./assumed.ts";
import type { Box } from "./box.ts";
import { ContainerMachine } from "./container-machine.ts";
import { programFor } from "./images/programs.ts";
import { knownImage } from "./images/table.ts";
import { type Plan, planOf } from "./plan.ts";
import { isSitePlace, pageOf } from "./programs/pages.ts";

/** What runc says when a program is not there. */
export function absence(name: string): string {
  const why = name.includes("/") ? `stat ${name}: no such file or directory` : "executable file not found in $PATH";
  return `exec: ${JSON.stringify(name)}: ${why}`;
}

/** Whether a server's port is unknown: its image is unknown, or leaves it to its configuration. */
function mayAssume(container: Container): boolean {
  const image = knownImage(container.image);
  return saysNothing(container) && (image === undefined || (image.answers === "greeting" && image.ports.length === 0));
}

/** Ports that other containers of the pod have. */
function otherPorts({ spec }: Pod, name: string): string[] {
  return [...(spec?.containers ?? []), ...(spec?.initContainers ?? [])].flatMap((each) => {
    if (each.name === name) return [];
    const usual = (knownImage(each.image)?.ports ?? []).map(portOf);
    return [...declaredPorts(each), ...usual].map(({ port, protocol }) => `${port}/${protocol}`);
  });
}

/** What the runtime keeps for a container, over all its runs. */
export class ContainerCell implements Cell, Box {
  readonly slot: Slot;
  readonly worlds: Box["worlds"];
  #machine: ContainerMachine | undefined;
  #main: Process | undefined;
  #execs = new Set<Process>();
  /** Set while the ports of the present run are assumed. */
  #guess: { readonly handler: Handler; readonly ports: Set<string> } | undefined;

  constructor(worlds: Box["worlds"], slot: Slot) {
    this.worlds = worlds;
    this.slot = slot;
  }

  get namespace(): string {
    return this.slot.pod().metadata.namespace ?? "default";
  }

  start(): PlainProgram | undefined {
    this.#machine = undefined;
    this.#main = undefined;
    const plan = planOf(this.slot, this.worlds.host.settings().programTime);
    switch (plan.kind) {
      case "server":
        return this.#server();
      case "ends":
        return { listeners: [], exit: { afterMs: plan.afterMs, code: 0 } };
      case "waits":
        return { listeners: [] };
      case "missing":
        return {
          listeners: [],
          failure: `failed to create containerd task: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: error during container init: ${absence(plan.name)}: unknown`,
        };
      case "run":
        return this.#run(plan);
    }
  }

  /** A server; an undeclared port is assumed. */
  #server(): PlainProgram {
    const surroundings = this.slot.surroundings();
    const write = (line: string) => this.slot.write(line);
    const program = programFor(surroundings, this.worlds.host.network.programs, write);
    const { container } = surroundings;
    this.#guess = undefined;
    if (program.listeners.length > 0 || program.exit !== undefined || !mayAssume(container)) return program;
    this.#guess = { handler: greeter(surroundings), ports: new Set() };
    const listeners = this.#newPorts().map((port) => ({
      ...port,
      loopback: false,
      assumed: true,
      handler: greeter(surroundings),
    }));
    return { listeners };
  }

  /** Ports that are assumed now and were not before. */
  #newPorts(): ProgramPort[] {
    const { spec } = this.slot;
    const pod = this.slot.pod();
    const { informers } = this.worlds.host;
    const byServices = this.worlds.worldOf(pod).assumer(this)
      ? askedByServices(pod, informers.of("services").list())
      : [];
    const others = new Set(otherPorts(pod, spec.name));
    const all = uniquePorts([...askedByItself(spec, this.slot.env()), ...byServices]);
    const fresh = all.filter(({ port, protocol }) => {
      const key = `${port}/${protocol}`;
      if (others.has(key) || this.#guess?.ports.has(key) !== false) return false;
      this.#guess.ports.add(key);
      return true;
    });
    return fresh;
  }

  /** Services or labels changed: more ports may be assumed. */
  assume(): void {
    const { handler } = this.#guess ?? {};
    if (handler === undefined) return;
    let opened = false;
    for (const port of this.#newPorts())
      opened = this.slot.listen({ ...port, loopback: false, assumed: true }, handler) !== undefined || opened;
    if (opened) this.slot.changed();
  }

  #run({ words }: Extract<Plan, { kind: "run" }>): PlainProgram {
    const { slot } = this;
    const { shareProcessNamespace } = slot.pod().spec ?? {};
    this.#main = start({
      machine: this.#ownMachine(),
      words,
      env: this.#environment(),
      cwd: slot.spec.workingDir ?? "/",
      first: shareProcessNamespace !== true,
      out: (text) => slot.write(text),
      err: (text) => slot.write(text),
      done: (code) => slot.exit(code),
    });
    return { listeners: [] };
  }

  #environment(): Map<string, string> {
    const env = new Map(Object.entries(this.slot.env()));
    if (!env.has("HOME")) env.set("HOME", this.#ownMachine().user.id === 0 ? "/root" : "/");
    return env;
  }

  #ownMachine(): ContainerMachine {
    this.#machine ??= new ContainerMachine(this);
    return this.#machine;
  }

  starts(command: string): boolean {
    return this.#ownMachine().canStart(command);
  }

  machine(): Machine {
    return this.#ownMachine();
  }

  /** A program supplied with the runtime. */
  tool(name: string): Program | undefined {
    const { namespace, name: pod } = this.slot.surroundings().pod;
    return this.worlds.tools(this.worlds.host, { namespace, name: pod, container: this.slot.spec.name })(name);
  }

  /** A file of the pod changed. */
  notice(): void {
    this.slot.changed();
  }

  answer(request: IncomingRequest): Reply | undefined {
    const mounted = (this.slot.spec.volumeMounts ?? []).some(({ mountPath }) => isSitePlace(mountPath));
    if (this.#machine === undefined && !mounted) return undefined;
    return pageOf(this.#ownMachine(), this.slot, request);
  }

  terminate(): "own" | "ordinary" {
    if (this.#main === undefined || this.#main.exitCode !== undefined) return "ordinary";
    this.#main.signal("TERM");
    return "own";
  }

  stop(): void {
    this.#guess = undefined;
    this.#main?.signal("KILL");
    for (const process of [...this.#execs]) process.signal("KILL");
    this.#execs.clear();
    this.#main = undefined;
    this.#machine = undefined;
  }

  exec(command: readonly string[], timeoutMs: number, done: (end: ExecEnd) => void): () => void {
    const machine = this.#ownMachine();
    const [name = ""] = command;
    if (!machine.canStart(name)) {
      const id = (this.slot.pod().metadata.uid ?? "").replaceAll("-", "").repeat(2).slice(0, 64);
      const message = `failed to exec in container: failed to start exec ${JSON.stringify(id)}: OCI runtime exec failed: exec failed: unable to start container process: ${absence(name)}: unknown`;
      done({ kind: "failed", message });
      return () => undefined;
    }
    let output = "";
    let open = true;
    const { seen, restless } = machine.watched();
    const version = machine.version;
    const take = (text: string) => {
      if (output.length < MOST_OUTPUT) output += text;
    };
    const end = (result: ExecEnd) => {
      if (!open) return;
      open = false;
      stopTimer();
      done(result);
    };
    let stopTimer = () => {};
    if (Number.isFinite(timeoutMs))
      stopTimer = this.slot.later(timeoutMs, () => {
        end({ kind: "late" });
        process?.signal("KILL");
      });
    const state: { process?: Process } = {};
    const process = start({
      machine: seen,
      words: command,
      env: this.#environment(),
      cwd: this.slot.spec.workingDir ?? "/",
      out: take,
      err: take,
      done: (code) => {
        if (state.process !== undefined) this.#execs.delete(state.process);
        end({ kind: "ended", code, output, steady: !restless() && machine.version === version });
      },
    });
    state.process = process;
    if (process.exitCode === undefined) this.#execs.add(process);
    return () => process.signal("KILL");
  }

  isMain(machine: Machine): boolean {
    return machine === this.#machine;
  }

  /** The program of the container as if these were its arguments: what a server that a script starts listens on. */
  programOf(words: readonly string[]): PlainProgram {
    const surroundings = this.slot.surroundings();
    const container = { ...surroundings.container, command: [...words], args: [] };
    return programFor({ ...surroundings, container }, this.worlds.host.network.programs);
  }
}

/** Bytes of a probe's output that the kubelet reads. Models kubernetes/pkg/probe/exec maxReadLength. */
const MOST_OUTPUT = 10_240;
