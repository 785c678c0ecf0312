// `kubectl taint`: what keeps pods off a node.
import { type Node, resourceInfo, type Taint } from "../../cluster/index.ts";
import type { Command } from "../command.ts";
import { CommandError } from "../command-error.ts";
import { throwCollected } from "../errors.ts";
import { DRY_RUN_FLAG, dryRunOf, OUTPUT_FLAGS, objectPrinter } from "../output.ts";
import { type Found, SELECTOR_FLAGS, select } from "../select.ts";
import { patchObject } from "../session.ts";
import { fieldValidation, VALIDATE_FLAG } from "../validation.ts";
import { collectErrors } from "./collect.ts";

const EFFECTS = new Set(["NoSchedule", "PreferNoSchedule", "NoExecute"]);

export const taint: Command = {
  name: "taint",
  usage: "NODE NAME KEY_1=VAL_1:TAINT_EFFECT_1 ... KEY_N=VAL_N:TAINT_EFFECT_N",
  summary: "Put taints on nodes, or take them off",
  flags: [
    ...SELECTOR_FLAGS,
    ...OUTPUT_FLAGS,
    DRY_RUN_FLAG,
    { name: "overwrite", type: "bool" },
    VALIDATE_FLAG,
    { name: "field-manager", type: "string", default: "kubectl-taint" },
  ],
  run(args, io) {
    const isTaint = (word: string) => word.includes(":") || word.endsWith("-") || word.includes("=");
    const words = args.positional.filter((word) => !isTaint(word));
    const specs = args.positional.filter(isTaint);
    if (words.length === 0) throw new CommandError("one or more resources must be specified as <resource> <name>");
    if (specs.length === 0) throw new CommandError("at least one taint update is required");
    const dryRun = dryRunOf(args, io);
    const options = {
      dryRun: dryRun === "server",
      fieldManager: args.string("field-manager"),
      fieldValidation: fieldValidation(args),
    } as const;
    const print = objectPrinter(args, io, dryRun);
    const { found, errors } = select(args, words, io);
    const failed: Error[] = [];
    for (const target of found)
      collectErrors(failed, () => {
        if (target.info !== resourceInfo("nodes"))
          throw new CommandError(`invalid resource type ${target.info.resource}, only node types are supported`);
        const taints = retainted(target, specs, args.bool("overwrite"));
        const body = { spec: { taints: taints.length === 0 ? null : taints } };
        const news = specs.every((spec) => spec.endsWith("-"))
          ? "untainted"
          : specs.some((spec) => spec.endsWith("-"))
            ? "modified"
            : "tainted";
        print(
          target.info,
          dryRun === "client" ? target.object : patchObject(io, target, { type: "merge", body }, options),
          news,
        );
      });
    throwCollected([...failed, ...errors]);
    io.exit(0);
  },
};

// Models kubernetes/staging/src/k8s.io/kubectl/pkg/cmd/taint parseTaints and reorganizeTaints
function retainted({ name, object }: Found, specs: readonly string[], overwrite: boolean): Taint[] {
  let taints = [...((object as unknown as Node).spec?.taints ?? [])]; // of this resource
  for (const spec of specs) {
    const { key, value, effect } = parseTaint(spec);
    const same = (each: Taint) => each.key === key && (effect === "" || each.effect === effect);
    if (spec.endsWith("-")) {
      if (!taints.some(same)) throw new CommandError(`taint ${JSON.stringify(spec.slice(0, -1))} not found`);
      taints = taints.filter((each) => !same(each));
      continue;
    }
    if (taints.some(same) && !overwrite)
      throw new CommandError(`node ${name} already has ${key} taint(s) with same effect(s) and --overwrite is false`);
    taints = [...taints.filter((each) => !same(each)), { key, effect, ...(value === "" ? {} : { value }) }];
  }
  return taints;
}

function parseTaint(spec: string): { key: string; value: string; effect: string } {
  const match = /^([^=:]+)(?:=([^:]*))?(?::(\w+))?-?$/.exec(spec.replace(/-$/, ""));
  const effect = match?.[3] ?? "";
  if (match === null || (effect === "" && !spec.endsWith("-"))) throw new CommandError(`invalid taint spec: ${spec}`);
  if (effect !== "" && !EFFECTS.has(effect))
    throw new CommandError(`invalid taint effect: ${effect}, unsupported taint effect`);
  return { key: match[1] ?? "", value: match[2] ?? "", effect };
}
