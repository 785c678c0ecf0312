// `kubectl apply`: what the manifest says becomes what the cluster has.
import { LastAppliedConfigAnnotation, matches, StatusError, type UnknownObject } from "../../cluster/index.ts";
import { type Applied, type ApplyPlan, applyObject, planApply } from "../applyobject.ts";
import type { Command } from "../command.ts";
import { CommandError } from "../command-error.ts";
import type { SourceObject } from "../documents.ts";
import { AggregateCommandError, throwCollected, withSource } from "../errors.ts";
import type { ParsedArgs } from "../flags.ts";
import type { CommandIO } from "../io.ts";
import { compactJson } from "../json.ts";
import { DRY_RUN_FLAG, type DryRun, dryRunOf, type ObjectPrinter, OUTPUT_FLAGS, objectPrinter } from "../output.ts";
import { RECORD_FLAG, recorded } from "../record.ts";
import { goKind, goResource } from "../resources.ts";
import { parseLabelSelector } from "../selectors.ts";
import { ask, patchObject, warn } from "../session.ts";
import { FILE_FLAGS, hasFiles, readSources } from "../sources.ts";
import { fieldValidation, VALIDATE_FLAG } from "../validation.ts";
import { collectErrors } from "./collect.ts";
import { type Deletion, deleteOptions } from "./delete.ts";
import { editLastApplied } from "./edit.ts";
import { prune, pruningOf } from "./prune.ts";
import { recreate } from "./recreate.ts";
import { setLastApplied } from "./set-last-applied.ts";
import { viewLastApplied } from "./view-last-applied.ts";

interface Applying {
  readonly io: CommandIO;
  readonly dryRun: DryRun;
  readonly print: ObjectPrinter;
  /** Whether whole objects are printed: then nothing is ever called unchanged. */
  readonly printsObjects: boolean;
  readonly fieldValidation: "Strict" | "Warn" | "Ignore";
  readonly fieldManager: string;
  readonly force: boolean;
  /** Whether an object whose patch is refused is deleted and recreated. */
  readonly recreates: boolean;
  readonly serverSide: boolean;
  /** How objects that are recreated or pruned go. */
  readonly deletion: Deletion;
}

export const apply: Command = {
  limits: "-k (kustomize), --applyset; give the finished manifests with -f.",
  name: "apply",
  usage: "(-f FILENAME | -k DIRECTORY)",
  summary: "Make objects be as files say",
  flags: [
    ...FILE_FLAGS,
    ...OUTPUT_FLAGS,
    DRY_RUN_FLAG,
    VALIDATE_FLAG,
    { name: "field-manager", type: "string", default: "kubectl-client-side-apply" },
    { name: "force-conflicts", type: "bool" },
    { name: "server-side", type: "bool" },
    { name: "overwrite", type: "bool", default: "true" },
    { name: "selector", short: "l", type: "string" },
    { name: "all", type: "bool" },
    { name: "wait", type: "bool" },
    { name: "timeout", type: "duration", default: "0s" },
    { name: "grace-period", type: "int", default: "-1" },
    { name: "cascade", type: "string", default: "background", bare: "background" },
    { name: "force", type: "bool" },
    { name: "prune", type: "bool" },
    { name: "prune-allowlist", type: "array" },
    { name: "openapi-patch", type: "bool", default: "true" },
    RECORD_FLAG,
  ],
  subcommands: [editLastApplied, setLastApplied, viewLastApplied],
  run(args, io) {
    if (args.positional.length > 0)
      throw new CommandError(
        `Unexpected args: [${args.positional.join(" ")}]\nSee '${args.path} -h' for help and examples`,
      );
    const applying = optionsOf(args, io);
    if (!hasFiles(args)) throw new CommandError("must specify one of -f and -k");
    const kinds = pruningOf(args, io.cluster.api.kinds);
    const { objects: all, errors } = readSources(args, io);
    const selector = args.string("selector");
    const wanted = parseLabelSelector(selector);
    const objects = all
      .filter(({ object }) => matches(wanted, object.metadata.labels))
      .map((source) => ({ ...source, object: recorded(args, source.object) }));
    if (objects.length === 0 && errors.length === 0) throw new CommandError("no objects passed to apply");
    applyAll(objects, applying, { failed: together(errors), applied: [] }, (applied) => {
      if (kinds !== undefined) prune({ ...applying, kinds, selector, applied });
      io.exit(0);
    });
  },
};

