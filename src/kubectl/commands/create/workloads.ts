// `kubectl create deployment|job|cronjob`: workloads from an image.
import { CronJobInstantiate, resourceName } from "../../../cluster/index.ts";
import type { Command } from "../../command.ts";
import { CommandError } from "../../command-error.ts";
import type { ParsedArgs } from "../../flags.ts";
import type { CommandIO } from "../../io.ts";
import { resourceWords } from "../../resources.ts";
import { getObject } from "../../select.ts";
import { generatorCommand } from "./generator.ts";

/** What follows the name, with or without `--`: the command. */
function commandOf(args: ParsedArgs): readonly string[] {
  return args.dashAt === undefined ? [] : args.positional.slice(args.dashAt);
}

function withCommand(args: ParsedArgs): { command?: readonly string[] } {
  const command = commandOf(args);
  return command.length === 0 ? {} : { command };
}

/** The last part of an image's name, as a container's name. */
// Models kubernetes/staging/src/k8s.io/kubectl/pkg/cmd/create buildPodSpec
function containerName(image: string, taken: ReadonlySet<string>): string {
  const last = image.split("/").at(-1) ?? image;
  const name = (last.split("@")[0] ?? last).split(":")[0] ?? last;
  const clean = name.replaceAll("_", "-").slice(0, 63);
  return taken.has(clean) ? `${clean}-${taken.size + 1}` : clean;
}

export const createDeployment: Command = generatorCommand({
  name: "deployment",
  aliases: ["deploy"],
  usage: "NAME --image=image -- [COMMAND] [args...]",
  summary: "A deployment of one or more images",
  flags: [
    { name: "image", type: "list" },
    { name: "port", type: "int", default: "-1" },
    { name: "replicas", short: "r", type: "int", default: "1" },
  ],
  required: ["image"],
  resource: "deployments.apps",
  failure: "failed to create deployment:",
  build(name, args) {
    const images = args.list("image");
    const command = withCommand(args);
    if (images.length > 1 && command.command !== undefined)
      throw new CommandError("cannot specify multiple --image options and command");
    const taken = new Set<string>();
    const port = args.int("port");
    const containers = images.map((image, at) => {
      const container = containerName(image, taken);
      taken.add(container);
      const ports = port >= 0 && at === 0 ? { ports: [{ containerPort: port }] } : {};
      return { ...command, image, name: container, ...ports, resources: {} };
    });
    const labels = { app: name };
    return {
      metadata: { labels },
      spec: {
        replicas: args.int("replicas"),
        selector: { matchLabels: labels },
        strategy: {},
        template: { metadata: { labels }, spec: { containers } },
      },
      status: {},
    };
  },
});

function jobTemplate(name: string, image: string, args: ParsedArgs, restartPolicy: string): Record<string, unknown> {
  const container = { ...withCommand(args), image, name, resources: {} };
  return { template: { metadata: {}, spec: { containers: [container], restartPolicy } } };
}

export const createJob: Command = generatorCommand({
  name: "job",
  usage: "NAME --image=image [--from=cronjob/name] -- [COMMAND] [args...]",
  summary: "A job of an image, or of a cron job",
  flags: [
    { name: "image", type: "string" },
    { name: "from", type: "string" },
  ],
  resource: "jobs.batch",
  failure: "failed to create job:",
  build(name, args, io) {
    const image = args.string("image");
    const from = args.string("from");
    if ((image === "") === (from === "")) throw new CommandError("either --image or --from must be specified");
    if (from !== "") return jobFrom(from, args, io);
    const spec = jobTemplate(name, image, args, "Never");
    return { spec, status: {} };
  },
});

function jobFrom(from: string, args: ParsedArgs, io: CommandIO): Record<string, unknown> {
  if (commandOf(args).length > 0) throw new CommandError("cannot specify --from and command");
  const words = resourceWords(io.cluster.api.kinds, from.includes("/") ? [from] : ["cronjobs", from]);
  const [target] = words.kind === "names" ? words.targets : [];
  if (target === undefined) throw new CommandError("from must be an existing cronjob");
  const { info, name: source } = target;
  getObject(io, info, info.namespaced ? io.namespace : undefined, source);
  if (resourceName(info) !== "cronjobs.batch") throw new CommandError("from must be an existing cronjob");
  const cronJob = io.cluster.api.get("cronjobs.batch", io.namespace, source);
  const template = cronJob.spec?.jobTemplate;
  const { metadata } = cronJob;
  return {
    metadata: {
      annotations: { ...template?.metadata?.annotations, [CronJobInstantiate]: "manual" },
      ...(template?.metadata?.labels === undefined ? {} : { labels: template.metadata.labels }),
      ownerReferences: [
        { apiVersion: "batch/v1", controller: true, kind: "CronJob", name: metadata.name, uid: metadata.uid },
      ],
    },
    spec: template?.spec,
    status: {},
  };
}

export const createCronJob: Command = generatorCommand({
  name: "cronjob",
  aliases: ["cj"],
  usage: "NAME --image=image --schedule='0/5 * * * ?' -- [COMMAND] [args...]",
  summary: "A job by the clock",
  flags: [
    { name: "image", type: "string" },
    { name: "schedule", type: "string" },
    { name: "restart", type: "string" },
  ],
  required: ["image", "schedule"],
  resource: "cronjobs.batch",
  failure: "failed to create cronjob:",
  build(name, args) {
    const restart = args.string("restart") || "OnFailure";
    return {
      spec: {
        jobTemplate: { metadata: { name }, spec: jobTemplate(name, args.string("image"), args, restart) },
        schedule: args.string("schedule"),
      },
      status: {},
    };
  },
});
