// What becomes of the flags that every command takes: they act, change nothing in kubectl's own output, or are refused.
import { parseDuration } from "../cluster/index.ts";
import { CommandError } from "./command-error.ts";
import { isOwnFlag, type ParsedArgs } from "./flags.ts";
import type { CommandIO } from "./io.ts";

/** The one context of the kubeconfig, which is also its cluster. */
export const CONTEXT = "podpath";
export const USER = "learner";
/** Where the API server answers, as kubeconfig and `cluster-info` show it. */
export const SERVER = "https://192.168.1.2:6443";

/** From this level on kubectl prints its requests. */
const PRINTS_REQUESTS = 6;
const PROFILES = ["none", "cpu", "heap", "goroutine", "threadcreate", "block", "mutex", "trace"];

/** Checks the values of the global flags. @throws CommandError for what is not there, not well formed or not simulated. */
// Models k8s.io/client-go/tools/clientcmd ConfirmUsable, and k8s.io/kubectl/pkg/cmd profiling.go
export function checkGlobals(args: ParsedArgs): void {
  const value = (name: string) => (isOwnFlag(args.path, name) ? "" : args.string(name));
  const context = value("context");
  if (context !== "" && context !== CONTEXT)
    throw new CommandError(`Error in configuration: context was not found for specified context: ${context}`);
  const cluster = value("cluster");
  if (cluster !== "" && cluster !== CONTEXT)
    throw new CommandError(`no server found for cluster ${JSON.stringify(cluster)}`);
  const user = value("user");
  if (user !== "" && user !== USER) throw new CommandError(`auth info ${JSON.stringify(user)} does not exist`);
  const server = value("server").replace(/\/$/, "");
  if (server !== "" && server !== SERVER)
    throw new CommandError(`not simulated here: --server other than ${SERVER}, where the one API server answers`);
  if (args.int("v") >= PRINTS_REQUESTS)
    throw new CommandError(
      `not simulated here: --v=${args.int("v")}, which prints requests to the API server; up to 5 is`,
    );
  const profile = value("profile") || "none";
  if (!PROFILES.includes(profile)) throw new CommandError(`unknown profile '${profile}'`);
  if (profile !== "none") throw new CommandError(`not simulated here: --profile=${profile}`);
  requestTimeout(args);
}

/** How long one request may take, in milliseconds; 0 is without end. @throws CommandError */
// Models k8s.io/client-go/tools/clientcmd ParseTimeout
export function requestTimeout(args: ParsedArgs): number {
  const text = args.string("request-timeout");
  const span = /^[+-]?\d+$/.test(text) ? Number(text) * 1000 : parseDuration(text);
  if (span === undefined)
    throw new CommandError(
      "Invalid timeout value. Timeout must be a single integer in seconds, or an integer followed by a corresponding time unit (e.g. 1s | 2m | 3h)",
    );
  return span;
}

/** The surroundings as the flags have them: another namespace, and an error at the end where warnings are errors. */
export function withGlobals(args: ParsedArgs, io: CommandIO): CommandIO {
  const namespace = args.string("namespace") || io.namespace;
  if (!args.bool("warnings-as-errors")) return { ...io, namespace };
  const exit = (code: number) => {
    const count = io.warned?.size ?? 0;
    if (count > 0) io.err(`error: ${count} ${count === 1 ? "warning" : "warnings"} received\n`);
    io.exit(count > 0 ? 1 : code);
  };
  return { ...io, namespace, exit };
}
