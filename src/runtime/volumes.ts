// What volumes hold: texts of ConfigMaps and Secrets, fields of the pod, or what programs wrote there.
import {
  type AddonHost,
  type KeyToPath,
  own,
  type Pod,
  type ResourceFieldSelector,
  textOfBase64,
  type Volume,
} from "../cluster/index.ts";
import { type FileSystem, MemoryFiles } from "../sh/index.ts";
import { downwardField } from "./etc.ts";

/** The texts of one kind of source, by path from the volume's root. */
type Texts = ReadonlyMap<string, string>;

/** A source of a volume that must be there and is not, in the kubelet's words. */
export interface Missing {
  readonly missing: string;
}

/** Directories that outlive pods: of the nodes, and of claims. */
export class Disks {
  readonly #disks = new Map<string, MemoryFiles>();
  readonly #now: () => number;

  /** @param now - milliseconds since 1970. */
  constructor(now: () => number) {
    this.#now = now;
  }

  at(key: string): MemoryFiles {
    const known = this.#disks.get(key);
    if (known !== undefined) return known;
    const made = new MemoryFiles(new Map(), { now: this.#now });
    this.#disks.set(key, made);
    return made;
  }
}

/** What a volume of a pod holds. */
export interface Content {
  readonly files: FileSystem;
  /** Whether it is read-only, as in a ConfigMap's. */
  readonly readOnly: boolean;
  /** Makes the volume's texts those of now; false when they were so already. */
  refresh(): boolean;
}

/** Whether a volume's texts can be had; what is missing otherwise. Spec: [WORLD-2]. */
export function missingSource(host: AddonHost, pod: Pod): string | undefined {
  for (const volume of pod.spec?.volumes ?? []) {
    const texts = textsOf(host, pod, volume);
    if (texts !== undefined && "missing" in texts)
      return `MountVolume.SetUp failed for volume ${JSON.stringify(volume.name)} : ${texts.missing}`;
  }
  return undefined;
}

/** Opens a volume of a pod. */
export function openVolume(host: AddonHost, pod: Pod, volume: Volume, disks: Disks): Content {
  const uid = pod.metadata.uid ?? "";
  const claim = volume.persistentVolumeClaim?.claimName;
  const kept =
    volume.hostPath !== undefined
      ? `node ${pod.spec?.nodeName} ${volume.hostPath.path}`
      : claim !== undefined
        ? `claim ${pod.metadata.namespace}/${claim} ${host.api.find("persistentvolumeclaims", pod.metadata.namespace, claim)?.metadata.uid}`
        : `pod ${uid} ${volume.name}`;
  if (textsOf(host, pod, volume) === undefined) return { files: disks.at(kept), readOnly: false, refresh: () => false };
  const shown = new Map<string, string>();
  const files = new MemoryFiles(shown, { now: () => host.settings().epoch + host.clock.now });
  const refresh = () => {
    const texts = textsOf(host, pod, volume);
    if (texts === undefined || "missing" in texts || sameTexts(texts, shown)) return false;
    shown.clear();
    for (const [path, text] of texts) shown.set(`/${path}`, text);
    for (const path of texts.keys()) files.chmod(`/${path}`, modeOf(volume, path));
    return true;
  };
  refresh();
  return { files, readOnly: true, refresh };
}

/** The mode of a file: its item's, else the volume's. Spec: [WORLD-2]. */
// Models kubernetes/pkg/volume/configmap MakePayload
function modeOf({ configMap, secret, downwardAPI, projected }: Volume, path: string): number {
  const all = projected?.sources?.flatMap((each) => [each.configMap, each.secret, each.downwardAPI]) ?? [];
  for (const source of [configMap, secret, downwardAPI, ...all])
    for (const item of source?.items ?? []) if (item.path === path && item.mode !== undefined) return item.mode;
  return (configMap ?? secret ?? downwardAPI ?? projected)?.defaultMode ?? 0o644;
}

function sameTexts(texts: Texts, shown: Texts): boolean {
  return texts.size === shown.size && [...texts].every(([path, text]) => shown.get(`/${path}`) === text);
}

/** The texts that the API server's objects give a volume; undefined for a volume that programs fill. */
function textsOf(host: AddonHost, pod: Pod, volume: Volume): Texts | Missing | undefined {
  const { configMap, secret, downwardAPI, projected } = volume;
  if (configMap !== undefined) return sourceTexts(host, pod, { configMap });
  if (secret !== undefined)
    return sourceTexts(host, pod, {
      secret: { name: secret.secretName, items: secret.items, optional: secret.optional },
    });
  if (downwardAPI !== undefined) return downward(pod, downwardAPI.items ?? []);
  if (projected === undefined) return undefined;
  const all = new Map<string, string>();
  for (const source of projected.sources ?? []) {
    const texts =
      source.downwardAPI !== undefined
        ? downward(pod, source.downwardAPI.items ?? [])
        : source.serviceAccountToken !== undefined
          ? new Map([[source.serviceAccountToken.path, `(simulated token of ${pod.spec?.serviceAccountName})`]])
          : sourceTexts(host, pod, source);
    if ("missing" in texts) return texts;
    for (const [path, text] of texts) all.set(path, text);
  }
  return all;
}

interface Reference {
  readonly name?: string | undefined;
  readonly items?: readonly KeyToPath[] | undefined;
  readonly optional?: boolean | undefined;
}

interface Source {
  readonly configMap?: Reference | undefined;
  readonly secret?: Reference | undefined;
}

// Models kubernetes/pkg/volume/configmap MakePayload, pkg/volume/secret MakePayload
function sourceTexts(host: AddonHost, pod: Pod, source: Source): Texts | Missing {
  const { namespace = "default" } = pod.metadata;
  const reference = source.configMap ?? source.secret;
  if (reference === undefined) return new Map();
  const { name = "", items, optional = false } = reference;
  const kind = source.configMap !== undefined ? "configmap" : "secret";
  const object = host.api.find(kind === "configmap" ? "configmaps" : "secrets", namespace, name);
  if (object === undefined) return optional ? new Map() : { missing: `${kind} ${JSON.stringify(name)} not found` };
  const data = dataOf(object);
  if (items === undefined) return data;
  const chosen = new Map<string, string>();
  for (const { key, path } of items) {
    const text = data.get(key);
    if (text !== undefined) chosen.set(path, text);
    else if (!optional)
      return { missing: `references non-existent ${kind === "configmap" ? "config" : "secret"} key: ${key}` };
  }
  return chosen;
}

/** The plain texts of a ConfigMap or a Secret. */
function dataOf(object: object): Map<string, string> {
  const isSecret = "kind" in object && object.kind === "Secret";
  const data = "data" in object && typeof object.data === "object" && object.data !== null ? object.data : {};
  const texts = Object.entries(data).map(([key, value]): [string, string] => [
    key,
    isSecret ? textOfBase64(String(value)) : String(value),
  ]);
  return new Map(texts);
}

function downward(pod: Pod, items: NonNullable<NonNullable<Volume["downwardAPI"]>["items"]>): Texts {
  return new Map(
    items.map(({ path, fieldRef, resourceFieldRef }) => [
      path,
      fieldRef === undefined ? amountOf(pod, resourceFieldRef) : (downwardField(pod, fieldRef.fieldPath) ?? ""),
    ]),
  );
}

function amountOf(pod: Pod, reference: ResourceFieldSelector | undefined): string {
  const container = pod.spec?.containers.find(({ name }) => name === reference?.containerName);
  const [kind = "", resource = ""] = (reference?.resource ?? "").split(".");
  const amounts = kind === "limits" ? container?.resources?.limits : container?.resources?.requests;
  return own(amounts, resource) ?? "0";
}
