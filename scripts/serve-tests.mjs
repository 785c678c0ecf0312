// Serves the built site to the end-to-end tests from memory: they load it a thousand times. Takes the port.
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join } from "node:path";
import { ROOT } from "./sources.mjs";

const DIST = join(ROOT, "dist");
const TYPES = {
  ".css": "text/css",
  ".html": "text/html",
  ".ico": "image/x-icon",
  ".js": "text/javascript",
  ".json": "application/json",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".ttf": "font/ttf",
  ".txt": "text/plain",
  ".webmanifest": "application/manifest+json",
  ".woff2": "font/woff2",
};

const files = new Map(
  readdirSync(DIST, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => {
      const path = join(entry.parentPath, entry.name);
      const body = readFileSync(path);
      const tag = `"${createHash("sha256").update(body).digest("base64url").slice(0, 20)}"`;
      return [path.slice(DIST.length).replaceAll("\\", "/"), { body, tag, type: TYPES[extname(path)] }];
    }),
);
/** The policy of the page: workers obey only what is served with them. */
const policy = /Content-Security-Policy" content="([^"]+)"/.exec(String(files.get("/index.html")?.body))?.[1];
if (policy === undefined) throw new Error("dist/index.html has no policy: run `npm run build` first");

createServer((request, response) => {
  const { pathname } = new URL(request.url ?? "/", "http://localhost");
  const file = files.get(pathname === "/" ? "/index.html" : decodeURIComponent(pathname));
  if (file === undefined) return response.writeHead(404).end("not found");
  const headers = {
    // A sandboxed frame has no origin, and module scripts then need the server's leave.
    "Access-Control-Allow-Origin": "*",
    "Content-Security-Policy": policy,
    "Content-Type": file.type ?? "application/octet-stream",
    "Cache-Control": "no-cache",
    ETag: file.tag,
  };
  if (request.headers["if-none-match"] === file.tag) return response.writeHead(304, headers).end();
  return response.writeHead(200, headers).end(file.body);
}).listen(Number(process.argv[2]), "127.0.0.1");
