// What objects refer to and the cluster does not have: pods of a selector, backends of an Ingress, what a pod waits for.
import {
  type FieldPath,
  type KubeObject,
  type Pod,
  type PodSpec,
  type Service,
  valueAt,
  type World,
} from "../cluster/index.ts";
import { W } from "../words/en/why-policies.ts";
import { brokenBackends } from "./checks/ingress.ts";
import { balancerCheck } from "./checks/outside.ts";
import { selectorCheck } from "./checks/selector.ts";
import type { Comparison, Finding, Responsible } from "./finding.ts";
import { sceneOf } from "./scene.ts";
import { Survey } from "./survey.ts";
import { labelText, listed, refOf, refText } from "./words.ts";

/** Something that is referred to and is not there. */
export interface Missing {
  /** The same for as long as the same thing is missing. */
  readonly id: string;
  /** What it is: `no pod has app=wep`, `address of web`, `port 81 of Service shop`, `ConfigMap settings`. */
  readonly name: string;
  /** What comes nearest to it, or who needs it. */
  readonly hint: string;
  /** The object and the field that refer to it. */
  readonly by: Responsible;
}

/** All that is missing, in the order of Services, Ingresses and pods. Reads only; equal clusters give equal answers. Spec: [DIAG-50]. */
export function missingIn(world: World): readonly Missing[] {
  const survey = new Survey(world);
  const isAlone = ({ metadata, spec }: Service) =>
    spec?.selector !== undefined && survey.podsWith(metadata.namespace ?? "default", spec.selector).length === 0;
  const alone = survey.services.filter(isAlone); // most Services have pods, and cost no more than this look
  const balanced = survey.services.filter(({ spec }) => spec?.type === "LoadBalancer");
  return [
    ...alone.flatMap((service) => selectorCheck(sceneOf(survey, service)).flatMap(podsOf)),
    ...balanced.flatMap((service) => balancerCheck(sceneOf(survey, service)).flatMap(addressOf)),
    ...brokenBackends(survey).flatMap((finding) => backendOf(survey, finding)),
    ...sourcesOf(survey),
  ];
}

/** The pods that a selector wants; those that are about to be made are not missing. */
function podsOf({ id, class: kind, title, claims, comparison, responsible, service }: Finding): Missing[] {
  const isSoon = responsible.path.at(-1) === "template" && !claims.some((claim) => claim.kind === "event");
  if (kind === "no-pods-yet" && isSoon) return [];
  const labels = claims.find((claim) => claim.kind === "pods");
  if (labels === undefined) return [];
  return [
    {
      id: `pods ${id}`,
      name: W.noPodHas(labelText(labels.labels)),
      hint: kind === "selector-matches-nothing" ? hintOf(comparison, refText(service)) : title,
      by: kind === "selector-matches-nothing" ? responsible : { object: service, path: ["spec", "selector"] },
    },
  ];
}

/** The address of a load balancer that nothing here makes. */
function addressOf({ id, responsible, service, claims }: Finding): Missing {
  const foreign = claims.find((claim) => claim.kind === "field" && claim.path.at(-1) === "loadBalancerClass");
  const value = foreign?.kind === "field" ? foreign.value : undefined;
  const why = typeof value === "string" ? W.noController(value) : W.noCloud;
  return { id: `address ${id}`, name: W.addressOf(service.name), hint: `<pending>: ${why}`, by: responsible };
}

/** The labels that pods have in the place of those that are wanted. */
function hintOf(comparison: Comparison | undefined, service: string): string {
  const near = (comparison?.rows ?? []).filter(({ found, wanted }) => found !== undefined && found !== wanted);
  const meant = near.some(({ wanted }) => wanted !== undefined) ? near.filter((row) => row.wanted !== undefined) : near;
  if (meant.length === 0) return W.selectedBy(service);
  return W.podsHave(listed(meant.map(({ key, found }) => `${key}=${found}`)));
}

/** The Service that a backend names, or the port of it. */
function backendOf({ world }: Survey, { id, class: kind, responsible }: Finding): Missing[] {
  const { object, path } = responsible;
  const ingress = world.api.find("ingresses.networking.k8s.io", object.namespace, object.name);
  const isPort = kind === "ingress-backend-port"; // its path ends in `port` and `name` or `number`
  const service = String(valueAt(ingress, isPort ? [...path.slice(0, -2), "name"] : path));
  const name = isPort ? W.portOf(String(valueAt(ingress, path)), service) : `Service ${service}`;
  return [{ id: `backend ${id}`, name, hint: W.backendOf(refText(object)), by: responsible }];
}

