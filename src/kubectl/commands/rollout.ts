// `kubectl rollout`: how workloads move from one version to the next.

import { RevisionAnnotation, resourceName, type UnknownObject } from "../../cluster/index.ts";
import type { Command } from "../command.ts";
import { CommandError } from "../command-error.ts";
import { rawPodTemplate } from "../describe/podtemplate.ts";
import { throwCollected } from "../errors.ts";
import type { Flag, ParsedArgs } from "../flags.ts";
import { formOf, formPrinter, VERB_FORMS } from "../forms.ts";
import { guard } from "../guard.ts";
import type { CommandIO } from "../io.ts";
import { DRY_RUN_FLAG, dryRunOf, OUTPUT_FLAGS, objectPrinter } from "../output.ts";
import { qualifiedName } from "../resources.ts";
import { type Found, select } from "../select.ts";
import { patchObject } from "../session.ts";
import { FILE_FLAGS, hasFiles } from "../sources.ts";
import { collectErrors } from "./collect.ts";
import { group } from "./group.ts";
import { type Change, pause, restart, resume, undo } from "./rollout/change.ts";
import { revisionsOf } from "./rollout/history.ts";
import { rolloutStatus } from "./rollout/status.ts";

const COMMON: readonly Flag[] = [...FILE_FLAGS, { name: "selector", short: "l", type: "string" }];

function targets(args: ParsedArgs, io: CommandIO): { found: readonly Found[]; errors: readonly Error[] } {
  if (args.positional.length === 0 && !hasFiles(args)) throw new CommandError("required resource not specified");
  return select(args, args.positional, io, { wholeTypes: true });
}

function changing(
  name: string,
  summary: string,
  plan: (target: Found, io: CommandIO, args: ParsedArgs) => Change,
): Command {
  return {
    name,
    usage: "RESOURCE",
    summary,
    flags: [
      ...COMMON,
      ...OUTPUT_FLAGS,
      DRY_RUN_FLAG,
      { name: "field-manager", type: "string", default: "kubectl-rollout" },
      { name: "to-revision", type: "int", default: "0" },
    ],
    run(args, io) {
      const dryRun = dryRunOf(args, io);
      const print = objectPrinter(args, io, dryRun);
      const { found, errors } = targets(args, io);
      const failed: Error[] = [];
      for (const target of found)
        collectErrors(failed, () => {
          const { patch, news, tried } = plan(target, io, args);
          if (dryRun === "client" && tried !== undefined && formOf(args) === "") {
            io.out(`${qualifiedName(target.info, target.name)} ${tried}\n`);
            return;
          }
          const sent =
            patch === undefined || dryRun === "client"
              ? target.object
              : patchObject(io, target, patch, {
                  fieldManager: args.changed("field-manager") ? args.string("field-manager") : `kubectl-rollout`,
                  dryRun: dryRun === "server",
                });
          print(target.info, sent, news);
        });
      throwCollected([...failed, ...errors]);
      io.exit(0);
    },
  };
}

const history: Command = {
  name: "history",
  usage: "(TYPE NAME | TYPE/NAME) [flags]",
  summary: "View rollout history",
  flags: [...COMMON, ...OUTPUT_FLAGS, { name: "revision", type: "int", default: "0" }],
  run(args, io) {
    const { found, errors } = targets(args, io);
    const failed: Error[] = [];
    const print = formOf(args) === "" ? undefined : formPrinter(args, io, VERB_FORMS);
    for (const target of found)
      collectErrors(failed, () => {
        // A template alone is one for the workload, as `-o` is one for its revisions.
        if (print === undefined) printHistory(target, args.int("revision"), io);
        else if (!args.changed("output")) io.out(print(target.object));
        else printRevisions(target, { wanted: args.int("revision"), print, io });
      });
    throwCollected([...failed, ...errors]);
    io.exit(0);
  },
};

