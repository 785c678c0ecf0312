// `kubectl create`: objects from files, or built from flags.
import { matches, resourceName } from "../../cluster/index.ts";
import type { Command } from "../command.ts";
import { CommandError } from "../command-error.ts";
import { throwCollected, withSource } from "../errors.ts";
import { withLastApplied } from "../last-applied.ts";
import { DRY_RUN_FLAG, dryRunOf, OUTPUT_FLAGS, objectPrinter } from "../output.ts";
import { RECORD_FLAG, recorded } from "../record.ts";
import { parseLabelSelector } from "../selectors.ts";
import { ask } from "../session.ts";
import { FILE_FLAGS, hasFiles, readSources } from "../sources.ts";
import { fieldValidation, VALIDATE_FLAG } from "../validation.ts";
import { collectErrors } from "./collect.ts";
import { createConfigMap, createSecret } from "./create/config.ts";
import { OTHER_GENERATORS } from "./create/others.ts";
import { RBAC_GENERATORS } from "./create/rbac.ts";
import { createService } from "./create/service.ts";
import { createCronJob, createDeployment, createJob } from "./create/workloads.ts";
import { checkRaw, rawWrite } from "./raw.ts";

export const create: Command = {
  limits: "-k (kustomize), --edit.",
  name: "create",
  usage: "-f FILENAME",
  summary: "Make objects: from files, or of some kinds from words",
  flags: [
    ...FILE_FLAGS,
    ...OUTPUT_FLAGS,
    DRY_RUN_FLAG,
    VALIDATE_FLAG,
    { name: "save-config", type: "bool" },
    { name: "edit", type: "bool", help: "Not simulated; rejected with a message." },
    { name: "raw", type: "string", help: "Send the file to this path of the API server." },
    { name: "selector", short: "l", type: "string", help: "Only the objects of the files that have these labels." },
    { name: "field-manager", type: "string", default: "kubectl-create" },
    RECORD_FLAG,
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
    checkRaw(args);
    if (args.bool("edit")) throw new CommandError("not simulated here: --edit; kubectl edit opens what is there");
    if (args.string("raw") !== "") {
      io.out(rawWrite("create", args, io));
      io.exit(0);
      return;
    }
    const dryRun = dryRunOf(args, io);
    const print = objectPrinter(args, io, dryRun);
    const options = {
      fieldManager: args.string("field-manager"),
      fieldValidation: fieldValidation(args),
      dryRun: dryRun === "server",
    };
    const wanted = parseLabelSelector(args.string("selector"));
    const { objects: all, errors } = readSources(args, io);
    const objects = all.filter(({ object }) => matches(wanted, object.metadata.labels));
    const failed: Error[] = [];
    const waiting = [...errors];
    const noteBefore = (at: number) => {
      while (waiting[0] !== undefined && waiting[0].before <= at) failed.push(...waiting.splice(0, 1));
    };
    for (const { info, object, namespace, source } of objects) {
      noteBefore(all.findIndex((each) => each.object === object));
      collectErrors(failed, () => {
        const sent = recorded(args, args.bool("save-config") ? withLastApplied(object) : object);
        const request = () => ask(io, () => io.cluster.api.create(resourceName(info), namespace, sent, options));
        try {
          print(info, dryRun === "client" ? sent : request(), "created");
        } catch (error) {
          throw withSource(error, "creating", source);
        }
      });
    }
    throwCollected([...failed, ...waiting]);
    if (objects.length === 0) throw new CommandError("no objects passed to create");
    io.exit(0);
  },
};