/** ConfigMaps, Secrets and claims that pods wait for, each once. */
function sourcesOf(survey: Survey): readonly Missing[] {
  const found = new Map<string, { readonly name: string; readonly by: Responsible; readonly pods: Set<string> }>();
  for (const pod of survey.world.api.list("pods").filter(isWaiting))
    for (const { kind, name, path } of referencesOf(pod.spec)) {
      const { namespace = "default" } = pod.metadata;
      if (survey.world.api.find(RESOURCES[kind], namespace, name) !== undefined) continue;
      const id = `${kind} ${namespace}/${name}`;
      const known = found.get(id) ?? { name: `${kind} ${name}`, by: referrer(survey, pod, path), pods: new Set() };
      found.set(id, known);
      known.pods.add(pod.metadata.name ?? "");
    }
  return [...found].map(([id, { pods, name, by }]) => ({
    id,
    name,
    by,
    hint: pods.size === 1 ? W.waitsFor([...pods][0]) : W.waitFor(pods.size),
  }));
}

const RESOURCES = {
  ConfigMap: "configmaps",
  Secret: "secrets",
  PersistentVolumeClaim: "persistentvolumeclaims",
} as const;

/** Whether a pod has containers that have not started. */
function isWaiting({ metadata, status }: Pod): boolean {
  if (metadata.deletionTimestamp !== undefined) return false;
  const statuses = [...(status?.initContainerStatuses ?? []), ...(status?.containerStatuses ?? [])];
  return status?.phase === "Pending" || statuses.some(({ state }) => state?.waiting !== undefined);
}

/** The field as a person wrote it: in the template of the workload, where there is one. */
function referrer(survey: Survey, pod: Pod, path: FieldPath): Responsible {
  const workload = survey.workloadOf(pod);
  if (workload === undefined || valueAt(workload.template, path) === undefined) return { object: refOf(pod), path };
  return { object: refOf(workload.object as KubeObject), path: [...workload.templatePath, ...path] };
}

interface Reference {
  readonly kind: keyof typeof RESOURCES;
  readonly name: string;
  readonly path: FieldPath;
}

type Named = { readonly name?: string | undefined; readonly optional?: boolean | undefined } | undefined;

/** What a pod cannot start without. */
function referencesOf(spec: PodSpec | undefined): readonly Reference[] {
  const of = (kind: Reference["kind"], named: Named, path: FieldPath): Reference[] =>
    named?.name === undefined || named.name === "" || named.optional === true ? [] : [{ kind, name: named.name, path }];
  const volumes = (spec?.volumes ?? []).flatMap(({ configMap, secret, persistentVolumeClaim, projected }, at) => {
    const path = ["spec", "volumes", at];
    return [
      ...of("ConfigMap", configMap, [...path, "configMap", "name"]),
      ...of("Secret", secret && { ...secret, name: secret.secretName }, [...path, "secret", "secretName"]),
      ...of("PersistentVolumeClaim", persistentVolumeClaim && { name: persistentVolumeClaim.claimName }, [
        ...path,
        "persistentVolumeClaim",
        "claimName",
      ]),
      ...(projected?.sources ?? []).flatMap((source, index) => [
        ...of("ConfigMap", source.configMap, [...path, "projected", "sources", index, "configMap", "name"]),
        ...of("Secret", source.secret, [...path, "projected", "sources", index, "secret", "name"]),
      ]),
    ];
  });
  const variables = (["initContainers", "containers"] as const).flatMap((list) =>
    (spec?.[list] ?? []).flatMap(({ env = [], envFrom = [] }, at) => {
      const path = ["spec", list, at];
      return [
        ...envFrom.flatMap(({ configMapRef, secretRef }, index) => [
          ...of("ConfigMap", configMapRef, [...path, "envFrom", index, "configMapRef", "name"]),
          ...of("Secret", secretRef, [...path, "envFrom", index, "secretRef", "name"]),
        ]),
        ...env.flatMap(({ valueFrom }, index) => [
          ...of("ConfigMap", valueFrom?.configMapKeyRef, [
            ...path,
            "env",
            index,
            "valueFrom",
            "configMapKeyRef",
            "name",
          ]),
          ...of("Secret", valueFrom?.secretKeyRef, [...path, "env", index, "valueFrom", "secretKeyRef", "name"]),
        ]),
      ];
    }),
  );
  return [...volumes, ...variables];
}
