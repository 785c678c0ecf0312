// The commands of kubectl.
import type { Command } from "./command.ts";
import { clusterInfo, NOT_SIMULATED, version } from "./commands/about.ts";
import { apiResources, apiVersions } from "./commands/api-resources.ts";
import { apply } from "./commands/apply.ts";
import { auth } from "./commands/auth.ts";
import { autoscale } from "./commands/autoscale.ts";
import { config } from "./commands/config.ts";
import { cordon, uncordon } from "./commands/cordon.ts";
import { create } from "./commands/create.ts";
import { remove } from "./commands/delete.ts";
import { describe } from "./commands/describe.ts";
import { diff } from "./commands/diff.ts";
import { drain } from "./commands/drain.ts";
import { edit } from "./commands/edit.ts";
import { events } from "./commands/events.ts";
import { exec } from "./commands/exec.ts";
import { explain } from "./commands/explain.ts";
import { expose } from "./commands/expose.ts";
import { get } from "./commands/get.ts";
import { annotate, label } from "./commands/label.ts";
import { logs } from "./commands/logs.ts";
import { patch } from "./commands/patch.ts";
import { portForward } from "./commands/port-forward.ts";
import { replace } from "./commands/replace.ts";
import { rollout } from "./commands/rollout.ts";
import { run } from "./commands/run.ts";
import { scale } from "./commands/scale.ts";
import { set } from "./commands/set.ts";
import { taint } from "./commands/taint.ts";
import { top } from "./commands/top.ts";
import { wait } from "./commands/wait.ts";

/** Every verb that is simulated, in the order of `kubectl help`. */
export const COMMANDS: readonly Command[] = [
  create,
  expose,
  run,
  set,
  get,
  edit,
  remove,
  rollout,
  scale,
  autoscale,
  cordon,
  uncordon,
  drain,
  taint,
  describe,
  logs,
  exec,
  portForward,
  auth,
  diff,
  apply,
  patch,
  replace,
  wait,
  label,
  annotate,
  explain,
  events,
  apiResources,
  apiVersions,
  clusterInfo,
  config,
  version,
  top,
  ...NOT_SIMULATED,
];
