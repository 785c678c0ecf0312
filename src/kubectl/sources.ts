// Objects from files and standard input: `-f`, read as kubectl's resource builder reads them.
import { parseManifest } from "../manifest/index.ts";
import { CommandError } from "./command-error.ts";
import { type SourceObject, SourceReader } from "./documents.ts";
import type { Flag, ParsedArgs } from "./flags.ts";
import { type CommandIO, fileName } from "./io.ts";

/** What was read, and what ended the reading of each source that was not read to its end. */
export interface SourceObjects {
  readonly objects: readonly SourceObject[];
  readonly errors: readonly ReadingError[];
}

/** A mistake in a file; what comes behind it is read nevertheless, unless the text itself is broken. */
export class ReadingError extends CommandError {
  /** How many objects were read before it. */
  readonly before: number;

  constructor(message: string, before: number) {
    super(message);
    this.before = before;
  }
}

export const FILE_FLAGS: readonly Flag[] = [
  { name: "filename", short: "f", type: "list", help: "The files that contain the configurations." },
  { name: "kustomize", short: "k", type: "string", help: "Not simulated; rejected with a message." },
  { name: "recursive", short: "R", type: "bool", help: "Take the folders below a folder behind -f too." },
];

/** Whether objects come from files. */
export function hasFiles(args: ParsedArgs): boolean {
  return args.list("filename").length > 0 || args.string("kustomize") !== "";
}

/** Whether `--local` was typed: objects are taken from files, and no server is asked. */
export function isLocal(args: ParsedArgs): boolean {
  return args.knows("local") && args.bool("local");
}

/** Reads every object of the files named by `-f`. @throws CommandError for a file that is not there. */
// Models kubernetes/staging/src/k8s.io/cli-runtime/pkg/resource Builder.FilenameParam, StreamVisitor, FlattenListVisitor
export function readSources(args: ParsedArgs, io: CommandIO): SourceObjects {
  if (args.string("kustomize") !== "")
    throw new CommandError("kustomize is not simulated here: give the finished manifests with -f");
  const objects: SourceObject[] = [];
  const errors: ReadingError[] = [];
  const reader = new SourceReader({
    kinds: io.cluster.api.kinds,
    namespace: io.namespace,
    enforced: args.changed("namespace"),
    validate: !args.knows("validate") || !/^(?:false|ignore)$/.test(args.string("validate")),
    placeless: isLocal(args),
  });
  for (const { source, text } of args.list("filename").flatMap((name) => textsOf(name, args.bool("recursive"), io))) {
    const note = (run: () => void): boolean => {
      try {
        run();
        return true;
      } catch (error) {
        if (!(error instanceof CommandError)) throw error;
        errors.push(new ReadingError(error.message, objects.length));
        return false;
      }
    };
    for (const document of parseManifest(text)) {
      if (!note(() => reader.check(document, source))) break;
      for (const item of reader.items(document, source)) note(() => objects.push(item.read()));
    }
  }
  return { objects, errors };
}

function textsOf(name: string, recursive: boolean, io: CommandIO): Array<{ source: string; text: string }> {
  if (name === "-") return [{ source: "STDIN", text: io.stdin }];
  if (/^https?:\/\//.test(name))
    throw new CommandError(
      `unable to read URL ${JSON.stringify(name)}: nothing outside this page is asked; paste the manifest instead`,
    );
  const path = fileName(name);
  const text = io.files.get(path);
  if (text !== undefined) return [{ source: name, text }];
  const folder = path === "" || path === "." ? "" : `${path.replace(/\/$/, "")}/`;
  const inside = [...io.files.keys()].filter((each) => isManifestIn(folder, each, recursive)).sort();
  if (inside.length === 0) throw new CommandError(`the path ${JSON.stringify(name)} does not exist`);
  return inside.map((each) => ({ source: each, text: io.files.get(each) ?? "" }));
}

function isManifestIn(folder: string, file: string, recursive: boolean): boolean {
  const isBelow = file.startsWith(folder) && (recursive || !file.slice(folder.length).includes("/"));
  return isBelow && /\.(?:ya?ml|json)$/.test(file);
}
