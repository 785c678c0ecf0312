// What web servers answer from files: their start page while it is unchanged, else what is in the directory.
import { greeter, type IncomingRequest, type Reply, type Slot, textReply } from "../../cluster/index.ts";
import type { Machine } from "../../sh/index.ts";
import { HTTPD_PAGE, NGINX_CONF, NGINX_PAGE } from "../images/files.ts";
import { knownImage } from "../images/table.ts";

const HTML = { "Content-Type": "text/html" };

const SITES = "/etc/nginx/conf.d";
const NGINX_ROOT = "/usr/share/nginx/html";
/** The directories of web servers. */
const ROOTS: ReadonlyArray<readonly [RegExp, string]> = [
  [/^nginx(?:inc\/|$)|nginx-slim|images\/nginx/, NGINX_ROOT],
  [/^(?:e2e-test-images\/)?httpd$/, "/usr/local/apache2/htdocs"],
];

/** Whether a volume here may change what a web server shows. */
export function isSitePlace(path: string): boolean {
  return [SITES, ...ROOTS.map(([, root]) => root)].some((place) =>
    `${place}/`.startsWith(`${path.replace(/\/+$/, "")}/`),
  );
}

/** The answer of a plain web server whose files someone changed; undefined while its start page is what the image brought. */
export function pageOf(machine: Machine, slot: Slot, request: IncomingRequest): Reply | undefined {
  const name = knownImage(slot.spec.image)?.name ?? "";
  const root = ROOTS.find(([pattern]) => pattern.test(name))?.[1];
  if (root === undefined || request.protocol !== "TCP") return undefined;
  const sites = root === NGINX_ROOT ? ownSites(machine) : "";
  if (sites === "") return fileAnswer(machine, root, request);
  const answer = returned(sites, request.path) ?? fileAnswer(machine, root, request);
  if (answer !== undefined && (answer.status !== 404 || /\breturn\s+404\b/.test(sites))) return answer;
  return greeter(slot.surroundings())(request, () => undefined) ?? undefined; // what its sites serve from elsewhere is there
}

/** The sites of an nginx that someone configured; empty where they are what the image brought. */
function ownSites({ files }: Machine): string {
  if (files.stat(SITES)?.kind !== "directory") return "";
  const names = files.list(SITES).filter((name) => name.endsWith(".conf"));
  const text = names.map((name) => files.read(`${SITES}/${name}`)).join("\n");
  return text === NGINX_CONF ? "" : text.slice(0, 100_000);
}

/** What `return` says in the location of a path: the exact one, else the longest that the path begins with. Spec: [WORLD-9]. */
function returned(sites: string, path: string): Reply | undefined {
  const asked = path.split("?", 1)[0] ?? "/";
  let best: { readonly length: number; readonly reply: Reply | undefined } | undefined;
  for (const [, kind = "", at = "", body = ""] of sites.matchAll(
    /\blocation\s+(?:(=|\^~)\s+)?(\/\S*)\s*\{([^{}]*)\}/g,
  )) {
    const fits = kind === "=" ? asked === at : asked.startsWith(at);
    const length = kind === "=" ? Number.POSITIVE_INFINITY : at.length;
    if (!fits || (best !== undefined && best.length >= length)) continue;
    const told = /(?:^|[;\s])return\s+(\d{3})(?:\s+(?:'([^']*)'|"([^"]*)"|([^\s;]+)))?\s*;/.exec(body);
    const text = told?.[2] ?? told?.[3] ?? told?.[4] ?? "";
    const reply = told === null ? undefined : textReply(text.replaceAll("\\n", "\n"), Number(told[1]));
    best = { length, reply };
  }
  return best?.reply;
}

/** What a web server with this directory answers; undefined for the page that its image brought. */
export function fileAnswer({ files }: Machine, root: string, { path }: IncomingRequest): Reply | undefined {
  const asked = decoded(path.split("?")[0] ?? "/");
  if (asked.includes("..")) return textReply("400 Bad Request\n", 400);
  const found = files.stat(`${root}${asked === "/" ? "" : asked.replace(/\/$/, "")}`);
  const at = found?.kind === "directory" ? `${root}${asked.replace(/\/$/, "")}/index.html` : `${root}${asked}`;
  const page = files.stat(at);
  if (page?.kind !== "file") return found?.kind === "directory" ? failure(403, "Forbidden") : failure(404, "Not Found");
  const text = files.read(at);
  if (text === NGINX_PAGE || text === HTTPD_PAGE) return undefined;
  return { status: 200, headers: HTML, body: text };
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch (error) {
    if (!(error instanceof URIError)) throw error;
    return path;
  }
}

function failure(status: number, reason: string): Reply {
  return textReply(`${status} ${reason}\n`, status);
}
