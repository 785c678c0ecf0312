// A container as a machine of the sh language: files, processes, user, time, and the programs that its image holds.
import {
  BUILTINS,
  type FileSystem,
  type Machine,
  MemoryFiles,
  PROGRAMS,
  ProcessTable,
  type Program,
  shellProgram,
  Turns,
  type User,
} from "../sh/index.ts";
import type { Box } from "./box.ts";
import { hostsFile, resolvConf } from "./etc.ts";
import { expandVariables } from "./expand.ts";
import { holds, isEntrypoint, isStrange, toolKind } from "./images/contents.ts";
import { imageFiles } from "./images/files.ts";
import { knownImage } from "./images/table.ts";
import { type Mount, Mounts } from "./mounts.ts";
import { ownProgram } from "./programs/index.ts";

/** Programs that stand for a shell. */
const SHELLS = new Set(["sh", "bash", "ash", "dash"]);
/** Where anyone may write. */
const OPEN_PLACES = /^\/(?:tmp|var\/tmp|dev\/shm|home)(?:\/|$)/;

/** Where unknown images keep their program, as Dockerfiles have it; their contents are unknown. */
const PROGRAM_PLACES = ["/app", "/code", "/src", "/usr/src/app", "/workspace", "/data", "/config"];

/** One run of a container. */
export class ContainerMachine implements Machine {
  readonly files: FileSystem;
  readonly turns = new Turns();
  readonly processes = new ProcessTable(1);
  readonly hostname: string;
  readonly user: User;
  readonly tools: "gnu" | "busybox";
  /** Counts changes of files. */
  version = 0;
  /** Set once a program made files that a plain server shows. */
  readonly cell: Box;
  readonly #tool: (name: string) => Program | undefined;

  constructor(cell: Box) {
    this.cell = cell;
    const { slot, worlds } = cell;
    const { host } = worlds;
    const pod = slot.pod();
    const { hostname, pod: self } = slot.surroundings();
    const image = slot.spec.image ?? "";
    this.hostname = hostname;
    this.tools = toolKind(image);
    this.user = userOf(cell);
    this.#tool = worlds.tools(host, { namespace: self.namespace, name: self.name, container: slot.spec.name });
    const texts = imageFiles(image);
    texts.set("/etc/hostname", `${hostname}\n`);
    texts.set("/etc/hosts", hostsFile(pod, hostname, self.address));
    texts.set("/etc/resolv.conf", resolvConf(pod, host.settings()));
    const places = isStrange(image) ? PROGRAM_PLACES : [];
    const layer = new MemoryFiles(texts, {
      now: () => this.date(),
      directories: [
        "/tmp",
        "/var/tmp",
        "/var/log",
        "/root",
        "/home",
        "/mnt",
        "/opt",
        "/srv",
        "/usr/bin",
        "/usr/local/bin",
        "/bin",
        "/dev/shm",
        "/proc",
        "/sys",
        ...places,
        ...(slot.spec.workingDir === undefined ? [] : [slot.spec.workingDir]),
      ],
    });
    const isReadOnly = slot.spec.securityContext?.readOnlyRootFilesystem === true;
    const mayWrite = (path: string) =>
      this.user.id === 0 || OPEN_PLACES.test(path) || path.startsWith(`${slot.spec.workingDir ?? "/none"}/`);
    const changed = () => {
      this.version++;
      worlds.worldOf(slot.pod()).changed();
    };
    const root: readonly Mount[] = isReadOnly ? [{ path: "/", files: layer, from: "/", readOnly: true }] : [];
    this.files = new Mounts(layer, [...mountsOf(cell), ...root], { mayWrite, changed });
    // A server that the kubelet runs is the first process.
    if (slot.spec.command === undefined && knownImage(image)?.entry !== "shell")
      this.processes.add({
        parent: 0,
        text: knownImage(image)?.programs[0] ?? "server",
        startedAt: this.now(),
        signal: () => undefined,
      });
  }

  now(): number {
    return this.cell.worlds.host.clock.now;
  }

  date(): number {
    const { host } = this.cell.worlds;
    return host.settings().epoch + host.clock.now;
  }

  later(ms: number, run: () => void): () => void {
    return this.cell.slot.later(ms, run);
  }

  random(): number {
    return this.cell.worlds.host.rng.int(32_768);
  }

