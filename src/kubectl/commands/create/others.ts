// `kubectl create` of the kinds around Services: namespace, ingress, service account, quota, disruption budget, priority class.
import type { Command } from "../../command.ts";
import { CommandError } from "../../command-error.ts";
import { labelSelectorOf } from "../../selectors.ts";
import { generatorCommand, given } from "./generator.ts";
import { ingressSpec } from "./ingress.ts";

const createNamespace = generatorCommand({
  name: "namespace",
  aliases: ["ns"],
  usage: "NAME",
  summary: "A namespace",
  flags: [],
  resource: "namespaces",
  build: () => ({ spec: {}, status: {} }),
});

const createServiceAccount = generatorCommand({
  name: "serviceaccount",
  aliases: ["sa"],
  usage: "NAME",
  summary: "A service account",
  flags: [],
  resource: "serviceaccounts",
  failure: "failed to create serviceaccount:",
  build: () => ({}),
});

const createQuota = generatorCommand({
  name: "quota",
  aliases: ["resourcequota"],
  usage: "NAME [--hard=key1=value1,key2=value2] [--scopes=Scope1,Scope2]",
  summary: "A quota of a namespace",
  flags: [
    { name: "hard", type: "string" },
    { name: "scopes", type: "string" },
  ],
  resource: "resourcequotas",
  failure: "failed to create quota:",
  build(_, args) {
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
    return { spec, status: {} };
  },
});

const createDisruptionBudget = generatorCommand({
  name: "poddisruptionbudget",
  aliases: ["pdb"],
  usage: "NAME --selector=SELECTOR --min-available=N",
  summary: "How many of some pods must stay, or may be missing",
  flags: [
    { name: "min-available", type: "string" },
    { name: "max-unavailable", type: "string" },
    { name: "selector", type: "string" },
  ],
  resource: "poddisruptionbudgets.policy",
  failure: "failed to create poddisruptionbudgets:",
  build(_, args) {
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
      spec: {
        ...(most === "" ? {} : { maxUnavailable: count(most) }),
        ...(least === "" ? {} : { minAvailable: count(least) }),
        selector: labelSelectorOf(selector),
      },
      status: { currentHealthy: 0, desiredHealthy: 0, disruptionsAllowed: 0, expectedPods: 0 },
    };
  },
});

const createPriorityClass = generatorCommand({
  name: "priorityclass",
  aliases: ["pc"],
  usage: "NAME --value=VALUE [--global-default=BOOL]",
  summary: "A priority that pods may have",
  flags: [
    { name: "value", type: "int", default: "0" },
    { name: "global-default", type: "bool" },
    { name: "description", type: "string" },
    { name: "preemption-policy", type: "string", default: "PreemptLowerPriority" },
  ],
  resource: "priorityclasses.scheduling.k8s.io",
  failure: "failed to create priorityclass:",
  build: (_, args) => ({
    ...given({ description: args.string("description") }),
    ...(args.bool("global-default") ? { globalDefault: true } : {}),
    preemptionPolicy: args.string("preemption-policy"),
    value: args.int("value"),
  }),
});

const createIngress = generatorCommand({
  name: "ingress",
  aliases: ["ing"],
  usage: "NAME --rule=host/path=service:port[,tls[=secret]]",
  summary: "Rules by host and path, and their Services",
  flags: [
    { name: "rule", type: "array" },
    { name: "class", type: "string" },
    { name: "default-backend", type: "string" },
    { name: "annotation", type: "array" },
  ],
  resource: "ingresses.networking.k8s.io",
  failure: "failed to create ingress:",
  build(_, args) {
    const annotations = Object.fromEntries(
      args.list("annotation").map((each) => {
        const at = each.indexOf("=");
        return at < 0 ? [each, ""] : [each.slice(0, at), each.slice(at + 1)];
      }),
    );
    return {
      ...(Object.keys(annotations).length > 0 ? { metadata: { annotations } } : {}),
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
