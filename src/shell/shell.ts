// The console: takes lines, runs programs, keeps history and where one is logged in. The language is that of room `sh`.
import type { Cluster, Place } from "../cluster/index.ts";
import { gatewayController } from "../gateway/index.ts";
import { ingressNginx } from "../ingress/index.ts";
import { ALL_KINDS } from "../kinds/index.ts";
import { type CommandIO, imageLacks, type ProgramPlace, runKubectl, type Session as Stay } from "../kubectl/index.ts";
import {
  type Dialect,
  inputOf,
  isIncomplete,
  openSession,
  outputTo,
  PROGRAMS,
  runOn,
  type Session,
  type ProgramIO as ShIO,
  type Program as ShProgram,
  shellProgram,
  streamsOf,
  type Task,
} from "../sh/index.ts";
import { adapted, type Surroundings } from "./adapt.ts";
import { FilesFrom } from "./files.ts";
import { Machines } from "./machines.ts";
import type { Process, Sink } from "./process.ts";
import type { Program } from "./program.ts";
import { BUILTINS } from "./programs/builtins.ts";
import { environmentOf } from "./programs/network.ts";
import { flavourOf } from "./programs/places.ts";
import { sim } from "./programs/sim.ts";
import { containers, NETWORK_PROGRAMS, READING } from "./tools.ts";

/** A console on a cluster. */
export interface Shell {
  /** Starts a line (or several, with here-documents). It runs at once as far as it can; the rest happens as the cluster's clock advances. */
  start(line: string, sink: Sink): Process;
  /** What comes before the cursor: `$ ` on the laptop, the node's name in a session there. */
  readonly prompt: string;
  /** Where the prompt is: the laptop, a node, a container. */
  readonly place: Place;
  /** The namespace of the context. */
  readonly namespace: string;
  /** Whether more lines are needed before this text can be started: an open quote, a here-document, a loop. */
  isIncomplete(text: string): boolean;
  readonly history: readonly string[];
  /** The laptop's files, by their names in its home directory. */
  readonly files: Map<string, string>;
  /** The text that a running command waits to have edited. */
  readonly draft: Draft | undefined;
  /** Gives that command the text as it was saved; undefined when it was closed without. */
  answer(text: string | undefined): void;
}

/** A text to be edited, and the file that it would be. */
export interface Draft {
  readonly file: string;
  readonly text: string;
}

export interface ShellOptions {
  readonly cluster: Cluster;
  /** Files that `-f`, `cat` and redirections see; shared with their creator. */
  readonly files?: Map<string, string>;
  /** Whether someone answers drafts: a page with an editor. */
  readonly editor?: boolean;
}

/** Makes a console on the laptop beside the cluster. */
export function createShell(options: ShellOptions): Shell {
  options.cluster.attach(containers);
  options.cluster.attach(ingressNginx);
  for (const kind of ALL_KINDS) options.cluster.attach(kind);
  options.cluster.attach(gatewayController);
  return new Console(options);
}

const OWN: ReadonlyMap<string, Program> = new Map([...Object.entries(BUILTINS), ...NETWORK_PROGRAMS, ["sim", sim]]);

/** What no container holds. */
const OUTSIDE_ONLY = new Set(["kubectl", "k", "sim", "ssh", "jq", "help", "history"]);
const SHELLS = new Set(["sh", "bash", "ash", "dash"]);
const HINT =
  "What is simulated here: kubectl, curl, wget, dig, nslookup, ping, nc, ssh, sim, sleep, grep and other text tools; see `help`.\n";

const LAPTOP: ProgramPlace = { place: { kind: "client", name: "laptop" } };

/** A shell that is open at a place, and who is notified when it is left. */
interface Open {
  readonly at: ProgramPlace;
  readonly session: Session;
  readonly stay?: Stay | undefined;
}

class Console implements Shell {
  readonly files: Map<string, string>;
  readonly history: string[] = [];
  readonly #cluster: Cluster;
  readonly #machines: Machines;
  readonly #laptop: Open;
  #open: Open;
  #namespace = "default";
  readonly #hasEditor: boolean;
  #editing: { readonly draft: Draft; readonly done: (text: string | undefined) => void } | undefined;

  constructor({ cluster, files, editor = false }: ShellOptions) {
    this.#hasEditor = editor;
    this.#cluster = cluster;
    this.files = files ?? new Map();
    this.#machines = new Machines(cluster, this.files);
    this.#laptop = this.#opened(LAPTOP, "bash");
    this.#open = this.#laptop;
  }

