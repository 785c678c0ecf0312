// `kubectl set image|env|resources|selector|serviceaccount`.

import {
  type Container,
  type EnvVar,
  type PodSpec,
  resourceName,
  type Selector,
  type UnknownObject,
} from "../../cluster/index.ts";
import { matches, patternOf } from "../../sh/index.ts";
import type { Command } from "../command.ts";
import { CommandError } from "../command-error.ts";
import { throwCollected } from "../errors.ts";
import type { ParsedArgs } from "../flags.ts";
import type { CommandIO } from "../io.ts";
import { isMap } from "../maps.ts";
import { DRY_RUN_FLAG, dryRunOf, OUTPUT_FLAGS, objectPrinter } from "../output.ts";
import { RECORD_FLAG, recorded } from "../record.ts";
import { type Found, SELECTOR_FLAGS, select } from "../select.ts";
import { listedKeys, parseLabelSelector, SelectorError } from "../selectors.ts";
import { ask } from "../session.ts";
import { FILE_FLAGS, isLocal } from "../sources.ts";
import { absent } from "./absent.ts";
import { collectErrors } from "./collect.ts";
import { group } from "./group.ts";
import { splitPairs } from "./pairs.ts";
import { containersOf, podSpecOf, setCommand } from "./set/template.ts";

const setImage = setCommand({
  name: "image",
  usage: "(-f FILENAME | TYPE NAME) CONTAINER_NAME_1=CONTAINER_IMAGE_1 ... CONTAINER_NAME_N=CONTAINER_IMAGE_N",
  summary: "Change images",
  flags: [],
  news: "image updated",
  plan(args) {
    const { resources, pairs } = splitPairs(args.positional, "image");
    if (pairs.length === 0) throw new CommandError("at least one image update is required");
    const images = pairs.map((pair) => {
      const at = pair.indexOf("=");
      if (at <= 0) throw new CommandError(`invalid image format: ${pair}`);
      return [pair.slice(0, at), pair.slice(at + 1)] as const;
    });
    return {
      resources,
      edit: (spec) => {
        for (const [name, image] of images) {
          const matching = containersOf(spec).filter((container) => name === "*" || container.name === name);
          if (matching.length === 0)
            throw new CommandError(`error: unable to find container named ${JSON.stringify(name)}`);
          for (const container of matching) container.image = image;
        }
      },
    };
  },
});

