// agnhost as a client: `agnhost connect HOST:PORT`, which is how Kubernetes' own tests ask for SCTP.
import { own, type Protocol } from "../../cluster/index.ts";
import { type Program, refuse } from "../program.ts";
import { send } from "./places.ts";

const PROTOCOLS: Readonly<Record<string, Protocol>> = { tcp: "TCP", udp: "UDP", sctp: "SCTP" };
const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000 };
const USAGE = "usage: agnhost connect HOST:PORT [--timeout=DURATION] [--protocol=tcp|udp|sctp]";

/** It says nothing when it is connected, else in a word why not. */
// Models kubernetes/test/images/agnhost/connect
export const agnhost: Program = (words, io) => {
  const [, verb = "", ...rest] = words;
  if (verb !== "connect")
    return refuse(io, `agnhost: ${verb === "" ? "without a word" : verb} is not simulated here\n${USAGE}`, 1);
  const [, host, port] = /^(?:tcp:\/\/)?(.+):(\d{1,5})$/.exec(rest.find((word) => !word.startsWith("-")) ?? "") ?? [];
  const protocol = own(PROTOCOLS, optionOf(rest, "--protocol") ?? "tcp");
  const timeoutMs = milliseconds(optionOf(rest, "--timeout") ?? "0s");
  if (host === undefined || protocol === undefined || timeoutMs === undefined) return refuse(io, USAGE, 1);
  const request = { host, port: Number(port), protocol, target: `${host}:${port}` };
  send(io, { ...request, ...(timeoutMs === 0 ? {} : { timeoutMs }) }, ({ outcome, delivered }) => {
    const isConnected = outcome.kind === "answered" || (outcome.kind === "timeout" && delivered);
    if (isConnected) return io.exit(0);
    io.err(`${own(FAILURES, outcome.kind) ?? "OTHER"}\n`);
    return io.exit(1);
  });
};

const FAILURES: Readonly<Record<string, string>> = { timeout: "TIMEOUT", refused: "REFUSED", unresolved: "DNS" };

function optionOf(words: readonly string[], name: string): string | undefined {
  return words.find((word) => word.startsWith(`${name}=`))?.slice(name.length + 1);
}

function milliseconds(text: string): number | undefined {
  const [, number, unit = "s"] = /^(\d{1,6})(ms|s|m)?$/.exec(text) ?? [];
  return number === undefined ? undefined : Number(number) * (own(UNITS, unit) ?? 1);
}
