// The runtime of a cluster: the volumes of pods, and a cell for each container that asks for one.
import type { AddonHost, Cell, Pod, Runtime, Slot } from "../cluster/index.ts";
import type { Shared, Tools } from "./box.ts";
import { ContainerCell } from "./cell.ts";
import { hostsFile, lookUpHost } from "./etc.ts";
import { knownEnding } from "./images/command.ts";
import { programFor } from "./images/programs.ts";
import { askSpecial } from "./probing.ts";
import { type Content, Disks, missingSource, openVolume } from "./volumes.ts";

/** The kubelet brings mounted texts up to date once per this many milliseconds. */
// Models kubernetes/pkg/kubelet/config syncFrequency
const SYNC_MS = 60_000;

/** What the containers of one pod share. */
export class PodWorld implements Shared {
  readonly cells = new Set<ContainerCell>();
  readonly #volumes = new Map<string, Content>();
  readonly #open: (name: string) => Content | undefined;
  readonly startedAt: number;

  constructor(open: (name: string) => Content | undefined, startedAt: number) {
    this.#open = open;
    this.startedAt = startedAt;
  }

  volume(name: string): Content | undefined {
    const known = this.#volumes.get(name);
    if (known !== undefined) return known;
    const opened = this.#open(name);
    if (opened !== undefined) this.#volumes.set(name, opened);
    return opened;
  }

  #assumer: object | undefined;

  assumer(box: object): boolean {
    this.#assumer ??= box;
    return this.#assumer === box;
  }

  /** Whether any volume shows texts of the API server's. */
  get isFed(): boolean {
    return [...this.#volumes.values()].some(({ readOnly }) => readOnly);
  }

  refresh(): void {
    let changed = false;
    for (const volume of this.#volumes.values()) changed = volume.refresh() || changed;
    if (changed) this.changed();
  }

  /** A file changed: probes of all containers look again. */
  changed(): void {
    for (const cell of this.cells) cell.notice();
  }
}

/** The runtime on all nodes. */
export class Worlds implements Runtime {
  readonly host: AddonHost;
  readonly tools: Tools;
  readonly program = programFor;
  readonly ask = askSpecial;
  readonly #disks: Disks;
  readonly #pods = new Map<string, PodWorld>();

  constructor(host: AddonHost, tools: Tools) {
    this.host = host;
    this.tools = tools;
    this.#disks = new Disks(() => host.settings().epoch + host.clock.now);
    host.network.hostsFile = (place, name) => (place.kind === "pod" ? this.#lookUp(place, name) : undefined);
    for (const resource of ["configmaps", "secrets"] as const)
      host.informers.of(resource).onChange((object, old) => this.#sourceChanged((object ?? old)?.metadata.namespace));
    host.informers.of("services").onChange(() => {
      for (const { cells } of this.#pods.values()) for (const cell of cells) cell.assume();
    });
    host.informers.of("pods").onChange((pod, old) => {
      if (pod === undefined || old === undefined) return;
      const { labels, annotations, uid = "" } = pod.metadata;
      if (labels === old.metadata.labels && annotations === old.metadata.annotations) return;
      const world = this.#pods.get(uid);
      if (world === undefined) return;
      this.#refreshLater(uid, world);
      for (const cell of world.cells) cell.assume();
    });
  }

  lasts(command: readonly string[]): number {
    return knownEnding(command)?.ending?.afterMs ?? 0;
  }

  lacks(pod: Pod): string | undefined {
    return missingSource(this.host, pod);
  }

  open(slot: Slot): Cell {
    const cell = new ContainerCell(this, slot);
    this.worldOf(slot.pod()).cells.add(cell);
    return cell;
  }

  forget(uid: string): void {
    this.#pods.delete(uid);
  }

  worldOf(pod: Pod): PodWorld {
    const { uid = "" } = pod.metadata;
    const known = this.#pods.get(uid);
    if (known !== undefined) return known;
    const open = (name: string) => {
      const live = this.host.api.find("pods", pod.metadata.namespace, pod.metadata.name ?? "") ?? pod;
      const volume = live.spec?.volumes?.find((each) => each.name === name);
      return volume === undefined ? undefined : openVolume(this.host, live, volume, this.#disks);
    };
    const made = new PodWorld(open, this.host.clock.now);
    this.#pods.set(uid, made);
    return made;
  }

  /** The address that a pod's /etc/hosts gives a name. Spec: [WORLD-3]. */
  #lookUp({ namespace, name: podName }: { namespace: string; name: string }, name: string): string | undefined {
    const pod = this.host.network.podNamed(namespace, podName);
    const object = this.host.api.find("pods", namespace, podName);
    if (pod === undefined || object === undefined) return undefined;
    const { hostname = podName, hostNetwork } = object.spec ?? {};
    return lookUpHost(hostsFile(object, hostNetwork === true ? pod.node : hostname, pod.address), name);
  }

  #sourceChanged(namespace: string | undefined): void {
    for (const [uid, world] of this.#pods)
      if (world.isFed && [...world.cells].some((cell) => cell.namespace === namespace)) this.#refreshLater(uid, world);
  }

  /** Mounted texts follow at the kubelet's next turn for the pod. Spec: [WORLD-2]. */
  #refreshLater(uid: string, world: PodWorld): void {
    const since = this.host.clock.now - world.startedAt;
    this.host.clock.schedule(SYNC_MS - (since % SYNC_MS), () => {
      if (this.#pods.get(uid) === world) world.refresh();
    });
  }
}