/** What went wrong with the files counts as one mistake beside those of the objects. */
function together(errors: readonly Error[]): Error[] {
  return errors.length <= 1 ? [...errors] : [new AggregateCommandError(errors)];
}

interface Done {
  readonly failed: Error[];
  readonly applied: UnknownObject[];
}

/** Applies one by one; one that must first go away, with --force, is waited for. */
function applyAll(
  [source, ...rest]: readonly SourceObject[],
  applying: Applying,
  done: Done,
  then: (applied: UnknownObject[]) => void,
): void {
  if (source === undefined) {
    throwCollected(done.failed);
    then(done.applied);
    return;
  }
  const next = () => applyAll(rest, applying, done, then);
  let doomed: UnknownObject | undefined;
  collectErrors(done.failed, () => {
    try {
      done.applied.push(applyOne(source, applying));
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      doomed = error.current;
    }
  });
  if (doomed === undefined) next();
  else
    recreate(source, doomed, applying, (made) => {
      collectErrors(done.failed, () => {
        const object = made();
        applying.print(source.info, object, "configured");
        done.applied.push(object);
      });
      next();
    });
}

/** Thrown when a patch is refused and --force says that the object is to be recreated. */
class Refused {
  constructor(readonly current: UnknownObject) {}
}

function optionsOf(args: ParsedArgs, io: CommandIO): Applying {
  const dryRun = dryRunOf(args, io);
  const serverSide = args.bool("server-side");
  if (args.bool("force-conflicts") && !serverSide)
    throw new CommandError("--force-conflicts only works with --server-side");
  if (!args.bool("overwrite"))
    throw new CommandError("not simulated here: --overwrite=false; what differs from the manifest is always set to it");
  if (args.bool("force") && serverSide) throw new CommandError("--force cannot be used with --server-side");
  if (dryRun === "client" && serverSide)
    throw new CommandError("--dry-run=client doesn't work with --server-side (did you mean --dry-run=server instead?)");
  return {
    io,
    dryRun,
    serverSide,
    print: objectPrinter(args, io, dryRun),
    printsObjects: args.string("output") !== "" && args.string("output") !== "name",
    fieldValidation: fieldValidation(args),
    fieldManager: args.changed("field-manager") || !serverSide ? args.string("field-manager") : "kubectl",
    force: args.bool("force-conflicts"),
    deletion: { ...deleteOptions(args, args.int("grace-period")), timeoutMs: args.duration("timeout") },
    recreates: args.bool("force") && dryRun === "none",
  };
}

// Models kubernetes/staging/src/k8s.io/kubectl/pkg/cmd/apply ApplyOptions.applyOneObject
function applyOne(source: SourceObject, applying: Applying): UnknownObject {
  const { io, print } = applying;
  const { info, name } = source;
  if (name === "") throw nameless(source, applying.serverSide);
  if (applying.serverSide) {
    return applyOnServer(source, applying);
  }
  const plan = framedPlan(source, () => planApply(io.cluster.api, source));
  if (plan.current !== undefined) warnOfCurrent(plan.current, source, io);
  let result: Applied["result"] = "unchanged";
  const request = () => {
    try {
      const applied = applyObject(io.cluster.api, source, applying, plan);
      result = applied.result;
      return applied;
    } catch (error) {
      if (applying.recreates && plan.current !== undefined && isRefused(error)) throw new Refused(plan.current);
      throw error;
    }
  };
  const object = framed(source, plan, () => ask(io, request));
  print(info, object, result === "unchanged" && applying.printsObjects ? "configured" : result);
  return object;
}