  get prompt(): string {
    return this.place.kind === "client" ? "$ " : `${this.place.name} $ `;
  }

  isIncomplete(text: string): boolean {
    return isIncomplete(text);
  }

  get place(): Place {
    return this.#open.at.place;
  }

  get namespace(): string {
    return this.#namespace;
  }

  get draft(): Draft | undefined {
    return this.#editing?.draft;
  }

  answer(text: string | undefined): void {
    const editing = this.#editing;
    this.#editing = undefined;
    editing?.done(text);
  }

  start(line: string, sink: Sink): Process {
    if (line.trim() !== "") this.history.push(line.trimEnd());
    for (const text of this.#laptop.session.endedJobs()) sink.err(text);
    if (!this.#isThere(this.#open.at)) this.#fallBack(sink);
    const open = this.#open;
    const typed = new Typed(sink);
    typed.running = open.session.run(line, sink, (code, left) => {
      if (left && open !== this.#laptop) this.#leave(open, { code, sink, typed });
      else typed.finish(code);
    });
    return typed;
  }

  #isThere({ place }: ProgramPlace): boolean {
    return place.kind !== "pod" || this.#cluster.api.find("pods", place.namespace, place.name) !== undefined;
  }

  /** The pod that one was in is gone, and its shell with it. */
  #fallBack(sink: Sink): void {
    this.#open = this.#laptop;
    sink.err("command terminated with exit code 137\n");
  }

  /** Returns to the laptop; the opener of the session ends it. */
  #leave({ stay }: Open, { code, sink, typed }: { code: number; sink: Sink; typed: Typed }): void {
    this.#open = this.#laptop;
    if (stay === undefined) {
      typed.finish(code);
      return;
    }
    stay.leave(code, {
      cluster: this.#cluster,
      files: this.files,
      stdin: "",
      namespace: this.#namespace,
      at: LAPTOP,
      out: (text) => sink.out(text),
      err: (text) => sink.err(text),
      exit: (status) => typed.finish(status),
      onInterrupt: (stop) => void typed.stops.push(stop),
    });
  }

  #opened(at: ProgramPlace, name: string, stay?: Stay): Open {
    const cwd = this.#machines.home(at);
    const env = environmentOf(this.#cluster, at);
    if (at.place.kind === "client") {
      env.set("HOME", cwd);
      env.set("USER", "learner");
    } else if (!env.has("HOME")) env.set("HOME", "/root");
    const machine = this.#machines.at(at, (name, where) => this.#program(name, where));
    return {
      at,
      session: openSession({ machine, env, cwd, dialect: this.#dialect(name, at), hint: this.#hint(at) }),
      stay,
    };
  }

  #hint({ place }: ProgramPlace): string {
    return place.kind === "pod" ? "" : HINT;
  }

  /** How the shell of a name speaks at a place: bash outside of containers, in them what their images bring. */
  #dialect(name: string, at: ProgramPlace): Dialect {
    if (at.place.kind !== "pod" || name === "bash") return "bash";
    return flavourOf({ cluster: this.#cluster, at }) === "gnu" ? "dash" : "ash";
  }

  #program(name: string, at: ProgramPlace, stay?: Stay): ShProgram | undefined {
    const own = this.#machines.container(at);
    if (own !== undefined) {
      const program = own.program(name);
      return program === undefined || !SHELLS.has(name) ? program : this.#shellAt(name, at, stay);
    }
    if (at.place.kind === "pod" && (OUTSIDE_ONLY.has(name) || imageLacks(this.#imageAt(at), name))) return undefined;
    if (SHELLS.has(name)) return this.#shellAt(name, at, stay);
    if (name === "ssh") return this.#ssh(at);
    if (name === "history") return (_, io) => this.#showHistory(io);
    const around = this.#surroundings(at);
    if (name === "kubectl" || name === "k")
      return adapted((words, io) => runKubectl(words.slice(1), io), around, "kubectl");
    const program = OWN.get(name);
    if (program !== undefined) return adapted(program, around, READING.has(name) ? "always" : "words");
    return PROGRAMS.get(name);
  }

  #showHistory(io: ShIO): number {
    io.out(this.history.map((line, at) => `${String(at + 1).padStart(5)}  ${line}\n`).join(""));
    return 0;
  }

  #imageAt({ place, container }: ProgramPlace): string | undefined {
    if (place.kind !== "pod") return undefined;
    const containers = this.#cluster.api.find("pods", place.namespace, place.name)?.spec?.containers;
    return containers?.find(({ name }) => name === container)?.image;
  }

  /** A shell with a script or with input; without both, on a screen, one that stays open. */
  #shellAt(name: string, at: ProgramPlace, stay?: Stay): ShProgram {
    const program = shellProgram(this.#dialect(name, at));
    return (words, io) => {
      const stays = words.slice(1).every((word) => /^-[il]+$|^--login$/.test(word)) && io.stdin.screen;
      if (!stays) return program(words, io);
      if (io.screen) this.#enter(at, name, stay);
      return 0;
    };
  }

  #enter(at: ProgramPlace, name: string, stay?: Stay): void {
    this.#open = this.#opened(at, name, stay);
    if (stay !== undefined) stay.opened = true;
  }

  /** `ssh NODE [COMMAND]`. */
  #ssh(from: ProgramPlace): ShProgram | undefined {
    if (from.place.kind === "pod") return undefined;
    const console = this;
    return function* (words, io) {
      const [first, ...rest] = words.slice(1);
      const node = (first ?? "").replace(/^.*@/, "");
      const { settings, network } = console.#cluster;
      const machine = settings.nodes.find((each) => each.name === node || each.address === node);
      if (machine === undefined) {
        io.err(
          first === undefined
            ? "usage: ssh NODE [COMMAND]\n"
            : `ssh: Could not resolve hostname ${node}: Name or service not known\n`,
        );
        return 255;
      }
      if (!network.isOn(machine.name)) {
        io.err(`ssh: connect to host ${machine.name} port 22: No route to host\n`);
        return 255;
      }
      const at: ProgramPlace = { place: { kind: "node", name: machine.name } };
      if (rest.length > 0)
        return yield* console.#runOn(at, ["bash", "-c", rest.join(" ")], { streams: io.streams, io });
      if (!io.stdin.screen) return yield* console.#runOn(at, ["bash"], { streams: io.streams, io });
      if (io.screen) console.#enter(at, "bash");
      return 0;
    };
  }

