// Plays the conformance cases of the Gateway API in `gateway/` (see its README): applies objects, reads their status, sends requests.
import { Statuses } from "./gateway-status.ts";
import { type Fields, fieldsOf, listOf, textOf } from "./json.ts";
import { attempt, caseFiles, console, type Output, type Result, readCase } from "./playing.ts";

type Type = (text: string) => Output;

const INFRA = "gateway-conformance-infra";
const NAMESPACES = [INFRA, "gateway-conformance-app-backend", "gateway-conformance-web-backend"];

/** A case as it came out. */
export interface GatewayResult extends Result {
  /** Upstream's name of the extended feature; empty for core. */
  readonly feature: string;
  /** Which tests upstream does not yet count. */
  readonly isProvisional: boolean;
  readonly requests: number;
}

/** Every case: paths from this room without the ending. */
export function gatewayNames(): string[] {
  return caseFiles("gateway", ".json").map((path) => path.replace(/\.json$/, ""));
}

/** Plays one case on a fresh cluster with a cloud and the controller. */
export function playGateway(name: string): GatewayResult {
  const one = fieldsOf(JSON.parse(readCase(`${name}.json`)));
  const isCore = one.core === true;
  const phases = [one, ...listOf(one.then).map(fieldsOf)];
  const difference = attempt(() => {
    const type = console();
    const controller = setUp(type, one);
    const player = new Player(type, controller, name.replace(/^.*\//, ""));
    return phases.flatMap((phase) => player.phase(phase)).join("\n");
  });
  return {
    name,
    group: isCore ? "gateway/core" : "gateway/extended",
    equal: difference === "",
    difference,
    feature: isCore ? "" : (textOf(one.feature) ?? ""),
    isProvisional: /provisional/.test(textOf(one.note) ?? ""),
    requests: phases.reduce(
      (sum, { requests, distribution }) => sum + listOf(requests).length + listOf(distribution).length,
      0,
    ),
  };
}

function setUp(type: Type, { manifests }: Fields): string {
  must(type, "sim cloud on\nsim gateway on");
  const controller = must(type, "kubectl get gatewayclass podpath -o jsonpath='{.spec.controllerName}'").out;
  must(type, `kubectl apply -f - <<'END'\n${readCase("gateway/base.yaml")}END`);
  const own = (textOf(manifests) ?? "").replaceAll("{CONTROLLER_NAME}", controller);
  must(type, `kubectl apply -f - <<'END'\n${own}END`);
  for (const namespace of NAMESPACES)
    must(type, `kubectl wait --for=condition=Available deployment --all -n ${namespace} --timeout=180s`);
  return controller;
}

/** Types what has to succeed. */
function must(type: Type, text: string): Output {
  const output = type(text);
  if (output.exit !== 0) throw new Error(`${text.slice(0, 200)}\n${output.err}`);
  return output;
}

const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;
const texts = (value: unknown) =>
  value === undefined ? [] : Array.isArray(value) ? value.map(String) : [String(value)];
const gatewayOf = (row: Fields) => textOf(row.gateway) ?? `${INFRA}/same-namespace`;

class Player {
  readonly #type: Type;
  readonly #controller: string;
  readonly #name: string;
  #sent = 0;

  constructor(type: Type, controller: string, name: string) {
    this.#type = type;
    this.#controller = controller;
    this.#name = name;
  }

  /** What of one phase is not as it must be. */
  phase(phase: Fields): string[] {
    const type = this.#type;
    const run = textOf(phase.run);
    const before = run === undefined ? [] : this.#objects();
    if (run !== undefined) must(type, run);
    const rows = [...listOf(phase.requests), ...listOf(phase.distribution)].map(fieldsOf);
    const addresses = new Map<string, string>();
    for (const gateway of new Set(rows.map(gatewayOf))) {
      const [namespace = "", name = ""] = gateway.split("/");
      must(type, `kubectl wait --for=condition=Programmed gateway/${name} -n ${namespace} --timeout=60s`);
      addresses.set(
        gateway,
        must(type, `kubectl get gateway ${name} -n ${namespace} -o jsonpath='{.status.addresses[0].value}'`).out,
      );
    }
    type("sleep 10");
    const wrong = new Statuses(this.#objects(), before, this.#controller).differences(phase);
    for (const value of listOf(phase.requests)) {
      const row = fieldsOf(value);
      wrong.push(...this.#request(row, addresses.get(gatewayOf(row)) ?? ""));
    }
    for (const value of listOf(phase.distribution)) {
      const row = fieldsOf(value);
      wrong.push(...this.#shares(row, addresses.get(gatewayOf(row)) ?? ""));
    }
    for (const value of listOf(phase.generated)) wrong.push(...this.#generated(fieldsOf(value)));
    return wrong;
  }

  #objects(): Fields[] {
    const { out } = must(this.#type, "kubectl get gatewayclasses,gateways,httproutes -A -o json");
    return listOf(fieldsOf(JSON.parse(out)).items).map(fieldsOf);
  }

  #request(row: Fields, address: string): string[] {
    const id = `${this.#name}-${this.#sent++}`;
    const expected = fieldsOf(row.expected);
    const command = curlOf(row, address, id);
    const count = Number(row.repeat ?? 1);
    const wrong: string[] = [];
    for (let i = 0; i < count && wrong.length === 0; i++) {
      const answer = answerOf(this.#type(command).out);
      wrong.push(...(answer === undefined ? ["no answer"] : differences(row, expected, answer, id)));
    }
    for (const value of [expected.mirrored ?? []].flat()) wrong.push(...this.#mirrored(row, fieldsOf(value), id));
    return wrong.map((each) => `${command}: ${each}`);
  }

  #mirrored(row: Fields, { backend, namespace, percent }: Fields, id: string): string[] {
    this.#type("sleep 2");
    const { out } = this.#type(`kubectl logs -n ${namespace} -l app=${backend} --tail=-1 | grep -c ${quoted(id)}`);
    const [count, total, part] = [Number(out), Number(row.repeat ?? 1), Number(percent ?? 100) / 100];
    const margin = Number(row.deviations ?? 0) * Math.sqrt(total * part * (1 - part));
    const isRight = percent === undefined ? count > 0 : Math.abs(count - total * part) <= margin;
    return isRight ? [] : [`${count} of ${total} requests were mirrored to ${backend}`];
  }

  #shares(row: Fields, address: string): string[] {
    const total = Number(row.requests);
    const loop = `for i in $(seq ${total}); do\n${curlOf(row, address, "")}\ndone`;
    const pods = [...this.#type(loop).out.matchAll(/"pod":\s*"([^"]+)"/g)].map(([, pod = ""]) => pod);
    return Object.entries(fieldsOf(row.share)).flatMap(([backend, share]) => {
      const part = pods.filter((pod) => pod.startsWith(`${backend}-`)).length / total;
      const isRight = share === 0 ? part === 0 : Math.abs(part - Number(share)) <= Number(row.tolerance);
      return isRight ? [] : [`${backend} must get ${share} of the requests, gets ${part}`];
    });
  }

  #generated({ gateway, labels, annotations }: Fields): string[] {
    const [namespace, name] = String(gateway).split("/");
    const selector = `gateway.networking.k8s.io/gateway-name=${name}`;
    const { out } = must(
      this.#type,
      `kubectl get serviceaccounts,pods,services -n ${namespace} -l ${selector} -o json`,
    );
    const items = listOf(fieldsOf(JSON.parse(out)).items).map(fieldsOf);
    const holds = (all: unknown, some: unknown) =>
      Object.entries(fieldsOf(some)).every(([key, value]) => fieldsOf(all)[key] === value);
    const wrong = items.filter(({ metadata }) => {
      const meta = fieldsOf(metadata);
      return !holds(meta.labels, labels) || !holds(meta.annotations, annotations);
    });
    return items.length > 0 && wrong.length === 0 ? [] : [`what was made for ${gateway} lacks labels or annotations`];
  }
}

function curlOf(row: Fields, address: string, id: string): string {
  const path = (textOf(row.path) ?? "").replaceAll("{id}", id);
  const isSecure = row.scheme === "https";
  const usual = isSecure ? 443 : 80;
  const port = Number(row.port ?? usual);
  const shown = port === usual ? "" : `:${port}`;
  const words = ["curl", "-sik", "-m", "30", "-X", textOf(row.method) ?? "GET"];
  const host = textOf(row.host);
  const sni = textOf(row.sni);
  if (host !== undefined && host !== sni) words.push("-H", quoted(`Host: ${host}`));
  for (const [name, value] of Object.entries(fieldsOf(row.headers ?? {})))
    words.push("-H", quoted(`${name}: ${value}`));
  if (sni !== undefined) words.push("--connect-to", `${sni}:${port}:${address}:${port}`);
  words.push(quoted(`${isSecure ? "https" : "http"}://${sni ?? address}${shown}${path}`));
  return words.join(" ");
}

interface Answered {
  readonly status: number;
  readonly headers: ReadonlyMap<string, string>;
  /** What the echo server says that it was asked. */
  readonly echo: Fields | undefined;
}

/** A response as `curl -i` prints it. */
function answerOf(text: string): Answered | undefined {
  const at = text.indexOf("\r\n\r\n");
  const [first = "", ...lines] = text.slice(0, at).split("\r\n");
  const status = Number(/^HTTP\/[\d.]+ (\d{3})/.exec(first)?.[1]);
  if (at < 0 || Number.isNaN(status)) return undefined;
  const headers = new Map(
    lines.map((line) => {
      const colon = line.indexOf(":");
      return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()] as const;
    }),
  );
  const isEcho = headers.get("content-type") === "application/json";
  return { status, headers, echo: isEcho ? fieldsOf(JSON.parse(text.slice(at))) : undefined };
}

const squeezed = (text: string | undefined) => text?.replace(/\s*,\s*/g, ",").trim();

function differences(row: Fields, expected: Fields, { status, headers, echo }: Answered, id: string): string[] {
  const wrong: string[] = [];
  const same = (what: string, wanted: unknown, is: unknown) => {
    if (wanted !== is) wrong.push(`${what} must be ${JSON.stringify(wanted)}, is ${JSON.stringify(is)}`);
  };
  const statuses = texts(expected.status ?? 200);
  const isLate = (each: string) => each === "504" || each === "408"; // upstream takes either for a time-out
  if (!statuses.includes(String(status)) && !(isLate(String(status)) && statuses.some(isLate)))
    same("status", statuses.join(" or "), String(status));
  if (expected.location !== undefined)
    wrong.push(...locationDifferences(fieldsOf(expected.location), headers.get("location")));
  if (status !== 200 && status !== 204) return wrong;
  for (const [name, value] of Object.entries(fieldsOf(expected.responseHeaders ?? {}))) {
    const is = squeezed(headers.get(name.toLowerCase()));
    if (!texts(value).some((each) => squeezed(each) === is)) same(`response header ${name}`, value, is);
  }
  for (const name of texts(expected.absentResponseHeaders))
    same(`response header ${name}`, undefined, headers.get(name.toLowerCase()));
  if (expected.answeredBy === "gateway")
    return echo === undefined ? wrong : [...wrong, "the gateway itself must answer"];
  if (echo === undefined) return [...wrong, "a backend must answer"];
  return [...wrong, ...echoDifferences(row, expected, echo, id)];
}

function echoDifferences(row: Fields, expected: Fields, echo: Fields, id: string): string[] {
  const wrong: string[] = [];
  const same = (what: string, wanted: unknown, is: unknown) => {
    if (wanted !== is) wrong.push(`${what} must be ${JSON.stringify(wanted)}, is ${JSON.stringify(is)}`);
  };
  const seen = new Map(
    Object.entries(fieldsOf(echo.headers)).map(([name, values]) => [name.toLowerCase(), texts(values).join(",")]),
  );
  const pod = textOf(echo.pod) ?? "";
  const named = textOf(expected.backendNamedBy);
  const backend = named === undefined ? textOf(expected.backend) : seen.get(named.toLowerCase());
  if ((named !== undefined || backend !== undefined) && (backend === undefined || !pod.startsWith(backend)))
    same("backend", backend, pod);
  if (expected.namespace !== undefined) same("namespace", expected.namespace, echo.namespace);
  same("path", (textOf(expected.path) ?? textOf(row.path) ?? "").replaceAll("{id}", id), echo.path);
  const host = expected.host === undefined ? textOf(row.host) : textOf(expected.host);
  if (host !== undefined) same("host", host, echo.host);
  same("method", textOf(expected.method) ?? textOf(row.method) ?? "GET", echo.method);
  const sent = Object.entries(fieldsOf(row.headers ?? {})).filter(([name]) => name !== "X-Echo-Set-Header");
  for (const [name, value] of Object.entries(fieldsOf(expected.requestHeaders ?? Object.fromEntries(sent))))
    same(`request header ${name}`, squeezed(String(value)), squeezed(seen.get(name.toLowerCase())));
  for (const name of texts(expected.absentRequestHeaders))
    same(`request header ${name}`, undefined, seen.get(name.toLowerCase()));
  return wrong;
}

function locationDifferences(wanted: Fields, value: string | undefined): string[] {
  if (value === undefined || !URL.canParse(value)) return [`location must be a URL, is ${value}`];
  const url = new URL(value);
  const is = {
    scheme: url.protocol.slice(0, -1),
    host: wanted.host === undefined ? undefined : url.hostname,
    port: url.port === "" ? undefined : Number(url.port),
    path: url.pathname,
  };
  const { scheme, host, port, path } = wanted;
  const usual = { http: 80, https: 443 }[is.scheme];
  const shown = JSON.stringify({ scheme, host, port: port === usual ? undefined : port, path });
  return shown === JSON.stringify(is) ? [] : [`location must be ${shown}, is ${JSON.stringify(is)}`];
}
