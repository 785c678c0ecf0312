// Programs that ask over the network, for the processes of containers.
import { Cluster } from "../cluster/index.ts";
import { createContainers, type Tools } from "../runtime/index.ts";
import { FileError, type FileSystem, type FileTexts } from "../sh/index.ts";
import { adapted, type Surroundings } from "./adapt.ts";
import { FilesFrom } from "./files.ts";
import type { Program } from "./program.ts";
import { curl } from "./programs/curl.ts";
import { dig } from "./programs/dig.ts";
import { SMALL_NETWORK_PROGRAMS } from "./programs/network.ts";
import { nslookup } from "./programs/nslookup.ts";
import { wget } from "./programs/wget.ts";

/** Programs that ask over the network. */
export const NETWORK_PROGRAMS: ReadonlyMap<string, Program> = new Map(
  Object.entries({ ...SMALL_NETWORK_PROGRAMS, curl, dig, nslookup, wget }),
);
/** Network programs that read their input. */
export const READING = new Set(["nc", "telnet"]);

const tools: Tools = ({ cluster }, { namespace, name: pod, container }) => {
  if (!(cluster instanceof Cluster)) throw new Error("tools: a container of no cluster");
  const texts = () => textsIn(() => cluster.cell(namespace, pod, container)?.machine().files);
  const surroundings: Surroundings = {
    cluster,
    at: { place: { kind: "pod", namespace, name: pod }, container },
    namespace,
    files: (cwd) => new FilesFrom(texts(), cwd),
    runAt: nowhere,
  };
  return (name) => {
    const program = NETWORK_PROGRAMS.get(name);
    return program === undefined ? undefined : adapted(program, surroundings, READING.has(name) ? "always" : "words");
  };
};

/** Runs what is in containers, with all programs that the console has. */
export const containers = createContainers(tools);

/** Programs of containers run nothing on other machines. */
function* nowhere(..._asked: readonly unknown[]): ReturnType<Surroundings["runAt"]> {
  yield (resume) => {
    resume();
    return undefined;
  };
  return 127;
}

/** A file system's texts by their paths. */
export function textsIn(find: () => FileSystem | undefined): FileTexts {
  const attempt = <T>(run: (files: FileSystem) => T): T | undefined => {
    const files = find();
    try {
      return files === undefined ? undefined : run(files);
    } catch (error) {
      if (error instanceof FileError) return undefined;
      throw error;
    }
  };
  return {
    get: (path) => attempt((files) => (files.stat(path)?.kind === "file" ? files.read(path) : undefined)),
    set: (path, text) => void attempt((files) => files.write(path, text)),
    delete: (path) => void attempt((files) => files.remove(path)),
    has: (path) => attempt((files) => files.stat(path)?.kind === "file") === true,
    keys: () => [],
  };
}
