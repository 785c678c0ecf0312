// The console: takes lines, runs programs, keeps variables, history and where one is logged in.
import type { Cluster, Place } from "../cluster/index.ts";
import { ingressNginx } from "../ingress/index.ts";
import { imageLacks, type ProgramPlace, type ProgramRunner, runKubectl, type Session } from "../kubectl/index.ts";
import { type Host, runScript } from "./interpret.ts";
import { COMMAND_MS, Jobs, type Process, Run, type Sink } from "./jobs.ts";
import { isIncomplete } from "./parse.ts";
import type { Program, ProgramIO } from "./program.ts";
import { BUILTINS } from "./programs/builtins.ts";
import { curl } from "./programs/curl.ts";
import { dig } from "./programs/dig.ts";
import { jq } from "./programs/jq.ts";
import { environmentOf, resolvConf, SMALL_NETWORK_PROGRAMS } from "./programs/network.ts";
import { nslookup } from "./programs/nslookup.ts";
import { awk, sed } from "./programs/sed.ts";
import { sim } from "./programs/sim.ts";
import { TEXT_PROGRAMS } from "./programs/text.ts";
import { wget } from "./programs/wget.ts";
import type { Streams } from "./streams.ts";

/** A console on a cluster. */
export interface Shell {
  /** Starts a line (or several, with here-documents). It runs at once as far as it can; the rest happens as the cluster's clock goes on. */
  start(line: string, sink: Sink): Process;
  /** What stands before the cursor: `$ ` on the laptop, the node's name in a session there. */
  readonly prompt: string;
  /** Where the prompt is: the laptop, a node, a container. */
  readonly place: Place;
  /** The namespace of the context. */
  readonly namespace: string;
  /** Whether more lines are needed before this text can be started: an open quote, a here-document, a loop. */
  isIncomplete(text: string): boolean;
  readonly history: readonly string[];
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
  /** Files that `-f`, `cat` and redirections see; shared with whoever made them. */
  readonly files?: Map<string, string>;
  /** Whether somebody answers drafts: a page with an editor. */
  readonly editor?: boolean;
}

/** Makes a console on the laptop beside the cluster. */
export function createShell(options: ShellOptions): Shell {
  options.cluster.attach(ingressNginx);
  return new Console(options);
}

const NETWORK_PROGRAMS: Readonly<Record<string, Program>> = {
  awk,
  curl,
  dig,
  jq,
  nslookup,
  sed,
  sim,
  wget,
  ...SMALL_NETWORK_PROGRAMS,
};

/** What no container holds. */
const OUTSIDE_ONLY = new Set(["kubectl", "k", "sim", "ssh", "jq", "help", "history"]);

const LAPTOP: ProgramPlace = { place: { kind: "client", name: "laptop" } };