  program(name: string): Program | undefined {
    const image = this.cell.slot.spec.image ?? "";
    if (!holds(image, name)) return undefined;
    if (SHELLS.has(name)) return shellProgram(name === "bash" ? "bash" : this.tools === "busybox" ? "ash" : "dash");
    return (
      ownProgram(this.cell, name) ??
      PROGRAMS.get(name) ??
      this.#tool(name) ??
      (BUILTINS.has(name) ? (words, io) => io.run(words) : undefined) ??
      (isStrange(image) || knownImage(image)?.programs.includes(name) ? ownProgram(this.cell, name, true) : undefined)
    );
  }

  /** Entrypoints and tools at places of the image's own, such as /opt/kafka/bin. Spec: [WORLD-7]. */
  programAt(path: string): Program | undefined {
    const image = this.cell.slot.spec.image ?? "";
    const base = path.replace(/^.*\//, "");
    const isOwn = isStrange(image) || isEntrypoint(base) || knownImage(image)?.programs.includes(base) === true;
    return isOwn ? this.program(base) : undefined;
  }

  /** Whether a command can be started: a program of the image, or a file that may be run. */
  canStart(name: string): boolean {
    const base = name.replace(/^\/(?:usr\/)?(?:local\/)?s?bin\//, "");
    if (!base.includes("/") && this.program(base) !== undefined) return true;
    if (!name.includes("/")) return false;
    const found = this.files.stat(name);
    if (found?.kind === "file") return (found.mode & 0o111) !== 0;
    return isStrange(this.cell.slot.spec.image ?? "") || this.programAt(name) !== undefined;
  }

  /** This machine for one command, and whether that looked at the time or at the network. */
  watched(): { readonly seen: Machine; restless(): boolean } {
    let restless = false;
    const mark =
      <A extends unknown[], R>(run: (...args: A) => R) =>
      (...args: A) => {
        restless = true;
        return run(...args);
      };
    const { files, turns, processes, hostname, user, tools } = this;
    const seen: Machine = {
      files,
      turns,
      processes,
      hostname,
      user,
      tools,
      now: () => this.now(),
      date: mark(() => this.date()),
      later: mark((ms, run) => this.later(ms, run)),
      random: mark(() => this.random()),
      program: (name) => {
        if (!PROGRAMS.has(name) && !SHELLS.has(name)) restless = true;
        return this.program(name);
      },
      programAt: (path) => {
        restless = true;
        return this.programAt(path);
      },
    };
    return { seen, restless: () => restless };
  }
}

/** The user that the container's programs run as. */
function userOf({ slot }: Box): User {
  const { securityContext } = slot.pod().spec ?? {};
  const image = knownImage(slot.spec.image);
  const id = slot.spec.securityContext?.runAsUser ?? securityContext?.runAsUser ?? image?.user ?? 0;
  const groupId = slot.spec.securityContext?.runAsGroup ?? securityContext?.runAsGroup ?? 0;
  return { id, groupId, name: id === 0 ? "root" : String(id), group: groupId === 0 ? "root" : String(groupId) };
}

/** The volumes of a container at their places. */
function mountsOf({ slot, worlds }: Box): Mount[] {
  const world = worlds.worldOf(slot.pod());
  return (slot.spec.volumeMounts ?? []).flatMap((mount): Mount[] => {
    const volume = world.volume(mount.name);
    if (volume === undefined) return [];
    const sub = mount.subPath ?? expandVariables(mount.subPathExpr ?? "", slot.env());
    const from = sub === "" ? "/" : `/${sub.replace(/^\/+|\/+$/g, "")}`;
    if (from !== "/" && !volume.readOnly && volume.files.stat(from) === undefined) makeDirectory(volume.files, from);
    const kept = from !== "/" && volume.readOnly ? copyOf(volume.files, from) : undefined;
    if (kept !== undefined) return [{ path: mount.mountPath, files: kept, from, readOnly: true }];
    const path = mount.mountPath.replace(/\/+$/, "") || "/";
    return [{ path, files: volume.files, from, readOnly: volume.readOnly || mount.readOnly === true }];
  });
}

/** A single file as it is now: a mounted part of a volume does not follow its source. Spec: [WORLD-2]. */
function copyOf(files: FileSystem, path: string): FileSystem | undefined {
  const found = files.stat(path);
  if (found?.kind !== "file") return undefined;
  const copy = new MemoryFiles(new Map([[path, files.read(path)]]));
  copy.chmod(path, found.mode);
  return copy;
}

function makeDirectory(files: FileSystem, path: string): void {
  const parts = path.split("/").filter((part) => part !== "");
  for (let count = 1; count <= parts.length; count++) {
    const each = `/${parts.slice(0, count).join("/")}`;
    if (files.stat(each) === undefined) files.mkdir(each);
  }
}
