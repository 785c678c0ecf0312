// What a container has written: one line for each request that it answered, as a web server's access log tells it.
import { type Exchange, type Pod, parseTime, statusError } from "../../../cluster/index.ts";
import type { CommandIO } from "../../io.ts";

/** One container's log, or that of its previous run. */
export interface LogSource {
  readonly pod: Pod;
  readonly container: string;
  /** Of the run before its last restart. */
  readonly previous: boolean;
  /** Milliseconds since 1970 between which it was written. */
  readonly from: number;
  readonly to: number;
}

export interface LogLine {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly text: string;
}

const SECOND = 1_000;

/** The log that is asked for. @throws StatusError BadRequest when there is none. */
// Models kubernetes/pkg/kubelet Kubelet.validateContainerLogStatus
export function logSource(pod: Pod, container: string, previous: boolean): LogSource {
  const all = [...(pod.status?.containerStatuses ?? []), ...(pod.status?.initContainerStatuses ?? [])];
  const status = all.find(({ name }) => name === container);
  const where = `container ${JSON.stringify(container)} in pod ${JSON.stringify(pod.metadata.name)}`;
  const last = status?.lastState?.terminated;
  const between = (span: { readonly startedAt?: string | undefined; readonly finishedAt?: string | undefined }) => ({
    pod,
    container,
    previous,
    from: parseTime(span.startedAt) ?? 0,
    to: span.finishedAt === undefined ? Number.POSITIVE_INFINITY : (parseTime(span.finishedAt) ?? 0) + SECOND,
  });
  if (previous) {
    if (last === undefined) throw statusError("BadRequest", `previous terminated ${where} not found`);
    return between(last);
  }
  const now = status?.state?.running ?? status?.state?.terminated ?? last;
  if (now !== undefined) return between(now);
  const reason = status?.state?.waiting?.reason;
  if (reason === undefined) return { pod, container, previous, from: 0, to: 0 };
  const pulling = reason === "ImagePullBackOff" || reason === "ErrImagePull";
  throw statusError(
    "BadRequest",
    `${where} is waiting to start: ${pulling ? "trying and failing to pull image" : reason}`,
  );
}

/** The lines that are kept, oldest first. */
export function linesOf(source: LogSource, io: CommandIO): LogLine[] {
  const asked = [...io.cluster.trace.exchanges()].flatMap((exchange) => lineOf(exchange, source, io) ?? []);
  const written = writtenBy(source, io);
  if (written.length === 0) return asked;
  return [...asked, ...written].sort((a, b) => a.at - b.at);
}

/** What the container's process has written, line by line. */
export function writtenBy({ pod, container, previous }: LogSource, { cluster }: CommandIO): LogLine[] {
  const { namespace = "", name = "" } = pod.metadata;
  return cluster
    .logOf(namespace, name, container, previous)
    .map(({ at, text }) => ({ at: cluster.settings.epoch + at, text: text.replace(/\n$/, "") }));
}

/** The line that an exchange left in this log; undefined when it concerns others. */
export function lineOf(exchange: Exchange, source: LogSource, { cluster }: CommandIO): LogLine | undefined {
  const { outcome, endedAt = 0, asked } = exchange;
  const at = cluster.settings.epoch + endedAt;
  if (outcome.kind !== "answered" || asked === undefined || at < source.from || at >= source.to) return undefined;
  if (!isServedBy(outcome, source)) return undefined;
  const client = outcome.clientSeen.replace(/:\d+$/, "");
  const request = `${asked.method} ${asked.path} HTTP/1.1`;
  return { at, text: `${client} - - [${logTime(at)}] "${request}" ${outcome.status} ${outcome.body.length}` };
}

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

function logTime(at: number): string {
  const time = new Date(at).toISOString();
  return `${time.slice(8, 10)}/${MONTHS[Number(time.slice(5, 7)) - 1]}/${time.slice(0, 4)}:${time.slice(11, 19)} +0000`;
}

type Answered = Extract<Exchange["outcome"], { kind: "answered" }>;

/** A request is the work of the container that declares the port, else of the first one. */
function isServedBy({ servedBy, endpoint }: Answered, { pod, container }: LogSource): boolean {
  if (servedBy.kind !== "pod") return false;
  if (servedBy.name !== pod.metadata.name || servedBy.namespace !== pod.metadata.namespace) return false;
  const port = Number(endpoint.slice(endpoint.lastIndexOf(":") + 1));
  const all = [...(pod.spec?.containers ?? []), ...(pod.spec?.initContainers ?? [])];
  const declaring = all.find(({ ports }) => ports?.some(({ containerPort }) => containerPort === port)) ?? all[0];
  return declaring?.name === container && !LOGS_ITSELF.test(declaring.image ?? "");
}

/** Images whose program is known to write a line of its own about each request. */
const LOGS_ITSELF = /\/echo-basic(?:[:@]|$)/;
