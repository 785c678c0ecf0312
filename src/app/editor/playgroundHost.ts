// Ties the editor to the page's store: the one file that knows how a text reaches the cluster.

import {
  type FieldPath,
  type KubeObject,
  keyOf,
  makeKey,
  ownersOf,
  parseTime,
  resourceForKind,
  resourceName,
  type World,
} from "../../cluster/index.ts";
import { ALL_KINDS } from "../../kinds/index.ts";
import { type TextReport, textLateKinds, textNeedsRuntime } from "../../scenario/index.ts";
import { containers } from "../../shell/index.ts";
import { W } from "../../words/en/editor.ts";
import type { Objects } from "../store/objects.ts";
import type { Playground } from "../store/playground.ts";
import type { AppState } from "../store/state.ts";
import type { ApplyReport, EditorHost, FieldWriter } from "./host.ts";
import { problemsOf } from "./place.ts";

/** The editor's view of a playground. */
export function hostOf(playground: Playground): EditorHost {
  const { store } = playground;
  let applying = false;
  let selecting = false;
  const onChange = (read: (state: AppState) => unknown) => (listener: () => void) =>
    store.subscribe((state, before) => {
      if (read(state) !== read(before)) listener();
    });
  return {
    isPast: () => store.getState().past,
    apply: (text) => {
      const { run } = store.getState();
      if (textNeedsRuntime(text)) run.attachAddon(containers);
      if (textLateKinds(text).size > 0) for (const kind of ALL_KINDS) run.attachAddon(kind);
      applying = true;
      const { text: report } = playground.run({ kind: "apply", text });
      applying = false;
      if (report === undefined) throw new Error("applying a text gave no report");
      return reportOf(report);
    },
    lister: {
      list: (resource) => store.getState().objects.get(resource)?.values() ?? [],
      get kinds() {
        return store.getState().world.api.kinds;
      },
    },
    onObjects: onChange((state) => state.objects),
    onRun: (listener) => {
      // A text also comes from the log of a run that is being replayed.
      const follow = () =>
        store.getState().run.performed.on(({ action }) => {
          if (action.kind === "apply" && !applying) listener();
        });
      let unfollow = follow();
      const stop = onChange((state) => state.run)(() => {
        unfollow();
        unfollow = follow();
        listener();
      });
      return () => {
        stop();
        unfollow();
      };
    },
    running: () => {
      const last = store.getState().run.lastApplied();
      return { text: last.text, report: reportOf(last) };
    },
    select: (object) => {
      const info = resourceForKind(object.apiVersion, object.kind);
      if (info === undefined) return;
      selecting = true;
      playground.select({ kind: "object", resource: resourceName(info), key: keyOf(object) });
      selecting = false;
    },
    onSelected: (listener) =>
      store.subscribe(({ selection, objects }, before) => {
        if (selecting || selection === before.selection || selection?.kind !== "object") return;
        const object = objects.get(selection.resource)?.get(selection.key);
        if (object !== undefined) listener([object, ...controllersOf(object, objects)]);
      }),
    point: (field) => {
      if (field === undefined) playground.unpoint("editor");
      else playground.point({ by: "editor", objects: [field], fields: field.path === "" ? [] : [field] });
    },
    onLit: (listener) =>
      store.subscribe(({ lit }, before) => {
        if (lit !== before.lit) listener(lit?.by === "editor" ? undefined : lit);
      }),
    onAsked: (listener) =>
      store.subscribe(({ asked }, before) => {
        if (asked === undefined || asked === before.asked || listener(asked.field)) return;
        const { key, path } = asked.field;
        playground.notify("info", W.notInText(key, path));
      }),
    writerOf: (object, path) => writerOf(store.getState().world, object, path),
  };
}

/** The chain of controllers behind an object, nearest first. */
function controllersOf(object: KubeObject, objects: Objects): readonly KubeObject[] {
  const owners: KubeObject[] = [];
  for (let owned: KubeObject | undefined = object; owned !== undefined && owners.length < 8; owned = owners.at(-1)) {
    const owner: KubeObject | undefined = ownerOf(owned, objects);
    if (owner === undefined) break;
    owners.push(owner);
  }
  return owners;
}

function ownerOf({ metadata }: KubeObject, objects: Objects): KubeObject | undefined {
  const reference = metadata.ownerReferences?.find((each) => each.controller === true);
  const info = reference && resourceForKind(reference.apiVersion, reference.kind);
  if (reference === undefined || info === undefined) return undefined;
  const namespace = info.namespaced ? metadata.namespace : undefined;
  return objects.get(resourceName(info))?.get(makeKey(namespace, reference.name));
}

function writerOf({ api, settings }: World, object: KubeObject, path: FieldPath): FieldWriter | undefined {
  const [last] = ownersOf(api.managedFieldsOf(object), object, path);
  if (last === undefined) return undefined;
  const { manager = "", operation = "", subresource = "", time = "" } = last;
  return { manager, operation, subresource, at: (parseTime(time) ?? settings.epoch) - settings.epoch };
}

/** The outcome of a text, as the panel shows it. */
export function reportOf(report: TextReport): ApplyReport {
  const { documents, deleted, kept } = report;
  const withResult = (wanted: string) =>
    documents.flatMap(({ result, ref }) => (result === wanted && ref !== undefined ? [ref] : []));
  return {
    created: withResult("created"),
    configured: withResult("configured"),
    deleted,
    applied: documents.filter((each) => each.result !== undefined).length,
    failed: documents.filter((each) => each.error !== undefined).length + kept.length,
    problems: problemsOf(report),
  };
}
