// `kubectl autoscale`: a HorizontalPodAutoscaler for a workload.
import { groupVersion, resourceInfo, type UnknownObject } from "../../cluster/index.ts";
import type { Command } from "../command.ts";
import { CommandError } from "../command-error.ts";
import { throwCollected } from "../errors.ts";
import type { ParsedArgs } from "../flags.ts";
import { withLastApplied } from "../last-applied.ts";
import { DRY_RUN_FLAG, dryRunOf, OUTPUT_FLAGS, objectPrinter } from "../output.ts";
import { RECORD_FLAG, recorded } from "../record.ts";
import { type Found, SELECTOR_FLAGS, select } from "../select.ts";
import { ask } from "../session.ts";
import { FILE_FLAGS } from "../sources.ts";
import { isScaled } from "../subresource.ts";
import { collectErrors } from "./collect.ts";
import { requireFlags } from "./create/generator.ts";

const RESOURCE = "horizontalpodautoscalers.autoscaling";

export const autoscale: Command = {
  name: "autoscale",
  usage: "(-f FILENAME | TYPE NAME | TYPE/NAME) [--min=MINPODS] --max=MAXPODS [--cpu=PERCENT%]",
  summary: "Make a HorizontalPodAutoscaler, which scales while a metrics server runs (sim metrics on)",
  flags: [
    ...FILE_FLAGS,
    ...SELECTOR_FLAGS.filter(({ name }) => name !== "selector" && name !== "field-selector"),
    ...OUTPUT_FLAGS,
    DRY_RUN_FLAG,
    { name: "min", type: "int", default: "-1" },
    { name: "max", type: "int", default: "-1" },
    {
      name: "cpu-percent",
      type: "int",
      default: "-1",
      deprecated:
        "Use --cpu with percentage or resource quantity format (e.g., '70%' for utilization or '500m' for milliCPU).",
    },
    { name: "cpu", type: "string" },
    { name: "memory", type: "string" },
    { name: "name", type: "string" },
    { name: "field-manager", type: "string", default: "kubectl-autoscale" },
    { name: "save-config", type: "bool" },
    RECORD_FLAG,
  ],
  // Models kubernetes/staging/src/k8s.io/kubectl/pkg/cmd/autoscale AutoscaleOptions
  run(args, io) {
    requireFlags(args, ["max"]);
    const [min, max] = [args.int("min"), args.int("max")];
    if (max < 1) throw new CommandError(`--max=MAXPODS is required and must be at least 1, max: ${max}`);
    if (max < min)
      throw new CommandError(`--max=MAXPODS must be larger or equal to --min=MINPODS, max: ${max}, min: ${min}`);
    const dryRun = dryRunOf(args, io);
    const print = objectPrinter(args, io, dryRun);
    const { found, errors } = select(args, args.positional, io);
    const failed: Error[] = [];
    for (const target of found)
      collectErrors(failed, () => {
        const made = recorded(args, scalerFor(target, args));
        const scaler = args.bool("save-config") ? withLastApplied(made) : made;
        const options = { dryRun: dryRun === "server", fieldManager: args.string("field-manager") };
        const sent =
          dryRun === "client"
            ? scaler
            : ask(io, () => io.cluster.api.create(RESOURCE, target.namespace, scaler, options));
        print(resourceInfo(RESOURCE), sent, "autoscaled");
      });
    throwCollected([...failed, ...errors]);
    io.exit(0);
  },
};

function scalerFor({ info, name }: Found, args: ParsedArgs): UnknownObject {
  if (!isScaled(info))
    throw new CommandError(`cannot autoscale a ${info.kind}: ${JSON.stringify(info.kind)} has no scale subresource`);
  const metrics = [metric("cpu", args.changed("cpu-percent") ? `${args.int("cpu-percent")}%` : args.string("cpu"))];
  const memory = metric("memory", args.string("memory"));
  const wanted = [...metrics, memory].flatMap((each) => each ?? []);
  return {
    apiVersion: "autoscaling/v2",
    kind: "HorizontalPodAutoscaler",
    metadata: { name: args.string("name") || name },
    spec: {
      maxReplicas: args.int("max"),
      ...(args.int("min") > 0 ? { minReplicas: args.int("min") } : {}),
      ...(wanted.length === 0 ? {} : { metrics: wanted }),
      scaleTargetRef: { apiVersion: groupVersion(info), kind: info.kind, name },
    },
  };
}

function metric(resource: "cpu" | "memory", text: string): object | undefined {
  if (text === "") return undefined;
  const percent = /^(\d+)%$/.exec(text)?.[1];
  const target =
    percent === undefined
      ? { type: "AverageValue", averageValue: text }
      : { type: "Utilization", averageUtilization: Number(percent) };
  return { type: "Resource", resource: { name: resource, target } };
}
