// Ties the editor to the page's store: the one file that knows how a text reaches the cluster.
import { deepEqual, type KubeObject, keyOf, resourceForKind, resourceName, StatusError } from "../../cluster/index.ts";
import { type ManifestDocument, parseManifest } from "../../manifest/index.ts";
import type { Playground } from "../store/playground.ts";
import type { ApplyReport, EditorHost, TouchedObject } from "./host.ts";
import type { Problem } from "./language/index.ts";
import { problemOfDocument, problemOfSyntax, problemOfWarning, problemsOfStatus } from "./place.ts";

/** The editor's view of a playground. */
export function hostOf(playground: Playground): EditorHost {
  const managed = new Map<string, TouchedObject & { readonly resource: string }>();
  return {
    apply: (text) => {
      const report = applyText(playground, text, managed);
      playground.flush();
      return report;
    },
    world: { list: (resource) => playground.store.getState().objects.get(resource)?.values() ?? [] },
    onObjects: (listener) =>
      playground.store.subscribe((state, before) => {
        if (state.objects !== before.objects) listener();
      }),
    outsideChanges: () => [],
  };
}

type Managed = Map<string, TouchedObject & { readonly resource: string }>;

interface Draft {
  readonly created: TouchedObject[];
  readonly configured: TouchedObject[];
  readonly problems: Problem[];
  readonly seen: Managed;
  applied: number;
  failed: number;
}

function applyText({ store }: Playground, text: string, managed: Managed): ApplyReport {
  const { api } = store.getState().session.cluster;
  const draft: Draft = { created: [], configured: [], problems: [], seen: new Map(), applied: 0, failed: 0 };
  for (const document of parseManifest(text)) {
    try {
      if (document.error === undefined) applyDocument(api, text, document, draft);
      else refuse(draft, problemOfSyntax(text, document));
    } catch (error) {
      if (!(error instanceof StatusError)) throw error;
      refuse(draft, problemsOfStatus(text, document, error.status));
    }
  }
  const deleted = draft.failed > 0 ? [] : prune(api, draft, managed);
  for (const [key, object] of draft.seen) managed.set(key, object);
  return { ...draft, deleted };
}

function refuse(draft: Draft, problems: readonly Problem[]): void {
  draft.failed++;
  draft.problems.push(...problems);
}

type Api = ReturnType<Playground["store"]["getState"]>["session"]["cluster"]["api"];

function applyDocument(api: Api, text: string, document: ManifestDocument, draft: Draft): void {
  const value = document.value as Partial<KubeObject>; // looked at field by field below
  const info = resourceForKind(String(value.apiVersion), String(value.kind));
  const name = value.metadata?.name;
  if (info === undefined || name === undefined) {
    const message = `no matches for kind ${JSON.stringify(value.kind ?? "")} in version ${JSON.stringify(value.apiVersion ?? "")}`;
    refuse(draft, [problemOfDocument(text, document, message)]);
    return;
  }
  const resource = resourceName(info);
  const namespace = info.namespaced ? (value.metadata?.namespace ?? "default") : undefined;
  const old = api.find(resource, namespace, name);
  const options = { duplicateFields: document.duplicateFields };
  const answer =
    old === undefined
      ? api.create(resource, namespace, value, options)
      : api.update(resource, { ...old, ...value, metadata: { ...old.metadata, ...value.metadata } }, options);
  const touched = { kind: info.kind, name, namespace };
  draft.applied++;
  draft.seen.set(`${resource} ${keyOf(answer.object)}`, { ...touched, resource });
  draft.problems.push(...answer.warnings.map((warning) => problemOfWarning(text, document, warning)));
  if (old === undefined) draft.created.push(touched);
  else if (!deepEqual(answer.object, old)) draft.configured.push(touched);
}

/** Deletes what an earlier text brought and this one no longer holds. */
function prune(api: Api, { seen }: Draft, managed: Managed): TouchedObject[] {
  const gone = [...managed].filter(([key]) => !seen.has(key));
  return gone.flatMap(([key, object]) => {
    managed.delete(key);
    if (api.find(object.resource, object.namespace, object.name) === undefined) return [];
    api.delete(object.resource, object.namespace, object.name);
    return [object];
  });
}
