// The machines that the console reaches: the laptop, nodes, containers; each with files and programs of its own.
import type { Cluster } from "../cluster/index.ts";
import type { ProgramPlace } from "../kubectl/index.ts";
import { type FileTexts, type Machine, MemoryFiles, ProcessTable, type Program, Turns } from "../sh/index.ts";
import { HOME, textsOf } from "./files.ts";
import { resolvConf } from "./programs/network.ts";
import { flavourOf } from "./programs/places.ts";
import { textsIn } from "./tools.ts";

/** Number of the first process on the laptop and on nodes, where many run already. */
const FIRST_PROCESS = 4_201;

/** Finds a program at a place. */
export type Lookup = (name: string, at: ProgramPlace) => Program | undefined;

interface Known {
  readonly texts: FileTexts;
  readonly files: MemoryFiles;
  readonly processes: ProcessTable;
}

/** All machines of one console. */
export class Machines {
  readonly #cluster: Cluster;
  readonly #laptop: FileTexts;
  readonly #known = new Map<string, Known>();
  readonly #turns = new Turns();

  /** @param files - the laptop's, by their names in its home directory. */
  constructor(cluster: Cluster, files: Map<string, string>) {
    this.#cluster = cluster;
    this.#laptop = textsOf(files);
  }

  /** The machine of a place, with the programs that `lookup` finds there. */
  at(at: ProgramPlace, lookup: Lookup): Machine {
    const own = this.container(at);
    if (own !== undefined) {
      const { files, processes, turns, hostname, user, tools } = own;
      const { now, date, later } = this.#time();
      const program: Machine["program"] = (name) => lookup(name, at);
      const programAt: Machine["programAt"] = (path) =>
        own.programAt?.(path) === undefined ? undefined : program(path.replace(/^.*\//, ""));
      return { files, processes, turns, hostname, user, tools, now, date, later, program, programAt };
    }
    const { files, processes } = this.#of(at);
    const user = this.#user(at);
    return {
      files,
      processes,
      turns: this.#turns,
      hostname: at.place.name,
      user,
      tools: flavourOf({ cluster: this.#cluster, at }) === "gnu" ? "gnu" : "busybox",
      ...this.#time(),
      program: (name) => lookup(name, at),
    };
  }

  #time(): Pick<Machine, "now" | "date" | "later"> {
    const { clock, settings } = this.#cluster;
    return {
      now: () => clock.now,
      date: () => settings.epoch + clock.now,
      later: (ms, run) => {
        const timer = clock.schedule(ms, run);
        return () => timer.cancel();
      },
    };
  }

  /** The machine of a container that a runtime runs. */
  container({ place, container }: ProgramPlace): Machine | undefined {
    return place.kind === "pod" ? this.#cluster.cell(place.namespace, place.name, container)?.machine() : undefined;
  }

  /** The files of a place by their absolute paths. */
  texts(at: ProgramPlace): FileTexts {
    if (this.container(at) !== undefined) return textsIn(() => this.container(at)?.files);
    return this.#of(at).texts;
  }

  /** Where a shell begins at a place. */
  home({ place, container }: ProgramPlace): string {
    if (place.kind === "pod") {
      const { containers = [] } = this.#cluster.api.find("pods", place.namespace, place.name)?.spec ?? {};
      return (containers.find(({ name }) => name === container) ?? containers[0])?.workingDir ?? "/";
    }
    return place.kind === "client" ? HOME : place.kind === "node" ? "/root" : "/";
  }

  #user({ place }: ProgramPlace): Machine["user"] {
    if (place.kind === "client") return { name: "learner", id: 1000, group: "learner", groupId: 1000 };
    return { name: "root", id: 0, group: "root", groupId: 0 };
  }

  #of(at: ProgramPlace): Known {
    const key = this.#key(at);
    const before = this.#known.get(key);
    if (before !== undefined) return before;
    const { settings, clock } = this.#cluster;
    const outside = at.place.kind !== "pod";
    const texts = at.place.kind === "client" ? this.#laptop : this.#withResolver(new Map(), at);
    const known: Known = {
      texts,
      files: new MemoryFiles(texts, {
        owner: this.#user(at).name,
        now: () => settings.epoch + clock.now,
        directories: ["/tmp", "/etc", this.home(at)],
      }),
      processes: new ProcessTable(outside ? FIRST_PROCESS : 7),
    };
    this.#known.set(key, known);
    return known;
  }

  #key({ place, container = "" }: ProgramPlace): string {
    if (place.kind !== "pod") return `${place.kind}/${place.name}`;
    const uid = this.#cluster.api.find("pods", place.namespace, place.name)?.metadata.uid ?? "";
    return `pod/${uid}/${container}`;
  }

  /** A container's files, /etc/resolv.conf among them. */
  #withResolver(texts: Map<string, string>, at: ProgramPlace): FileTexts {
    const written = () => resolvConf(this.#cluster, at);
    const own = (path: string) => path === "/etc/resolv.conf" && written() !== undefined;
    return {
      get: (path) => texts.get(path) ?? (own(path) ? written() : undefined),
      set: (path, text) => void texts.set(path, text),
      delete: (path) => void texts.delete(path),
      has: (path) => texts.has(path) || own(path),
      keys: () => (own("/etc/resolv.conf") ? new Set(["/etc/resolv.conf", ...texts.keys()]) : texts.keys()),
    };
  }
}
