// `kubectl auth`: who asks, and that the learner may do everything.

import type { Command } from "../command.ts";
import { CommandError } from "../command-error.ts";
import { usageError } from "../errors.ts";
import { formOf, formPrinter, VERB_FORMS } from "../forms.ts";
import { OUTPUT_FLAGS } from "../output.ts";
import { findResource } from "../resources.ts";
import { absent } from "./absent.ts";
import { group } from "./group.ts";

const canI: Command = {
  name: "can-i",
  usage: "VERB [TYPE | TYPE/NAME | NONRESOURCEURL]",
  summary: "Check whether an action is allowed: here everything is, as for the group system:masters",
  flags: [
    { name: "all-namespaces", short: "A", type: "bool" },
    { name: "list", type: "bool" },
    { name: "quiet", short: "q", type: "bool" },
    { name: "subresource", type: "string" },
    { name: "no-headers", type: "bool" },
  ],
  run(args, io) {
    if (args.bool("list"))
      throw new CommandError("RBAC is not simulated here: everyone may do everything, so --list has nothing to show");
    const [, type, ...more] = args.positional;
    if (type === undefined || more.length > 0)
      throw usageError(args.path, "you must specify two arguments: verb resource or verb resource/resourceName.");
    const word = type.split("/")[0] ?? type;
    if (!type.startsWith("/") && word !== "*" && findResource(io.cluster.api.kinds, word) === undefined)
      io.err(`Warning: the server doesn't have a resource type '${word}'\n\n`);
    if (!args.bool("quiet")) io.out("yes\n");
    io.exit(0);
  },
};

const whoami: Command = {
  name: "whoami",
  usage: "",
  summary: "Experimental: Check self subject attributes",
  flags: OUTPUT_FLAGS,
  run(args, io) {
    if (formOf(args) !== "") {
      const userInfo = { username: "learner", groups: ["system:masters", "system:authenticated"] };
      const review = {
        apiVersion: "authentication.k8s.io/v1",
        kind: "SelfSubjectReview",
        metadata: { creationTimestamp: io.cluster.date() },
        status: { userInfo },
      };
      io.out(formPrinter(args, io, VERB_FORMS)(review));
      io.exit(0);
      return;
    }
    const rows = [
      ["ATTRIBUTE", "VALUE"],
      ["Username", "learner"],
      ["Groups", "[system:masters system:authenticated]"],
    ];
    io.out(rows.map(([name = "", value]) => `${name.padEnd(12)}${value}\n`).join(""));
    io.exit(0);
  },
};

export const auth: Command = group({
  name: "auth",
  usage: "SUBCOMMAND",
  summary: "Inspect authorization: here everything is allowed",
  subcommands: [
    canI,
    absent(
      "reconcile",
      "Bring roles and bindings in line with files",
      "kubectl auth reconcile is not simulated here: everything is allowed, whatever roles say; kubectl apply -f makes the objects",
    ),
    whoami,
  ],
});
