// What `curl -w` prints: its format with the variables of one transfer filled in.
import { own } from "../../cluster/index.ts";
import { headerOf } from "./curl-words.ts";
import type { Answered } from "./places.ts";

/** One transfer as it ended. */
export interface Transfer {
  readonly url: string;
  readonly number: number;
  readonly method: string;
  readonly answer: Answered;
  readonly reused: boolean;
  readonly redirects: number;
  /** Where an answer leads to, when it was not followed. */
  readonly redirectUrl: string;
  /** Milliseconds of all its requests. */
  readonly totalMs: number;
  readonly code: number;
  readonly error: string;
}

/** The text, and in it nothing for a variable that is unknown: `unknown` names those. */
export function writeOutText(
  format: string,
  transfer: Transfer,
): { readonly text: string; readonly unknown: string[] } {
  const variables = variablesOf(transfer);
  const { outcome } = transfer.answer;
  const headers = outcome.kind === "answered" ? outcome.headers : {};
  const unknown: string[] = [];
  const text = format.replace(/%%|%header\{([^}]*)\}|%\{([^}]*)\}|\\([nrt])/g, (whole, header, name, letter) => {
    if (whole === "%%") return "%";
    if (header !== undefined) return headerOf(headers, String(header).toLowerCase()) ?? "";
    if (letter !== undefined) return own(ESCAPES, String(letter)) ?? "";
    const value = own(variables, String(name));
    if (value === undefined) unknown.push(String(name));
    return value ?? "";
  });
  return { text, unknown };
}

const ESCAPES: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t" };

// Unlike curl: connecting is one with the request here, so time_connect is the time of the whole exchange, or 0 without one.
function variablesOf(transfer: Transfer): Readonly<Record<string, string>> {
  const { url, number, method, answer, reused, redirects, redirectUrl, totalMs, code, error } = transfer;
  const { outcome, remote, local, resolvedMs } = answer;
  const status = outcome.kind === "answered" ? outcome.status : 0;
  const body = outcome.kind === "answered" && method !== "HEAD" ? outcome.body.length : 0;
  const seconds = (ms: number) => (ms / 1000).toFixed(6);
  const answered = outcome.kind === "answered" ? totalMs : 0;
  return {
    http_code: String(status).padStart(3, "0"),
    response_code: String(status).padStart(3, "0"),
    http_connect: "000",
    remote_ip: remote?.address ?? "",
    remote_port: String(remote?.port ?? 0),
    local_ip: local?.address ?? "",
    local_port: String(local?.port ?? 0),
    time_total: seconds(totalMs),
    time_namelookup: seconds(reused ? 0 : resolvedMs),
    time_connect: seconds(reused ? 0 : answered),
    time_pretransfer: seconds(reused ? 0 : answered),
    time_starttransfer: seconds(answered),
    time_redirect: "0.000000",
    time_appconnect: "0.000000",
    size_download: String(body),
    size_upload: "0",
    speed_download: String(totalMs === 0 ? 0 : Math.round(body / (totalMs / 1000))),
    content_type: outcome.kind === "answered" ? (headerOf(outcome.headers, "content-type") ?? "") : "",
    num_connects: remote === undefined || reused ? "0" : "1",
    num_redirects: String(redirects),
    redirect_url: redirectUrl,
    method,
    scheme: url.startsWith("https:") ? "https" : "http",
    http_version: outcome.kind === "answered" ? "1.1" : "0",
    ssl_verify_result: "0",
    url,
    url_effective: url,
    urlnum: String(number),
    exitcode: String(code),
    errormsg: error,
    stdout: "",
  };
}
