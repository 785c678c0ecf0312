// `kubectl top`: what pods and nodes use, as the metrics server reports it.
import {
  compareText,
  milliValue,
  type Pod,
  type PodUsage,
  totalUsage,
  type Usage,
  usageNow,
} from "../../cluster/index.ts";
import type { Command } from "../command.ts";
import { CommandError } from "../command-error.ts";
import type { Flag, ParsedArgs } from "../flags.ts";
import type { CommandIO } from "../io.ts";
import { tableText } from "../printers/table.ts";
import { listOptions } from "../selectors.ts";

const COMMON: readonly Flag[] = [
  { name: "selector", short: "l", type: "string", help: "Selector (label query) to filter on." },
  { name: "no-headers", type: "bool" },
  { name: "sort-by", type: "string", help: "cpu or memory." },
];

const MI = 2 ** 20;
/** What a node's kubelet and system use besides its pods. */
const SYSTEM: Usage = { cpu: 50, memory: 500 * MI };

interface Row extends Usage {
  readonly namespace?: string;
  readonly name: string;
  readonly container?: string;
}

// Models kubernetes/staging/src/k8s.io/kubectl/pkg/cmd/top TopPodOptions
const topPod: Command = {
  name: "pod",
  aliases: ["pods", "po"],
  usage: "[NAME | -l label]",
  summary: "CPU and memory of pods",
  flags: [
    ...COMMON,
    { name: "all-namespaces", short: "A", type: "bool", help: "Pods of all namespaces." },
    { name: "containers", type: "bool", help: "One line for each container." },
    { name: "field-selector", type: "string", help: "Selector (field query) to filter on." },
    { name: "sum", type: "bool", help: "The sum of all below." },
  ],
  run(args, io) {
    const usage = measured(io);
    checkSort(args);
    const [name] = args.positional;
    const everywhere = args.bool("all-namespaces");
    const pods = podsOf(args, io, name);
    const rows = pods.flatMap((pod) => rowsOf(pod, usage(pod), args.bool("containers")));
    if (rows.length === 0) {
      if (pods.length > 0) throw new CommandError("metrics not available yet");
      io.err(everywhere ? "No resources found\n" : `No resources found in ${io.namespace} namespace.\n`);
      io.exit(0);
      return;
    }
    const isDivided = args.bool("containers");
    const header = [
      ...(everywhere ? ["NAMESPACE"] : []),
      ...(isDivided ? ["POD"] : []),
      "NAME",
      "CPU(cores)",
      "MEMORY(bytes)",
    ];
    const cells = sorted(rows, args).map((row) => [
      ...(everywhere ? [row.namespace ?? ""] : []),
      ...(isDivided ? [row.name, row.container ?? ""] : [row.name]),
      cores(row.cpu),
      bytes(row.memory),
    ]);
    const sum = totalUsage(rows.map((row) => ({ ...row, container: "" })));
    const blanks = header.slice(0, -3).map(() => "");
    const foot = args.bool("sum")
      ? [
          [...blanks, "", "________", "________"],
          [...blanks, "", cores(sum.cpu), bytes(sum.memory)],
        ]
      : [];
    print(args, io, header, [...cells, ...foot]);
  },
};

// Models kubernetes/staging/src/k8s.io/kubectl/pkg/cmd/top TopNodeOptions
const topNode: Command = {
  name: "node",
  aliases: ["nodes", "no"],
  usage: "[NAME | -l label]",
  summary: "CPU and memory of nodes",
  flags: [
    ...COMMON,
    { name: "show-capacity", type: "bool", help: "Percentages of the capacity, not of what is allocatable." },
  ],
  run(args, io) {
    const usage = measured(io);
    checkSort(args);
    const [name] = args.positional;
    const { api, network } = io.cluster;
    const nodes =
      name === undefined
        ? api.list("nodes", listOptions("/v1, Resource=nodes", args.string("selector"), ""))
        : [api.get("nodes", undefined, name)];
    const pods = api.list("pods");
    const rows = nodes.map(({ metadata: { name: node = "" }, status }) => {
      const size = args.bool("show-capacity") ? status?.capacity : status?.allocatable;
      const own = pods.filter(({ spec }) => spec?.nodeName === node).map((pod) => totalUsage(usage(pod) ?? []));
      const sum = totalUsage([SYSTEM, ...own].map((each) => ({ ...each, container: "" })));
      return { name: node, ...sum, size, isSeen: network.hasKubelet(node) && network.isOn(node) };
    });
    const percent = (used: number, of: number) => `${Math.floor((used * 100) / Math.max(1, of))}%`;
    const cells = sorted(rows, args).map(({ name: node, cpu, memory, size, isSeen }) =>
      isSeen
        ? [
            node,
            cores(cpu),
            percent(cpu, milliValue(size?.cpu)),
            bytes(memory),
            percent(memory, milliValue(size?.memory) / 1_000),
          ]
        : [node, "<unknown>", "<unknown>", "<unknown>", "<unknown>"],
    );
    print(args, io, ["NAME", "CPU(cores)", "CPU(%)", "MEMORY(bytes)", "MEMORY(%)"], cells);
  },
};

export const top: Command = {
  name: "top",
  usage: "(pod | node)",
  summary: "CPU and memory in use, while a metrics server runs (sim metrics on)",
  flags: [],
  subcommands: [topNode, topPod],
  run(_, io) {
    io.exit(0);
  },
};

/** @throws CommandError without a metrics server. */
function measured({ cluster }: CommandIO): (pod: Pod) => PodUsage | undefined {
  if (!cluster.settings.metricsServer) throw new CommandError("Metrics API not available");
  return usageNow(cluster);
}

function podsOf(args: ParsedArgs, io: CommandIO, name: string | undefined): readonly Pod[] {
  const { api } = io.cluster;
  if (name !== undefined) return [api.get("pods", io.namespace, name)];
  const options = listOptions("/v1, Resource=pods", args.string("selector"), args.string("field-selector"));
  return io.cluster.api.list("pods", args.bool("all-namespaces") ? options : { ...options, namespace: io.namespace });
}

function rowsOf({ metadata }: Pod, usage: PodUsage | undefined, isDivided: boolean): readonly Row[] {
  if (usage === undefined) return [];
  const { name = "", namespace = "" } = metadata;
  return isDivided ? usage.map((each) => ({ ...each, name, namespace })) : [{ ...totalUsage(usage), name, namespace }];
}

function checkSort(args: ParsedArgs): void {
  if (!["", "cpu", "memory"].includes(args.string("sort-by")))
    throw new CommandError("--sort-by accepts only cpu or memory");
}

/** By name, or the most first. */
function sorted<T extends Row>(rows: readonly T[], args: ParsedArgs): readonly T[] {
  const by = args.string("sort-by");
  return rows.toSorted((a, b) => {
    if (by === "cpu" || by === "memory") return b[by] - a[by];
    return compareText(a.namespace ?? "", b.namespace ?? "") || compareText(a.name, b.name);
  });
}

const cores = (millis: number) => `${millis}m`;
const bytes = (amount: number) => `${Math.floor(amount / MI)}Mi`;

/** Each cell, the last one too, is as wide as its column. */
// Models kubernetes/staging/src/k8s.io/kubectl/pkg/metricsutil TopCmdPrinter
function print(
  args: ParsedArgs,
  io: CommandIO,
  header: readonly string[],
  cells: readonly (readonly string[])[],
): void {
  const rows = args.bool("no-headers") ? cells : [header, ...cells];
  io.out(tableText(rows.map((row) => [...row, ""])));
  io.exit(0);
}
