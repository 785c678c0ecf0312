// Containers that do not run: no image, a missing source, a program that ends again and again.
import type { Container, ContainerStatus, FieldPath } from "../../cluster/index.ts";
import { W } from "../../words/en/why-pods.ts";
import { holdsValue, named } from "../claims.ts";
import { fieldEdit } from "../owned.ts";
import { inNamespace } from "../words.ts";
import { type About, describePod, fieldOf, podHolds, sayingOf, type Unready } from "./about.ts";
import { clashingVariable } from "./env-clash.ts";

/** A container's command and arguments in one line. */
export const commandOf = ({ command, args }: Container) => [...(command ?? []), ...(args ?? [])].join(" ");

/** How a container ends that the kubelet stops: by itself, on SIGTERM, or killed. */
const STOPPED = new Set([0, 137, 143]);

/** The first container of a pod that does not run. Spec: [DIAG-5]. */
export function waiting(about: About): Unready | undefined {
  const { pod } = about;
  const status = pod.status?.containerStatuses?.find((each) => each.state?.running === undefined);
  const at = pod.spec?.containers.findIndex(({ name }) => name === status?.name) ?? -1;
  const container = pod.spec?.containers[at];
  if (status === undefined || container === undefined) return undefined;
  return waitingContainer(about, { status, container, field: ["spec", "containers", at] });
}

/** A container that does not run, and where it is in the pod. */
export interface Waiting {
  readonly status: ContainerStatus;
  readonly container: Container;
  readonly field: FieldPath;
}

/** A container that does not run. */
export function waitingContainer(about: About, of: Waiting): Unready | undefined {
  const { reason, message } = of.status.state?.waiting ?? {};
  const { container, field } = of;
  const which = field.includes("initContainers") ? W.initContainer : "container";
  if (reason === "ErrImagePull" || reason === "ImagePullBackOff" || reason === "InvalidImageName")
    return badImage(about, of);
  if (
    reason === "CrashLoopBackOff" ||
    of.status.lastState?.terminated !== undefined ||
    of.status.state?.terminated !== undefined
  )
    return crashing(about, of);
  if (reason === "CreateContainerConfigError" || reason === "CreateContainerError" || reason === "RunContainerError")
    return {
      kind: "misconfigured",
      why: W.notCreated(which, container.name, message),
      claims: [
        {
          kind: "waiting",
          pod: named(about.pod),
          container: container.name,
          reason,
          ...(message === undefined ? {} : { message }),
        },
      ],
      evidence: [describePod(about, W.reasonAndFailed, [reason])],
      responsible: fieldOf(about, ...field, container.envFrom === undefined ? "env" : "envFrom"),
      cures: [],
    };
  return undefined;
}

