// `kubectl create configmap|secret`: data from literals and files.

import { setOwn } from "../../../cluster/index.ts";
import type { Command } from "../../command.ts";
import { CommandError } from "../../command-error.ts";
import type { Flag, ParsedArgs } from "../../flags.ts";
import { type CommandIO, fileName } from "../../io.ts";
import { group } from "../group.ts";
import { encodeBase64 } from "./base64.ts";
import { generatorCommand, given, requireFlags } from "./generator.ts";

const DATA_FLAGS: readonly Flag[] = [
  { name: "from-literal", type: "array" },
  { name: "from-file", type: "list" },
  { name: "from-env-file", type: "list" },
];

/** The keys and values that the flags give. @throws CommandError */
// Models kubernetes/staging/src/k8s.io/kubectl/pkg/cmd/create handleConfigMapFromLiteralSources and similar
function dataOf(args: ParsedArgs, io: CommandIO, owner: string): Record<string, string> {
  if (args.list("from-env-file").length > 0 && args.list("from-file").length + args.list("from-literal").length > 0)
    throw new CommandError("from-env-file cannot be combined with from-file or from-literal");
  const data: Record<string, string> = {};
  const add = (key: string, value: string) => {
    checkKey(data, key, owner);
    setOwn(data, key, value);
  };
  for (const source of args.list("from-file")) for (const [key, value] of fromFile(source, io)) add(key, value);
  for (const literal of args.list("from-literal")) {
    const at = literal.indexOf("=");
    if (at <= 0) throw new CommandError(`invalid literal source ${literal}, expected key=value`);
    add(literal.slice(0, at), literal.slice(at + 1).replace(/^(["'])(.*)\1$/s, "$2"));
  }
  for (const file of args.list("from-env-file"))
    for (const line of readFile(file, io).split("\n")) {
      const match = /^\s*([^#=\s][^=]*)=(.*)$/.exec(line);
      if (match !== null) add(match[1] ?? "", match[2] ?? "");
    }
  return data;
}

/** `owner` is the ConfigMap, or "" for a Secret, whose words differ. @throws CommandError */
function checkKey(data: Record<string, string>, key: string, owner: string): void {
  if (!/^[-._a-zA-Z0-9]+$/.test(key))
    throw new CommandError(
      `${JSON.stringify(key)} is not ${owner === "" ? "valid key name for a Secret" : "a valid key name for a ConfigMap:"} a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')`,
    );
  if (!Object.hasOwn(data, key)) return;
  if (owner === "") throw new CommandError(`cannot add key ${key}, another key by that name already exists`);
  throw new CommandError(
    `cannot add key ${JSON.stringify(key)}, another key by that name already exists in Data for ConfigMap ${JSON.stringify(owner)}`,
  );
}

function fromFile(source: string, io: CommandIO): [string, string][] {
  const at = source.indexOf("=");
  const path = at < 0 ? source : source.slice(at + 1);
  const folder = `${path.replace(/\/$/, "")}/`;
  const inside = [...io.files.keys()].filter((each) => each.startsWith(folder)).sort();
  if (at < 0 && inside.length > 0) return inside.map((each) => [each.slice(folder.length), io.files.get(each) ?? ""]);
  return [[at < 0 ? (path.split("/").at(-1) ?? path) : source.slice(0, at), readFile(path, io)]];
}

function readFile(path: string, io: CommandIO): string {
  const text = io.files.get(fileName(path));
  if (text === undefined) throw new CommandError(`error reading ${path}: no such file or directory`);
  return text;
}

function optionalData(data: Record<string, string>): { data?: Record<string, string> } {
  return Object.keys(data).length === 0 ? {} : { data };
}

export const createConfigMap: Command = generatorCommand({
  name: "configmap",
  aliases: ["cm"],
  usage: "NAME [--from-file=[key=]source] [--from-literal=key1=value1]",
  summary: "A config map of words or files",
  flags: DATA_FLAGS,
  resource: "configmaps",
  failure: "failed to create configmap:",
  build: (name, args, io) => optionalData(dataOf(args, io, name)),
});

function secret(type: string, data: Record<string, string>): Record<string, unknown> {
  const encoded = Object.fromEntries(Object.entries(data).map(([key, value]) => [key, encodeBase64(value)]));
  return { ...optionalData(encoded), ...given({ type }) };
}

const genericSecret = generatorCommand({
  name: "generic",
  usage: "NAME [--type=string] [--from-file=[key=]source] [--from-literal=key1=value1]",
  summary: "A secret of words or files",
  flags: [...DATA_FLAGS, { name: "type", type: "string" }],
  resource: "secrets",
  failure: "failed to create secret",
  build: (_, args, io) => secret(args.string("type"), dataOf(args, io, "")),
});

const tlsSecret = generatorCommand({
  name: "tls",
  usage: "NAME --cert=path/to/cert/file --key=path/to/key/file",
  summary: "A secret with a certificate and its key",
  flags: [
    { name: "cert", type: "string" },
    { name: "key", type: "string" },
  ],
  resource: "secrets",
  failure: "failed to create secret",
  build(_, args, io) {
    if (args.string("cert") === "" || args.string("key") === "")
      throw new CommandError("key and cert must be specified");
    return secret("kubernetes.io/tls", {
      "tls.crt": readFile(args.string("cert"), io),
      "tls.key": readFile(args.string("key"), io),
    });
  },
});

const registrySecret = generatorCommand({
  name: "docker-registry",
  usage: "NAME --docker-username=user --docker-password=password [--docker-server=string]",
  summary: "A secret with the account of a registry",
  flags: [
    { name: "docker-username", type: "string" },
    { name: "docker-password", type: "string" },
    { name: "docker-email", type: "string" },
    { name: "docker-server", type: "string", default: "https://index.docker.io/v1/" },
  ],
  resource: "secrets",
  failure: "failed to create secret",
  build(_, args) {
    requireFlags(args, ["docker-password", "docker-username"]);
    const [username, password, email] = [
      args.string("docker-username"),
      args.string("docker-password"),
      args.string("docker-email"),
    ];
    const entry = {
      username,
      password,
      ...given({ email }),
      auth: encodeBase64(`${username}:${password}`),
    };
    const config = JSON.stringify({ auths: { [args.string("docker-server")]: entry } });
    return secret("kubernetes.io/dockerconfigjson", { ".dockerconfigjson": config });
  },
});

export const createSecret: Command = group({
  name: "secret",
  usage: "(docker-registry | generic | tls) NAME",
  summary: "A secret of one of three kinds",
  subcommands: [registrySecret, genericSecret, tlsSecret],
});