/** The containers that `-c` means: a name, or a pattern with `*`. */
function chosen(spec: PodSpec, pattern: string): Container[] {
  const matcher = patternOf(pattern.replace(/[?[\\]/g, "\\$&"));
  return containersOf(spec).filter(({ name }) => matches(matcher, name));
}

const setEnv = setCommand({
  name: "env",
  usage: "RESOURCE/NAME KEY_1=VAL_1 ... KEY_N=VAL_N",
  summary: "Change variables",
  flags: [
    { name: "containers", short: "c", type: "string", default: "*" },
    { name: "env", short: "e", type: "array" },
    { name: "from", type: "string" },
    { name: "keys", type: "list" },
    { name: "prefix", type: "string" },
    { name: "list", type: "bool" },
    { name: "overwrite", type: "bool", default: "true" },
  ],
  news: "env updated",
  plan(args, io) {
    const { resources, pairs } = splitPairs(args.positional, "environment");
    const changes = [...pairs, ...args.list("env")];
    const wanted = [...changes.filter((pair) => pair.includes("=")).map(asVariable), ...fromSource(args, io)];
    const gone = new Set(changes.filter((pair) => !pair.includes("=")).map((pair) => pair.replace(/-$/, "")));
    const edit = (spec: PodSpec) => {
      for (const container of chosen(spec, args.string("containers"))) {
        if (!args.bool("overwrite")) checkUnset(container, wanted);
        setVariables(container, wanted, gone);
      }
    };
    return args.bool("list")
      ? { resources, edit, list: (target) => listVariables(target, args, io) }
      : { resources, edit };
  },
});

function asVariable(pair: string): EnvVar {
  const at = pair.indexOf("=");
  return { name: pair.slice(0, at), value: pair.slice(at + 1) };
}

function fromSource(args: ParsedArgs, io: CommandIO): EnvVar[] {
  const match = /^(configmaps?|cm|secrets?)\/(.+)$/.exec(args.string("from"));
  if (match === null) return [];
  const isSecret = (match[1] ?? "").startsWith("secret");
  const name = match[2] ?? "";
  const source = io.cluster.api.get(isSecret ? "secrets" : "configmaps", io.namespace, name) as {
    data?: Record<string, string>;
  }; // both keep text by key
  const keys = Object.keys(source.data ?? {}).filter(
    (key) => args.list("keys").length === 0 || args.list("keys").includes(key),
  );
  return keys.sort().map((key) => ({
    name: args.string("prefix") + key.toUpperCase().replace(/[^A-Z0-9_]/g, "_"),
    valueFrom: isSecret ? { secretKeyRef: { key, name } } : { configMapKeyRef: { key, name } },
  }));
}

// Models kubernetes/staging/src/k8s.io/kubectl/pkg/cmd/set validateNoOverwrites
function checkUnset({ env = [] }: Container, wanted: readonly EnvVar[]): void {
  for (const { name } of wanted) {
    const there = env.find((each) => each.name === name);
    if (there !== undefined)
      throw new CommandError(`'${name}' already has a value (${there.value ?? ""}), and --overwrite is false`);
  }
}

function setVariables(container: Container, wanted: readonly EnvVar[], gone: ReadonlySet<string>): void {
  const env = (container.env ?? []).filter(({ name }) => !gone.has(name));
  for (const variable of wanted) {
    const at = env.findIndex(({ name }) => name === variable.name);
    if (at < 0) env.push(variable);
    else env[at] = variable;
  }
  if (env.length > 0 || container.env !== undefined) container.env = env;
}

function listVariables({ info, name, object }: Found, args: ParsedArgs, io: CommandIO): void {
  const spec = podSpecOf(resourceName(info), object);
  for (const container of spec === undefined ? [] : chosen(spec, args.string("containers"))) {
    io.out(`# ${info.kind} ${name}, container ${container.name}\n`);
    for (const { name: key, value = "", valueFrom } of container.env ?? []) {
      const reference = valueFrom?.configMapKeyRef ?? valueFrom?.secretKeyRef;
      const kind = valueFrom?.secretKeyRef === undefined ? "configmap" : "secret";
      if (valueFrom === undefined) io.out(`${key}=${value}\n`);
      else if (reference !== undefined) io.out(`# ${key} from ${kind} ${reference.name}, key ${reference.key}\n`);
      else io.out(`# ${key} from field path ${valueFrom.fieldRef?.fieldPath ?? ""}\n`);
    }
  }
}

const setResources = setCommand({
  name: "resources",
  usage: "(-f FILENAME | TYPE NAME) ([--limits=LIMITS & --requests=REQUESTS]",
  summary: "Change requests and limits",
  flags: [
    { name: "containers", short: "c", type: "string", default: "*" },
    { name: "limits", type: "string" },
    { name: "requests", type: "string" },
  ],
  news: "resource requirements updated",
  plan(args) {
    const [limits, requests] = [quantities(args.string("limits")), quantities(args.string("requests"))];
    if (limits === undefined && requests === undefined)
      throw new CommandError("you must specify an update to requests or limits (in the form of --requests/--limits)");
    return {
      resources: args.positional,
      edit: (spec) => {
        const containers = chosen(spec, args.string("containers"));
        if (containers.length === 0)
          throw new CommandError(`unable to find container named ${args.string("containers")}`);
        for (const container of containers)
          container.resources = {
            ...container.resources,
            ...(limits === undefined ? {} : { limits: { ...container.resources?.limits, ...limits } }),
            ...(requests === undefined ? {} : { requests: { ...container.resources?.requests, ...requests } }),
          };
      },
    };
  },
});

function quantities(text: string): Record<string, string> | undefined {
  if (text === "") return undefined;
  return Object.fromEntries(
    text.split(",").map((pair) => {
      const [name, value, ...rest] = pair.split("=");
      if (name === undefined || value === undefined || rest.length > 0)
        throw new CommandError(`Invalid argument syntax ${pair}, expected <resource>=<value>`);
      return [name, value];
    }),
  );
}

const setServiceAccount = setCommand({
  name: "serviceaccount",
  usage: "(-f FILENAME | TYPE NAME) SERVICE_ACCOUNT",
  summary: "Change the service account",
  flags: [],
  news: "serviceaccount updated",
  plan(args) {
    const account = args.positional.at(-1);
    if (account === undefined) throw new CommandError("serviceaccount is required");
    return {
      resources: args.positional.slice(0, -1),
      edit: (spec) => {
        spec.serviceAccountName = account;
        spec.serviceAccount = account;
      },
    };
  },
});

const setSelector: Command = {
  name: "selector",
  usage: "(-f FILENAME | TYPE NAME) EXPRESSIONS [--resource-version=version]",
  summary: "Change the selector of a Service",
  flags: [
    ...FILE_FLAGS,
    ...SELECTOR_FLAGS.filter(({ name }) => name !== "selector"),
    ...OUTPUT_FLAGS,
    DRY_RUN_FLAG,
    { name: "resource-version", type: "string" },
    { name: "local", type: "bool" },
    { name: "field-manager", type: "string", default: "kubectl-set" },
    RECORD_FLAG,
  ],
  run(args, io) {
    const text = args.positional.at(-1);
    if (text === undefined)
      throw new CommandError("one or more resources must be specified as <resource> <name> or <resource>/<name>");
    const selector = parseSelector(text);
    const expressions = expressionsOf(selector, text);
    const dryRun = dryRunOf(args, io);
    const print = objectPrinter(args, io, dryRun);
    const { found, errors } = select(args, args.positional.slice(0, -1), io);
    const failed: Error[] = [];
    for (const target of found)
      collectErrors(failed, () => {
        if (resourceName(target.info) !== "services")
          throw new CommandError("setting a selector is only supported for Services");
        if (expressions.length > 0)
          throw new CommandError(`match expression [${expressions.join(" ")}] not supported on this object`);
        const made = recorded(args, {
          ...target.object,
          spec: { ...(isMap(target.object.spec) ? target.object.spec : {}), selector: asMap(selector) },
        });
        if (isLocal(args) || dryRun === "client") print(target.info, made, "selector updated");
        else print(target.info, replaced(made, { args, io, dryRun: dryRun === "server" }), "selector updated");
      });
    throwCollected([...failed, ...errors]);
    io.exit(0);
  },
};

/** The whole object goes back to the server, with the version that was asked for. */
// Models kubernetes/staging/src/k8s.io/kubectl/pkg/cmd/set SetSelectorOptions.RunSelector
function replaced(
  object: UnknownObject,
  { args, io, dryRun }: { args: ParsedArgs; io: CommandIO; dryRun: boolean },
): UnknownObject {
  const version = args.string("resource-version");
  const { resourceVersion: _, ...metadata } = object.metadata;
  const sent = { ...object, metadata: version === "" ? metadata : { ...metadata, resourceVersion: version } };
  return ask(io, () => io.cluster.api.update("services", sent, { dryRun, fieldManager: args.string("field-manager") }));
}

function parseSelector(text: string): Selector {
  try {
    return parseLabelSelector(text);
  } catch (error) {
    if (!(error instanceof SelectorError)) throw error;
    throw new CommandError(`couldn't parse the selector string ${JSON.stringify(text)}: ${error.message}`);
  }
}

/** The requirements that are no plain `key=value`, as Go prints them; `in` with one value is one of them too. */
// Models k8s.io/apimachinery/pkg/apis/meta/v1 ParseToLabelSelector
function expressionsOf(selector: Selector, text: string): string[] {
  const listed = listedKeys(text);
  return selector
    .filter(({ key, operator }) => operator !== "In" || listed.has(key))
    .map(({ key, operator, values }) => `{${key} ${operator} [${values.join(" ")}]}`);
}

/** A Service's selector is a plain map. */
function asMap(selector: Selector): Record<string, string> {
  return Object.fromEntries(selector.map(({ key, values: [value = ""] }) => [key, value]));
}

export const set: Command = group({
  name: "set",
  usage: "SUBCOMMAND",
  summary: "Change one thing of objects: image, variables, resources, selector",
  subcommands: [
    setEnv,
    setImage,
    setResources,
    setSelector,
    setServiceAccount,
    absent(
      "subject",
      "Change who a role binding is for",
      "kubectl set subject is not simulated here: recreate the binding with kubectl create rolebinding, or use kubectl edit",
    ),
  ],
});