// Models kubernetes/staging/src/k8s.io/kubectl/pkg/polymorphichelpers HistoryViewer.ViewHistory
function printHistory(target: Found, wanted: number, io: CommandIO): void {
  const revisions = revisionsOf(io, target);
  const name = qualifiedName(target.info, target.name);
  if (wanted > 0) {
    const revision = revisions.find(({ number }) => number === wanted);
    if (revision === undefined) throw new CommandError("unable to find the specified revision");
    io.out(`${name} with revision #${wanted}\n${rawPodTemplate(revision.template)}\n`);
    return;
  }
  if (revisions.length === 0) {
    io.out(`${name} \nNo rollout history found.\n`);
    return;
  }
  const width = Math.max("REVISION".length, ...revisions.map(({ number }) => String(number).length)) + 2;
  const rows = revisions.map(({ number, cause }) => `${String(number).padEnd(width)}${cause}\n`);
  io.out(`${name} \n${"REVISION".padEnd(width)}CHANGE-CAUSE\n${rows.join("")}\n`);
}

/** The workload as each revision had it, or as one had. */
function printRevisions(
  target: Found,
  { wanted, print, io }: { wanted: number; print: (object: UnknownObject) => string; io: CommandIO },
): void {
  const revisions = revisionsOf(io, target).filter(({ number }) => wanted === 0 || number === wanted);
  if (wanted > 0 && revisions.length === 0) throw new CommandError("unable to find the specified revision");
  for (const { object } of revisions) io.out(print(object));
}

const status: Command = {
  name: "status",
  usage: "(TYPE NAME | TYPE/NAME) [flags]",
  summary: "Show the status of the rollout",
  flags: [
    ...COMMON,
    { name: "watch", short: "w", type: "bool", default: "true" },
    { name: "timeout", type: "duration", default: "0s" },
    { name: "revision", type: "int", default: "0" },
  ],
  run(args, io) {
    const { found, errors } = targets(args, io);
    throwCollected(errors);
    if (args.int("revision") < 0)
      throw new CommandError(`revision must be a positive integer: ${args.int("revision")}`);
    if (found.length === 0) io.err(`No resources found in ${io.namespace} namespace.\n`);
    follow([...found], args, io);
  },
};

/** A rollout that was overtaken by another is no longer followed. */
// Models kubernetes/staging/src/k8s.io/kubectl/pkg/polymorphichelpers DeploymentStatusViewer.Status
function checkRevision(object: UnknownObject, wanted: number): void {
  if (wanted === 0 || object.kind !== "Deployment") return;
  const current = object.metadata.annotations?.[RevisionAnnotation];
  if (current === undefined)
    throw new CommandError(`cannot get the revision of deployment ${JSON.stringify(object.metadata.name)}`);
  if (Number(current) !== wanted)
    throw new CommandError(`desired revision (${wanted}) is different from the running revision (${current})`);
}

/** Tells each change of the status until the rollout of each workload is over. */
function follow(found: Found[], args: ParsedArgs, io: CommandIO): void {
  const target = found.shift();
  if (target === undefined) {
    io.exit(0);
    return;
  }
  const { info, namespace, name } = target;
  let said = "";
  const look = (): boolean => {
    const object = io.cluster.api.find(resourceName(info), namespace, name) as unknown as UnknownObject | undefined; // every object has fields of some name
    if (object === undefined) throw new CommandError("object has been deleted");
    checkRevision(object, args.int("revision"));
    const { text, done } = rolloutStatus(info, object);
    if (text !== said) io.out(text);
    said = text;
    return !args.bool("watch") || done;
  };
  let failure: unknown;
  const isOver = () => {
    try {
      return look();
    } catch (error) {
      failure = error;
      return true;
    }
  };
  let stopped = false;
  io.onInterrupt(() => {
    stopped = true;
  });
  const timeout = args.duration("timeout");
  io.cluster.until(
    () => stopped || isOver(),
    timeout === 0 ? Number.POSITIVE_INFINITY : timeout,
    (held) =>
      guard(io, () => {
        if (stopped) return;
        if (failure !== undefined) throw failure instanceof Error ? failure : new Error(String(failure));
        if (!held) throw new CommandError("timed out waiting for the condition");
        follow(found, args, io);
      }),
  );
}

export const rollout: Command = group({
  name: "rollout",
  usage: "SUBCOMMAND",
  summary: "Watch, pause, restart or take back the roll-out of a workload",
  subcommands: [
    history,
    changing("pause", "Let changes of the template wait", (target) => pause(target)),
    changing("restart", "Replace all pods, step by step", (target, io) => restart(target, io)),
    changing("resume", "Let changes go on", (target) => resume(target)),
    status,
    changing("undo", "Go back to an earlier template", (target, io, args) => undo(target, args.int("to-revision"), io)),
  ],
});
