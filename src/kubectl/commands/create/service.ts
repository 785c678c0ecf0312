// `kubectl create service …`: the four types by hand.

import type { Command } from "../../command.ts";
import { CommandError } from "../../command-error.ts";
import type { Flag, ParsedArgs } from "../../flags.ts";
import { group } from "../group.ts";
import { type Generator, generatorCommand } from "./generator.ts";
import { isPortName, parsePort, targetPortNumber } from "./ports.ts";

const TCP_FLAG: Flag = { name: "tcp", type: "list", help: "Port pairs can be specified as '<port>:<targetPort>'." };
const NODE_PORT_FLAG: Flag = { name: "node-port", type: "int", default: "0" };
const CLUSTER_IP_FLAG: Flag = { name: "clusterip", type: "string" };

type ServiceType = "ClusterIP" | "NodePort" | "LoadBalancer" | "ExternalName";

function service(name: string, type: ServiceType, args: ParsedArgs): Record<string, unknown> {
  const ports = args.list("tcp").map((text) => servicePort(text, args));
  const headless = args.knows("clusterip") && args.string("clusterip") === "None";
  if (ports.length === 0 && !headless && type !== "ExternalName")
    throw new CommandError("at least one tcp port specifier must be provided");
  const clusterIP = args.knows("clusterip") ? args.string("clusterip") : "";
  return {
    metadata: { labels: { app: name } },
    spec: {
      ...(clusterIP === "" ? {} : { clusterIP }),
      ...(type === "ExternalName" ? { externalName: args.string("external-name") } : {}),
      ...(ports.length === 0 ? {} : { ports }),
      selector: { app: name },
      type,
    },
    status: { loadBalancer: {} },
  };
}

function servicePort(text: string, args: ParsedArgs): Record<string, unknown> {
  const [first = "", second] = text.split(":");
  const port = parsePort(first);
  const nodePort = args.knows("node-port") ? args.int("node-port") : 0;
  const targetPort =
    second === undefined ? port : /^[+-]?\d+$/.test(second) ? targetPortNumber(second) : isPortName(second);
  return {
    name: text.replaceAll(":", "-"),
    ...(nodePort === 0 ? {} : { nodePort }),
    port,
    protocol: "TCP",
    targetPort,
  };
}

function serviceGenerator(type: ServiceType, flags: readonly Flag[], more: Partial<Generator> = {}): Command {
  const name = type.toLowerCase();
  return generatorCommand({
    name,
    usage: `NAME${type === "ExternalName" ? " --external-name external.name" : ""} [--tcp=<port>:<targetPort>]`,
    summary: `A Service of type ${type}`,
    flags,
    resource: "services",
    failure: `failed to create ${type} service:`,
    build: (serviceName, args) => service(serviceName, type, args),
    ...more,
  });
}

/** A DNS name: labels of letters, digits and dashes in lower case, joined by dots. */
const SUBDOMAIN = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;

export const createService: Command = group({
  name: "service",
  aliases: ["svc"],
  usage: "TYPE NAME",
  summary: "A Service of one of four types",
  subcommands: [
    serviceGenerator("ClusterIP", [TCP_FLAG, CLUSTER_IP_FLAG]),
    serviceGenerator("ExternalName", [TCP_FLAG, { name: "external-name", type: "string" }], {
      required: ["external-name"],
      build: (name, args) => {
        const target = args.string("external-name");
        if (!SUBDOMAIN.test(target) || target.length > 253)
          throw new CommandError(`invalid service external name ${target}`);
        return service(name, "ExternalName", args);
      },
    }),
    serviceGenerator("LoadBalancer", [TCP_FLAG]),
    serviceGenerator("NodePort", [TCP_FLAG, NODE_PORT_FLAG]),
  ],
});
