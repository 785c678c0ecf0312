// `kubectl create` of the kinds around Services: namespace, ingress, service account, quota, disruption budget, priority class.
import type { Command } from "../../command.ts";
import { CommandError } from "../../errors.ts";
import { selectorAsMap } from "../../selectors.ts";
import { generatorCommand } from "./generator.ts";
import { ingressSpec } from "./ingress.ts";

const createNamespace = generatorCommand({
  name: "namespace",
  aliases: ["ns"],
  usage: "NAME",
  summary: "Create a namespace with the specified name",
  flags: [],
  resource: "namespaces",
  build: (name) => ({ apiVersion: "v1", kind: "Namespace", metadata: { name }, spec: {}, status: {} }),
});

const createServiceAccount = generatorCommand({
  name: "serviceaccount",
  aliases: ["sa"],
  usage: "NAME",
  summary: "Create a service account with the specified name",
  flags: [],
  resource: "serviceaccounts",
  failure: "failed to create serviceaccount:",
  build: (name) => ({ apiVersion: "v1", kind: "ServiceAccount", metadata: { name } }),
});

const createQuota = generatorCommand({
  name: "quota",
  aliases: ["resourcequota"],
  usage: "NAME [--hard=key1=value1,key2=value2] [--scopes=Scope1,Scope2]",
  summary: "Create a quota with the specified name",
  flags: [
    { name: "hard", type: "string" },
    { name: "scopes", type: "string" },
  ],
  resource: "resourcequotas",
  failure: "failed to create quota:",
  build(name, args) {
    const pairs = args.string("hard") === "" ? [] : args.string("hard").split(",");
    const hard = Object.fromEntries(
      pairs.map((pair) => {
        const [key, value, ...rest] = pair.split("=");
        if (key === undefined || value === undefined || value === "" || rest.length > 0)
          throw new CommandError(`Invalid argument syntax ${pair}, expected <resource>=<value>`);
        return [key, value];
      }),
    );
    const scopes = args.string("scopes") === "" ? [] : args.string("scopes").split(",");
    const spec = { ...(pairs.length > 0 ? { hard } : {}), ...(scopes.length > 0 ? { scopes } : {}) };
    return { apiVersion: "v1", kind: "ResourceQuota", metadata: { name }, spec, status: {} };
  },
});

const createDisruptionBudget = generatorCommand({
  name: "poddisruptionbudget",
  aliases: ["pdb"],
  usage: "NAME --selector=SELECTOR --min-available=N",
  summary: "Create a pod disruption budget with the specified name",
  flags: [
    { name: "min-available", type: "string" },
    { name: "max-unavailable", type: "string" },
    { name: "selector", type: "string" },
  ],
  resource: "poddisruptionbudgets.policy",
  failure: "failed to create poddisruptionbudgets:",
  build(name, args) {
    const [least, most, selector] = [
      args.string("min-available"),
      args.string("max-unavailable"),
      args.string("selector"),
    ];
    if (selector === "") throw new CommandError("a selector must be specified");
    if (least === "" && most === "")
      throw new CommandError("one of min-available or max-unavailable must be specified");
    if (least !== "" && most !== "")
      throw new CommandError("min-available and max-unavailable cannot be both specified");
    const count = (text: string) => (/^\d+$/.test(text) ? Number(text) : text);
    return {
      apiVersion: "policy/v1",
      kind: "PodDisruptionBudget",
      metadata: { name },
      spec: {
        ...(most === "" ? {} : { maxUnavailable: count(most) }),
        ...(least === "" ? {} : { minAvailable: count(least) }),
        selector: { matchLabels: selectorAsMap(selector) },
      },
      status: { currentHealthy: 0, desiredHealthy: 0, disruptionsAllowed: 0, expectedPods: 0 },
    };
  },
});

const createPriorityClass = generatorCommand({
  name: "priorityclass",
  aliases: ["pc"],
  usage: "NAME --value=VALUE [--global-default=BOOL]",
  summary: "Create a priority class with the specified name",
  flags: [
    { name: "value", type: "int", default: "0" },
    { name: "global-default", type: "bool" },
    { name: "description", type: "string" },
    { name: "preemption-policy", type: "string", default: "PreemptLowerPriority" },
  ],
  resource: "priorityclasses.scheduling.k8s.io",
  failure: "failed to create priorityclass:",
  build: (name, args) => ({
    apiVersion: "scheduling.k8s.io/v1",
    ...(args.string("description") === "" ? {} : { description: args.string("description") }),
    ...(args.bool("global-default") ? { globalDefault: true } : {}),
    kind: "PriorityClass",
    metadata: { name },
    preemptionPolicy: args.string("preemption-policy"),
    value: args.int("value"),
  }),
});

const createIngress = generatorCommand({
  name: "ingress",
  aliases: ["ing"],
  usage: "NAME --rule=host/path=service:port[,tls[=secret]]",
  summary: "Create an ingress with the specified name",
  flags: [
    { name: "rule", type: "array" },
    { name: "class", type: "string" },
    { name: "default-backend", type: "string" },
    { name: "annotation", type: "array" },
  ],
  resource: "ingresses.networking.k8s.io",
  failure: "failed to create ingress:",
  build(name, args) {
    const annotations = Object.fromEntries(
      args.list("annotation").map((each) => {
        const at = each.indexOf("=");
        return at < 0 ? [each, ""] : [each.slice(0, at), each.slice(at + 1)];
      }),
    );
    return {
      apiVersion: "networking.k8s.io/v1",
      kind: "Ingress",
      metadata: { ...(Object.keys(annotations).length > 0 ? { annotations } : {}), name },
      spec: ingressSpec(args),
      status: { loadBalancer: {} },
    };
  },
});

export const OTHER_GENERATORS: readonly Command[] = [
  createDisruptionBudget,
  createIngress,
  createNamespace,
  createPriorityClass,
  createQuota,
  createServiceAccount,
];