const isRefused = (error: unknown) =>
  error instanceof StatusError && (error.status.reason === "Invalid" || error.status.reason === "Conflict");

/** Puts kubectl's words around a patch that cannot be made. */
// Unlike upstream: the three objects the patch was to be made of are not printed, because they fill the screen.
function framedPlan(source: SourceObject, plan: () => ApplyPlan): ApplyPlan {
  try {
    return plan();
  } catch (error) {
    throw withSource(error, `applying patch:\n\nto:\n${describeTarget(source)}\nfor:`, source.source);
  }
}

/** Puts kubectl's words around what the server refused. */
function framed(source: SourceObject, { current, patch }: ApplyPlan, request: () => UnknownObject): UnknownObject {
  if (current === undefined) return sourced(source, "creating", request);
  const verb = `applying patch:\n${compactJson(patch)}\nto:\n${describeTarget(source)}\nfor:`;
  return sourced(source, verb, () => sourced(source, "patching", request));
}

function sourced(source: SourceObject, verb: string, request: () => UnknownObject): UnknownObject {
  try {
    return request();
  } catch (error) {
    if (error instanceof Refused) throw error;
    throw withSource(error, verb, source.source);
  }
}

function warnOfCurrent(current: UnknownObject, { info, name }: SourceObject, io: CommandIO): void {
  const object = `${info.resource}/${name}`;
  if (current.metadata.annotations?.[LastAppliedConfigAnnotation] === undefined)
    warn(io, [
      `resource ${object} is missing the ${LastAppliedConfigAnnotation} annotation which is required by kubectl apply. kubectl apply should only be used on resources created declaratively by either kubectl create --save-config or kubectl apply. The missing annotation will be patched automatically.`,
    ]);
  if (current.metadata.deletionTimestamp !== undefined)
    warn(io, [`Detected changes to resource ${object} which is currently being deleted.`]);
}

function describeTarget({ info, namespace, name }: SourceObject): string {
  return `Resource: "${goResource(info)}", GroupVersionKind: "${goKind(info)}"\nName: "${name}", Namespace: "${namespace ?? ""}"`;
}

function nameless(source: SourceObject, serverSide: boolean): CommandError {
  const prefix = source.object.metadata?.generateName ?? "";
  if (prefix !== "") return new CommandError(`from ${prefix}: cannot use generate name with apply`);
  const message = "resource name may not be empty";
  if (serverSide) return new CommandError(message);
  return new CommandError(
    `error when retrieving current configuration of:\n${describeTarget(source)}\nfrom server for: "${source.source}": ${message}`,
  );
}

const CONFLICT_HELP = `Please review the fields above--they currently have other managers. Here
are the ways you can resolve this warning:
* If you intend to manage all of these fields, please re-run the apply
  command with the \`--force-conflicts\` flag.
* If you do not intend to manage all of the fields, please edit your
  manifest to remove references to the fields that should keep their
  current managers.
* You may co-own fields by updating your manifest to match the existing
  value; in this case, you'll become the manager if the other manager(s)
  stop managing the field (remove it from their configuration).
See https://kubernetes.io/docs/reference/using-api/server-side-apply/#conflicts`;

function applyOnServer(source: SourceObject, applying: Applying): UnknownObject {
  const { io, dryRun, print, force, fieldManager, fieldValidation: validation } = applying;
  const options = { fieldManager, force, fieldValidation: validation, dryRun: dryRun === "server" };
  try {
    const applied = patchObject(io, source, { type: "apply", body: source.object }, options);
    if (dryRun === "none") io.cluster.api.upgradeManagers(applied, fieldManager);
    print(source.info, applied, "serverside-applied");
    return applied;
  } catch (error) {
    if (error instanceof StatusError && error.status.reason === "Conflict")
      throw new CommandError(`${error.status.message}\n${CONFLICT_HELP}`);
    throw error;
  }
}
