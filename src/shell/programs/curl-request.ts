// What one `curl` request sends and where to, as its options say.
import type { SendRequest } from "../../cluster/index.ts";
import { type CurlOptions, REMOVED } from "./curl-options.ts";
import type { About } from "./curl-words.ts";
import type { Target } from "./url.ts";

/** What is sent, and what `-v` says about addresses that the command line gave. */
export function prepare(
  options: CurlOptions,
  { url, target, elapsedMs }: { url: string; target: Target; elapsedMs: number },
): { request: Omit<SendRequest, "from">; notes: string[]; about: About } {
  const { flags, values, data } = options;
  const joined = data.length === 0 ? undefined : data.join("&");
  const body = flags.has("G") ? undefined : joined;
  const path =
    flags.has("G") && joined !== undefined
      ? `${target.path}${target.path.includes("?") ? "&" : "?"}${joined}`
      : target.path;
  const method = values.get("X") ?? (flags.has("I") ? "HEAD" : body === undefined ? "GET" : "POST");
  const headers = headersOf(options, target, body);
  const limit = Number(values.get("m") ?? 0) * 1000;
  const left = limit === 0 ? undefined : Math.max(1, limit - elapsedMs);
  const connect = Number(values.get("connect-timeout") ?? 0) * 1000 || undefined;
  const { host, port, notes } = addressOf(options, target);
  const request = {
    host,
    port,
    method,
    path,
    headers,
    target: url,
    ...(target.scheme === "https" ? { serverName: /^[\d.]+$/.test(target.host) ? "" : target.host } : {}),
    ...(body === undefined ? {} : { body }),
    ...(left === undefined ? {} : { timeoutMs: left }),
    ...(connect === undefined ? {} : { connectTimeoutMs: connect }),
  };
  const limited = left !== undefined || connect !== undefined;
  return { request, notes, about: { url, target: { ...target, path }, method, headers, limited } };
}

function headersOf(options: CurlOptions, target: Target, body: string | undefined): Record<string, string> {
  const { values, headers } = options;
  const host = target.port === (target.scheme === "https" ? 443 : 80) ? target.host : `${target.host}:${target.port}`;
  const user = values.get("u");
  const all: Record<string, string> = {
    host,
    ...(user === undefined ? {} : { authorization: `Basic ${btoa(user)}` }),
    "user-agent": values.get("A") ?? "curl/8.23.0",
    accept: "*/*",
    ...(values.has("e") ? { referer: values.get("e") ?? "" } : {}),
    ...(values.has("b") ? { cookie: values.get("b") ?? "" } : {}),
    ...(body === undefined
      ? {}
      : { "content-length": String(body.length), "content-type": "application/x-www-form-urlencoded" }),
    ...headers,
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== REMOVED));
}

/** Where the packets go: as the URL says, unless `--resolve` or `--connect-to` say otherwise. */
function addressOf(options: CurlOptions, { host, port }: Target): { host: string; port: number; notes: string[] } {
  for (const each of options.connectTo) {
    const [h1 = "", p1 = "", h2 = "", p2 = ""] = each.split(":");
    if ((h1 !== "" && h1 !== host) || (p1 !== "" && Number(p1) !== port)) continue;
    const to = { host: h2 || host, port: Number(p2 || port) };
    return { ...to, notes: [`Connecting to hostname: ${to.host}`, `Connecting to port: ${to.port}`] };
  }
  const notes: string[] = [];
  let found: string | undefined;
  for (const each of options.resolve) {
    const [h = "", p = "", address = ""] = each.replace(/^\+/, "").split(":");
    notes.push(`Added ${h}:${p}:${address} to DNS cache`);
    if ((h === host || h === "*") && Number(p) === port) found = address.split(",")[0];
  }
  if (found === undefined) return { host, port, notes };
  return { host: found, port, notes: [...notes, `Hostname ${host} was found in DNS cache`] };
}
