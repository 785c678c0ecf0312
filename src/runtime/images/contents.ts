// Which programs images hold, and which words such a program's container starts with.
import { type KnownImage, knownImage } from "./table.ts";

const SHELL =
  "sh cat ls echo printf touch rm mkdir rmdir cp mv ln chmod chown sleep true false test [ expr head tail sort uniq wc cut tr tee env printenv id whoami hostname date uname seq yes basename dirname readlink realpath mktemp stat dd od md5sum sha256sum base64 nproc sync nohup timeout tac paste";
const SEARCH = "grep egrep fgrep sed awk find xargs which tar gzip gunzip";
const PROCESSES = "ps kill killall pgrep pkill top free uptime watch du df mount";
const ASKING = "wget nslookup ping nc telnet netstat ip ifconfig route traceroute";

const words = (...texts: string[]) => new Set(texts.join(" ").split(" "));

/** What each family of images holds. Busybox has it all in one; Debian's base has neither ps nor anything that asks over the network. */
const TOOLS: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ["none", new Set<string>()],
  [
    "busybox",
    words(
      SHELL,
      SEARCH,
      PROCESSES,
      ASKING,
      "ash busybox vi less more usleep time httpd sysctl nproc unzip xxd hexdump setsid clear",
    ),
  ],
  ["debian", words(SHELL, SEARCH, "bash dash mount df du perl getent setsid")],
  ["curl", words(SHELL, SEARCH, "bash dash mount df du perl getent setsid curl")],
  ["build", words(SHELL, SEARCH, PROCESSES, "bash dash perl getent setsid curl wget git unzip python3 python")],
  ["ubi", words(SHELL, SEARCH, "bash curl getent df du setsid")],
  ["net", words(SHELL, SEARCH, PROCESSES, ASKING, "bash ash dash curl dig host getent ss jq clear")],
]);

/** Languages: images of theirs on Alpine or slim bases hold less. */
const BUILDERS = /^(?:python|node|golang|ruby|perl|rust|php|openjdk|eclipse-temurin)$/;

/** The programs of an image: undefined when unknown. */
function toolsOf(reference: string): { readonly image: KnownImage; readonly tools: ReadonlySet<string> } | undefined {
  if (/\bdistroless\//.test(reference) && !/:.*debug/.test(reference)) {
    const none = TOOLS.get("none") ?? new Set<string>();
    return {
      image: {
        name: "distroless",
        ports: [],
        answers: "greeting",
        user: 0,
        tools: "none",
        entry: "bin",
        programs: [],
        source: "github.com/GoogleContainerTools/distroless",
      },
      tools: none,
    };
  }
  const image = knownImage(reference);
  if (image === undefined) return undefined;
  return { image, tools: TOOLS.get(familyOf(reference, image)) ?? new Set<string>() };
}

/** The family of an image, as its tag says. */
function familyOf(reference: string, image: KnownImage): string {
  const tag = /:([^:/@]+)(?:@.*)?$/.exec(reference)?.[1] ?? "";
  if (image.tools === "none") return "none";
  if (/alpine/.test(tag) && ["debian", "curl", "build"].includes(image.tools)) return "busybox";
  if (/slim/.test(tag) && BUILDERS.test(image.name)) return "debian";
  return image.tools;
}

/** Whose tools an image has: busybox's, or GNU's. */
export function toolKind(reference: string): "busybox" | "gnu" {
  const known = toolsOf(reference);
  if (known === undefined) return /alpine|busybox/.test(reference) ? "busybox" : "gnu";
  return known.tools.has("busybox") ? "busybox" : "gnu";
}

/** Whether an image holds a program; an unknown image holds everything that is simulated. */
export function holds(reference: string, program: string): boolean {
  const known = toolsOf(reference);
  if (known === undefined) return true;
  if (known.tools.has(program) || known.image.programs.includes(program)) return true;
  if (isEntrypoint(program) || /^(?:tini|dumb-init|gosu|su-exec)$/.test(program)) return known.tools.has("sh");
  // nginx on Alpine brings curl, unless it is slim (nginxinc/docker-nginx).
  return program === "curl" && known.image.tools === "curl" && !/slim/.test(reference);
}

/** Whether a program is, by its name, what an image starts with. */
export function isEntrypoint(program: string): boolean {
  return /entrypoint(?:\.sh)?$/.test(program);
}

/** Whether the image is unknown. */
export function isStrange(reference: string): boolean {
  return toolsOf(reference) === undefined;
}