function badImage(about: About, { container: { image = "", name }, field, status }: Waiting): Unready {
  const short = image.replace(/^registry\.invalid\//, "");
  const reason = status.state?.waiting?.reason ?? "";
  return {
    kind: "image-pull",
    why: W.imagePull(image),
    claims: [
      podHolds(about, [...field, "image"], image),
      { kind: "waiting", pod: named(about.pod), container: name, reason },
    ],
    evidence: [describePod(about, W.reasonInEvents, ["Failed", image])],
    responsible: fieldOf(about, ...field, "image"),
    cures:
      short === image
        ? []
        : fieldEdit(about, W.setImage(short), { op: "set", path: [...field, "image"], value: short }),
  };
}

function crashing(about: About, { container, field, status }: Waiting): Unready {
  const clash = clashingVariable(about.scene, about.pod, container);
  const ended = status.lastState?.terminated ?? status.state?.terminated;
  const code = ended?.exitCode ?? 0;
  if (clash !== undefined)
    return clashing(about, { container, field, clash, code, restarts: status.restartCount ?? 0 });
  const unhealthy = about.scene.survey.unhealthyOf(about.pod, container.name, /^(?:Liveness|Startup) probe failed: /);
  const words = commandOf(container);
  const which = field.includes("initContainers") ? W.initContainer : "container";
  const base = {
    claims: [
      {
        kind: "ended" as const,
        pod: named(about.pod),
        container: container.name,
        code,
        restarts: status.restartCount ?? 0,
      },
      podHolds(about, [...field, "command"], container.command),
      podHolds(about, [...field, "args"], container.args),
    ],
    evidence: [describePod(about, `Last State: Terminated, Exit Code: ${code}`, ["Terminated", String(code)])],
  };
  const unstarted = ended?.reason === "StartError" ? /exec: .*?: [^:]+/.exec(ended.message ?? "")?.[0] : undefined;
  if (unhealthy !== undefined && STOPPED.has(code)) return killed(about, { ...base, unhealthy, container, field });
  const field1 = container.command === undefined ? "args" : "command";
  const serves = about.scene.survey.servesByItself(container.image);
  return {
    ...base,
    kind: "crashing",
    why: W.keepsExiting(
      `${which} ${container.name}`,
      status.restartCount ?? 0,
      words === "" ? W.programOf(container.image) : W.itsCommand(JSON.stringify(words)),
      unstarted,
      code,
    ),
    claims: [...base.claims, podHolds(about, [...field, "image"], container.image)],
    responsible: fieldOf(about, ...field, ...(words === "" ? ["image"] : [field1])),
    cures:
      container.command === undefined || !serves
        ? []
        : fieldEdit(about, W.removeCommand, {
            op: "remove",
            path: [...field, "command"],
          }),
  };
}

/** The kubelet stops and restarts what its probe finds dead. */
function killed(
  about: About,
  {
    unhealthy,
    container,
    field,
    ...base
  }: Pick<Unready, "claims" | "evidence"> & {
    readonly unhealthy: string;
    readonly container: Container;
    readonly field: FieldPath;
  },
): Unready {
  const probe = /^Liveness/.test(unhealthy) ? "livenessProbe" : "startupProbe";
  const message = unhealthy.replace(/^\w+ probe failed: /, "");
  return {
    kind: "killed-by-probe",
    why: W.probeKills(probe, sayingOf(message), container.name),
    claims: [...base.claims, { kind: "event", object: named(about.pod), reason: "Unhealthy", message: unhealthy }],
    evidence: [describePod(about, `Unhealthy: ${unhealthy}`, ["Unhealthy", message.slice(0, 40)])],
    responsible: fieldOf(about, ...field, probe),
    cures: fieldEdit(about, W.removeProbe(probe), { op: "remove", path: [...field, probe] }),
  };
}

function clashing(
  about: About,
  {
    container,
    field,
    clash,
    code,
    restarts,
  }: {
    readonly container: Container;
    readonly field: FieldPath;
    readonly clash: NonNullable<ReturnType<typeof clashingVariable>>;
    readonly code: number;
    readonly restarts: number;
  },
): Unready {
  const { name, value, service } = clash;
  return {
    kind: "env-clash",
    why: W.clash(container.name, name, value, service.name, code),
    claims: [
      { kind: "ended", pod: named(about.pod), container: container.name, code, restarts },
      podHolds(about, ["spec", "enableServiceLinks"], about.pod.spec?.enableServiceLinks),
      podHolds(about, [...field, "image"], container.image),
      holdsValue(service, ["spec", "clusterIP"], clash.clusterIP),
      holdsValue(service, ["spec", "ports", 0, "port"], clash.port),
    ],
    evidence: [
      {
        command: `kubectl get service ${service.name}${inNamespace(service.namespace)}`,
        shows: W.addressIn(name),
        prints: [clash.clusterIP],
      },
      describePod(about, W.howExited, ["Terminated"]),
    ],
    responsible: fieldOf(about, "spec", "enableServiceLinks"),
    cures: fieldEdit(about, W.noServiceLinks, {
      op: "set",
      path: ["spec", "enableServiceLinks"],
      value: false,
    }),
  };
}
