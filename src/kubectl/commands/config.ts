import type { Command } from "../command.ts";
import { CommandError } from "../command-error.ts";
import { throwCollected, usageError } from "../errors.ts";
import { formPrinter, VERB_FORMS } from "../forms.ts";
import { CONTEXT, SERVER, USER } from "../global-flags.ts";
import type { CommandIO } from "../io.ts";
import { OUTPUT_FLAGS } from "../output.ts";
import { TableWriter } from "../printers/table.ts";
import { absent } from "./absent.ts";
import { group } from "./group.ts";

function simple(name: string, summary: string, text: string): Command {
  return {
    name,
    usage: "",
    summary,
    flags: [],
    run(_, io) {
      io.out(text);
      io.exit(0);
    },
  };
}

const view: Command = {
  name: "view",
  usage: "",
  summary: "The kubeconfig in full",
  flags: [
    { name: "minify", type: "bool", help: "Only what the current context needs: here that is all." },
    { name: "flatten", type: "bool" },
    { name: "merge", type: "bool", default: "true" },
    { name: "raw", type: "bool" },
    { name: "output", short: "o", type: "string", default: "yaml", help: "Output format, as of get." },
    ...OUTPUT_FLAGS.filter(({ name }) => name !== "output"),
  ],
  run(args, io) {
    const namespace = io.namespace === "default" ? {} : { namespace: io.namespace };
    const value = {
      apiVersion: "v1",
      clusters: [{ cluster: { server: SERVER }, name: CONTEXT }],
      contexts: [{ context: { cluster: CONTEXT, ...namespace, user: USER }, name: CONTEXT }],
      "current-context": CONTEXT,
      kind: "Config",
      users: [{ name: USER, user: {} }],
    };
    const print = formPrinter(args, io, VERB_FORMS);
    io.out(print({ metadata: {}, ...value }));
    io.exit(0);
  },
};

const getContexts: Command = {
  name: "get-contexts",
  usage: "[CONTEXT]",
  summary: "The contexts",
  flags: [
    { name: "no-headers", type: "bool" },
    { name: "output", short: "o", type: "string", help: "name, or nothing." },
  ],
  run(args, io) {
    const form = args.string("output");
    if (form !== "" && form !== "name") throw new CommandError(`output must be one of '' or 'name': ${form}`);
    const wanted = args.positional;
    const errors = wanted
      .filter((name) => name !== CONTEXT)
      .map((name) => new CommandError(`context ${name} not found`));
    const shown = wanted.length === 0 || wanted.includes(CONTEXT);
    if (form === "name") io.out(shown ? `${CONTEXT}\n` : "");
    else io.out(contextTable(io, { shown, headers: !args.bool("no-headers") }));
    throwCollected(errors);
    io.exit(0);
  },
};

function contextTable(io: CommandIO, { shown, headers }: { shown: boolean; headers: boolean }): string {
  const header = ["CURRENT", "NAME", "CLUSTER", "AUTHINFO", "NAMESPACE"];
  const row = ["*", CONTEXT, CONTEXT, USER, io.namespace === "default" ? "" : io.namespace];
  return new TableWriter().write([...(headers ? [header] : []), ...(shown ? [row] : [])]);
}

const useContext: Command = {
  name: "use-context",
  aliases: ["use"],
  usage: "CONTEXT_NAME",
  summary: "Choose the context: there is one",
  flags: [],
  run(args, io) {
    const [name] = args.positional;
    if (name === undefined || args.positional.length !== 1)
      throw usageError(args.path, `Unexpected args: [${args.positional.join(" ")}]`);
    if (name !== CONTEXT) throw new CommandError(`no context exists with the name: ${JSON.stringify(name)}`);
    io.out(`Switched to context "${CONTEXT}".\n`);
    io.exit(0);
  },
};

const setContext: Command = {
  name: "set-context",
  usage: "[NAME | --current] [--namespace=namespace]",
  summary: "Choose the namespace of the context",
  flags: [{ name: "current", type: "bool", help: "The current context: there is no other here." }],
  run(args, io) {
    const [name] = args.positional;
    if (name === undefined && !args.bool("current"))
      throw new CommandError("you must specify a non-empty context name or --current");
    if (name !== undefined && name !== CONTEXT)
      throw new CommandError(`further contexts are not simulated here: there is ${CONTEXT}, use --current`);
    if (io.setNamespace === undefined) throw new CommandError("the namespace cannot be chosen here");
    if (args.changed("namespace")) io.setNamespace(args.string("namespace"));
    io.out(`Context "${CONTEXT}" modified.\n`);
    io.exit(0);
  },
};

export const config: Command = group({
  name: "config",
  usage: "SUBCOMMAND",
  summary: "Look at the kubeconfig, choose the namespace",
  subcommands: [
    simple("current-context", "The context in use", `${CONTEXT}\n`),
    simple("get-clusters", "The clusters", `NAME\n${CONTEXT}\n`),
    getContexts,
    simple("get-users", "The users", `NAME\n${USER}\n`),
    setContext,
    useContext,
    view,
    ...[
      "delete-cluster",
      "delete-context",
      "delete-user",
      "rename-context",
      "set",
      "set-cluster",
      "set-credentials",
      "unset",
    ].map((name) =>
      absent(
        name,
        "Change the kubeconfig",
        `kubectl config ${name} is not simulated here: there is one context, and only its namespace can be chosen, with set-context --current --namespace=NAME`,
      ),
    ),
  ],
});