class Console implements Shell {
  readonly files: Map<string, string>;
  readonly history: string[] = [];
  readonly #cluster: Cluster;
  readonly #variables = new Map<string, string>([
    ["HOME", "/home/learner"],
    ["USER", "learner"],
  ]);
  #at: ProgramPlace = LAPTOP;
  /** The session that the prompt is in, when something is to happen at its end. */
  #session: Session | undefined;
  #namespace = "default";
  readonly #jobs = new Jobs();
  readonly #hasEditor: boolean;
  #editing: { readonly draft: Draft; readonly done: (text: string | undefined) => void } | undefined;

  constructor({ cluster, files, editor = false }: ShellOptions) {
    this.#hasEditor = editor;
    this.#cluster = cluster;
    this.files = files ?? new Map();
  }

  get prompt(): string {
    return this.#at.place.kind === "client" ? "$ " : `${this.#at.place.name} $ `;
  }

  isIncomplete(text: string): boolean {
    return isIncomplete(text);
  }

  get place(): Place {
    return this.#at.place;
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
    this.#jobs.tellEnded(sink);
    if (!this.#isThere(this.#at)) this.#fallBack(sink);
    const run = new Run(sink);
    const host = this.#host(run, this.#at, this.#variables);
    const streams = { stdin: "", out: sink.out.bind(sink), err: sink.err.bind(sink), screen: true };
    runScript(line, host, streams, (code) => run.finish(code));
    return run;
  }

  #isThere({ place }: ProgramPlace): boolean {
    return place.kind !== "pod" || this.#cluster.api.find("pods", place.namespace, place.name) !== undefined;
  }

  /** The pod that one was in is gone, and its shell with it. */
  #fallBack(sink: Sink): void {
    this.#at = LAPTOP;
    this.#session = undefined;
    sink.err("command terminated with exit code 137\n");
  }

  #host(run: Run, at: ProgramPlace, variables: Map<string, string>): Host {
    return {
      files: this.files,
      variables,
      get interrupted() {
        return run.interrupted;
      },
      now: () => this.#cluster.clock.now,
      background: (text, streams, start) =>
        this.#jobs.start(text, streams, (job, done) => start(this.#host(job, at, variables), done)),
      run: (words, streams, done) => this.#run({ words, streams, at, run, variables }, done),
    };
  }

  /** Starts a program, at once or when its turn comes. */
  #run(launch: Launch, done: (code: number) => void): void {
    const { clock } = this.#cluster;
    const { run } = launch;
    const mayStart = run.mayStart(clock.now);
    if (run.interrupted) done(130);
    else if (mayStart) this.#start(launch, done);
    else clock.schedule(COMMAND_MS, () => this.#run(launch, done));
  }

  #start(launch: Launch, done: (code: number) => void): void {
    const io = this.#io(launch, done);
    const { words, streams, at } = launch;
    const name = words[0] ?? "";
    if (this.#own(words, io) || this.#elsewhere(words, launch, io)) return;
    const program = this.#program(name, at);
    if (program === undefined) {
      io.err(at.place.kind === "pod" ? `sh: ${name}: not found\n` : `bash: ${name}: command not found\n`);
      if (at.place.kind !== "pod" && streams.screen)
        io.err(
          "What is simulated here: kubectl, curl, wget, dig, nslookup, ping, nc, ssh, sim, sleep, grep and other text tools; see `help`.\n",
        );
      io.exit(127);
      return;
    }
    program(words, io);
  }

  #program(name: string, at: ProgramPlace): Program | undefined {
    if (at.place.kind === "pod" && (OUTSIDE_ONLY.has(name) || imageLacks(this.#imageAt(at), name))) return undefined;
    if (name === "kubectl" || name === "k") return (words, io) => runKubectl(words.slice(1), io);
    return BUILTINS[name] ?? TEXT_PROGRAMS[name] ?? NETWORK_PROGRAMS[name];
  }

  /** What changes the console itself. */
  #own(words: readonly string[], io: ProgramIO): boolean {
    const [name, ...rest] = words;
    if (name === "history") {
      io.out(this.history.map((line, at) => `${String(at + 1).padStart(5)}  ${line}\n`).join(""));
      io.exit(0);
      return true;
    }
    if (name === "export" || name === "unset") {
      for (const word of rest) {
        const [variable = "", value] = word.split("=", 2);
        if (name === "unset") this.#variables.delete(variable);
        else if (value !== undefined) this.#variables.set(variable, value);
      }
      io.exit(0);
      return true;
    }
    if (io.at.place.kind !== "pod" && this.#jobs.command(words, io, this.#cluster)) return true;
    if (name !== "exit" && name !== "logout") return false;
    this.#leave(Number(rest[0] ?? 0), io);
    return true;
  }

  /** Goes back to the laptop; whoever opened the session ends it. */
  #leave(code: number, io: ProgramIO): void {
    const session = this.#session;
    this.#at = LAPTOP;
    this.#session = undefined;
    if (session === undefined) io.exit(code);
    else session.leave(code, { ...io, at: LAPTOP });
  }

  #imageAt({ place, container }: ProgramPlace): string | undefined {
    if (place.kind !== "pod") return undefined;
    const containers = this.#cluster.api.find("pods", place.namespace, place.name)?.spec?.containers;
    return containers?.find(({ name }) => name === container)?.image;
  }

  /** `sh -c TEXT`, `sh` and `ssh NODE [COMMAND]`: a script at a place, or a session there. */
  #elsewhere(words: readonly string[], launch: Launch, io: ProgramIO): boolean {
    const [name, first, ...rest] = words;
    if (name === "sh" || name === "bash" || name === "ash" || name === "/bin/sh" || name === "/bin/bash") {
      if (imageLacks(this.#imageAt(launch.at), name)) return false;
      if (first === "-c") this.#script(rest[0] ?? "", launch.at, launch, io);
      else if (io.stdin !== "") this.#script(io.stdin, launch.at, launch, io);
      else this.#enter(launch.at, io, launch.session);
      return true;
    }
    if (name === "timeout") {
      this.#limited(words, launch, io);
      return true;
    }
    if (name === "cat" && first === "/etc/resolv.conf") {
      const text = resolvConf(this.#cluster, launch.at);
      if (text === undefined) return false;
      io.out(text);
      io.exit(0);
      return true;
    }
    if (name !== "ssh" || launch.at.place.kind === "pod") return false;
    const node = (first ?? "").replace(/^.*@/, "");
    const machine = this.#cluster.settings.nodes.find((each) => each.name === node || each.address === node);
    if (machine === undefined) {
      io.err(
        first === undefined
          ? "usage: ssh NODE [COMMAND]\n"
          : `ssh: Could not resolve hostname ${node}: Name or service not known\n`,
      );
      io.exit(255);
      return true;
    }
    if (!this.#cluster.network.isOn(machine.name)) {
      io.err(`ssh: connect to host ${machine.name} port 22: No route to host\n`);
      io.exit(255);
      return true;
    }
    const at: ProgramPlace = { place: { kind: "node", name: machine.name } };
    if (rest.length === 0) this.#enter(at, io);
    else this.#script(rest.join(" "), at, launch, io);
    return true;
  }

  /** `timeout SECONDS COMMAND`: ends the command with status 124 when its time is over. */
  #limited(words: readonly string[], launch: Launch, io: ProgramIO): void {
    const [limit = "", ...command] = words.slice(1).filter((word, at) => at > 0 || !word.startsWith("-"));
    const match = /^(\d+(?:\.\d+)?)([smh]?)$/.exec(limit);
    if (match === null || command.length === 0) {
      io.err("usage: timeout SECONDS COMMAND [ARG]...\n");
      io.exit(125);
      return;
    }
    const unit = { "": 1_000, s: 1_000, m: 60_000, h: 3_600_000 }[match[2] ?? ""] ?? 1_000;
    const inner = new Run(launch.streams);
    const timer = this.#cluster.clock.schedule(Number(match[1]) * unit, () => {
      inner.stop(124);
      io.exit(124);
    });
    inner.whenDone = (code) => {
      timer.cancel();
      io.exit(code);
    };
    launch.run.onInterrupt(() => inner.stop(130));
    this.#run({ ...launch, words: command, run: inner }, (code) => inner.finish(code));
  }

  #enter(at: ProgramPlace, io: ProgramIO, session?: Session): void {
    if (io.screen) {
      this.#at = at;
      this.#session = session;
      if (session !== undefined) session.opened = true;
    }
    io.exit(0);
  }

  #edit(draft: Draft, run: Run, done: (text: string | undefined) => void): void {
    const editing = { draft, done };
    this.#editing = editing;
    run.onInterrupt(() => {
      if (this.#editing === editing) this.#editing = undefined;
    });
  }

  #script(text: string, at: ProgramPlace, { run, streams }: Launch, io: ProgramIO): void {
    const host = this.#host(run, at, environmentOf(this.#cluster, at));
    runScript(text, host, { ...streams, stdin: io.stdin }, (code) => io.exit(code));
  }

  #io({ streams, at, run, variables }: Launch, done: (code: number) => void): ProgramIO {
    let ended = false;
    const runProgram: ProgramRunner = (place, argv, io) =>
      this.#run(
        {
          words: argv,
          streams: { stdin: io.stdin, out: io.out, err: io.err, screen: streams.screen },
          at: place,
          run,
          variables: environmentOf(this.#cluster, place),
          session: io.session,
        },
        io.exit,
      );
    return {
      cluster: this.#cluster,
      files: this.files,
      stdin: streams.stdin,
      namespace: this.#namespace,
      at,
      screen: streams.screen,
      env: variables,
      out: streams.out,
      err: streams.err,
      exit: (code) => {
        if (ended) return;
        ended = true;
        done(code);
      },
      onInterrupt: (stop) => run.onInterrupt(stop),
      runProgram,
      ...(this.#hasEditor ? { edit: (draft, answered) => this.#edit(draft, run, answered) } : {}),
      setNamespace: (namespace) => {
        this.#namespace = namespace;
      },
    };
  }
}

interface Launch {
  readonly words: readonly string[];
  readonly streams: Streams;
  readonly at: ProgramPlace;
  readonly run: Run;
  readonly variables: Map<string, string>;
  readonly session?: Session | undefined;
}
