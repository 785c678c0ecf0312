// URLs as curl and wget read them, and the words of HTTP statuses.

export interface Target {
  readonly scheme: string;
  readonly host: string;
  readonly port: number;
  readonly path: string;
}

/** The parts of a URL; http unless it says otherwise. */
export function targetOf(url: string): Target | undefined {
  const match = /^(?:([a-z]+):\/\/)?([^/:?#]+)(?::(\d+))?([/?].*)?$/i.exec(url);
  if (match === null) return undefined;
  const scheme = (match[1] ?? "http").toLowerCase();
  const path = match[4] ?? "/";
  return {
    scheme,
    host: match[2] ?? "",
    port: Number(match[3] ?? (scheme === "https" ? 443 : 80)),
    path: path.startsWith("/") ? path : `/${path}`,
  };
}

export const REASONS: Readonly<Record<number, string>> = {
  200: "OK",
  201: "Created",
  204: "No Content",
  301: "Moved Permanently",
  302: "Found",
  303: "See Other",
  304: "Not Modified",
  307: "Temporary Redirect",
  308: "Permanent Redirect",
  400: "Bad Request",
  401: "Unauthorized",
  403: "Forbidden",
  404: "Not Found",
  405: "Method Not Allowed",
  408: "Request Timeout",
  421: "Misdirected Request",
  500: "Internal Server Error",
  502: "Bad Gateway",
  503: "Service Unavailable",
  504: "Gateway Timeout",
};
