// One Service, pods of several workloads: a canary that is meant, or a label that two programs share.
import type { Pod } from "../../cluster/index.ts";
import type { Cure, Finding } from "../finding.ts";
import { type Check, edit, finding, readyPods, type Scene } from "../scene.ts";
import { inNamespace, labelText, listed, refOf, refText } from "../words.ts";
import type { Workload } from "../world.ts";

/** Spec: [DIAG-15]. */
export const overlapCheck: Check = (scene) => {
  const groups = new Map<Workload, Pod[]>();
  for (const pod of readyPods(scene)) {
    const workload = scene.world.workloadOf(pod);
    if (workload === undefined || workload.object.kind === "Pod") continue;
    const pods = groups.get(workload) ?? [];
    groups.set(workload, pods);
    pods.push(pod);
  }
  if (groups.size < 2) return [];
  const images = new Set([...groups.keys()].map(({ template }) => repositories(template.spec?.containers ?? [])));
  return images.size < 2 ? [canary(scene, groups)] : [shared(scene, groups)];
};

/** The images without their tags: two versions of one program are a canary. */
function repositories(containers: readonly { readonly image?: string | undefined }[]): string {
  return containers.map(({ image = "" }) => image.replace(/@.*$/, "").replace(/:[^:/]*$/, "")).join(",");
}

type Groups = ReadonlyMap<Workload, readonly Pod[]>;

const groupWords = (groups: Groups) =>
  listed([...groups].map(([{ object }, pods]) => `${refText(refOf(object))} (${pods.length})`));

function evidence({ selector, namespace, ref }: Scene) {
  const at = inNamespace(namespace);
  return [
    {
      command: `kubectl get pods -l ${labelText(selector ?? {})}${at} --show-labels`,
      shows: "pods of more than one owner",
    },
    { command: `kubectl get endpoints ${ref.name}${at}`, shows: "more endpoints than the workload has replicas" },
  ];
}

function shared(scene: Scene, groups: Groups): Finding {
  const total = [...groups.values()].reduce((sum, pods) => sum + pods.length, 0);
  const own = meant(scene, groups);
  const strangers = total - (groups.get(own)?.length ?? 0);
  const share = Math.round((100 * strangers) / total);
  return finding(scene, {
    class: "label-overlap",
    severity: "warning",
    step: 3,
    title: `Service ${scene.name} also selects pods of another program`,
    explanation: `The selector ${labelText(scene.selector ?? {})} of Service ${scene.name} matches the pods of ${groupWords(groups)}, which run different images. Each new connection draws any of the ${total}, so about ${share} % of the requests are answered, or refused, by a program that was not meant.`,
    evidence: evidence(scene),
    responsible: { object: scene.ref, path: ["spec", "selector"] },
    cures: narrower(scene, groups, own),
    symptoms: ["refused", "http", "answered"],
  });
}

function canary(scene: Scene, groups: Groups): Finding {
  return finding(scene, {
    class: "several-workloads",
    severity: "info",
    step: 3,
    title: `Service ${scene.name} balances over ${groups.size} workloads`,
    explanation: `The selector ${labelText(scene.selector ?? {})} matches the pods of ${groupWords(groups)}. Requests are shared by the number of pods, as in a canary.`,
    evidence: evidence(scene),
    responsible: { object: scene.ref, path: ["spec", "selector"] },
    cures: [],
    symptoms: [],
  });
}

/** The workload that the Service is most likely for: of the same name, else the one with most pods. */
function meant(scene: Scene, groups: Groups): Workload {
  const all = [...groups].sort((a, b) => b[1].length - a[1].length);
  const named = all.find(([{ object }]) => object.metadata.name === scene.ref.name);
  const [first] = named ?? all[0] ?? [];
  if (first === undefined) throw new Error("diagnosis: pods of several workloads without a workload");
  return first;
}

/** One more label that all pods meant have and no other. */
function narrower(scene: Scene, groups: Groups, own: Workload): Cure[] {
  const others = [...groups.keys()].filter((each) => each !== own);
  const distinct = Object.entries(own.labels).filter(([key, value]) =>
    others.every(({ labels }) => labels[key] !== value),
  );
  const best = distinct.find(([key]) => own.selects[key] !== undefined) ?? distinct[0];
  if (best !== undefined) {
    const [key, value] = best;
    return [
      edit(`Add ${key}: ${value} to the selector`, {
        object: scene.ref,
        changes: [{ op: "set", path: ["spec", "selector", key], value }],
      }),
    ];
  }
  const name = own.object.metadata.name ?? "";
  return [
    edit(
      `Label the pods of ${refText(refOf(own.object))} component: ${name}, and select that too`,
      {
        object: refOf(own.object),
        changes: [{ op: "set", path: [...own.templatePath, "metadata", "labels", "component"], value: name }],
      },
      { object: scene.ref, changes: [{ op: "set", path: ["spec", "selector", "component"], value: name }] },
    ),
  ];
}
