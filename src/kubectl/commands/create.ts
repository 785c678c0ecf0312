// `kubectl create`: objects from files, or built from flags.
import { resourceName } from "../../cluster/index.ts";
import type { Command } from "../command.ts";
import { CommandError, throwCollected, withSource } from "../errors.ts";
import { withLastApplied } from "../last-applied.ts";
import { DRY_RUN_FLAG, dryRunOf, OUTPUT_FLAG, objectPrinter } from "../output.ts";
import { ask } from "../session.ts";
import { FILE_FLAGS, hasFiles, readSources } from "../sources.ts";
import { fieldValidation, VALIDATE_FLAG } from "../validation.ts";
import { collectErrors } from "./collect.ts";
import { createConfigMap, createSecret } from "./create/config.ts";
import { OTHER_GENERATORS } from "./create/others.ts";
import { RBAC_GENERATORS } from "./create/rbac.ts";
import { createService } from "./create/service.ts";
import { createCronJob, createDeployment, createJob } from "./create/workloads.ts";

export const create: Command = {
  limits: "-k (kustomize), --edit, --raw.",
  name: "create",
  usage: "-f FILENAME",
  summary: "Make objects: from files, or of some kinds from words",
  flags: [
    ...FILE_FLAGS,
    OUTPUT_FLAG,
    DRY_RUN_FLAG,
    VALIDATE_FLAG,
    { name: "save-config", type: "bool" },
    { name: "edit", type: "bool" },
    { name: "raw", type: "string" },
    { name: "selector", short: "l", type: "string" },
    { name: "field-manager", type: "string", default: "kubectl-create" },
    { name: "windows-line-endings", type: "bool" },
    { name: "show-managed-fields", type: "bool" },
    { name: "template", type: "string" },
  ],
  subcommands: [
    createConfigMap,
    createCronJob,
    createDeployment,
    createJob,
    createSecret,
    createService,
    ...OTHER_GENERATORS,
    ...RBAC_GENERATORS,
  ],
  run(args, io) {
    if (!hasFiles(args)) {
      if (args.positional.length > 0)
        throw new CommandError(
          `Unexpected args: [${args.positional.join(" ")}]\nSee '${args.path} -h' for help and examples`,
        );
      throw new CommandError("must specify one of -f and -k");
    }
    if (args.bool("edit") || args.string("raw") !== "") throw new CommandError("--edit and --raw are not simulated");
    const dryRun = dryRunOf(args, io);
    const print = objectPrinter(args, io, dryRun);
    const options = {
      fieldManager: args.string("field-manager"),
      fieldValidation: fieldValidation(args),
      dryRun: dryRun === "server",
    };
    const { objects, errors } = readSources(args, io);
    const failed: Error[] = [];
    for (const { info, object, namespace, source } of objects)
      collectErrors(failed, () => {
        const sent = args.bool("save-config") ? withLastApplied(object) : object;
        const request = () => ask(io, () => io.cluster.api.create(resourceName(info), namespace, sent, options));
        try {
          print(info, dryRun === "client" ? sent : request(), "created");
        } catch (error) {
          throw withSource(error, "creating", source);
        }
      });
    throwCollected([...failed, ...errors]);
    if (objects.length === 0) throw new CommandError("no objects passed to create");
    io.exit(0);
  },
};