  /** Runs a program at another place. */
  *#runOn(
    at: ProgramPlace,
    words: readonly string[],
    { streams, io, stay }: { streams: ShIO["streams"]; io: ShIO; stay?: Stay | undefined },
  ): Task<number> {
    const env = environmentOf(this.#cluster, at);
    const machine = this.#machines.at(at, (name, where) => this.#program(name, where, stay));
    const dialect = this.#dialect("sh", at);
    return yield* runOn({
      machine,
      words,
      env,
      cwd: this.#machines.home(at),
      streams,
      dialect,
      by: io,
      hint: this.#hint(at),
    });
  }

  #surroundings(at: ProgramPlace): Surroundings {
    const console = this;
    return {
      cluster: this.#cluster,
      at,
      get namespace() {
        return console.#namespace;
      },
      setNamespace: (namespace) => {
        this.#namespace = namespace;
      },
      files: (cwd) => new FilesFrom(this.#machines.texts(at), cwd),
      runAt: (place, argv, given, by) => this.#runAt(place, argv, given, by),
      ...(this.#hasEditor ? { edit: (draft, done) => this.#edit(draft, done) } : {}),
    };
  }

  *#runAt(place: ProgramPlace, argv: readonly string[], given: CommandIO, by: ShIO): Task<number> {
    const screen = by.screen && given.terminal !== false;
    const stdin = given.stdin === "" && by.stdin.screen ? inputOf("", true) : inputOf(given.stdin);
    const streams = streamsOf(stdin, outputTo(given.out, screen), outputTo(given.err, screen));
    return yield* this.#runOn(place, argv, { streams, io: by, stay: given.session });
  }

  #edit(draft: Draft, done: (text: string | undefined) => void): () => void {
    const editing = { draft, done };
    this.#editing = editing;
    return () => {
      if (this.#editing === editing) this.#editing = undefined;
    };
  }
}

/** A line that was typed. */
class Typed implements Process {
  exitCode: number | undefined;
  running: { stop(exitCode: number): void } | undefined;
  readonly stops: Array<() => void> = [];
  readonly #sink: Sink;

  constructor(sink: Sink) {
    this.#sink = sink;
  }

  get done(): boolean {
    return this.exitCode !== undefined;
  }

  finish(code: number): void {
    this.exitCode ??= code;
  }

  interrupt(): void {
    if (this.done) return;
    this.#sink.err("^C\n");
    this.running?.stop(130);
    for (const stop of this.stops.splice(0)) stop();
    this.finish(130);
  }
}
