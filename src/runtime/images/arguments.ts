// What plain arguments and variables say about the port and the address a program binds.

/** A port and an address found in arguments. */
export interface Binding {
  readonly port?: number;
  readonly loopback: boolean;
  readonly protocol: "TCP" | "UDP";
}

const PORT_FLAG = /^--?(?:port|http-port|listen|addr|address|bind|web\.listen-address|server\.port|p)(?:=(.*))?$/;
const HOST_FLAG = /^--?(?:host|hostname|bind|bind-address|address|ip|b|listen-address)(?:=(.*))?$/;
const LOCAL = /^(?:127\.0\.0\.1|localhost|\[?::1\]?)(?::|$)/;

/** Reads a command line: `--port 9000`, `-listen=:5678`, `--host 127.0.0.1`, `nc -l 8080`, `python -m http.server`. Spec: [IMG-4]. */
export function bindingOf(words: readonly string[], variable: string | undefined): Binding | undefined {
  const server = serverCommand(words);
  let port = server?.port;
  let loopback = false;
  let found = server !== undefined;
  words.forEach((word, at) => {
    const host = flagValue(HOST_FLAG, words, at);
    if (host !== undefined && LOCAL.test(host)) loopback = true;
    const value = flagValue(PORT_FLAG, words, at);
    const number = value === undefined ? undefined : portIn(value);
    if (number === undefined || /^-p$/.test(word) !== (server?.usesP === true && word === "-p")) return;
    port = number;
    found = true;
    if (value !== undefined && LOCAL.test(value)) loopback = true;
  });
  const fromEnv = portIn(variable ?? "");
  if (port === undefined && fromEnv !== undefined) {
    port = fromEnv;
    found = true;
  }
  if (!found && !loopback) return undefined;
  return { ...(port === undefined ? {} : { port }), loopback, protocol: server?.udp === true ? "UDP" : "TCP" };
}

const ADDRESS_FLAG = /^--?[\w.-]*(?:addr|address|bind|listen)[\w.-]*(?:=(.*))?$/i;
const SIDE_PORT_FLAG = /^--?(?:secure|metrics|health|healthz|probe|grpc|admin|webhook)-port(?:=(.*))?$/;

/** Ports beside the main one: `--health-probe-bind-address=:8081`, `--entryPoints.web.address=:8000/tcp`, `--metrics-port=9090`. Spec: [IMG-4]. */
export function sidePortsOf(words: readonly string[]): number[] {
  return words.flatMap((_word, at) => {
    const address = /^(?:0\.0\.0\.0|\[::\]|\*)?:(\d{1,5})(?:\/tcp)?$/.exec(
      flagValue(ADDRESS_FLAG, words, at) ?? "",
    )?.[1];
    const number = Number(address ?? flagValue(SIDE_PORT_FLAG, words, at));
    return Number.isInteger(number) && number >= 1 && number <= 65_535 ? [number] : [];
  });
}

function flagValue(flag: RegExp, words: readonly string[], at: number): string | undefined {
  const match = flag.exec(words[at] ?? "");
  return match === null ? undefined : (match[1] ?? words[at + 1]);
}

function portIn(text: string): number | undefined {
  const match = /(?:^|:)(\d{1,5})$/.exec(text);
  const port = Number(match?.[1]);
  return port >= 1 && port <= 65535 ? port : undefined;
}

interface Server {
  readonly port?: number;
  readonly udp?: boolean;
  readonly usesP?: boolean;
}

/** Commands known to serve; they may be inside `sh -c`. */
function serverCommand(words: readonly string[]): Server | undefined {
  const text = words.join(" ");
  const python = /\bpython3?\b.*-m\s+(?:http\.server|SimpleHTTPServer)(?:\s+(\d+))?/.exec(text);
  if (python !== null) return { port: Number(python[1] ?? 8000) };
  const netcat = /\b(?:nc|ncat|netcat)\s+([^;|&]*)/.exec(text);
  if (netcat !== null && /-\w*l/.test(netcat[1] ?? "")) {
    const port = /(\d{2,5})\b(?!.*\d{2,5}\b)/.exec(netcat[1] ?? "");
    return port === null ? undefined : { port: Number(port[1]), udp: /-\w*u/.test(netcat[1] ?? ""), usesP: true };
  }
  const httpd = /\bhttpd\b[^;|&]*-p\s+(?:[\d.]+:)?(\d+)/.exec(text);
  if (httpd !== null) return { port: Number(httpd[1]), usesP: true };
  return undefined;
}
