// The pod template inside a workload, and what all `kubectl set` commands do with it.
import {
  type Container,
  deepCopy,
  deepEqual,
  type PodSpec,
  type ResourceInfo,
  resourceName,
  type UnknownObject,
} from "../../../cluster/index.ts";
import type { Command } from "../../command.ts";
import { CommandError } from "../../command-error.ts";
import { throwCollected } from "../../errors.ts";
import type { Flag, ParsedArgs } from "../../flags.ts";
import type { CommandIO } from "../../io.ts";
import { DRY_RUN_FLAG, dryRunOf, OUTPUT_FLAGS, objectPrinter } from "../../output.ts";
import { causeOf, RECORD_FLAG, recorded } from "../../record.ts";
import { type Found, SELECTOR_FLAGS, select } from "../../select.ts";
import { patchObject } from "../../session.ts";
import { FILE_FLAGS, hasFiles, isLocal } from "../../sources.ts";
import { collectErrors } from "../collect.ts";

/** The pod spec within an object that has one, as part of a copy that may be changed. */
// Models kubernetes/staging/src/k8s.io/kubectl/pkg/polymorphichelpers updatePodSpecForObject
export function podSpecOf(resource: string, object: UnknownObject): PodSpec | undefined {
  const spec = object.spec as Record<string, unknown> | undefined; // every kind below has a spec
  if (resource === "pods") return spec as PodSpec | undefined; // of this resource
  const job = resource === "cronjobs.batch" ? (spec?.jobTemplate as { spec?: Record<string, unknown> })?.spec : spec; // a job's template
  return (job?.template as { spec?: PodSpec } | undefined)?.spec; // a workload's template
}

/** All containers that can be named, ordinary ones first. */
export function containersOf(spec: PodSpec): Container[] {
  return [...(spec.initContainers ?? []), ...spec.containers];
}

/** Changes a pod spec in place; throws what is wrong. */
export type Edit = (spec: PodSpec, target: Found) => void;

interface SetCommand {
  readonly name: string;
  readonly usage: string;
  readonly summary: string;
  readonly flags: readonly Flag[];
  readonly news: string;
  /** Takes the words apart: what names the resources, and what is to be done. */
  plan(args: ParsedArgs, io: CommandIO): { resources: readonly string[]; edit: Edit; list?: (target: Found) => void };
}

/** A command that edits pod templates; unchanged objects are passed over without a word. */
export function setCommand(command: SetCommand): Command {
  return {
    name: command.name,
    usage: command.usage,
    summary: command.summary,
    flags: [
      ...FILE_FLAGS,
      ...SELECTOR_FLAGS,
      ...OUTPUT_FLAGS,
      DRY_RUN_FLAG,
      { name: "local", type: "bool" },
      { name: "field-manager", type: "string", default: "kubectl-set" },
      RECORD_FLAG,
      ...command.flags,
    ],
    run(args, io) {
      const { resources, edit, list } = command.plan(args, io);
      if (resources.length === 0 && !hasFiles(args) && !isLocal(args))
        throw new CommandError("one or more resources must be specified as <resource> <name> or <resource>/<name>");
      const dryRun = dryRunOf(args, io);
      const fieldManager = args.string("field-manager");
      const print = objectPrinter(args, io, dryRun);
      const { found, errors } = select(args, resources, io);
      const failed: Error[] = [];
      for (const target of found)
        collectErrors(failed, () => {
          if (list !== undefined) {
            list(target);
            return;
          }
          const plain = edited(target, edit);
          if (deepEqual(plain, target.object)) return;
          const after = recorded(args, plain);
          if (dryRun === "client" || isLocal(args)) print(target.info, after, command.news);
          else
            print(
              target.info,
              patchObject(
                io,
                target,
                { type: "merge", body: { ...annotated(args), spec: after.spec } },
                { fieldManager, dryRun: dryRun === "server" },
              ),
              command.news,
            );
        });
      throwCollected([...failed, ...errors]);
      io.exit(0);
    },
  };
}

/** The part of a patch that keeps the command. */
function annotated(args: ParsedArgs): object {
  return args.bool("record") ? { metadata: { annotations: causeOf(args) } } : {};
}

function edited(target: Found, edit: Edit): UnknownObject {
  const copy = deepCopy(target.object);
  const spec = podSpecOf(resourceName(target.info), copy);
  if (spec === undefined)
    throw new CommandError(
      `error: ${target.info.resource}/${target.name} the object is not a pod or does not have a pod template: ${goType(target.info)}`,
    );
  edit(spec, target);
  return copy;
}

/** `*v1.Service`, as Go prints the type of an object. */
function goType({ version, kind }: ResourceInfo): string {
  return `*${version}.${kind}`;
}
