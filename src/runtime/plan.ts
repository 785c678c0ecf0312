// What a container's main process is: a server, words to run, or an unknown program.
import { own, type Slot } from "../cluster/index.ts";
import { expandVariables } from "./expand.ts";
import { holds, isStrange } from "./images/contents.ts";
import { type KnownImage, knownImage } from "./images/table.ts";
import { isServer } from "./programs/servers.ts";

/** How a container's run begins. */
export type Plan =
  /** A server that the kubelet's programs know. */
  | { readonly kind: "server" }
  | { readonly kind: "run"; readonly words: readonly string[] }
  /** An unknown program, where it has to end. */
  | { readonly kind: "ends"; readonly afterMs: number }
  /** Someone types into it. */
  | { readonly kind: "waits" }
  | { readonly kind: "missing"; readonly name: string };

/** The plan for a container's next run; `programTime` is how long strange programs take. Spec: [WORLD-1] [WORLD-8]. */
export function planOf(slot: Slot, programTime: number): Plan {
  const { spec } = slot;
  const reference = spec.image ?? "";
  const image = knownImage(reference);
  const env = slot.env();
  const expand = (words: readonly string[]) => words.map((word) => expandVariables(word, env));
  const args = expand(spec.args ?? []);
  const typed = spec.stdin === true && (spec.command !== undefined || image?.entry === "shell");
  if (typed) return { kind: "waits" };
  if (spec.command !== undefined && spec.command.length > 0)
    return run([...expand(spec.command), ...args], { slot, image, programTime });
  if (image?.answers === "ends") return { kind: "ends", afterMs: 0 };
  if (image?.entry === "shell") {
    if (args.length === 0) return { kind: "ends", afterMs: 0 };
    const [first = ""] = args;
    const isCommand = holds(reference, first.replace(/^.*\//, ""));
    const own = image.programs[0];
    return run(!isCommand && own !== undefined ? [own, ...args] : args, { slot, image, programTime });
  }
  const [first] = args;
  const runsArgs = first !== undefined && !first.startsWith("-") && image?.entry !== "bin";
  if (runsArgs && image !== undefined && holds(reference, first)) return run(args, { slot, image, programTime });
  return mustEnd(slot) && (image === undefined || image.answers === "greeting")
    ? { kind: "ends", afterMs: programTime }
    : { kind: "server" };
}

/** Whether a program has to end for the pod to continue: an init container's, a Job's. */
function mustEnd({ role, pod }: Slot): boolean {
  return role === "init" || (role === "main" && (pod().spec?.restartPolicy ?? "Always") !== "Always");
}

interface Around {
  readonly slot: Slot;
  readonly image: KnownImage | undefined;
  readonly programTime: number;
}

/** Programs that strange images surely have as everyone knows them. */
const PLAIN = new Set(
  "sh bash ash dash sleep echo printf cat true false test env printenv ls cp mv rm mkdir touch chmod chown tail head date id hostname until nc wget curl nslookup dig getent grep sed awk timeout tee find".split(
    " ",
  ),
);

function run(words: readonly string[], { slot, programTime }: Around): Plan {
  const [name = ""] = words;
  const base = name.replace(/^.*\//, "");
  const reference = slot.spec.image ?? "";
  if (isStrange(reference) && !PLAIN.has(base) && !isServer(base)) {
    return mustEnd(slot) ? { kind: "ends", afterMs: programTime } : { kind: "server" };
  }
  const atPlace = /^(?:\/(?:usr\/)?(?:local\/)?s?bin\/)?[^/]+$/.test(name);
  if (atPlace && !holds(reference, base) && !isMounted(name, slot)) return { kind: "missing", name };
  if (isPlainServer(base, words, slot)) return { kind: "server" };
  return { kind: "run", words };
}

/** Whether a volume brings a program: a script in a ConfigMap. */
function isMounted(name: string, { spec }: Slot): boolean {
  return (spec.volumeMounts ?? []).some(({ mountPath }) => name === mountPath || name.startsWith(`${mountPath}/`));
}

/** A server by itself, not in a script, is the kubelet's: faults can change where it listens. */
function isPlainServer(base: string, words: readonly string[], { spec }: Slot): boolean {
  if (!isServer(base)) return false;
  if (base === "nc" || base === "ncat") return false;
  if (base === "httpd" && own({ httpd: 1 }, knownImage(spec.image)?.name ?? "") === undefined)
    return words.includes("-f");
  return true;
}
